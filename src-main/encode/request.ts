/**
 * A request ready for the wire. What the preview shows and what the lane sends are one value, made
 * here; `renderHead` says which bytes the connection puts before the body.
 */
import type { ConversionLoss, FieldProblem } from '#contract'
import { AppError } from '../errors.ts'
import { type BodySpec, encodeBody } from './body.ts'
import { endpointFault, parseEndpoint } from './endpoint.ts'
import { headerFault, sentValue } from './headers.ts'

export interface WireRequest {
  readonly method: string
  /** `https://example.com:8443` */
  readonly origin: string
  /** Path and query, sent as it stands. */
  readonly path: string
  /**
   * Name and value alternating, in order, case kept. Without `host`, `connection` and
   * `content-length`, which the connection adds (see `renderHead`).
   */
  readonly headers: readonly string[]
  readonly body: Uint8Array
}

export interface RequestSpec extends BodySpec {
  readonly url: string
  readonly headers: readonly { readonly name: string; readonly value: string }[]
  /** JSON */
  readonly payloadText: string
  /** Makes the headers that sign the body, from the very bytes that are sent. */
  readonly sign?: (body: Uint8Array) => readonly (readonly [name: string, value: string])[]
  readonly userAgent: string
}

export interface BuiltRequest {
  readonly request: WireRequest
  readonly losses: readonly ConversionLoss[]
  /** Who put each header of `request.headers` there. */
  readonly headerOrigins: readonly ('hookstage' | 'user' | 'signature')[]
}

/**
 * Headers go Content-Type, the user's in their order, the signature's, then User-Agent and Accept
 * unless they are there already.
 * @throws AppError `invalid` when something in it may not be sent
 */
export function buildRequest(spec: RequestSpec): BuiltRequest {
  refuse('endpoint', endpointFault(spec.url))
  for (const [index, { name, value }] of spec.headers.entries()) {
    refuse(`headers.${index}`, headerFault(name, value))
  }
  const { origin, path } = parseEndpoint(spec.url)
  const { bytes, losses } = encodeBody(spec.payloadText, spec)
  const signature = spec.sign?.(bytes) ?? []
  const users = spec.headers.map(({ name, value }) => [name.trim(), sentValue(value)])
  const own = new Set([...users, ...signature].map(([name = '']) => name.toLowerCase()))
  const defaults = [
    ['User-Agent', spec.userAgent],
    ['Accept', '*/*'],
  ].filter(([name = '']) => !own.has(name.toLowerCase()))
  return {
    request: {
      method: 'POST',
      origin,
      path,
      headers: [['Content-Type', spec.contentType], ...users, ...signature, ...defaults].flat(),
      body: bytes,
    },
    losses,
    headerOrigins: [
      'hookstage',
      ...users.map(() => 'user' as const),
      ...signature.map(() => 'signature' as const),
      ...defaults.map(() => 'hookstage' as const),
    ],
  }
}

function refuse(field: string, fault: { readonly message: string } | null): void {
  if (!fault) return
  const problem: FieldProblem = { field, severity: 'error', message: fault.message }
  throw new AppError('invalid', fault.message, [problem])
}

/** The head as undici 8 writes it on a kept-alive connection: its own headers lower case, around ours. */
export function renderHead(request: WireRequest): Uint8Array {
  const lines = [
    `${request.method} ${request.path} HTTP/1.1`,
    `host: ${new URL(request.origin).host}`,
    'connection: keep-alive',
  ]
  for (let i = 0; i < request.headers.length; i += 2) {
    lines.push(`${request.headers[i]}: ${request.headers[i + 1]}`)
  }
  lines.push(`content-length: ${request.body.length}`, '', '')
  return Buffer.from(lines.join('\r\n'), 'latin1')
}

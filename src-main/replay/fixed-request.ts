/**
 * The request of a replay, made of a recorded one. Pure: bytes in, bytes out. As sent means the same
 * body and headers but for those of the connection (see `resendable`); signing anew takes the old
 * signature's headers out and says where the new ones go.
 */
import type { EditedRequest } from '#contract'
import { headerFault, readHead, resendable, sentValue, targetFault } from '../encode/index.ts'
import { AppError } from '../errors.ts'
import { isSignatureHeader } from '../signing/index.ts'

export interface Recorded {
  readonly head: Uint8Array
  readonly body: Uint8Array
}

type Headers = readonly (readonly [name: string, value: string])[]

/** What is kept of a replay until it is sent; it is signed then, where it is to be. */
export interface FixedRequest {
  readonly method: string
  readonly headers: Headers
  readonly body: Uint8Array
  /** The endpoint's path goes out byte for byte as it stands there, not as that of a typed URL. */
  readonly isPathExact: boolean
  readonly sign: {
    /** Where in the headers the signature's go. */
    readonly at: number
    /** The id that is signed; null: the new delivery's. */
    readonly id: string | null
  } | null
}

/** @param isPathExact true where it goes to where it went, or its path is edited */
export function asSent({ head, body }: Recorded, isPathExact: boolean): FixedRequest {
  const { startLine, headers } = readHead(head)
  const [method = ''] = startLine.split(' ')
  return { method, headers: resendable(headers).headers, body, isPathExact, sign: null }
}

/** @param names of the headers that the scheme sets; those of every known scheme go, too */
export function toBeSigned(
  request: FixedRequest,
  names: readonly string[],
  keepsId: boolean,
): FixedRequest {
  const own = new Set(names.map((name) => name.toLowerCase()))
  const isOld = (name: string) => own.has(name.toLowerCase()) || isSignatureHeader(name)
  const first = request.headers.findIndex(([name]) => isOld(name))
  const headers = request.headers.filter(([name]) => !isOld(name))
  const id = request.headers.find(([name]) => name.toLowerCase() === ID_HEADER)?.[1]
  const at = first === -1 ? headers.length : Math.min(first, headers.length)
  return { ...request, headers, sign: { at, id: keepsId ? (id ?? null) : null } }
}

/** Of the Standard Webhooks specification; the only scheme's that signs an id. */
const ID_HEADER = 'webhook-id'
const METHOD = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/

/** @throws AppError `invalid` with a problem per wrong part: `method`, `path`, `headers.<index>`, `body` */
export function edited(original: FixedRequest, edits: EditedRequest): FixedRequest {
  const method = edits.method.trim()
  if (!METHOD.test(method) || method.toUpperCase() === 'CONNECT') {
    throw refusal('method', 'A method is a word such as POST or PUT.')
  }
  const pathFault = edits.path === undefined ? null : targetFault(edits.path)
  if (pathFault !== null) throw refusal('path', pathFault)
  const headers = edits.headers.map((header, index): readonly [string, string] => {
    if ('from' in header) {
      const kept = original.headers[header.from]
      if (!kept) throw refusal(`headers.${index}`, 'This header is not part of the original.')
      return kept
    }
    const isContentType = header.name.trim().toLowerCase() === 'content-type'
    const fault = headerFault(isContentType ? 'X' : header.name, header.value)
    if (fault) throw refusal(`headers.${index}`, fault.message)
    return [header.name.trim(), sentValue(header.value)]
  })
  return { ...original, method, headers, body: bodyOf(original.body, edits.body) }
}

function bodyOf(original: Uint8Array, body: EditedRequest['body']): Uint8Array {
  if (body.kind === 'unchanged') return original
  if (body.kind === 'text') return Buffer.from(body.text)
  const digits = body.text.replace(/\s+/g, '')
  if (digits.length % 2 > 0 || /[^0-9a-f]/i.test(digits)) {
    throw refusal('body', 'Write each byte as two digits from 0 to 9 and a to f.')
  }
  return Buffer.from(digits, 'hex')
}

function refusal(field: string, message: string): AppError {
  return new AppError('invalid', message, [{ field, severity: 'error', message }])
}

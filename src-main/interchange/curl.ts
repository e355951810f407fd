/**
 * A recorded request as a shell command that puts the same bytes on the wire: POSIX quoting, every
 * header named, curl's own additions suppressed. Bodies that a shell argument cannot carry go
 * through `printf` and a pipe.
 */
import { readHead } from '../encode/head.ts'

export interface CurlCommand {
  readonly command: string
  /** What curl will do otherwise than it was recorded. */
  readonly notes: string[]
}

/** Headers that curl adds of itself unless they are given or emptied. */
const ADDED_BY_CURL = ['User-Agent', 'Accept', 'Content-Type']
/** An argument may hold 128 KB (Linux, MAX_ARG_STRLEN); room is left for the quoting. */
const MAX_ARGUMENT_BYTES = 100_000

/** @param request origin as `https://example.com:8443`; head and body as recorded */
export function toCurl(request: {
  readonly origin: string
  readonly head: Uint8Array
  readonly body: Uint8Array
}): CurlCommand {
  const { startLine, headers } = readHead(request.head)
  const [method = 'POST', target = '/'] = startLine.split(' ')
  const body = bodyArgument(request.body)
  const present = new Set(headers.map(([name]) => name.toLowerCase()))
  const lines = [
    `${body.source}curl --http1.1 --globoff --path-as-is -X ${quote(method)} ${quote(request.origin + target)}`,
    ...headers.map(([name, value]) => `-H ${quote(headerArgument(name, value))}`),
    ...ADDED_BY_CURL.filter((name) => !present.has(name.toLowerCase())).map(
      (name) => `-H '${name}:'`,
    ),
    ...(present.has('expect') ? [] : ["-H 'Expect:'"]),
    body.argument,
  ]
  const hostName = headers.find(([name]) => name.toLowerCase() === 'host')?.[0] ?? 'Host'
  return { command: lines.join(' \\\n  '), notes: notesFor(hostName, headers, request.body) }
}

/** curl takes `Name;` for a header with an empty value; `Name:` would remove it. */
function headerArgument(name: string, value: string): string {
  return value === '' ? `${name};` : `${name}: ${value}`
}

function bodyArgument(body: Uint8Array): { source: string; argument: string } {
  const text = asShellText(body)
  if (text !== null && body.length <= MAX_ARGUMENT_BYTES) {
    return { source: '', argument: `--data-raw ${quote(text)}` }
  }
  return { source: `${printfOf(body)} | `, argument: '--data-binary @-' }
}

/** The body as text that a shell passes on unchanged; null when there is none such. */
function asShellText(body: Uint8Array): string | null {
  if (body.includes(0)) return null
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body)
  } catch {
    return null
  }
}

/** `printf` writes its format's octal escapes as bytes in every POSIX shell; pieces keep arguments short. */
function printfOf(body: Uint8Array): string {
  const pieces: string[] = []
  let piece = ''
  for (const byte of body) {
    piece += printfByte(byte)
    if (piece.length >= MAX_ARGUMENT_BYTES) {
      pieces.push(piece)
      piece = ''
    }
  }
  pieces.push(piece)
  const calls = pieces.map((format) => `printf '${format}'`)
  return calls.length === 1 ? (calls[0] ?? '') : `{ ${calls.join('; ')}; }`
}

function printfByte(byte: number): string {
  const isPlain = byte >= 0x20 && byte < 0x7f && byte !== 0x25 && byte !== 0x27 && byte !== 0x5c
  return isPlain ? String.fromCharCode(byte) : `\\${byte.toString(8).padStart(3, '0')}`
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}

function notesFor(
  hostName: string,
  headers: readonly (readonly [name: string, value: string])[],
  body: Uint8Array,
): string[] {
  return [
    ...(hostName === 'Host'
      ? []
      : [`curl writes Host where “${hostName}” was sent; the rest of the line is the same.`]),
    ...(headers.some(([, value]) => value === '')
      ? ['curl leaves out the space after the colon of an empty header.']
      : []),
    ...(body.length > 1024 * 1024
      ? ['The body is larger than 1 MB: some terminals do not take a paste of that size.']
      : []),
  ]
}

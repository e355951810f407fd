/**
 * A recorded request as a shell command that puts the same bytes on the wire: every header named,
 * curl's own additions suppressed, its configuration file left out. Bodies that a shell argument
 * cannot carry go through `printf` and a pipe. Where curl has a will of its own, a note says so.
 */
import { readHead } from '../encode/head.ts'
import { byteWord, printfOf, quotableText, quoted } from './shell-word.ts'

export interface CurlCommand {
  readonly command: string
  /** What curl will do otherwise than it was recorded. */
  readonly notes: string[]
}

/** Headers that curl adds of itself unless they are given or emptied. */
const ADDED_BY_CURL = ['User-Agent', 'Accept', 'Content-Type', 'Expect']
/** What curl sends of a URL as it stands: other targets are not part of one, lose something or are encoded. */
const TARGET_OF_URL = /^\/[\x21\x22\x24-\x7e]*$/
/** Addresses that no proxy can reach, whatever the environment says. */
const LOOPBACK = /^https?:\/\/(localhost|[^/:]+\.localhost|127(\.\d+){3}|\[::1\])(:\d+)?$/

/** @param request origin as `https://example.com:8443`; head and body as recorded */
export function toCurl(request: {
  readonly origin: string
  readonly head: Uint8Array
  readonly body: Uint8Array
}): CurlCommand {
  const { startLine, headers } = readHead(request.head)
  const [method = 'POST', target = '/'] = startLine.split(' ')
  const text = quotableText(request.body)
  const present = new Set(headers.map(([name]) => name.toLowerCase()))
  // An empty body that was announced is not the same as none.
  const isFramed = present.has('content-length') || present.has('transfer-encoding')
  const isBareHead = method === 'HEAD' && request.body.length === 0
  const hasBody = request.body.length > 0 || (isFramed && !isBareHead)
  const lines = [
    `${text === null ? `${printfOf(request.body)} | ` : ''}curl -q --http1.1 --globoff --path-as-is${
      LOOPBACK.test(request.origin) ? " --noproxy '*'" : ''
    } ${isBareHead ? '--head' : `-X ${byteWord(method)}`} ${addressOf(request.origin, target)}`,
    ...headers.map(([name, value]) => `-H ${byteWord(headerArgument(name, value))}`),
    ...ADDED_BY_CURL.filter((name) => !present.has(name.toLowerCase())).map(
      (name) => `-H '${name}:'`,
    ),
    ...(text === null ? ['--data-binary @-'] : hasBody ? [`--data-raw ${quoted(text)}`] : []),
  ]
  return { command: lines.join(' \\\n  '), notes: notesFor(headers, request.body) }
}

/** `*`, a whole URL, a fragment and bytes beyond ASCII go into the request line apart from the URL. */
function addressOf(origin: string, target: string): string {
  return TARGET_OF_URL.test(target)
    ? byteWord(origin + target)
    : `--request-target ${byteWord(target)} ${byteWord(`${origin}/`)}`
}

/** curl takes `Name;` for a header with an empty value; `Name:` would remove it. */
function headerArgument(name: string, value: string): string {
  return value === '' ? `${name};` : `${name}: ${value}`
}

function notesFor(
  headers: readonly (readonly [name: string, value: string])[],
  body: Uint8Array,
): string[] {
  const hostName = headers.find(([name]) => name.toLowerCase() === 'host')?.[0] ?? 'Host'
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

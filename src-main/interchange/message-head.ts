/**
 * Heads of imported messages: header lines put together to the bytes that go over the wire, and the
 * URL that a request was for taken apart. Text here is Latin-1: one character is one byte.
 */
import { endpointFault, parseEndpoint } from '../encode/index.ts'
import { MAX_IMPORTED_HEADERS } from './imported.ts'

export interface HeadLines {
  readonly lines: readonly string[]
  /** Headers that were left out, in words. */
  readonly lost: readonly string[]
}

const METHOD = /^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}$/
const NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/

export function isMethod(text: string): boolean {
  return METHOD.test(text) && text.toUpperCase() !== 'CONNECT'
}

/** A request's head. @param target as it goes into the request line, without spaces */
export function requestHead(
  method: string,
  target: string,
  lines: readonly string[],
  version = 'HTTP/1.1',
): Uint8Array {
  return headOf(`${method} ${target} ${version}`, lines)
}

export function headOf(startLine: string, lines: readonly string[]): Uint8Array {
  return Buffer.from([startLine, ...lines, '', ''].join('\r\n'), 'latin1')
}

/** The headers that can stand in a head, as lines; the others are named. */
export function headLines(headers: readonly (readonly [name: string, value: string])[]): HeadLines {
  const lost: string[] = []
  const lines: string[] = []
  for (const [name, value] of headers) {
    if (!NAME.test(name)) lost.push(`The header “${shownName(name)}” has no name that can be sent.`)
    else if (/[\r\n\0]/.test(value)) {
      lost.push(`The header ${name} has a line break or a NUL in it, so it was left out.`)
    } else lines.push(value === '' ? `${name}:` : `${name}: ${wireText(value)}`)
  }
  if (lines.length > MAX_IMPORTED_HEADERS) {
    lost.push(`Only the first ${MAX_IMPORTED_HEADERS.toLocaleString('en')} headers were kept.`)
  }
  return { lines: lines.slice(0, MAX_IMPORTED_HEADERS), lost }
}

/** A text as it goes over the wire: itself where every character is a byte, else in UTF-8. */
function wireText(text: string): string {
  return /^[\0-\xff]*$/.test(text) ? text : Buffer.from(text, 'utf8').toString('latin1')
}

/** Of a name from outside, what can be shown. */
function shownName(name: string): string {
  return name.replace(/[^\x20-\x7e]/g, '·').slice(0, 40)
}

/** Nothing, or ASCII's white space only: to JavaScript's `\s` and `trim` the byte A0 is space too. */
export function isBlank(latin1: string): boolean {
  return /^[ \t\r\n\f\v]*$/.test(latin1)
}

export function hasHeader(lines: readonly string[], name: string): boolean {
  return lines.some((line) => nameOf(line) === name)
}

/** Lower case. */
export function nameOf(line: string): string {
  return line
    .slice(0, Math.max(0, line.indexOf(':')))
    .trim()
    .toLowerCase()
}

export interface ImportedUrl {
  readonly origin: string
  /** As it stands in the Host header. */
  readonly host: string
  /** Path and query, as they go into the request line. */
  readonly target: string
  /** `user:password`, decoded; null where there is none. */
  readonly credentials: string | null
}

/** Takes a URL apart. A string says what is wrong with it, without showing it. */
export function readUrl(typed: string): ImportedUrl | string {
  const url = typed.trim().replace(/#.*$/s, '')
  const [, scheme = '', authority = '', rest = ''] =
    /^([a-z][a-z0-9+.-]*:\/\/)([^/?#]*)(.*)$/is.exec(url) ?? []
  const at = authority.lastIndexOf('@')
  const bare = scheme + authority.slice(at + 1) + rest
  const fault = endpointFault(bare)
  if (fault) return fault.message
  const { origin, host, path } = parseEndpoint(bare)
  return {
    origin,
    host,
    target: path,
    credentials: at > 0 ? decoded(authority.slice(0, at)) : null,
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

export function basicAuthorization(credentials: string): string {
  return `Authorization: Basic ${Buffer.from(credentials, 'utf8').toString('base64')}`
}

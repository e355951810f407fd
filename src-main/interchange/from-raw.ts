/**
 * Requests as raw HTTP text: a request line, headers, an empty line, the body; with LF or CRLF; one
 * after the other where a Content-Length or a line of `###` says where one ends. The body's bytes
 * are those that were pasted. Text here is Latin-1: one character is one byte.
 */

import { sentValue } from '../encode/index.ts'
import { withLength } from './from-har.ts'
import {
  type ImportedItem,
  importFault,
  MAX_IMPORTED_BODY_BYTES,
  MAX_IMPORTED_HEADERS,
  MAX_ITEMS,
  type Recognised,
} from './imported.ts'
import {
  hasHeader,
  type ImportedUrl,
  isBlank,
  isMethod,
  nameOf,
  readUrl,
  requestHead,
} from './message-head.ts'

const REQUEST_LINE =
  /^([!#$%&'*+.^_`|~0-9A-Za-z-]+)[ \t]+([^ \t\r\n]+)(?:[ \t]+HTTP\/(\d(?:\.\d)?))?[ \t]*$/
/** Without a version only methods that are known: any two words look like a request line. */
const KNOWN_METHOD = /^(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)$/
const SEPARATOR = /^###.*$/

export function isRaw(bytes: string): boolean {
  return requestLineOf(firstLine(bytes)) !== null
}

function firstLine(bytes: string): string {
  return bytes.split(/\r?\n/).find((line) => !isBlank(line) && !SEPARATOR.test(line)) ?? ''
}

function requestLineOf(line: string): RegExpExecArray | null {
  const match = REQUEST_LINE.exec(line)
  const [, method = '', target = '', version] = match ?? []
  const isTarget = /^(\/|https?:\/\/|\*$)/i.test(target)
  return match && isTarget && (version !== undefined || KNOWN_METHOD.test(method)) ? match : null
}

/** @param bytes what `isRaw` has said yes to */
export function fromRaw(bytes: string): Recognised {
  const messages: ImportedItem[] = []
  const separators = separatorsIn(bytes)
  let at = 0
  let line = 1
  for (;;) {
    const begin = afterLines(/(?:[ \t]*|###[^\n]*)\r?\n/y, bytes, at)
    line += lineBreaks(bytes.slice(at, begin))
    at = begin
    if (isBlank(bytes.slice(at, at + 1_000)) || messages.length > MAX_ITEMS) break
    const next = separators(at)
    const { item, end } = messageAt(bytes, at, line, next)
    messages.push(item)
    line += lineBreaks(bytes.slice(at, end))
    at = end
  }
  if (messages.length === 0) throw importFault('There is no request in this text.')
  const isMore = messages.length > MAX_ITEMS
  const notes = isMore
    ? [`Only the first ${MAX_ITEMS.toLocaleString('en')} requests are read.`]
    : []
  return { from: 'raw', items: messages.slice(0, MAX_ITEMS), notes }
}

/** Where the lines end that `one`, which is sticky, takes. By a loop: a text may hold millions of them. */
function afterLines(one: RegExp, bytes: string, at: number): number {
  one.lastIndex = at
  let end = at
  while (one.test(bytes)) end = one.lastIndex
  return end
}

function lineBreaks(text: string): number {
  return text.split('\n').length - 1
}

function messageAt(
  bytes: string,
  at: number,
  line: number,
  next: number,
): { item: ImportedItem; end: number } {
  const text = bytes.slice(at, next)
  const gap = /\r?\n\r?\n/.exec(text)
  const headText = gap ? text.slice(0, gap.index) : text
  const bodyStart = gap ? at + gap.index + gap[0].length : next
  const headRows = headText.split(/\r?\n/)
  const match = requestLineOf(headRows[0] ?? '')
  const what = `line ${line}`
  if (!match) {
    const why = 'This is not a request line, such as POST /path HTTP/1.1.'
    return { item: { kind: 'refused', what, why }, end: next }
  }
  const { lines, lost } = foldedLines(headRows.slice(1))
  const body = bodyAt(bytes, bodyStart, next, lines)
  const item = itemOf(match, lines, { ...body, lost: [...lost, ...body.lost] }, what)
  const isLineFeed = !headText.includes('\r\n') && headRows.length > 1
  const noted =
    item.kind === 'request' && isLineFeed
      ? { ...item, lost: [...item.lost, 'The lines of the head end in CRLF now.'] }
      : item
  return { item: noted, end: body.end }
}

/** Where the next line of `###` begins, or the end. To be asked with places that grow. */
function separatorsIn(bytes: string): (at: number) => number {
  const separator = /\r?\n###/g
  let next = -1
  return (at) => {
    if (next < at) {
      separator.lastIndex = at
      next = separator.exec(bytes)?.index ?? bytes.length
    }
    return next
  }
}

function foldedLines(rows: readonly string[]): { lines: string[]; lost: string[] } {
  const lines: string[] = []
  const lost: string[] = []
  for (const row of rows) {
    const last = lines.at(-1)
    if (/^[ \t]/.test(row) && last !== undefined) lines[lines.length - 1] = `${last}\r\n${row}`
    else if (/^[!#$%&'*+.^_`|~0-9A-Za-z-]+:[^\0]*$/.test(row)) lines.push(row)
    else if (!isBlank(row)) lost.push('A line of the head is no header, so it was left out.')
  }
  if (lines.length > MAX_IMPORTED_HEADERS) {
    lost.push(`Only the first ${MAX_IMPORTED_HEADERS.toLocaleString('en')} headers were kept.`)
  }
  return { lines: lines.slice(0, MAX_IMPORTED_HEADERS), lost: [...new Set(lost)] }
}

interface RawBody {
  readonly text: string
  readonly end: number
  readonly isChunked: boolean
  readonly lost: readonly string[]
}

function bodyAt(bytes: string, start: number, end: number, lines: readonly string[]): RawBody {
  const rest = bytes.slice(start, end)
  if (/(^|,)[ \t]*chunked$/i.test(headerOf(lines, 'transfer-encoding') ?? '')) {
    const chunks = unchunked(bytes, start)
    if (chunks) return { ...chunks, isChunked: true, lost: [] }
    const lost = [
      'Transfer-Encoding says chunked, and the body has no chunks: it is kept as it is.',
    ]
    return { text: rest, end, isChunked: false, lost }
  }
  const length = Number(headerOf(lines, 'content-length') ?? Number.NaN)
  const after = bytes.slice(start + length, start + length + 4_000)
  const isExact = Number.isInteger(length) && length >= 0 && start + length <= bytes.length
  if (isExact && (isBlank(after) || isRaw(after) || /^[ \t\r\n]*###/.test(after))) {
    return {
      text: bytes.slice(start, start + length),
      end: start + length,
      isChunked: false,
      lost: [],
    }
  }
  if (Number.isNaN(length)) return { text: rest, end, isChunked: false, lost: [] }
  const lost = [`Content-Length says ${length}, and the body here has ${rest.length} bytes.`]
  return { text: rest, end, isChunked: false, lost }
}

function headerOf(lines: readonly string[], name: string): string | null {
  const line = lines.find((each) => nameOf(each) === name)
  if (line === undefined) return null
  return sentValue(line.slice(line.indexOf(':') + 1).replace(/\r\n[ \t]+/g, ' '))
}

/** RFC 9112, 7.1, with LF too; null when it is not so framed. */
function unchunked(bytes: string, start: number): { text: string; end: number } | null {
  let at = start
  let text = ''
  for (;;) {
    const size = /([0-9a-fA-F]{1,8})[ \t]*(?:;[^\r\n]*)?\r?\n/y
    size.lastIndex = at
    const match = size.exec(bytes)
    if (!match) return null
    at += match[0].length
    const length = parseInt(match[1] ?? '', 16)
    if (length === 0) {
      const end = afterLines(/[^\r\n]+\r?\n/y, bytes, at)
      return { text, end: end + (/^\r?\n/.exec(bytes.slice(end, end + 2))?.[0].length ?? 0) }
    }
    if (at + length > bytes.length) return null
    text += bytes.slice(at, at + length)
    const break_ = /^\r?\n/.exec(bytes.slice(at + length, at + length + 2))?.[0]
    if (break_ === undefined) return null
    at += length + break_.length
  }
}

function itemOf(
  [, method = '', typed = '', version]: RegExpExecArray,
  given: readonly string[],
  { text, isChunked, lost }: RawBody,
  what: string,
): ImportedItem {
  const refused = (why: string): ImportedItem => ({ kind: 'refused', what, why })
  if (!isMethod(method)) return refused('Its method cannot be sent.')
  if (text.length > MAX_IMPORTED_BODY_BYTES) return refused('Its body is larger than 25 MB.')
  const place = placeOf(typed, headerOf(given, 'host'))
  if (typeof place === 'string') return refused(place)
  const hosted =
    place.url && !hasHeader(given, 'host') ? [`Host: ${place.url.host}`, ...given] : given
  const isFramed = isChunked || hasHeader(given, 'transfer-encoding')
  const lines = isFramed ? hosted : withLength(hosted, text.length)
  const otherVersion = version !== undefined && !/^1\.[01]$/.test(version)
  return {
    kind: 'request',
    origin: place.url?.origin ?? '',
    head: requestHead(method, place.target, lines, version === '1.0' ? 'HTTP/1.0' : 'HTTP/1.1'),
    body: Buffer.from(text, 'latin1'),
    isChunked,
    sentAtMs: null,
    answer: null,
    note: '',
    lost: [...place.lost, ...(otherVersion ? ['It is kept as HTTP/1.1 has it.'] : []), ...lost],
    isSuggested: true,
  }
}

/** Where it was for: by the request line, or by its Host. A string says what is wrong. */
function placeOf(
  typed: string,
  host: string | null,
): { url: ImportedUrl | null; target: string; lost: string[] } | string {
  if (/^https?:\/\//i.test(typed)) {
    const url = readUrl(typed.replace(/[^\x21-\x7e]/g, percent))
    return typeof url === 'string' ? url : { url, target: url.target, lost: [] }
  }
  const written = typed.replace(/#.*$/, '')
  const target = written.replace(/[^\x21-\x7e]/g, percent)
  const encoded = target === written ? [] : ['Bytes of its path that are no ASCII are encoded.']
  if (host === null || host === '') {
    return { url: null, target, lost: [...encoded, 'It does not say which host it was for.'] }
  }
  const scheme = schemeOf(host)
  const url = readUrl(`${scheme}://${Buffer.from(host, 'latin1').toString('utf8')}/`)
  if (typeof url === 'string') return url
  const lost = [
    ...encoded,
    `The text does not say whether it was https or http: ${scheme} was taken.`,
  ]
  return { url, target, lost }
}

function percent(byte: string): string {
  return `%${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`
}

/** This machine, bare addresses and ports of their own speak http as a rule, names https. */
function schemeOf(host: string): 'http' | 'https' {
  if (host.endsWith(':443')) return 'https'
  const isPlain = /^(localhost|[^:]+\.(localhost|local|test|internal)|[\d.]+|\[.*\])(:\d+)?$/i.test(
    host,
  )
  return isPlain || /:\d+$/.test(host) ? 'http' : 'https'
}

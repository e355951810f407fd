/**
 * curl commands as the requests that curl would make of them (checked against the real one): its own
 * headers in its own order, then those that were given. Text is Latin-1: one character is one byte.
 */
import { type CurlRequest, readArguments } from './curl-arguments.ts'
import { authorizationOf } from './curl-authorization.ts'
import {
  bounded,
  type ImportedItem,
  importFault,
  MAX_IMPORTED_BODY_BYTES,
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
import { multipartOf } from './multipart.ts'
import { readShell, type ShellCommand } from './shell-reader.ts'
import { isWindowsCommand, readWindowsCommands } from './windows-command.ts'

/** @throws AppError `invalid` when a quote is never closed, or no command is one of curl */
export function fromCurl(pasted: string): Recognised {
  const bytes = Buffer.from(pasted, 'utf8').toString('latin1')
  const commands = isWindowsCommand(bytes) ? readWindowsCommands(bytes) : readShell(bytes)
  const curls: ShellCommand[] = []
  const others = new Set<string>()
  for (const command of commands) {
    const at = command.words.findIndex((word) => /(^|[/\\])curl(\.exe)?$/i.test(word))
    const isFirst = at >= 0 && command.words.slice(0, at).every((word) => BEFORE.test(word))
    if (isFirst) curls.push({ ...command, words: command.words.slice(at + 1) })
    else others.add(shownWord(command.words[0] ?? ''))
  }
  if (curls.length === 0) throw importFault('There is no curl command in this text.')
  const { kept, notes } = bounded(requestsOf(curls), 'requests')
  const left = [...others].slice(0, 5).map((name) => `“${name}”`)
  return {
    from: 'curl',
    items: kept.map((make) => make()),
    notes: [
      ...notes,
      ...(left.length > 0 ? [`Only curl commands are read: ${left.join(', ')} is left out.`] : []),
    ],
  }
}

/** Of what is no curl command; not what a variable is set to. */
function shownWord(word: string): string {
  return word
    .replace(/=.*$/s, '=…')
    .replace(/[^\x20-\x7e…]/g, '·')
    .slice(0, 40)
}

/** What may stand before `curl`: a prompt, a variable, `sudo` and the like. */
const BEFORE = /^(\$|%|>|#|sudo|env|time|exec|command|[A-Za-z_]\w*=.*)$/s

/** Each is put together when it is wanted: one command may name a hundred thousand URLs. */
function requestsOf(commands: readonly ShellCommand[]): (() => ImportedItem)[] {
  return commands.flatMap((command, index) => requestsIn(command, index + 1))
}

function requestsIn(command: ShellCommand, number: number): (() => ImportedItem)[] {
  const what = `command ${number}, line ${command.line}`
  const refusal = (why: string) => () => ({ kind: 'refused' as const, what, why })
  return readArguments(command.words, command.stdin).flatMap((request): (() => ImportedItem)[] => {
    if (request.refused !== null) return [refusal(request.refused)]
    if (request.urls.length === 0)
      return [refusal(['It names no URL.', ...request.lost.slice(0, 5)].join(' '))]
    return request.urls.map((url) => () => itemOf(request, url, what, command.notes))
  })
}

function itemOf(
  request: CurlRequest,
  typed: string,
  what: string,
  notes: readonly string[],
): ImportedItem {
  const refused = (why: string): ImportedItem => ({ kind: 'refused', what, why })
  const address = addressOf(request, typed)
  if (typeof address === 'string') return refused(address)
  const { url, lost: lostOfUrl } = address
  const method = request.method ?? methodOf(request)
  if (!isMethod(method)) return refused('Its method cannot be sent.')
  const { body, contentType } = bodyOf(request)
  if (body !== null && body.length > MAX_IMPORTED_BODY_BYTES) {
    return refused('Its body is larger than 25 MB.')
  }
  const { lines, lost } = linesOf(request, url, body, contentType)
  return {
    kind: 'request',
    origin: url.origin,
    head: requestHead(method, url.target, lines),
    body: body ?? new Uint8Array(),
    isChunked: hasHeader(lines, 'transfer-encoding'),
    sentAtMs: null,
    answer: null,
    note: '',
    lost: [...new Set([...notes, ...request.lost, ...lostOfUrl, ...lost])],
    isSuggested: true,
  }
}

function methodOf({ isHead, isGet, data, parts }: CurlRequest): string {
  if (isHead) return 'HEAD'
  return !isGet && (data !== null || parts.length > 0) ? 'POST' : 'GET'
}

/** Where it goes; a string says why it cannot. */
function addressOf(
  request: CurlRequest,
  typed: string,
): { url: ImportedUrl; lost: string[] } | string {
  const lost: string[] = []
  const text = Buffer.from(typed, 'latin1').toString('utf8').trim()
  const withScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`
  const url = readUrl(withScheme)
  if (typeof url === 'string') return url
  if (!request.isGlobOff && /[[{]/.test(url.target)) {
    lost.push('curl makes several URLs of [ ] and { }: they stand as they are.')
  }
  const queries = [
    ...request.query,
    ...(request.isGet && request.data !== null ? [request.data] : []),
  ]
  const [path = '/', query] = splitOnce(url.target, '?')
  const plain = request.keepsPath ? path : withoutDots(path)
  const whole = [...(query === undefined ? [] : [query]), ...queries]
  const target = whole.length > 0 ? `${plain}?${whole.join('&')}` : plain
  return { url: { ...url, target: target.replace(/[^\x21-\x7e]/g, percent) }, lost }
}

function splitOnce(text: string, separator: string): string[] {
  const at = text.indexOf(separator)
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)]
}

function percent(byte: string): string {
  return `%${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`
}

/** RFC 3986, 5.2.4. */
function withoutDots(path: string): string {
  const kept: string[] = []
  const segments = path.split('/').slice(1)
  for (const [index, segment] of segments.entries()) {
    const isLast = index === segments.length - 1
    if (segment === '..') kept.pop()
    if (segment !== '.' && segment !== '..') kept.push(segment)
    else if (isLast) kept.push('')
  }
  return `/${kept.join('/')}`
}

/** Null when none was asked for, which is not the same as an empty one. */
function bodyOf(request: CurlRequest): { body: Buffer | null; contentType: string | null } {
  if (request.parts.length > 0) return multipartOf(request.parts)
  if (request.data === null || request.isGet || request.isHead) {
    return { body: null, contentType: null }
  }
  const contentType = request.isJson ? 'application/json' : 'application/x-www-form-urlencoded'
  return { body: Buffer.from(request.data, 'latin1'), contentType }
}

/** In curl's order: its own first, then the user's, then those that frame the body. */
function linesOf(
  request: CurlRequest,
  url: ImportedUrl,
  body: Buffer | null,
  contentType: string | null,
): { lines: string[]; lost: string[] } {
  const { given, removed, lost } = givenLines(request.headers)
  const named = new Set([...given.map(nameOf), ...removed])
  const lines: string[] = []
  const add = (name: string, value: string | null) => {
    if (value !== null && value !== '' && !named.has(name.toLowerCase())) {
      lines.push(`${name}: ${value}`)
    }
  }
  add('Host', url.host)
  lines.push(...given.filter((line) => nameOf(line) === 'host'))
  if (!named.has('authorization')) {
    const made = authorizationOf(request, url.credentials)
    if (made.line !== null) lines.push(made.line)
    lost.push(...made.lost)
  }
  add('Range', request.range === null ? null : `bytes=${request.range}`)
  add('User-Agent', request.agent)
  if (!request.isJson) add('Accept', '*/*')
  if (request.isCompressed) {
    add('Accept-Encoding', 'deflate, gzip, br, zstd')
    lost.push('--compressed: which codings curl asks for depends on how it was built.')
  }
  add('Referer', request.referer)
  add('Cookie', request.cookies.length > 0 ? request.cookies.join(';') : null)
  lines.push(...given.filter((line) => nameOf(line) !== 'host'))
  if (request.isJson) {
    add('Content-Type', contentType)
    add('Accept', 'application/json')
  }
  if (body !== null && !named.has('transfer-encoding')) add('Content-Length', String(body.length))
  if (body !== null && !request.isJson) add('Content-Type', contentType)
  if (request.agent === null && !named.has('user-agent')) {
    lost.push('curl would name itself and its version as User-Agent.')
  }
  if (request.parts.length > 0) lost.push('-F: curl makes up another boundary each time.')
  return { lines, lost }
}

/** `Name: value` stands as it was given, `Name;` is an empty header, `Name:` takes curl's own away. */
function givenLines(headers: readonly string[]): {
  given: string[]
  removed: Set<string>
  lost: string[]
} {
  const given: string[] = []
  const removed = new Set<string>()
  const lost: string[] = []
  for (const header of headers) {
    const [, name = '', mark = '', value = ''] = /^([^:;]*)([:;]?)([\s\S]*)$/.exec(header) ?? []
    if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]+[ \t]*$/.test(name) || mark === '') {
      if (!isBlank(header)) lost.push('-H: one has no name and colon, so it was left out.')
    } else if (/[\r\n\0]/.test(value)) {
      lost.push(`-H: ${name} has a line break in it, so it was left out.`)
    } else if (mark === ';') {
      if (isBlank(value)) given.push(`${name}:`)
      else lost.push('-H: one has no name and colon, so it was left out.')
    } else if (isBlank(value)) removed.add(name.trim().toLowerCase())
    else given.push(header)
  }
  return { given, removed, lost }
}

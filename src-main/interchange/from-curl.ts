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
  MAX_IMPORTED_HEADERS,
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
export function fromCurl(pasted: string, mostBytes = MAX_BYTES_OF_ALL): Recognised {
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
  const made = itemsOf(kept, mostBytes)
  const left = [...others].slice(0, 5).map((name) => `“${name}”`)
  return {
    from: 'curl',
    items: made.items,
    notes: [
      ...notes,
      ...made.notes,
      ...(left.length > 0 ? [`Only curl commands are read: ${left.join(', ')} is left out.`] : []),
    ],
  }
}

/**
 * What they are put together to, until they have more bytes than may be: every URL of a command gets
 * its whole body.
 */
function itemsOf(
  makers: readonly (() => ImportedItem)[],
  mostBytes: number,
): {
  readonly items: readonly ImportedItem[]
  readonly notes: readonly string[]
} {
  const items: ImportedItem[] = []
  let bytes = 0
  for (const make of makers) {
    const item = make()
    bytes += item.kind === 'request' ? item.head.length + item.body.length : 0
    if (bytes > mostBytes) break
    items.push(item)
  }
  const count = (number: number) => number.toLocaleString('en')
  const rest = makers.length - items.length
  const note = `Only the first ${count(items.length)} requests are read; with the other ${count(rest)} they would have more than ${mostBytes / 1024 / 1024} MB.`
  return { items, notes: rest > 0 ? [note] : [] }
}

/** Of what is no curl command; not what a variable is set to. */
function shownWord(word: string): string {
  return word
    .replace(/=.*$/s, '=…')
    .replace(/[^\x20-\x7e…]/g, '·')
    .slice(0, 40)
}

const MAX_BYTES_OF_ALL = 200 * 1024 * 1024
/** Of one request; the rest would say the same. */
const MOST_LOST = 100

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
    const fault = request.refused ?? conflictOf(request)
    if (fault !== null) return [refusal(fault)]
    if (request.urls.length === 0)
      return [refusal(['It names no URL.', ...request.lost.slice(0, 5)].join(' '))]
    const content = once(() => contentOf(request, command.notes))
    return request.urls.map((url) => () => itemOf(request, url, what, content()))
  })
}

/** curl ends with an error where a request is to have two bodies, or HEAD one. */
function conflictOf({ isHead, isGet, data, parts }: CurlRequest): string | null {
  const [first, second] = [
    ...(parts.length > 0 ? ['-F'] : []),
    ...(data !== null && (!isGet || parts.length > 0) ? ['-d'] : []),
    ...(isHead ? ['-I'] : []),
  ]
  return second === undefined ? null : `curl takes ${first} or ${second}, not both.`
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null
  return () => {
    made ??= { value: make() }
    return made.value
  }
}

/** What all URLs of a request share, the bytes of the body with it. */
interface Content {
  /** Null when none was asked for, which is not the same as an empty one. */
  readonly body: Buffer | null
  readonly contentType: string | null
  readonly headers: GivenHeaders
  readonly lost: readonly string[]
}

function contentOf(request: CurlRequest, notes: readonly string[]): Content {
  const headers = givenHeaders(request.headers)
  const lost = [...new Set([...notes, ...request.lost, ...headers.lost])].slice(0, MOST_LOST)
  return { ...bodyOf(request), headers, lost }
}

function itemOf(request: CurlRequest, typed: string, what: string, content: Content): ImportedItem {
  const refused = (why: string): ImportedItem => ({ kind: 'refused', what, why })
  const address = addressOf(request, typed)
  if (typeof address === 'string') return refused(address)
  const { url, lost: lostOfUrl } = address
  const method = request.method ?? methodOf(request)
  if (!isMethod(method)) return refused('Its method cannot be sent.')
  const { body } = content
  if (body !== null && body.length > MAX_IMPORTED_BODY_BYTES) {
    return refused('Its body is larger than 25 MB.')
  }
  const { lines, lost } = linesOf(request, url, content)
  return {
    kind: 'request',
    origin: url.origin,
    head: requestHead(method, url.target, lines),
    body: body ?? new Uint8Array(),
    isChunked: hasHeader(lines, 'transfer-encoding'),
    sentAtMs: null,
    answer: null,
    note: '',
    lost: [...new Set([...content.lost, ...lostOfUrl, ...lost])],
    isSuggested: true,
  }
}

function methodOf({ isHead, isGet, data, parts }: CurlRequest): string {
  if (isHead) return 'HEAD'
  return parts.length > 0 || (data !== null && !isGet) ? 'POST' : 'GET'
}

/** Where it goes; a string says why it cannot. */
function addressOf(
  request: CurlRequest,
  typed: string,
): { url: ImportedUrl; lost: string[] } | string {
  const lost: string[] = []
  const { plain: text, isPattern } = request.isGlobOff
    ? { plain: utf8Of(typed), isPattern: false }
    : withoutGlobbing(utf8Of(typed))
  const withScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`
  const url = readUrl(withScheme)
  if (typeof url === 'string') return url
  if (isPattern) {
    lost.push('curl takes [ ] and { } for a pattern of several URLs: they stand as they are.')
  }
  if (request.target !== null) {
    const isSendable = /^[\x21-\x7e\x80-\xff]+$/.test(request.target)
    if (!isSendable) return 'What --request-target names cannot stand in a request line.'
    return { url: { ...url, target: request.target }, lost }
  }
  const [path = '/', query] = splitOnce(url.target, '?')
  const plain = request.keepsPath ? path : withoutDots(path)
  const whole = withQuery(query, addedQuery(request, lost))
  const target = whole === undefined ? plain : `${plain}?${whole}`
  return { url: { ...url, target: target.replace(/[^\x21-\x7e]/g, percent) }, lost }
}

/** What curl adds to the query; null when nothing is. */
function addedQuery({ query, isGet, data }: CurlRequest, lost: string[]): string | null {
  if (!isGet || data === null) return query.length > 0 ? query.join('&') : null
  if (query.length > 0)
    lost.push('--url-query: curl leaves it out where -G puts data into the URL.')
  return data
}

function withQuery(query: string | undefined, added: string | null): string | undefined {
  if (added === null) return query
  if (query === undefined || query === '') return added === '' ? query : added
  return query.endsWith('&') ? query + added : `${query}&${added}`
}

function utf8Of(latin1: string): string {
  return Buffer.from(latin1, 'latin1').toString('utf8').trim()
}

/**
 * A backslash before a bracket or a brace says that it belongs to no pattern, and goes (curl's manual,
 * “URL”); browsers copy URLs so. An address of IPv6 and empty brackets are no patterns either.
 */
function withoutGlobbing(url: string): { plain: string; isPattern: boolean } {
  const [scheme = ''] = /^(?:[a-z][a-z0-9+.-]*:\/\/)?(?:[^/?#]*@)?\[[0-9a-f:.%]+\]/i.exec(url) ?? []
  const unescaped = url.slice(scheme.length).replace(/\\[[\]{}]|\[\]/g, '')
  return { plain: url.replace(/\\([[\]{}])/g, '$1'), isPattern: /[[\]{}]/.test(unescaped) }
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

function bodyOf(request: CurlRequest): Pick<Content, 'body' | 'contentType'> {
  if (request.parts.length > 0) return multipartOf(request.parts)
  if (request.data === null || request.isGet) {
    return { body: null, contentType: null }
  }
  const contentType = request.isJson ? 'application/json' : 'application/x-www-form-urlencoded'
  return { body: Buffer.from(request.data, 'latin1'), contentType }
}

/** In curl's order: its own first, then the user's, then those that frame the body. */
function linesOf(
  request: CurlRequest,
  url: ImportedUrl,
  { body, contentType, headers: { given, named } }: Content,
): { lines: string[]; lost: string[] } {
  const lost: string[] = []
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
  if (request.range !== null) {
    const range = /^\d+$/.test(request.range) ? `${request.range}-` : request.range
    if (body === null) add('Range', `bytes=${range}`)
    else if (request.parts.length === 0) add('Content-Range', `bytes ${range}/${body.length}`)
  }
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
    add('Content-Type', 'application/json')
    add('Accept', 'application/json')
  }
  if (body !== null && !named.has('transfer-encoding')) add('Content-Length', String(body.length))
  if (body !== null && !request.isJson) add('Content-Type', contentType)
  if (request.agent === null && !named.has('user-agent')) {
    lost.push('curl would name itself and its version as User-Agent.')
  }
  if (request.parts.length > 0) {
    const isOwn = given.some((line) => nameOf(line) === 'content-type')
    lost.push(isOwn ? OWN_TYPE_OF_FORM : '-F: curl makes up another boundary each time.')
  }
  return { lines, lost }
}

const OWN_TYPE_OF_FORM =
  '-F: your Content-Type is kept as it stands; curl would add the boundary of the parts to it.'

interface GivenHeaders {
  readonly given: readonly string[]
  /** Lower case; also those that take one of curl's own away. */
  readonly named: ReadonlySet<string>
  readonly lost: readonly string[]
}

/** `Name: value` stands as it was given, `Name;` is an empty header, `Name:` takes curl's own away. */
function givenHeaders(headers: readonly string[]): GivenHeaders {
  const given: string[] = []
  const named = new Set<string>()
  const lost = new Set<string>()
  for (const header of headers) {
    const [, name = '', mark = '', value = ''] = /^([^:;]*)([:;]?)([\s\S]*)$/.exec(header) ?? []
    if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]+[ \t]*$/.test(name) || mark === '') {
      if (!isBlank(header)) lost.add('-H: one has no name and colon, so it was left out.')
    } else if (/[\r\n\0]/.test(value)) {
      lost.add(`-H: ${name} has a line break in it, so it was left out.`)
    } else if (mark === ';' && value !== '') {
      lost.add('-H: one has no name and colon, so it was left out.')
    } else {
      named.add(name.trim().toLowerCase())
      if (mark === ';') given.push(`${name}:`)
      else if (!isBlank(value)) given.push(header)
    }
  }
  if (given.length > MAX_IMPORTED_HEADERS) {
    lost.add(`Only the first ${MAX_IMPORTED_HEADERS.toLocaleString('en')} headers were kept.`)
  }
  return { given: given.slice(0, MAX_IMPORTED_HEADERS), named, lost: [...lost] }
}

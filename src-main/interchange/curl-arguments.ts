/**
 * The words of a curl command sorted into what they ask for, one set per request (`--next` begins
 * another). Text is Latin-1: one character is one byte. Nothing is read, nothing is run.
 */

import type { CurlScheme } from './curl-authorization.ts'
import { contentOfFile, encodedOf, FILE, type RefusedContent } from './curl-encoded.ts'
import { formPartOf } from './curl-form.ts'
import { type CurlOption, type CurlUse, longOption, shortOption } from './curl-options.ts'
import type { FormPart } from './multipart.ts'

/** What one request is asked for with. */
export interface CurlRequest {
  readonly urls: string[]
  method: string | null
  /** What stands in the request line, whatever the URL says. */
  target: string | null
  /** As given to -H. */
  readonly headers: string[]
  /** What is joined to the body, or with -G to the query; null: no body was asked for. */
  data: string | null
  isJson: boolean
  readonly parts: FormPart[]
  user: string | null
  bearer: string | null
  /** How curl is to authenticate; empty: as Basic, or as Bearer where there is one. */
  readonly schemes: Set<CurlScheme>
  readonly cookies: string[]
  agent: string | null
  referer: string | null
  range: string | null
  readonly query: string[]
  isGet: boolean
  isHead: boolean
  isCompressed: boolean
  keepsPath: boolean
  isGlobOff: boolean
  /** In words; nothing secret. */
  readonly lost: string[]
  /** Why it cannot be imported at all. */
  refused: string | null
}

function emptyRequest(lost: readonly string[] = []): CurlRequest {
  return {
    urls: [],
    method: null,
    target: null,
    headers: [],
    data: null,
    isJson: false,
    parts: [],
    user: null,
    bearer: null,
    schemes: new Set(),
    cookies: [],
    agent: null,
    referer: null,
    range: null,
    query: [],
    isGet: false,
    isHead: false,
    isCompressed: false,
    keepsPath: false,
    isGlobOff: false,
    lost: [...lost],
    refused: null,
  }
}

/** @param words behind `curl`. @param stdin what it reads, where that is known */
export function readArguments(words: readonly string[], stdin: string | null): CurlRequest[] {
  const requests = [emptyRequest()]
  let areOptions = true
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? ''
    const request = requests.at(-1) ?? emptyRequest()
    if (!areOptions || !word.startsWith('-') || word === '-') request.urls.push(word)
    else if (word === '--') areOptions = false
    else {
      const following = {
        next: () => words[++at] ?? '',
        peek: () => words[at + 1] ?? '-',
      }
      for (const { option, value } of optionsIn(word, following, request)) {
        if (option.use === 'next') requests.push(emptyRequest())
        else apply(request, option, value, stdin)
      }
    }
  }
  return requests.filter(
    ({ urls, data, parts, headers, lost }) =>
      [...urls, ...headers, ...parts, ...lost].length > 0 || data !== null,
  )
}

interface Given {
  readonly option: CurlOption
  readonly value: string
}

/** The words behind an option: `next` takes one away. */
interface Following {
  readonly next: () => string
  readonly peek: () => string
}

/** `-sXPOST` is `-s -X POST`; `--data=x` is taken for `--data x`. */
function optionsIn(word: string, { next, peek }: Following, request: CurlRequest): Given[] {
  if (word.startsWith('--')) {
    const [, name = '', joined] = /^--([^=]*)(?:=([\s\S]*))?$/.exec(word) ?? []
    const option = longOption(name)
    if (!option) {
      const unknown = `--${shown(name)}: Hookstage does not know this option`
      // It may take a value, and a value may be secret: nothing is sent to what is no URL for sure.
      const isValue = joined === undefined && !/^-|^https?:\/\//i.test(peek())
      if (isValue) next()
      request.lost.push(
        isValue ? `${unknown}; the word behind it was taken for its value.` : `${unknown}.`,
      )
      return []
    }
    return [{ option, value: option.takesValue ? (joined ?? next()) : '' }]
  }
  const given: Given[] = []
  for (let at = 1; at < word.length; at++) {
    const option = shortOption(word[at] ?? '')
    if (!option) {
      request.lost.push(`-${shown(word[at] ?? '')}: Hookstage does not know this option.`)
      continue
    }
    if (!option.takesValue) {
      given.push({ option, value: '' })
      continue
    }
    const rest = word.slice(at + 1)
    given.push({ option, value: rest === '' ? next() : rest })
    break
  }
  return given
}

function shown(name: string): string {
  return name.replace(/[^\x20-\x7e]/g, '·').slice(0, 40)
}

function apply(
  request: CurlRequest,
  { name, isOn, use, lost }: CurlOption,
  value: string,
  stdin: string | null,
): void {
  if (lost !== null) request.lost.push(`--${name}: ${lost}.`)
  if (use === null) return
  if (use === 'scheme') {
    if (isOn) request.schemes.add(name as CurlScheme)
    else request.schemes.delete(name as CurlScheme)
  } else if (isData(use)) addData(request, use, value, stdin)
  else if (use === 'form' || use === 'form-string') addPart(request, value, use === 'form-string')
  else if (use === 'url-query') addQuery(request, value, stdin)
  else if (use === 'upload') request.refused = `-T ${FILE}, with --data-raw.`
  else if (use === 'header') {
    if (value.startsWith('@')) request.lost.push('-H @…: Hookstage reads no file of headers.')
    else request.headers.push(value)
  } else if (use === 'cookie') {
    if (value.includes('=')) request.cookies.push(value)
    else if (value !== '') request.lost.push('--cookie: Hookstage reads no file of cookies.')
  } else set(request, use, value, isOn)
}

function addPart(request: CurlRequest, value: string, isLiteral: boolean): void {
  const part = formPartOf(value, isLiteral)
  if (typeof part === 'string') request.refused = part
  else {
    request.parts.push(part.part)
    request.lost.push(...part.lost)
  }
}

const DATA_USES = ['data', 'data-raw', 'data-binary', 'data-urlencode', 'json'] as const
type DataUse = (typeof DATA_USES)[number]

function isData(use: CurlUse): use is DataUse {
  return DATA_USES.some((each) => each === use)
}

type Plain = Exclude<
  CurlUse,
  DataUse | 'form' | 'form-string' | 'header' | 'cookie' | 'upload' | 'scheme' | 'url-query'
>

function set(request: CurlRequest, use: Plain, value: string, isOn: boolean): void {
  switch (use) {
    case 'url':
      request.urls.push(value)
      return
    case 'method':
      request.method = value
      return
    case 'target':
      request.target = value
      return
    case 'user':
      request.user = value
      return
    case 'bearer':
      request.bearer = value
      return
    case 'agent':
      request.agent = value
      return
    case 'referer':
      request.referer = value.replace(/;auto$/, '')
      return
    case 'range':
      request.range = value
      return
    case 'get':
      request.isGet = isOn
      return
    case 'head':
      request.isHead = isOn
      return
    case 'compressed':
      request.isCompressed = isOn
      return
    case 'path-as-is':
      request.keepsPath = isOn
      return
    case 'globoff':
      request.isGlobOff = isOn
      return
    case 'next':
      return
  }
}

function addData(request: CurlRequest, use: DataUse, value: string, stdin: string | null): void {
  const text = textOf(use, value, stdin)
  if (typeof text !== 'string') {
    request.refused = text.refused
    return
  }
  if (use === 'json') request.isJson = true
  if (request.data === null) request.data = text
  else request.data += use === 'json' ? text : `&${text}`
}

function textOf(use: DataUse, value: string, stdin: string | null): string | RefusedContent {
  if (use === 'data-raw') return value
  if (use === 'data-urlencode') return encodedOf(use, value, stdin)
  if (!value.startsWith('@')) return value
  const read = contentOfFile(use, value.slice(1), stdin)
  if (typeof read !== 'string') return read
  // -d leaves line ends and NULs of a file out.
  return use === 'data' ? read.replace(/[\r\n\0]/g, '') : read
}

function addQuery(request: CurlRequest, value: string, stdin: string | null): void {
  const query = value.startsWith('+') ? value.slice(1) : encodedOf('url-query', value, stdin)
  if (typeof query === 'string') request.query.push(query)
  else request.refused = query.refused
}

/**
 * Where in a body secrets stand, by their names: members of JSON, fields of forms, parts of forms,
 * each within each other. What does not parse is looked through for `"name": value` and `name=value`.
 */
import { isSecretName, recogniseEndpoint } from '../destinations/index.ts'
import { hasMoreFields, type JsonNode, schemeBefore, tryParseJson } from '../encode/index.ts'
import { bareValue, bracketed, quoted } from './loose-values.ts'
import { asUtf8, formDecoded, jsonDecoded, part, type TracedText, traced } from './traced-text.ts'

export interface Found {
  /** Byte offsets, and what is written there. */
  readonly spans: { readonly start: number; readonly end: number; readonly by: string }[]
  /** To be looked for everywhere, in whatever spelling. */
  readonly texts: string[]
  /** To be looked for in other messages alone: numbers, which stand for much else. */
  readonly numbers: string[]
}

/** Names that are innocent in a body more often than not. */
const INNOCENT = /^(code|key)$/i
const SENSITIVE = /^((proxy-?)?authorization|(set-?)?cookie2?)$/i
/** In more URLs nobody looks for what is secret: such a body is hidden whole. */
const MOST_URLS = 50_000
/** Nor in more fields of a form. */
const MOST_FIELDS = 100_000
/** Nor in more strings of JSON that may be JSON again. */
const MOST_STRINGS = 100_000
/** Text in text in text. */
const MOST_LEVELS = 8

interface Search extends Found {
  /** How many more strings are looked into; below zero there were too many. */
  stringsLeft: number
}

/** @returns null where it is too much to be looked through */
export function secretPlaces(bytes: Uint8Array, contentType: string): Found | null {
  const latin1 = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1')
  const found: Search = { spans: [], texts: [], numbers: [], stringsLeft: MOST_STRINGS }
  const boundary = /^multipart\/.*?boundary="?([^";,]+)/i.exec(contentType)?.[1]
  const whole = traced(latin1.replace(/^\xef\xbb\xbf/, '   '))
  const isForm = /^application\/x-www-form-urlencoded\b/i.test(contentType) || looksLikeForm(latin1)
  if (boundary !== undefined) inParts(whole, boundary, found)
  else if (isForm) {
    if (!inForm(whole, found)) return null
  } else inText(whole, found, 0)
  return inUrls(latin1, found) && found.stringsLeft >= 0 ? found : null
}

/** Asked without a pattern that goes back over what it took: of megabytes that runs out of stack. */
function looksLikeForm(text: string): boolean {
  const end = text.indexOf('=')
  return end > 0 && !/[^\w.%[\]*+-]/.test(text.slice(0, end)) && !/\s/.test(text)
}

/** `https://user:pass@host/…`, also with escaped slashes. */
const URL_TEXT = /\b[a-z][a-z0-9+.-]{0,20}:(?:\\?\/){2}[^\s"'<>]+/gi

export function urlsIn(text: string): string[] {
  return [...text.matchAll(URL_TEXT)].map(([url]) => url)
}

function inUrls(text: string, found: Found): boolean {
  const urls = urlsIn(text)
  if (urls.length > MOST_URLS) return false
  for (const url of urls) {
    if (hasMoreFields(url, MOST_FIELDS)) return false
    const { secrets } = recogniseEndpoint(url.replaceAll('\\/', '/'))
    for (const secret of secrets) found.texts.push(asUtf8(secret))
  }
  return true
}

function isSecretField(name: string): boolean {
  return SENSITIVE.test(name) || (isSecretName(name) && !INNOCENT.test(name))
}

function hide(source: TracedText, start: number, end: number, found: Found, by = '*') {
  if (end > start) found.spans.push({ start: source.at(start), end: source.at(end), by })
}

/** @param value as it is once decoded */
function remember(value: string, found: Found) {
  const text = asUtf8(value)
  found.texts.push(text)
  const scheme = schemeBefore(text)
  if (scheme !== '') found.texts.push(text.slice(scheme.length))
}

function inForm(form: TracedText, found: Search): boolean {
  let left = MOST_FIELDS
  for (const match of form.text.matchAll(/(?:^|&)([^=&]*)=([^&]*)/dg)) {
    if (left-- === 0) return false
    const [, name = ''] = match
    const [start = 0, end = 0] = match.indices?.[2] ?? []
    const value = formDecoded(part(form, start, end))
    if (isSecretField(lastKey(formDecoded(traced(name)).text))) {
      hide(form, start, end, found)
      remember(value.text, found)
    } else {
      inText(value, found, 1)
      inUrls(value.text, found)
    }
  }
  return true
}

/** `token` of `user[token][0]`. */
function lastKey(name: string): string {
  const own = name.replace(/\[\d*\]$/, '')
  return own.endsWith(']') ? own.slice(own.lastIndexOf('[') + 1, -1) : own
}

/** Parts by their names; what a part holds may be JSON again. */
function inParts(body: TracedText, boundary: string, found: Search) {
  let at = 0
  for (const text of body.text.split(`--${boundary}`)) {
    const gap = /\r?\n\r?\n/.exec(text)
    const head = gap ? text.slice(0, gap.index) : ''
    const [, inQuotes, bare] = /\bname\*?=(?:"([^"]*)"|([^;\s]+))/i.exec(head) ?? []
    const name = (inQuotes ?? bare ?? '').replace(/^utf-8''/i, '')
    const from = gap ? gap.index + gap[0].length : 0
    const value = text.slice(from).replace(/\r?\n$/, '')
    const end = at + from + value.length
    if (isSecretField(lastKey(name))) {
      hide(body, at + from, end, found)
      remember(value, found)
    } else inText(name === '' ? part(body, at, end) : part(body, at + from, end), found, 1)
    at += text.length + boundary.length + 2
  }
}

/** JSON, or anything else. @param level of how many texts it is within */
function inText(source: TracedText, found: Search, level: number) {
  const isJson = level < MOST_LEVELS && /^\s*[[{"]/.test(source.text)
  const root = isJson ? tryParseJson(source.text) : null
  if (root?.kind === 'string') inString(source, root, found, level)
  else if (root) inNode(source, root, false, found, level)
  else {
    byNamesInQuotes(source, found)
    byNames(source, found)
  }
}

function inString(source: TracedText, { start, end }: JsonNode, found: Search, level: number) {
  found.stringsLeft -= 1
  if (found.stringsLeft >= 0)
    inText(jsonDecoded(part(source, start + 1, end - 1)), found, level + 1)
}

function inNode(
  source: TracedText,
  node: JsonNode,
  isSecret: boolean,
  found: Search,
  level: number,
) {
  if (node.kind === 'object') {
    for (const { key, value } of node.members)
      inNode(source, value, isSecret || isSecretField(key), found, level)
  } else if (node.kind === 'array') {
    for (const item of node.items) inNode(source, item, isSecret, found, level)
  } else if (isSecret) {
    if (node.kind === 'string') {
      hide(source, node.start + 1, node.end - 1, found)
      remember(node.text, found)
    } else if (node.kind === 'number') {
      hide(source, node.start, node.end, found, '1')
      found.numbers.push(node.raw)
    }
  } else if (node.kind === 'string' && /^\s*[[{"]/.test(node.text))
    inString(source, node, found, level)
}

/** `"name": value`, also where JSON is not whole, within a string, or written by another language. */
function byNamesInQuotes(source: TracedText, found: Search) {
  const { text } = source
  // A choice in a loop without an end would run out of stack at some millions of characters.
  const pattern = /(["'])([^"'\\]*(?:\\u[\da-f]{4}[^"'\\]*){0,1000})\\*\1\s*(?:=>|:|=)\s*/gi
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    const [all, , name = ''] = match
    if (!isSecretField(jsonDecoded(traced(name)).text)) continue
    pattern.lastIndex = hideValue(source, match.index + all.length, found)
  }
}

/** `name=value`, `user[name]=value`. */
function byNames(source: TracedText, found: Search) {
  const pattern = /(?<![\w.%[\]$-])([\w.%[\]$-]+)[ \t]*=[ \t]*/g
  for (let match = pattern.exec(source.text); match; match = pattern.exec(source.text)) {
    const [all, name = ''] = match
    if (!isSecretField(lastKey(name))) continue
    pattern.lastIndex = hideValue(source, match.index + all.length, found, /[^\s&"'<>]+/y)
  }
}

/** @returns where it ends */
function hideValue(source: TracedText, from: number, found: Search, bare?: RegExp): number {
  const { text } = source
  const string = quoted(text, from)
  if (string) {
    hide(source, string.start, string.end, found)
    remember(jsonDecoded(traced(text.slice(string.start, string.end))).text, found)
    return string.end + 1
  }
  const bracketEnd = bracketed(text, from)
  if (bracketEnd !== null) {
    const inner = part(source, from, bracketEnd)
    const root = tryParseJson(inner.text)
    if (root) inNode(inner, root, true, found, MOST_LEVELS)
    else hide(source, from, bracketEnd, found)
    return bracketEnd
  }
  const end = bareValue(text, from, bare)
  const value = text.slice(from, end)
  if (/^(true|false|null)$/.test(value)) return end
  const isNumber = /^-?\d+(\.\d+)?$/.test(value)
  hide(source, from, end, found, isNumber ? '1' : '*')
  if (isNumber) found.numbers.push(value)
  else remember(formDecoded(traced(value)).text, found)
  return end
}

/**
 * Messages on their way out of Hookstage, without what is secret in them: known secrets in whatever
 * spelling, sensitive headers, and by their names what other programs sent as query parameters, form
 * fields, parts of forms and members of JSON. Lengths stay; each hidden byte becomes `*`.
 */
import { isSecretName, recogniseEndpoint } from '../destinations/index.ts'
import {
  decodeContent,
  headerValue,
  type JsonNode,
  maskHead,
  maskSecrets,
  readHead,
  tryParseJson,
} from '../encode/index.ts'

export interface Message {
  readonly head: Uint8Array
  readonly body: Uint8Array
}

/** Texts times bytes that are looked through, some tenths of a second; a body beyond is hidden whole. */
const MOST_WORK = 100_000_000
/** Shorter than this a text is hidden where it stands, and not looked for elsewhere. */
const MIN_LENGTH = 4

/**
 * @param url where a request went; null of an answer
 * @param secrets that are known
 */
export function redacted(
  { head, body }: Message,
  url: string | null,
  secrets: readonly string[],
): Message & { readonly isMasked: boolean } {
  const read = readHead(head)
  const decoded = decodeContent(body, read.headers).bytes
  const found = decoded ? secretsInBody(decoded, headerValue(read, 'content-type') ?? '') : NOTHING
  const inUrl = url === null ? [] : recogniseEndpoint(url).secrets
  const texts = [...inUrl, ...found.texts].filter(({ length }) => length >= MIN_LENGTH)
  const most = Math.floor(MOST_WORK / (head.length + body.length + (decoded?.length ?? 0) + 1))
  const each = [...new Set(texts)]
  const isTooMuch = each.length > most
  const all = each.length > 0 ? [...secrets, ...each.slice(0, most)] : secrets
  const shownHead = withoutParameters(maskHead(head, all))
  const shownBody = isTooMuch
    ? Buffer.alloc(body.length, '*')
    : bodyWithout(body, decoded, found, all)
  const isMasked = !isSame(head, shownHead) || !isSame(body, shownBody)
  return { head: shownHead, body: shownBody, isMasked }
}

function bodyWithout(
  body: Uint8Array,
  decoded: Uint8Array | null,
  found: Found,
  secrets: readonly string[],
): Uint8Array {
  // What is compressed cannot be hidden in part.
  if (decoded === null) return maskSecrets(body, secrets)
  if (decoded !== body) {
    const isClean = found.spans.length === 0 && maskSecrets(decoded, secrets) === decoded
    return isClean ? body : Buffer.alloc(body.length, '*')
  }
  const spanned = found.spans.length > 0 ? Buffer.from(body) : body
  for (const { start, end, by } of found.spans)
    Buffer.from(spanned.buffer, spanned.byteOffset, spanned.length).fill(by, start, end)
  return maskSecrets(spanned, secrets)
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return a === b || Buffer.from(a.buffer, a.byteOffset, a.length).equals(b)
}

/** `?token=…` in the request line, or in a URL that a header holds. */
function withoutParameters(head: Uint8Array): Uint8Array {
  const text = Buffer.from(head.buffer, head.byteOffset, head.length).toString('latin1')
  const hidden = text.replace(
    /([?&])([^=&?\s"'<>]+)=([^&\s"'<>#;,]+)/g,
    (whole, mark: string, name: string, value: string) =>
      isSecretName(name) ? `${mark}${name}=${'*'.repeat(value.length)}` : whole,
  )
  return hidden === text ? head : Buffer.from(hidden, 'latin1')
}

interface Found {
  /** Byte offsets, and what is written there. */
  readonly spans: readonly { readonly start: number; readonly end: number; readonly by: string }[]
  /** To be looked for everywhere, in whatever spelling. */
  readonly texts: readonly string[]
}

const NOTHING: Found = { spans: [], texts: [] }

function secretsInBody(bytes: Uint8Array, contentType: string): Found {
  const latin1 = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1')
  const boundary = /^multipart\/.*?boundary="?([^";,]+)/i.exec(contentType)?.[1]
  const found =
    boundary !== undefined
      ? inParts(latin1, boundary)
      : /^application\/x-www-form-urlencoded\b/i.test(contentType)
        ? inForm(latin1)
        : inJson(latin1)
  const urls = [...latin1.matchAll(/https?:(?:\\?\/){2}[^\s"'<>]+/g)].slice(0, MOST_URLS)
  const inUrls = urls.flatMap(([url]) => recogniseEndpoint(url.replaceAll('\\/', '/')).secrets)
  return { spans: found.spans, texts: [...found.texts, ...inUrls] }
}

const MOST_URLS = 10_000

/** Names that are innocent in a body more often than not. */
const INNOCENT = /^(code|key)$/i

function isSecretField(name: string): boolean {
  return isSecretName(name) && !INNOCENT.test(name)
}

function inForm(text: string): Found {
  const spans: { start: number; end: number; by: string }[] = []
  const texts: string[] = []
  for (const match of text.matchAll(/(?:^|&)([^=&]*)=([^&]*)/dg)) {
    const [, name = '', value = ''] = match
    const [start = 0, end = 0] = match.indices?.[2] ?? []
    const plain = decodedField(value)
    if (isSecretField(lastKey(decodedField(name)))) {
      spans.push({ start, end, by: '*' })
      texts.push(plain)
    } else if (/^\s*[[{]/.test(plain)) texts.push(...inJson(plain).texts)
  }
  return { spans, texts }
}

/** `token` of `user[token][0]`. */
function lastKey(name: string): string {
  const own = name.replace(/\[\d*\]$/, '')
  return own.endsWith(']') ? own.slice(own.lastIndexOf('[') + 1, -1) : own
}

function decodedField(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return text
  }
}

/** Parts by their names; what a part holds may be JSON again. */
function inParts(text: string, boundary: string): Found {
  const spans: { start: number; end: number; by: string }[] = []
  const texts: string[] = []
  let at = 0
  for (const part of text.split(`--${boundary}`)) {
    const gap = /\r?\n\r?\n/.exec(part)
    const head = gap ? part.slice(0, gap.index) : part
    const name = /\bname="([^"]*)"/i.exec(head)?.[1] ?? ''
    const from = gap ? gap.index + gap[0].length : part.length
    const value = part.slice(from).replace(/\r?\n$/, '')
    if (isSecretField(name)) {
      spans.push({ start: at + from, end: at + from + value.length, by: '*' })
      texts.push(value)
    } else texts.push(...inJson(value).texts)
    at += part.length + boundary.length + 2
  }
  return { spans, texts }
}

/** @param text Latin-1 of the bytes, so that offsets into it are offsets into them */
function inJson(text: string): Found {
  const root = /^[\s\xef\xbb\xbf]*[[{]/.test(text)
    ? tryParseJson(text.replace(/^\xef\xbb\xbf/, '   '))
    : null
  if (!root) return NOTHING
  const spans: { start: number; end: number; by: string }[] = []
  const texts: string[] = []
  const hide = (node: JsonNode) => {
    if (node.kind === 'string') {
      spans.push({ start: node.start + 1, end: node.end - 1, by: '*' })
      texts.push(Buffer.from(node.text, 'latin1').toString('utf8'))
    } else if (node.kind === 'number') spans.push({ start: node.start, end: node.end, by: '1' })
  }
  const walk = (node: JsonNode, isSecret: boolean) => {
    if (node.kind === 'object') {
      for (const { key, value } of node.members) walk(value, isSecret || isSecretField(key))
    } else if (node.kind === 'array') for (const item of node.items) walk(item, isSecret)
    else if (isSecret) hide(node)
    else if (node.kind === 'string' && /^\s*[[{]/.test(node.text))
      texts.push(...inJson(node.text).texts)
  }
  walk(root, false)
  return { spans, texts }
}

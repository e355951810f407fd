/**
 * Messages on their way out of Hookstage, without what is secret in them: known secrets in whatever
 * spelling, sensitive headers, and by their names what other programs sent as query parameters, form
 * fields, parts of forms and members of JSON. Lengths stay; each hidden byte becomes `*`. A body that
 * cannot be looked through is hidden whole.
 */
import { isUtf8 } from 'node:buffer'
import { isSecretName, recogniseEndpoint } from '../destinations/index.ts'
import {
  decodeContent,
  headerValue,
  maskHead,
  maskSecrets,
  type ReadHead,
  readHead,
} from '../encode/index.ts'
import { type Found, secretPlaces, urlsIn } from './secret-places.ts'

export interface Message {
  readonly head: Uint8Array
  readonly body: Uint8Array
}

export interface Redacted extends Message {
  readonly isMasked: boolean
  /** What was found in it, and is to be hidden in its answer too; null where it was too much. */
  readonly texts: readonly string[] | null
}

/** Texts times bytes that are looked through, some tenths of a second; a body beyond is hidden whole. */
const MOST_WORK = 100_000_000
/** Of all texts that are looked for, each in many spellings; with longer ones a body is hidden whole. */
const MOST_CHARACTERS = 1_000_000
/** Shorter than this a text is hidden where it stands, and not looked for elsewhere. */
const MIN_LENGTH = 4
/** Shorter than this a number is not looked for in an answer. */
const MIN_DIGITS = 6

/**
 * @param url where a request went; null of an answer
 * @param secrets that are known
 * @param echoed texts that were found in the request, of its answer; null: anything may stand there
 */
export function redacted(
  { head, body }: Message,
  url: string | null,
  secrets: readonly string[],
  echoed: readonly string[] | null = [],
): Redacted {
  const decoded = decodedBody(body, readHead(head))
  const { found } = decoded
  const texts = [
    ...(url === null ? [] : recogniseEndpoint(url).secrets),
    ...secretsInHead(head),
    ...found.texts,
  ].filter(({ length }) => length >= MIN_LENGTH)
  const most = Math.floor(MOST_WORK / (head.length + body.length + decoded.bytes.length + 1))
  const each = [...new Set([...texts, ...(echoed ?? [])])]
  const sought = withinReach(each, most)
  const isTooMuch = each.length > sought.length || echoed === null
  const all = sought.length > 0 ? [...secrets, ...sought] : secrets
  const shownHead = withoutParameters(maskHead(head, all))
  const shownBody =
    isTooMuch || decoded.isHidden
      ? Buffer.alloc(body.length, '*')
      : bodyWithout(body, decoded.bytes, found, all)
  const isMasked = !isSame(head, shownHead) || !isSame(body, shownBody)
  const numbers = found.numbers.filter(({ length }) => length >= MIN_DIGITS)
  return {
    head: shownHead,
    body: shownBody,
    isMasked,
    texts: decoded.isTooMuch ? null : [...texts, ...numbers],
  }
}

function withinReach(texts: readonly string[], most: number): readonly string[] {
  let left = MOST_CHARACTERS
  return texts.slice(0, most).filter((text) => {
    if (text.length > left) return false
    left -= text.length
    return true
  })
}

interface DecodedBody {
  readonly bytes: Uint8Array
  readonly found: Found
  /** It cannot be looked through: its coding, or how much there is. */
  readonly isHidden: boolean
  /** It could be read, but there is too much in it. */
  readonly isTooMuch: boolean
}

function decodedBody(body: Uint8Array, read: ReadHead): DecodedBody {
  const { bytes, fault } = decodeContent(body, read.headers)
  const nothing: Found = { spans: [], texts: [], numbers: [] }
  // `UTF-8` or `aws-chunked` stand there for what is no coding, or none that hides anything.
  const readable = bytes ?? (fault === 'unknown' && isText(body) ? body : null)
  const found = readable && secretPlaces(readable, headerValue(read, 'content-type') ?? '')
  const isTooMuch = readable !== null && found === null
  return { bytes: readable ?? body, found: found ?? nothing, isHidden: found === null, isTooMuch }
}

function isText(bytes: Uint8Array): boolean {
  return isUtf8(bytes) && !bytes.some((byte) => byte < 0x09 || (byte > 0x0d && byte < 0x20))
}

function bodyWithout(
  body: Uint8Array,
  decoded: Uint8Array,
  found: Found,
  secrets: readonly string[],
): Uint8Array {
  // What is compressed cannot be hidden in part.
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

/** Of URLs that headers hold: `Location`, `Referer`, `Link`. */
function secretsInHead(head: Uint8Array): string[] {
  return urlsIn(latin1(head)).flatMap((url) => recogniseEndpoint(url).secrets)
}

/** `?token=…` and `user:pass@` in the request line, or in a URL that a header holds. */
function withoutParameters(head: Uint8Array): Uint8Array {
  const text = latin1(head)
  const hidden = text
    .replace(
      /([?&])([^=&?\s"'<>]+)=([^&\s"'<>#;,]+)/g,
      (whole, mark: string, name: string, value: string) =>
        isSecretName(name) ? `${mark}${name}=${'*'.repeat(value.length)}` : whole,
    )
    .replace(
      /(:\/\/)([^\s/?#"'<>]+)(?=@)/g,
      (_, mark: string, user: string) => mark + '*'.repeat(user.length),
    )
  return hidden === text ? head : Buffer.from(hidden, 'latin1')
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1')
}

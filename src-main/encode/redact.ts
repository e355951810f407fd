/**
 * The one place where secrets are hidden. Byte views keep their length (each hidden byte becomes
 * `*`), so that offsets and sizes stay true; texts show `••••` and, of long secrets, the last four
 * characters. How else a secret may be written is known to `secret-spellings.ts`.
 */
import { HIDDEN_TEXT } from '#contract'
import { spellingsOf } from './secret-spellings.ts'

/** From this length on, four characters tell a secret apart without giving it away. */
const MIN_LENGTH_WITH_TAIL = 12
const SCHEME = /^(Bearer|Basic|Token|Digest|HMAC|ApiKey)[ \t]+(?=[^ \t])/i
const SENSITIVE_NAME =
  /^(proxy-)?authorization$|^(set-)?cookie2?$|(api|access|account|auth|functions?|private|shared|subscription)[-_]?key|token|secret|passw|credential|^x-auth/i

/** `Bearer ` of `Bearer abc`; empty where nothing of the kind is before a secret. */
export function schemeBefore(value: string): string {
  return SCHEME.exec(value)?.[0] ?? ''
}

/** `Bearer ••••••••1234`: what may be shown of a secret, wherever it stands: in a header, a URL, a body. */
export function maskText(value: string): string {
  if (value === '') return ''
  const scheme = schemeBefore(value)
  const rest = value.slice(scheme.length)
  return scheme + HIDDEN_TEXT + (rest.length >= MIN_LENGTH_WITH_TAIL ? rest.slice(-4) : '')
}

/** Headers whose values are hidden whatever they hold: authorization, cookies, keys, tokens. */
export function isSensitiveHeader(name: string): boolean {
  return SENSITIVE_NAME.test(name)
}

/** The text with every secret in it masked. */
export function maskInText(text: string, secrets: readonly string[]): string {
  let masked = text
  for (const { spelling, mask } of searchFor(secrets).texts) {
    // A mask ends like its secret: as a text, a `$&` in it would put the secret back.
    if (masked.includes(spelling)) masked = masked.replaceAll(spelling, () => mask)
  }
  return masked
}

/** What a list of secrets is looked for as, in the order in which it is replaced. */
interface Search {
  readonly texts: readonly { readonly spelling: string; readonly mask: string }[]
  readonly needles: readonly Buffer[]
}

/** A form has thousands of fields, and spelling secrets takes long: once for each list. */
const searches = new WeakMap<readonly string[], Search>()

function searchFor(secrets: readonly string[]): Search {
  const known = searches.get(secrets)
  if (known) return known
  const longestFirst = [...secrets].sort((a, b) => b.length - a.length)
  const texts = longestFirst.flatMap((secret) =>
    spellingsOf(secret).map((spelling) => ({ spelling, mask: maskText(secret) })),
  )
  const search = { texts, needles: texts.flatMap(({ spelling }) => needlesOf(spelling)) }
  searches.set(secrets, search)
  return search
}

/** A copy of the same length with every secret in it overwritten; the bytes themselves when there is none. */
export function maskSecrets(bytes: Uint8Array, secrets: readonly string[]): Uint8Array {
  let copy: Buffer | null = null
  for (const { start, end } of secretSpans(bytes, secrets)) {
    copy ??= Buffer.from(bytes)
    copy.fill('*', start, end)
  }
  return copy ?? bytes
}

export function holdsSecret(bytes: Uint8Array, secrets: readonly string[]): boolean {
  return !secretSpans(bytes, secrets).next().done
}

/** The largest length up to `limit` at which cutting the bytes off leaves no part of a secret behind. */
export function cutClearOfSecrets(
  bytes: Uint8Array,
  limit: number,
  secrets: readonly string[],
): number {
  if (bytes.length <= limit) return bytes.length
  let cut = limit
  for (const { start, end } of secretSpans(bytes, secrets)) {
    if (start < limit && end > limit) cut = Math.min(cut, start)
  }
  return cut
}

/** As `maskSecrets`, for a message head: values of sensitive headers are overwritten as well. */
export function maskHead(head: Uint8Array, secrets: readonly string[]): Uint8Array {
  const masked = Buffer.from(maskSecrets(head, secrets)).toString('latin1')
  let isSensitive = false
  const lines = masked.split('\n').map((line) => {
    const isFolded = /^[ \t]/.test(line)
    const colon = isFolded ? -1 : line.indexOf(':')
    if (!isFolded) isSensitive = colon > 0 && isSensitiveHeader(line.slice(0, colon))
    if (!isSensitive) return line
    const value = line.slice(colon + 1)
    const blank = /^[ \t]*/.exec(value)?.[0].length ?? 0
    const scheme = isFolded ? 0 : schemeBefore(value.slice(blank)).length
    const shown = blank + scheme
    return line.slice(0, colon + 1 + shown) + value.slice(shown).replace(/[^\r]/g, '*')
  })
  return Buffer.from(lines.join('\n'), 'latin1')
}

/** Where secrets stand; spans may overlap. */
function* secretSpans(
  bytes: Uint8Array,
  secrets: readonly string[],
): Generator<{ readonly start: number; readonly end: number }, undefined> {
  const source = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  for (const needle of searchFor(secrets).needles) {
    let start = source.indexOf(needle)
    while (start >= 0) {
      const end = start + needle.length
      yield { start, end }
      start = source.indexOf(needle, start + 1)
    }
  }
}

/** A spelling as UTF-8, and as Latin-1, which is how header values go over the wire. */
function needlesOf(spelling: string): Buffer[] {
  const utf8 = Buffer.from(spelling, 'utf8')
  const isLatin1 = utf8.length !== spelling.length && /^[\0-\xff]*$/.test(spelling)
  return isLatin1 ? [utf8, Buffer.from(spelling, 'latin1')] : [utf8]
}

/**
 * The one place where secrets are hidden. Byte views keep their length (each hidden byte becomes
 * `*`), so that offsets and sizes stay true; texts show `••••` and, of long secrets, the last four
 * characters. A secret is found as it is, percent-encoded, form-encoded and escaped in JSON.
 */
import { MASK_CHARACTER } from '#contract'

const HIDDEN = MASK_CHARACTER.repeat(8)
/** From this length on, four characters tell a secret apart without giving it away. */
const MIN_LENGTH_WITH_TAIL = 12
const SCHEME = /^(Bearer|Basic|Token|Digest|HMAC|ApiKey)\s+(?=\S)/i
const SENSITIVE_NAME =
  /^(proxy-)?authorization$|^(set-)?cookie2?$|api[-_]?key|token|secret|passw|^x-auth/i

/** `Bearer ••••••••1234`: what may be shown of a secret. */
export function maskText(value: string): string {
  const scheme = SCHEME.exec(value)?.[0] ?? ''
  const rest = value.slice(scheme.length)
  return scheme + HIDDEN + (rest.length >= MIN_LENGTH_WITH_TAIL ? rest.slice(-4) : '')
}

/** Headers whose values are hidden whatever they hold: authorization, cookies, keys, tokens. */
export function isSensitiveHeader(name: string): boolean {
  return SENSITIVE_NAME.test(name)
}

/** The text with every secret in it masked. */
export function maskInText(text: string, secrets: readonly string[]): string {
  let masked = text
  for (const secret of longestFirst(secrets)) {
    for (const form of formsOf(secret)) {
      if (masked.includes(form)) masked = masked.replaceAll(form, maskText(secret))
    }
  }
  return masked
}

/** A copy of the same length with every secret in it overwritten; the bytes themselves when there is none. */
export function maskSecrets(bytes: Uint8Array, secrets: readonly string[]): Uint8Array {
  const source = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  let copy: Buffer | null = null
  for (const secret of secrets) {
    for (const form of formsOf(secret)) {
      const needle = Buffer.from(form, 'utf8')
      for (
        let at = source.indexOf(needle);
        at >= 0;
        at = source.indexOf(needle, at + needle.length)
      ) {
        copy ??= Buffer.from(source)
        copy.fill('*', at, at + needle.length)
      }
    }
  }
  return copy ?? bytes
}

/** As `maskSecrets`, for a message head: values of sensitive headers are overwritten as well. */
export function maskHead(head: Uint8Array, secrets: readonly string[]): Uint8Array {
  const masked = Buffer.from(maskSecrets(head, secrets)).toString('latin1')
  const lines = masked.split('\n').map((line) => {
    const colon = line.indexOf(':')
    if (colon < 1 || !isSensitiveHeader(line.slice(0, colon))) return line
    const value = line.slice(colon + 1)
    const shown = /^\s*([A-Za-z]+ (?=\S))?/.exec(value)?.[0].length ?? 0
    return line.slice(0, colon + 1 + shown) + value.slice(shown).replace(/[^\r]/g, '*')
  })
  return Buffer.from(lines.join('\n'), 'latin1')
}

function longestFirst(secrets: readonly string[]): string[] {
  return [...secrets].sort((a, b) => b.length - a.length)
}

function formsOf(secret: string): Set<string> {
  const forms = [
    secret,
    encodeURIComponent(secret.toWellFormed()),
    new URLSearchParams({ s: secret }).toString().slice(2),
    JSON.stringify(secret).slice(1, -1),
  ]
  return new Set(forms.filter((form) => form !== ''))
}

/** The keys that receivers and senders wrongly make of a secret, each with the words for it. */
import { hmacKey, type Key, keyOf } from './key.ts'
import type { KeyForm } from './scheme.ts'

export interface KeyVariant {
  /** Completes “The key is …”. */
  readonly what: string
  readonly key: Key
}

/** Without the right one, and each key once. */
export function keyVariants(form: KeyForm, secret: string): KeyVariant[] {
  const trimmed = secret.trim()
  const around = trimmed === secret ? null : keyOf(form, trimmed)
  const trimmedKey =
    around && 'key' in around
      ? [{ what: 'the secret without the space around it', key: around.key }]
      : []
  if (form === 'ed25519') return trimmedKey
  const bare = trimmed.replace(/^(whsec|whsk)_/, '')
  const hasPrefix = bare !== trimmed
  const bytes = (what: string, made: Buffer) => ({
    what,
    key: hmacKey(made),
  })
  const all: KeyVariant[] = [
    ...trimmedKey,
    bytes('the secret as text, not decoded', Buffer.from(secret)),
    bytes('the secret as text, a line break behind it', Buffer.from(`${secret}\n`)),
    ...(hasPrefix
      ? [
          bytes('the secret as text, its prefix removed', Buffer.from(bare)),
          bytes('the whole secret decoded from base64, prefix and all', base64(trimmed)),
        ]
      : []),
    bytes(`the secret decoded from base64${hasPrefix ? ', its prefix removed' : ''}`, base64(bare)),
    ...(/^([0-9a-f]{2})+$/i.test(bare)
      ? [bytes('the secret decoded from hexadecimal', Buffer.from(bare, 'hex'))]
      : []),
  ]
  return distinct(all, rightKey(form, secret))
}

function base64(text: string): Buffer {
  return Buffer.from(text, 'base64')
}

function rightKey(form: KeyForm, secret: string): string | null {
  const result = keyOf(form, secret)
  return 'key' in result ? fingerprint(result.key) : null
}

function distinct(variants: readonly KeyVariant[], right: string | null): KeyVariant[] {
  const seen = new Set([right])
  return variants.filter(({ key }) => {
    const print = fingerprint(key)
    if (print === '' || seen.has(print)) return false
    seen.add(print)
    return true
  })
}

function fingerprint(key: Key): string {
  return key.kind === 'hmac' ? key.secretKey.export().toString('hex') : ''
}

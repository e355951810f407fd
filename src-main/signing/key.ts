/**
 * From a secret, as it is typed or copied, to the key that signs: one rule per key form, each with
 * words for what is wrong. Nothing is guessed from the shape of a secret.
 */
import {
  createPrivateKey,
  createPublicKey,
  createSecretKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto'
import type { SigningScheme } from '#contract'
import type { KeyForm } from './scheme.ts'

/** `privateKey` is null when only the public key is known: enough to verify. */
export type Key =
  | { readonly kind: 'hmac'; readonly secretKey: KeyObject }
  | {
      readonly kind: 'ed25519'
      readonly privateKey: KeyObject | null
      readonly publicKey: KeyObject
    }

export type KeyResult = { readonly key: Key } | { readonly fault: string }

const WHSEC = 'whsec_'
const WHSK = 'whsk_'
const WHPK = 'whpk_'
const MIN_STANDARD_BYTES = 24
const MAX_STANDARD_BYTES = 64
const ED25519_BYTES = 32
/** What DER puts before the 32 bytes of an ed25519 key (RFC 8410). */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex')
const SPKI = Buffer.from('302a300506032b6570032100', 'hex')

const EMPTY = 'Enter the secret that the receiver has too, or generate one.'

/** Making a key of a secret takes several times as long as signing with it, so keys are made once. */
const made = new Map<KeyForm, Map<string, KeyResult>>()
const MAX_MADE = 200

/** The key that a secret stands for, or what is wrong with the secret. */
export function keyOf(form: KeyForm, secret: string): KeyResult {
  const ofForm = made.get(form) ?? new Map<string, KeyResult>()
  made.set(form, ofForm)
  const known = ofForm.get(secret)
  if (known) return known
  if (ofForm.size >= MAX_MADE) ofForm.clear()
  const result = makeKey(form, secret)
  ofForm.set(secret, result)
  return result
}

export function hmacKey(bytes: Uint8Array): Key {
  return { kind: 'hmac', secretKey: createSecretKey(bytes) }
}

function makeKey(form: KeyForm, secret: string): KeyResult {
  if (secret === '') return { fault: EMPTY }
  switch (form) {
    case 'text':
      return { key: hmacKey(Buffer.from(secret, 'utf8')) }
    case 'base64':
      return base64Key(secret)
    case 'whsec':
      return standardKey(secret)
    case 'ed25519':
      return ed25519Key(secret)
  }
}

/** How the secret became the key, for someone who writes a receiver. */
export function keyHandling(form: KeyForm): string {
  switch (form) {
    case 'text':
      return 'The secret is the key as it stands, as UTF-8 text. Nothing is decoded and no prefix removed.'
    case 'base64':
      return 'The key is the bytes that the secret decodes to as base64.'
    case 'whsec':
      return 'The key is the bytes that the secret decodes to as base64, without the leading whsec_.'
    case 'ed25519':
      return 'The private key is what follows whsk_, decoded from base64; receivers verify with the public key, whpk_.'
  }
}

/** A fresh secret as the scheme's own vendor would make it, from 128 random bits at least. */
export function generateSecret(scheme: SigningScheme): {
  secret: string
  publicKey: string | null
} {
  switch (scheme) {
    case 'standard':
      return { secret: WHSEC + randomBytes(32).toString('base64'), publicKey: null }
    case 'standard_ed25519':
      return generateKeyPair()
    case 'stripe':
      return { secret: WHSEC + randomBytes(16).toString('hex'), publicKey: null }
    case 'slack':
      return { secret: randomBytes(16).toString('hex'), publicKey: null }
    case 'github':
    case 'webex':
      return { secret: randomBytes(32).toString('hex'), publicKey: null }
    case 'teams':
    case 'own': // As base64 or as text: it is a key both ways.
      return { secret: randomBytes(32).toString('base64'), publicKey: null }
  }
}

/** `whpk_…` of an ed25519 secret; null when it is no such key. */
export function publicKeyOf(secret: string): string | null {
  const result = keyOf('ed25519', secret)
  return 'key' in result && result.key.kind === 'ed25519'
    ? publicKeyText(result.key.publicKey)
    : null
}

/** `whpk_…` */
export function publicKeyText(publicKey: KeyObject): string {
  return WHPK + rawPublicKey(publicKey).toString('base64')
}

/** Strictly: the alphabet with + and /, padded, and no stray bits, so that every decoder agrees. */
function decodeBase64(text: string): Uint8Array | null {
  const bytes = Buffer.from(text, 'base64')
  return bytes.length > 0 && bytes.toString('base64') === text ? bytes : null
}

function base64Key(secret: string): KeyResult {
  const bytes = decodeBase64(secret)
  return bytes
    ? { key: hmacKey(bytes) }
    : { fault: 'This secret is not base64, which the key is decoded from. Copy it again, whole.' }
}

/** What is decoded, as it is called: `What follows whsec_`, or all of it where that was not typed. */
function inPart(secret: string, prefix: string, whole: string): string {
  return secret.startsWith(prefix) ? `What follows ${prefix}` : whole
}

function standardKey(secret: string): KeyResult {
  if (secret.startsWith(WHSK) || secret.startsWith(WHPK)) {
    return { fault: 'This is an ed25519 key: choose the asymmetric scheme, or generate a secret.' }
  }
  const bytes = decodeBase64(withoutPrefix(secret, WHSEC))
  if (!bytes) {
    return {
      fault: `${inPart(secret, WHSEC, 'This secret')} is not base64, which the key is decoded from. Copy the secret again, whole, or generate one.`,
    }
  }
  if (bytes.length < MIN_STANDARD_BYTES || bytes.length > MAX_STANDARD_BYTES) {
    return {
      fault: `This secret decodes to ${count(bytes)}; Standard Webhooks wants 24 to 64. Copy it again, whole, or generate one.`,
    }
  }
  return { key: hmacKey(bytes) }
}

function ed25519Key(secret: string): KeyResult {
  if (secret.startsWith(WHSEC)) {
    return {
      fault: 'whsec_ marks a shared secret. Enter a key that begins with whsk_, or generate one.',
    }
  }
  const isPublic = secret.startsWith(WHPK)
  const bytes = decodeBase64(withoutPrefix(secret, isPublic ? WHPK : WHSK))
  if (!bytes) {
    const part = inPart(secret, isPublic ? WHPK : WHSK, 'This key')
    return { fault: `${part} is not base64. Copy the key again, whole, or generate one.` }
  }
  if (isPublic) return publicOnly(bytes)
  // 32 bytes are the seed; 64 are the seed and the public key behind it, as libsodium keeps them.
  if (bytes.length !== ED25519_BYTES && bytes.length !== 2 * ED25519_BYTES) {
    return { fault: `This key decodes to ${count(bytes)}; a private ed25519 key has 32 or 64.` }
  }
  const privateKey = privateKeyOf(bytes.subarray(0, ED25519_BYTES))
  const publicKey = createPublicKey(privateKey)
  const given = Buffer.from(bytes.subarray(ED25519_BYTES))
  if (given.length > 0 && !given.equals(rawPublicKey(publicKey))) {
    return { fault: 'The two halves of this key do not belong together. Copy it again, whole.' }
  }
  return { key: { kind: 'ed25519', privateKey, publicKey } }
}

function publicOnly(bytes: Uint8Array): KeyResult {
  if (bytes.length !== ED25519_BYTES) {
    return { fault: `This key decodes to ${count(bytes)}; a public ed25519 key has 32.` }
  }
  const publicKey = createPublicKey({
    key: Buffer.concat([SPKI, bytes]),
    format: 'der',
    type: 'spki',
  })
  return { key: { kind: 'ed25519', privateKey: null, publicKey } }
}

function generateKeyPair() {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const seed = privateKey.export({ format: 'der', type: 'pkcs8' }).subarray(-ED25519_BYTES)
  const both = Buffer.concat([seed, rawPublicKey(publicKey)])
  return { secret: WHSK + both.toString('base64'), publicKey: publicKeyText(publicKey) }
}

function privateKeyOf(seed: Uint8Array): KeyObject {
  return createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: 'der', type: 'pkcs8' })
}

function rawPublicKey(publicKey: KeyObject): Buffer {
  return publicKey.export({ format: 'der', type: 'spki' }).subarray(-ED25519_BYTES)
}

function withoutPrefix(secret: string, prefix: string): string {
  return secret.startsWith(prefix) ? secret.slice(prefix.length) : secret
}

function count(bytes: Uint8Array): string {
  return bytes.length === 1 ? '1 byte' : `${bytes.length} bytes`
}

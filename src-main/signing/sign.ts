/** Signs a body and reads signatures back. Over bytes, always: a body is never parsed or re-written here. */
import {
  createHmac,
  sign as signEd25519,
  timingSafeEqual,
  verify as verifyEd25519,
} from 'node:crypto'
import type { OwnSigning, SigningScheme } from '#contract'
import { AppError } from '../errors.ts'
import { type Key, keyOf } from './key.ts'
import { hasTimestamp, type SchemeSpec, specOf } from './scheme.ts'

/** How to sign: with each of the secrets, one signature each. */
export interface SigningKeys {
  readonly scheme: SigningScheme
  readonly own: OwnSigning
  readonly secrets: readonly string[]
}

export interface Message {
  readonly id: string
  readonly timestampS: number
  readonly body: Uint8Array
}

export type HeaderPair = readonly [name: string, value: string]

/** What of a message stands in headers and is signed; the timestamp as it is written there. */
export interface Stamp {
  readonly id: string
  readonly timestamp: string
}

/** The headers that carry the signature. @throws AppError `invalid` when a secret is not a key */
export function sign(keys: SigningKeys, message: Message): HeaderPair[] {
  const spec = specOf(keys.scheme, keys.own)
  const stamp = { id: message.id, timestamp: String(message.timestampS) }
  const values = keys.secrets.map((secret) => {
    const result = keyOf(spec.keyForm, secret)
    if ('fault' in result) throw new AppError('invalid', result.fault)
    return signatureOf(spec, result.key, stamp, message.body)
  })
  return headersOf(spec, stamp, values)
}

/** One value as its header has it, prefix included. */
function signatureOf(spec: SchemeSpec, key: Key, stamp: Stamp, body: Uint8Array): string {
  const before = textBefore(spec, stamp)
  if (key.kind === 'hmac') {
    const hmac = createHmac(spec.hash, key.secretKey).update(before, 'latin1').update(body)
    return spec.prefix + hmac.digest(spec.encoding)
  }
  if (!key.privateKey) throw new AppError('invalid', PUBLIC_ONLY)
  const bytes = Buffer.concat([Buffer.from(before, 'latin1'), body])
  return spec.prefix + signEd25519(null, bytes, key.privateKey).toString('base64')
}

export const PUBLIC_ONLY =
  'This is the public key, which receivers verify with. Enter the private one, which begins with whsk_.'

/** Tells whether a value, prefix included, is the key's signature; of any number, the body is read once. */
export function signatureCheck(
  spec: SchemeSpec,
  key: Key,
  stamp: Stamp,
  body: Uint8Array,
): (value: string) => boolean {
  if (key.kind === 'hmac') {
    const right = signatureOf(spec, key, stamp, body)
    return (value) => isSame(value, right)
  }
  const bytes = Buffer.concat([Buffer.from(textBefore(spec, stamp), 'latin1'), body])
  return (value) => {
    if (!value.startsWith(spec.prefix)) return false
    const signature = Buffer.from(value.slice(spec.prefix.length), 'base64')
    return verifyEd25519(null, bytes, key.publicKey, signature)
  }
}

function isSame(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)]
  return left.length === right.length && timingSafeEqual(left, right)
}

/** Header values are bytes that are read as Latin-1, so what is signed of them is written as Latin-1. */
function textBefore(spec: SchemeSpec, stamp: Stamp): string {
  let before = ''
  for (const { label, text } of spec.before) before += label === '' ? text : stamp[label]
  return before
}

function headersOf(spec: SchemeSpec, stamp: Stamp, values: readonly string[]): HeaderPair[] {
  const { id, timestamp, signature } = spec.headers
  const value =
    spec.layout === 'stripe'
      ? [`t=${stamp.timestamp}`, ...values.map((text) => `v1=${text}`)].join(',')
      : values.join(' ')
  const headers: HeaderPair[] = []
  if (id !== null) headers.push([id, stamp.id])
  if (timestamp !== null) headers.push([timestamp, stamp.timestamp])
  headers.push([signature, value])
  return headers
}

export type ReadSignature =
  | { readonly stamp: Stamp; readonly values: readonly string[] }
  | { readonly fault: 'missing_header' | 'malformed_header'; readonly message: string }

/** A rotation has two; what was received may claim any number, each of which costs a look at the body. */
const MAX_VALUES = 20

/** The signature that a request carries under a scheme, or why it carries none. */
export function readSignature(spec: SchemeSpec, headers: readonly HeaderPair[]): ReadSignature {
  const missing = [spec.headers.id, spec.headers.timestamp, spec.headers.signature].find(
    (name) => name !== null && headerText(headers, name) === null,
  )
  if (missing) return { fault: 'missing_header', message: `There is no header ${missing}.` }
  const text = headerText(headers, spec.headers.signature) ?? ''
  const read = spec.layout === 'stripe' ? readStripe(text) : readList(spec, headers, text)
  if (hasTimestamp(spec) && !/^\d+$/.test(read.stamp.timestamp)) {
    const where = spec.headers.timestamp ?? `t= in ${spec.headers.signature}`
    return malformed(`${where} is not a number of seconds.`)
  }
  const values = read.values.slice(0, MAX_VALUES).filter((value) => isWellFormed(spec, value))
  if (values.length > 0) return { stamp: read.stamp, values }
  return malformed(`${spec.headers.signature} does not look like ${patternOf(spec)}.`)
}

function malformed(message: string): ReadSignature {
  return { fault: 'malformed_header', message }
}

function readStripe(text: string) {
  const items = text.split(',').map((item) => item.trim())
  const timestamp = items.find((item) => item.startsWith('t='))?.slice(2) ?? ''
  const values = items.filter((item) => item.startsWith('v1=')).map((item) => item.slice(3))
  return { stamp: { id: '', timestamp }, values }
}

function readList(spec: SchemeSpec, headers: readonly HeaderPair[], text: string) {
  const { id, timestamp } = spec.headers
  const stamp = {
    id: (id && headerText(headers, id)) ?? '',
    timestamp: (timestamp && headerText(headers, timestamp)) ?? '',
  }
  // Only a rotating scheme has several; a prefix of others may hold a space, as `HMAC ` does.
  const values = spec.keyForm === 'whsec' || spec.keyForm === 'ed25519' ? text.split(' ') : [text]
  return { stamp, values }
}

function isWellFormed(spec: SchemeSpec, value: string): boolean {
  if (!value.startsWith(spec.prefix)) return false
  const digest = value.slice(spec.prefix.length)
  return spec.encoding === 'hex'
    ? digest.length === digestBytes(spec) * 2 && /^[0-9a-f]+$/.test(digest)
    : Buffer.from(digest, 'base64').length === digestBytes(spec)
}

function digestBytes({ keyForm, hash }: SchemeSpec): number {
  if (keyForm === 'ed25519') return 64
  return { sha1: 20, sha256: 32, sha512: 64 }[hash]
}

/** `sha256= and 64 hexadecimal digits in lower case` */
function patternOf(spec: SchemeSpec): string {
  const bytes = digestBytes(spec)
  const digest =
    spec.encoding === 'hex'
      ? `${bytes * 2} hexadecimal digits in lower case`
      : `base64 of ${bytes} bytes`
  if (spec.layout === 'stripe') return `t=…,v1= and ${digest}`
  return spec.prefix === '' ? digest : `${spec.prefix.trim()} and ${digest}`
}

/** The first value of a header, whatever its case; null when it is not there. */
export function headerText(headers: readonly HeaderPair[], name: string): string | null {
  const wanted = name.toLowerCase()
  return headers.find(([known]) => known.toLowerCase() === wanted)?.[1] ?? null
}

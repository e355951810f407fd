/**
 * The table of signature schemes, as data: which bytes are signed, what the key is, which headers
 * carry the result. Signing, verifying, receiver code and the doctor all read this one table.
 */
import type { OwnSigning, Signing, SigningScheme } from '#contract'

/**
 * How a secret becomes a key: its text as UTF-8, what its base64 decodes to, or the forms of the
 * Standard Webhooks specification (`whsec_` and base64; `whsk_` and base64 of an ed25519 key).
 */
export type KeyForm = 'text' | 'base64' | 'whsec' | 'ed25519'

export interface Piece {
  readonly label: 'id' | 'timestamp' | ''
  /** Of a piece that only joins. */
  readonly text: string
}

export interface SchemeSpec {
  readonly scheme: SigningScheme
  readonly keyForm: KeyForm
  /** Of the HMAC; ed25519 has its own. */
  readonly hash: 'sha1' | 'sha256' | 'sha512'
  readonly encoding: 'hex' | 'base64'
  /** What is signed before the body; the body always comes last. */
  readonly before: readonly Piece[]
  /** `timestamp` is null too where it stands in the signature's own header, as Stripe has it. */
  readonly headers: {
    readonly id: string | null
    readonly timestamp: string | null
    readonly signature: string
  }
  /** `list`: values with a space between; `stripe`: `t=…,v1=…,v1=…`. */
  readonly layout: 'list' | 'stripe'
  /** Stands before each value. */
  readonly prefix: string
}

/** How far a signed timestamp may be off: the Standard Webhooks specification's and Slack's figure. */
export const TOLERANCE_S = 5 * 60

const ID: Piece = { label: 'id', text: '' }
const TIMESTAMP: Piece = { label: 'timestamp', text: '' }
const joint = (text: string): Piece => ({ label: '', text })
const ID_TIMESTAMP = [ID, joint('.'), TIMESTAMP, joint('.')]

const STANDARD: SchemeSpec = {
  scheme: 'standard',
  keyForm: 'whsec',
  hash: 'sha256',
  encoding: 'base64',
  before: ID_TIMESTAMP,
  headers: { id: 'webhook-id', timestamp: 'webhook-timestamp', signature: 'webhook-signature' },
  layout: 'list',
  prefix: 'v1,',
}

const BODY_ONLY = {
  keyForm: 'text',
  hash: 'sha256',
  encoding: 'hex',
  before: [],
  layout: 'list',
  prefix: '',
} as const

const TABLE: Readonly<Record<Exclude<SigningScheme, 'own'>, SchemeSpec>> = {
  standard: STANDARD,
  standard_ed25519: {
    ...STANDARD,
    scheme: 'standard_ed25519',
    keyForm: 'ed25519',
    prefix: 'v1a,',
  },
  github: {
    ...BODY_ONLY,
    scheme: 'github',
    headers: { id: null, timestamp: null, signature: 'X-Hub-Signature-256' },
    prefix: 'sha256=',
  },
  stripe: {
    ...BODY_ONLY,
    scheme: 'stripe',
    before: [TIMESTAMP, joint('.')],
    headers: { id: null, timestamp: null, signature: 'Stripe-Signature' },
    layout: 'stripe',
  },
  slack: {
    ...BODY_ONLY,
    scheme: 'slack',
    before: [joint('v0:'), TIMESTAMP, joint(':')],
    headers: { id: null, timestamp: 'X-Slack-Request-Timestamp', signature: 'X-Slack-Signature' },
    prefix: 'v0=',
  },
  webex: {
    ...BODY_ONLY,
    scheme: 'webex',
    hash: 'sha1',
    headers: { id: null, timestamp: null, signature: 'X-Spark-Signature' },
  },
  teams: {
    ...BODY_ONLY,
    scheme: 'teams',
    keyForm: 'base64',
    encoding: 'base64',
    headers: { id: null, timestamp: null, signature: 'Authorization' },
    prefix: 'HMAC ',
  },
}

export function specOf(scheme: SigningScheme, own: OwnSigning): SchemeSpec {
  return scheme === 'own' ? ownSpec(own) : TABLE[scheme]
}

/** The headers that a scheme sets, in the order in which they are sent. */
export function headerNames({ headers }: SchemeSpec): string[] {
  return [headers.id, headers.timestamp, headers.signature].filter((name) => name !== null)
}

/** The headers that these settings set; none when nothing is signed. */
export function signatureHeaders({ scheme, own }: Pick<Signing, 'scheme' | 'own'>): string[] {
  return scheme === 'none' ? [] : headerNames(specOf(scheme, own))
}

/** Whether a header carries part of a signature; `Authorization` is one of many things, and is not counted. */
export function isSignatureHeader(name: string): boolean {
  return SIGNATURE_HEADERS.has(name.toLowerCase())
}

const SIGNATURE_HEADERS = new Set(
  Object.values(TABLE)
    .flatMap(headerNames)
    .map((name) => name.toLowerCase())
    .filter((name) => name !== 'authorization'),
)

export function hasTimestamp(spec: SchemeSpec): boolean {
  return spec.before.some(({ label }) => label === 'timestamp')
}

/** `HMAC-SHA256` */
export function algorithmName({ keyForm, hash }: SchemeSpec): string {
  return keyForm === 'ed25519' ? 'Ed25519' : `HMAC-${hash.toUpperCase()}`
}

function ownSpec(own: OwnSigning): SchemeSpec {
  const withId = own.signed === 'id.ts.body'
  const withTimestamp = withId || own.signed === 'ts.body'
  return {
    scheme: 'own',
    keyForm: own.key,
    hash: own.hash,
    encoding: own.encoding,
    before: withId ? ID_TIMESTAMP : withTimestamp ? [TIMESTAMP, joint('.')] : [],
    headers: {
      id: withId ? 'X-Webhook-Id' : null,
      timestamp: withTimestamp ? 'X-Webhook-Timestamp' : null,
      signature: own.header.trim(),
    },
    layout: 'list',
    prefix: own.prefix,
  }
}

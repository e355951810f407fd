/**
 * How a webhook signs what it sends, what a signature was made of, and why one does not verify.
 * The scheme is the user's choice, never guessed from the shape of a secret.
 */
import { z } from 'zod'
import { attemptIdSchema } from './ids.ts'
import { MAX_TYPED_CHARACTERS, secretTextSchema } from './secret.ts'
import { MAX_PAYLOAD_CHARACTERS } from './simulator.ts'
import { wireHeaderSchema } from './wire.ts'

export const SIGNING_SCHEMES = [
  'standard',
  'standard_ed25519',
  'github',
  'stripe',
  'slack',
  'webex',
  'teams',
  'own',
] as const
export const signingSchemeSchema = z.enum(SIGNING_SCHEMES)
export type SigningScheme = z.infer<typeof signingSchemeSchema>

export const SIGNING_LABELS: Readonly<Record<SigningScheme, string>> = {
  standard: 'Standard Webhooks',
  standard_ed25519: 'Standard Webhooks, asymmetric (ed25519)',
  github: 'GitHub',
  stripe: 'Stripe',
  slack: 'Slack',
  webex: 'Webex',
  teams: 'Teams outgoing webhook',
  own: 'Own scheme',
}

/** Those whose header can carry a second signature, made with a second secret. */
export const ROTATING_SCHEMES: readonly SigningScheme[] = ['standard', 'standard_ed25519', 'stripe']

/** The parts of the scheme `own` that the user chooses. */
export const ownSigningSchema = z.object({
  header: z.string().max(MAX_TYPED_CHARACTERS),
  /** Stands before the value, such as `sha256=`. */
  prefix: z.string().max(MAX_TYPED_CHARACTERS),
  hash: z.enum(['sha1', 'sha256', 'sha512']),
  encoding: z.enum(['hex', 'base64']),
  /** With a timestamp or an id, `X-Webhook-Timestamp` (unix seconds) and `X-Webhook-Id` go along. */
  signed: z.enum(['body', 'ts.body', 'id.ts.body']),
  /** Whether the secret is the key as UTF-8 text, or base64 of it. */
  key: z.enum(['text', 'base64']),
})
export type OwnSigning = z.infer<typeof ownSigningSchema>

export const signingSchema = z.object({
  scheme: z.enum(['none', ...SIGNING_SCHEMES]),
  secret: secretTextSchema,
  /** While a secret is being rotated: the other one, which signs too. Empty: none. */
  secondSecret: secretTextSchema,
  own: ownSigningSchema,
})
export type Signing = z.infer<typeof signingSchema>

export function emptySigning(): Signing {
  return {
    scheme: 'none',
    secret: { kind: 'secret', text: '' },
    secondSecret: { kind: 'secret', text: '' },
    own: {
      header: 'X-Signature',
      prefix: '',
      hash: 'sha256',
      encoding: 'hex',
      signed: 'body',
      key: 'text',
    },
  }
}

/** What is signed, in order: texts, and the body's bytes. Joined, they are the exact signed bytes. */
export const signedPartSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('text'),
    text: z.string(),
    /** `id`, `timestamp`; empty for what only joins. */
    label: z.string(),
  }),
  z.object({
    kind: z.literal('body'),
    bytes: z.number().int(),
    /** As text, secrets masked, cut at 64 KB; null when it is not UTF-8. */
    text: z.string().nullable(),
    cut: z.boolean(),
  }),
])
export type SignedPart = z.infer<typeof signedPartSchema>

/** The signature of one sent request, recomputed from its recorded bytes. */
export const signatureViewSchema = z.object({
  scheme: signingSchemeSchema,
  label: z.string(),
  /** The headers that carry it, as sent. */
  headers: z.array(wireHeaderSchema),
  parts: z.array(signedPartSchema),
  /** `HMAC-SHA256` */
  algorithm: z.string(),
  /** How the secret became the key, in words. */
  keyHandling: z.string(),
  /**
   * Each signature value with the mask of its secret, and whether the recorded bytes still give it;
   * `matches` is null when the secret cannot be opened any more.
   */
  values: z.array(
    z.object({ value: z.string(), matches: z.boolean().nullable(), secret: z.string() }),
  ),
  /** Receiver code that verifies it, run as pasted; reads the secret from an environment variable. */
  code: z.array(
    z.object({ language: z.enum(['node', 'python']), title: z.string(), text: z.string() }),
  ),
  notes: z.array(z.string()),
})
export type SignatureView = z.infer<typeof signatureViewSchema>

/** What the doctor is given: a recorded request or a pasted one, the scheme it claims, and a secret. */
export const diagnosisRequestSchema = z.object({
  request: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('attempt'), attemptId: attemptIdSchema }),
    /** Raw HTTP: a start line (may be missing), headers, an empty line, the body. */
    z.object({ kind: z.literal('pasted'), text: z.string().max(MAX_PAYLOAD_CHARACTERS) }),
  ]),
  scheme: signingSchemeSchema,
  own: ownSigningSchema.optional(),
  /** Empty: the secrets that the workspace has. */
  secret: secretTextSchema,
})
export type DiagnosisRequest = z.infer<typeof diagnosisRequestSchema>

export const DIAGNOSES = [
  'valid',
  'missing_header',
  'malformed_header',
  'stale_timestamp',
  'body_reserialised',
  'body_trailing_newline',
  'body_line_ends',
  'body_form_or_json',
  'key_encoding',
  'other_secret',
  'other_scheme',
  'unknown',
] as const
export const diagnosisSchema = z.object({
  code: z.enum(DIAGNOSES),
  /** What is wrong, in a sentence, then what to do. */
  title: z.string(),
  advice: z.string(),
  /** Everything that was tried, in order, and whether it makes the signature match. */
  tried: z.array(z.object({ what: z.string(), matches: z.boolean() })),
})
export type Diagnosis = z.infer<typeof diagnosisSchema>

/** Sending again what was sent or captured: as it was, signed anew, rendered again, or edited. */
import { z } from 'zod'
import { captureSummarySchema } from './capture.ts'
import { deliverySummarySchema, replayKindSchema } from './delivery.ts'
import { attemptIdSchema, captureIdSchema, deliveryIdSchema, webhookIdSchema } from './ids.ts'
import { MAX_TYPED_CHARACTERS, secretTextSchema } from './secret.ts'
import { ownSigningSchema, signingSchemeSchema } from './signing.ts'
import { MAX_PAYLOAD_CHARACTERS } from './simulator.ts'
import { wireHeaderSchema } from './wire.ts'

export const replaySourceSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('attempt'), attemptId: attemptIdSchema }),
  z.object({ kind: z.literal('capture'), captureId: captureIdSchema }),
])
export type ReplaySource = z.infer<typeof replaySourceSchema>

/** What of an original is masked until it is asked for. */
export const replayRevealSchema = z.array(z.enum(['path', 'body'])).max(2)
export type ReplayReveal = z.infer<typeof replayRevealSchema>

/** What there is to replay, as it may be shown. */
export const replayOriginalSchema = z.object({
  method: z.string(),
  /** Path and query of the request line, a character for each byte; masked where they hold a secret. */
  path: z.object({ text: z.string(), isHidden: z.boolean() }),
  /** Where it went, or where the receiver got it; secret parts masked. */
  url: z.string(),
  /** It was imported: no receiver got it, and nothing here sent it. */
  isImported: z.boolean(),
  /** The headers that are sent again, in order. */
  headers: z.array(wireHeaderSchema),
  /** Those that are not, each with the reason. */
  leftOut: z.array(z.object({ name: z.string(), why: z.string() })),
  body: z.object({
    bytes: z.number().int(),
    /** Null when the bytes are not UTF-8, or are hidden. */
    text: z.string().nullable(),
    /** `00ff…`; null when they are hidden, or more than may be edited so. */
    hex: z.string().nullable(),
    /** It holds a secret, which was not asked for. */
    isHidden: z.boolean(),
  }),
  /** The webhook that it was rendered from, when there still is one. */
  webhookId: webhookIdSchema.nullable(),
  /** How that webhook signs today. */
  scheme: z.union([signingSchemeSchema, z.literal('none')]),
})
export type ReplayOriginal = z.infer<typeof replayOriginalSchema>

/** A header of an edited request: one of the original, unchanged, or one that was typed. */
export const editedHeaderSchema = z.union([
  z.object({ from: z.number().int().min(0) }),
  z.object({
    name: z.string().max(MAX_TYPED_CHARACTERS),
    value: z.string().max(MAX_TYPED_CHARACTERS),
  }),
])
export type EditedHeader = z.infer<typeof editedHeaderSchema>

export const editedRequestSchema = z.object({
  method: z.string().max(100),
  /** Path and query in place of the endpoint's, sent as they stand; left out: the endpoint's. */
  path: z.string().max(MAX_TYPED_CHARACTERS).optional(),
  headers: z.array(editedHeaderSchema).max(1_000),
  body: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('unchanged') }),
    z.object({ kind: z.literal('text'), text: z.string().max(MAX_PAYLOAD_CHARACTERS) }),
    z.object({ kind: z.literal('hex'), text: z.string().max(MAX_PAYLOAD_CHARACTERS) }),
  ]),
})
export type EditedRequest = z.infer<typeof editedRequestSchema>

/** How a replay is signed anew: as a webhook does, or with what is typed. */
export const replaySigningSchema = z.union([
  z.object({ webhookId: webhookIdSchema }),
  z.object({ scheme: signingSchemeSchema, own: ownSigningSchema, secret: secretTextSchema }),
])
export type ReplaySigning = z.infer<typeof replaySigningSchema>

export const replayRequestSchema = z.object({
  source: replaySourceSchema,
  kind: replayKindSchema,
  /** Where it goes; `own`: where it went. */
  target: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('own') }),
    z.object({ kind: z.literal('webhook'), webhookId: webhookIdSchema }),
    z.object({ kind: z.literal('url'), url: secretTextSchema }),
  ]),
  /** For `re_signed`, and `edited` where it is to be signed; null leaves what signature there is. */
  signing: replaySigningSchema.nullable(),
  /** The signed id stays the one that it was sent with, where it had one. */
  keepsId: z.boolean(),
  /** For `edited`. */
  edited: editedRequestSchema.nullable(),
})
export type ReplayRequest = z.infer<typeof replayRequestSchema>

/** Whose relatives are asked for. */
export const replayPlaceSchema = z.union([
  z.object({ deliveryId: deliveryIdSchema }),
  z.object({ captureId: captureIdSchema }),
])
export type ReplayPlace = z.infer<typeof replayPlaceSchema>

/** One of those that come from the same origin; what was made from it follows it, one deeper. */
export const replayNodeSchema = z.object({
  depth: z.number().int(),
  delivery: deliverySummarySchema.nullable(),
  capture: captureSummarySchema.nullable(),
})
export type ReplayNode = z.infer<typeof replayNodeSchema>

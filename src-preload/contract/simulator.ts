/** The simulator: sample events, who would receive them, and what became of the last. */
import { z } from 'zod'
import { eventNameSchema } from './catalogue.ts'
import { deliveryStatusSchema } from './delivery.ts'
import { deliveryIdSchema, eventIdSchema, sampleIdSchema, webhookIdSchema } from './ids.ts'
import { attendeeSchema } from './payloads.ts'

/** The payload as JSON text: what the user sees is what is encoded, token by token. */
export const MAX_PAYLOAD_CHARACTERS = 25 * 1024 * 1024
/** What one call may be as a message: the largest payload, whatever it is made of. */
export const MAX_MESSAGE_BYTES = 128 * 1024 * 1024
export const payloadTextSchema = z.string().max(MAX_PAYLOAD_CHARACTERS)

export const MAX_SEED = 2_147_483_647
export const seedSchema = z.number().int().min(0).max(MAX_SEED)

export const boardRowSchema = z.object({
  event: eventNameSchema,
  activeWebhooks: z.number().int(),
  lastFiredAtMs: z.number().nullable(),
  /** How many deliveries of the last firing ended, or are, in which way. */
  last: z.array(z.object({ status: deliveryStatusSchema, count: z.number().int() })),
})
export type BoardRow = z.infer<typeof boardRowSchema>

/** Whether one webhook would receive the event, and why (not), a reason per rule. */
export const audienceRowSchema = z.object({
  webhookId: webhookIdSchema,
  name: z.string(),
  receives: z.boolean(),
  /** Empty when it receives for no other reason than listening to this event. */
  reasons: z.array(z.string()),
})
export type AudienceRow = z.infer<typeof audienceRowSchema>

/** Where a payload departs from its event's schema. Never stops a firing. */
export const payloadIssueSchema = z.object({
  /** `data.attendee.email`; empty for the whole. */
  path: z.string(),
  message: z.string(),
  /** Character offset into the text where it is, when known. */
  offset: z.number().int().nullable(),
})
export type PayloadIssue = z.infer<typeof payloadIssueSchema>

export const firedSchema = z.object({
  eventId: eventIdSchema,
  event: eventNameSchema,
  deliveries: z.array(deliveryIdSchema),
})
export type Fired = z.infer<typeof firedSchema>

export const sampleSchema = z.object({
  id: sampleIdSchema,
  event: eventNameSchema,
  name: z.string(),
  payloadText: payloadTextSchema,
  createdAtMs: z.number(),
})
export type Sample = z.infer<typeof sampleSchema>

/** The payload of an event as the user left it in the simulator. */
export const payloadDraftSchema = z.object({
  event: eventNameSchema,
  seed: seedSchema,
  /** The kept sample that it was loaded from; null when the seed made it. */
  sampleId: sampleIdSchema.nullable(),
  /** What the seed made or the sample held. */
  original: payloadTextSchema,
  text: payloadTextSchema,
})
export type PayloadDraft = z.infer<typeof payloadDraftSchema>

/** How many of the sample attendees a target matches, and why each does or does not. */
export const targetMatchSchema = z.object({
  total: z.number().int(),
  matching: z.number().int(),
  attendees: z.array(
    z.object({ attendee: attendeeSchema, matches: z.boolean(), reasons: z.array(z.string()) }),
  ),
})
export type TargetMatch = z.infer<typeof targetMatchSchema>

/**
 * Receivers that rehearse Slack, Teams and Webex: what they are, what they can be told, and the
 * channel that they would have filled by now.
 */
import { z } from 'zod'
import { captureIdSchema } from './ids.ts'
import { type Chat, chatMessageSchema } from './message.ts'
import { REHEARSAL_KINDS, type RehearsalKind } from './rehearsal-failures.ts'

/** `plain`: Echo and the user's own, which answer by a script. */
export const RECEIVER_KINDS = ['plain', ...REHEARSAL_KINDS] as const
export const receiverKindSchema = z.enum(RECEIVER_KINDS)
export type ReceiverKind = z.infer<typeof receiverKindSchema>

export const RECEIVER_KIND_LABELS: Readonly<Record<ReceiverKind, string>> = {
  plain: 'Plain receiver',
  slack: 'Slack rehearsal',
  teams: 'Teams workflow rehearsal',
  teams_legacy: 'Teams connector rehearsal (before workflows)',
  webex: 'Webex rehearsal',
}

/** What a rehearsal shows the messages of. */
export function chatOfRehearsal(kind: RehearsalKind): Chat {
  return kind === 'teams_legacy' ? 'teams' : kind
}

export const MAX_TOLD_TIMES = 1_000

export const rehearsalSettingsSchema = z.object({
  /** Fails in this way, whatever comes in. `left`: so many times more; null: until it is turned off. */
  told: z
    .object({
      code: z.string().min(1).max(100),
      left: z.number().int().min(1).max(MAX_TOLD_TIMES).nullable(),
    })
    .nullable()
    .default(null),
  /** The word that Slack has for a message without anything to show; both have been seen. */
  slackNoText: z.enum(['no_text', 'missing_text_or_fallback_or_attachments']).default('no_text'),
  /** How Webex says yes; both have been seen. */
  webexStatus: z.union([z.literal(204), z.literal(200)]).default(204),
})
export type RehearsalSettings = z.infer<typeof rehearsalSettingsSchema>

export const AS_THE_REAL_ONE: RehearsalSettings = rehearsalSettingsSchema.parse({})

/**
 * `posted`: it stands in the channel. `refused`: the answer said no. `lost`: Teams took it with a
 * 202, and its flow then failed or posted nothing.
 */
export const rehearsalVerdictSchema = z.object({
  result: z.enum(['posted', 'refused', 'lost']),
  /** `invalid_blocks`, `flow_card_invalid`; empty when it was posted. */
  code: z.string(),
  /** Why, or what else is to be known of it; may be empty when it was posted. */
  words: z.string(),
  /** Not by what came in: it was told to fail. */
  isTold: z.boolean(),
})
export type RehearsalVerdict = z.infer<typeof rehearsalVerdictSchema>

export const channelEntrySchema = rehearsalVerdictSchema.extend({
  captureId: captureIdSchema,
  /** Grows with every capture; the channel's order and cursor. */
  seq: z.number().int(),
  receivedAtMs: z.number(),
  /** The status that it was answered with; null when no answer is out yet. */
  status: z.number().int().nullable(),
  /** Null when nothing was posted, or when it is longer than is drawn. */
  message: chatMessageSchema.nullable(),
})
export type ChannelEntry = z.infer<typeof channelEntrySchema>

export const channelPageSchema = z.object({
  /** Newest first. */
  items: z.array(channelEntrySchema),
  /** Pass it back for the next page; null at the end. */
  nextCursor: z.number().int().nullable(),
})
export type ChannelPage = z.infer<typeof channelPageSchema>

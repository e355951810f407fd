/**
 * Bulk replays: what many deliveries or captures are sent again as, where to, in which order and how
 * fast; what would become of them (the dry run), and what became of them (the run and its items).
 */
import { oc } from '@orpc/contract'
import { z } from 'zod'
import { captureFilterSchema, captureSummarySchema } from './capture.ts'
import { deliveryFilterSchema, deliverySummarySchema, outcomeCodeSchema } from './delivery.ts'
import { commonErrors } from './errors.ts'
import { captureIdSchema, deliveryIdSchema, webhookIdSchema } from './ids.ts'
import { replaySigningSchema } from './replay.ts'
import { secretTextSchema } from './secret.ts'

export const MAX_AT_ONCE = 32
export const MOST_CHOSEN = 10_000

export const bulkRunIdSchema = z.string().min(1).max(64).brand<'BulkRunId'>()
export type BulkRunId = z.infer<typeof bulkRunIdSchema>

/** What is replayed: some, or all that a filter lets through at this moment. */
export const bulkSourceSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('deliveries'),
    deliveryIds: z.array(deliveryIdSchema).max(MOST_CHOSEN),
  }),
  z.object({ kind: z.literal('captures'), captureIds: z.array(captureIdSchema).max(MOST_CHOSEN) }),
  z.object({ kind: z.literal('delivery_filter'), filter: deliveryFilterSchema }),
  z.object({ kind: z.literal('capture_filter'), filter: captureFilterSchema }),
])
export type BulkSource = z.infer<typeof bulkSourceSchema>

export const bulkMannerSchema = z.object({
  kind: z.enum(['as_sent', 're_signed', 'rendered']),
  /** Where they go; `own`: each to where it went. */
  target: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('own') }),
    z.object({ kind: z.literal('webhook'), webhookId: webhookIdSchema }),
    z.object({ kind: z.literal('url'), url: secretTextSchema }),
  ]),
  /** For `re_signed`; `own`: each as its own webhook signs today. */
  signing: z.union([z.literal('own'), replaySigningSchema]).nullable(),
  /** The signed id stays the one that it was sent with, where it had one. */
  keepsId: z.boolean(),
  /** What to do with those that a receiver would take for the same. */
  duplicates: z.enum(['all', 'newest']),
})
export type BulkManner = z.infer<typeof bulkMannerSchema>

/** How a run is sent until something else is chosen. */
export const FIRST_MANNER: BulkManner = {
  kind: 'as_sent',
  target: { kind: 'own' },
  signing: null,
  keepsId: true,
  duplicates: 'all',
}

export const bulkPaceSchema = z.object({
  order: z.enum(['recorded', 'newest']),
  spacing: z.discriminatedUnion('kind', [
    /** The time between them as it was, times the factor. */
    z.object({ kind: z.literal('recorded'), factor: z.number().min(0.001).max(1_000) }),
    z.object({ kind: z.literal('rate'), perSecond: z.number().min(0.01).max(1_000) }),
    z.object({ kind: z.literal('fast') }),
  ]),
  atOnce: z.number().int().min(1).max(MAX_AT_ONCE),
})
export type BulkPace = z.infer<typeof bulkPaceSchema>

export const FIRST_PACE: BulkPace = { order: 'recorded', spacing: { kind: 'fast' }, atOnce: 8 }

export const bulkDryRunSchema = z.object({
  /** How many were chosen, and how many of them would be sent. */
  chosen: z.number().int(),
  sent: z.number().int(),
  /** Where to, the most first; at most 50. */
  origins: z.array(
    z.object({ origin: z.string(), count: z.number().int(), isLoopback: z.boolean() }),
  ),
  /** Hosts that are not this machine and that the user has not confirmed in this workspace. */
  hosts: z.array(z.string()),
  /** Why some would not be sent, in words, the most first. */
  excluded: z.array(z.object({ why: z.string(), count: z.number().int() })),
  /** Those that a receiver would take for the same as another of them. */
  duplicates: z.object({
    /** How many come on top of the newest of each. */
    extra: z.number().int(),
    /** At most 20 of them, the most repeated first. */
    examples: z.array(z.object({ id: z.string(), count: z.number().int() })),
  }),
  /** From the first to the last of those that would be sent, as they were recorded. */
  spanMs: z.number(),
})
export type BulkDryRun = z.infer<typeof bulkDryRunSchema>

export const BULK_RUN_STATES = [
  /** What is chosen is being read. */
  'gathering',
  /** It has been read, and nothing has been sent. */
  'planned',
  'running',
  'paused',
  /** Nothing new is sent; what is under way ends. */
  'cancelling',
  'cancelled',
  'done',
] as const
export const bulkRunStateSchema = z.enum(BULK_RUN_STATES)
export type BulkRunState = z.infer<typeof bulkRunStateSchema>

/**
 * How an item of a run stands. `same`: it ended as the original had; `fixed`: that had failed and it
 * did not; `broken`: the other way round; `different`: it ended otherwise, no better and no worse;
 * `unknown`: nothing is known of how the original ended.
 */
export const BULK_ITEM_STATES = [
  'pending',
  'made',
  'same',
  'fixed',
  'broken',
  'different',
  'unknown',
  'interrupted',
  'cancelled',
  'excluded',
] as const
export const bulkItemStateSchema = z.enum(BULK_ITEM_STATES)
export type BulkItemState = z.infer<typeof bulkItemStateSchema>

/**
 * How the answer of an item compares with the original's, by the rules of comparisons. `nothing`: one
 * of the two is not there, or was not kept whole.
 */
export const BULK_ANSWERS = ['same', 'differs', 'nothing'] as const
export const bulkAnswerSchema = z.enum(BULK_ANSWERS)
export type BulkAnswer = z.infer<typeof bulkAnswerSchema>

/** How far the comparison of a run's answers is, and what it comes to so far. */
export const bulkAnswersSchema = z.object({
  /** `not_yet`: the run has not ended; `failed`: it could not be worked out, and the log says why. */
  state: z.enum(['not_yet', 'working', 'done', 'failed']),
  compared: z.number().int(),
  total: z.number().int(),
  counts: z.record(bulkAnswerSchema, z.number().int()),
  /** Another one each time that it is worked out anew, as by other rules. */
  revision: z.number().int(),
})
export type BulkAnswers = z.infer<typeof bulkAnswersSchema>

export const bulkCountsSchema = z.object({
  total: z.number().int(),
  states: z.partialRecord(bulkItemStateSchema, z.number().int()),
  /** Of those that have ended. */
  codes: z.partialRecord(outcomeCodeSchema, z.number().int()),
})
export type BulkCounts = z.infer<typeof bulkCountsSchema>

export const bulkRunSchema = z.object({
  id: bulkRunIdSchema,
  of: z.enum(['deliveries', 'captures']),
  state: bulkRunStateSchema,
  /** Why it is paused, or what it could not do; empty when there is nothing to say. */
  why: z.string(),
  kind: bulkMannerSchema.shape.kind,
  /** Where to, in words; secrets masked. */
  target: z.string(),
  pace: bulkPaceSchema,
  counts: bulkCountsSchema,
  /** Of those made, how many are on their way. */
  sending: z.number().int(),
  createdAtMs: z.number(),
  startedAtMs: z.number().nullable(),
  finishedAtMs: z.number().nullable(),
})
export type BulkRun = z.infer<typeof bulkRunSchema>

export const bulkItemSchema = z.object({
  /** Its place in the order of recording; the cursor. */
  position: z.number().int(),
  state: bulkItemStateSchema,
  /** Why it was excluded, or how it ended, in words. */
  reason: z.string(),
  /** What it is a replay of; both null when that is no longer there. */
  delivery: deliverySummarySchema.nullable(),
  capture: captureSummarySchema.nullable(),
  original: z.object({
    code: outcomeCodeSchema.nullable(),
    httpStatus: z.number().int().nullable(),
  }),
  replay: z
    .object({
      deliveryId: deliveryIdSchema,
      code: outcomeCodeSchema.nullable(),
      httpStatus: z.number().int().nullable(),
    })
    .nullable(),
  /** Null while it is not worked out. */
  answer: bulkAnswerSchema.nullable(),
})
export type BulkItem = z.infer<typeof bulkItemSchema>

const call = oc.errors(commonErrors)
const nothing = z.object({})
const ofRun = call.input(z.object({ runId: bulkRunIdSchema }))

export const bulkContract = {
  /** Reads what is chosen, in the background: the run is `gathering`, then `planned`. */
  gather: call.input(z.object({ source: bulkSourceSchema })).output(bulkRunSchema),
  /** What would be sent where, and what would not. Answers `invalid` with problems. */
  dryRun: call
    .input(z.object({ runId: bulkRunIdSchema, manner: bulkMannerSchema }))
    .output(bulkDryRunSchema),
  /**
   * Begins; sending goes on in the background. `confirmedHosts` are so for the workspace; answers
   * `invalid` while one is missing.
   */
  start: call
    .input(
      z.object({
        runId: bulkRunIdSchema,
        manner: bulkMannerSchema,
        pace: bulkPaceSchema,
        confirmedHosts: z.array(z.string()).max(1_000),
      }),
    )
    .output(bulkRunSchema),
  /** Nothing more begins; what is under way ends. */
  pause: ofRun.output(bulkRunSchema),
  resume: ofRun.output(bulkRunSchema),
  /** Nothing more begins, what is queued is cancelled, what is under way ends. */
  cancel: ofRun.output(bulkRunSchema),
  /** Those that were cut off when Hookstage ended are sent again. */
  sendInterrupted: ofRun.output(bulkRunSchema),
  /** Those that were started, the newest first. */
  list: call.output(z.array(bulkRunSchema)),
  get: ofRun.output(bulkRunSchema),
  /** In the order of recording. */
  items: call
    .input(
      z.object({
        runId: bulkRunIdSchema,
        state: bulkItemStateSchema.optional(),
        /** Of those that are worked out; see `answers`. */
        answer: bulkAnswerSchema.optional(),
        cursor: z.number().int().optional(),
        limit: z.number().int().min(1).max(500),
      }),
    )
    .output(z.object({ items: z.array(bulkItemSchema), nextCursor: z.number().int().nullable() })),
  /**
   * The answers of a run against those of its originals. The first question begins to work it out, in
   * the background; so does the first one after a rule was changed.
   */
  answers: ofRun.output(bulkAnswersSchema),
  /** Forgets the run; what it sent stays in the history. Answers `conflict` while it is under way. */
  delete: ofRun.output(nothing),
}

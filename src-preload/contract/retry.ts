/**
 * When a delivery that did not succeed is tried again. Schedules are data; the core decides after
 * each attempt. Sources: standardwebhooks.com (spec, "deliverability"), docs.svix.com/retries,
 * documentation.hook0.com, docs.getconvoy.io.
 */
import { z } from 'zod'

export const RETRY_PRESETS = ['none', 'standard', 'svix', 'hook0', 'convoy', 'own'] as const
export const retryPresetSchema = z.enum(RETRY_PRESETS)
export type RetryPreset = z.infer<typeof retryPresetSchema>
export const RETRY_LABELS: Readonly<Record<RetryPreset, string>> = {
  none: 'None',
  standard: 'Standard Webhooks',
  svix: 'Svix',
  hook0: 'Hook0',
  convoy: 'Convoy',
  own: 'Own schedule',
}

export const MAX_RETRIES = 100
export const MAX_RETRY_DELAY_MS = 7 * 24 * 60 * 60 * 1000
export const MAX_JITTER = 0.5

/** Lax as drafts are: the core says what is wrong with it. */
export const ownScheduleSchema = z.object({
  kind: z.enum(['list', 'exponential']),
  /** Of `list`: the wait before each retry. */
  delaysMs: z.array(z.number()).max(1000),
  /** Of `exponential`: the wait before retry n is `firstMs * factor ** (n - 1)`, at most `capMs`. */
  firstMs: z.number(),
  factor: z.number(),
  capMs: z.number(),
  retries: z.number(),
  /** Each wait is made longer or shorter by up to this part of it, at random. */
  jitter: z.number(),
})
export type OwnSchedule = z.infer<typeof ownScheduleSchema>

export const retrySchema = z.object({ preset: retryPresetSchema, own: ownScheduleSchema })
export type Retry = z.infer<typeof retrySchema>

export const NO_RETRY: Retry = {
  preset: 'none',
  own: {
    kind: 'list',
    delaysMs: [5_000, 30_000, 120_000],
    firstMs: 5_000,
    factor: 2,
    capMs: 3_600_000,
    retries: 5,
    jitter: 0,
  },
}

const S = 1_000
const MIN = 60 * S
const H = 60 * MIN

/** Hook0 names the ends of its fast phase; between them it is spread evenly on a logarithmic scale. */
const HOOK0_FAST = Array.from({ length: 30 }, (_, i) => Math.round(5 * S * 60 ** (i / 29)))

/** The wait before each retry, and the part of it by which it is made longer or shorter at random. */
export const RETRY_SCHEDULES: Readonly<
  Record<
    Exclude<RetryPreset, 'own'>,
    { readonly delaysMs: readonly number[]; readonly jitter: number }
  >
> = {
  none: { delaysMs: [], jitter: 0 },
  standard: {
    delaysMs: [5 * S, 5 * MIN, 30 * MIN, 2 * H, 5 * H, 10 * H, 14 * H, 20 * H, 24 * H],
    jitter: 0.1,
  },
  svix: { delaysMs: [5 * S, 5 * MIN, 30 * MIN, 2 * H, 5 * H, 10 * H, 10 * H], jitter: 0.2 },
  hook0: { delaysMs: [...HOOK0_FAST, ...Array.from({ length: 30 }, () => H)], jitter: 0 },
  convoy: { delaysMs: Array.from({ length: 10 }, () => 100 * S), jitter: 0 },
}

/** The waits of a schedule of one's own, before they are spread. */
export function ownDelays(own: OwnSchedule): readonly number[] {
  if (own.kind === 'list') return own.delaysMs
  const count = Number.isFinite(own.retries) ? Math.min(Math.max(own.retries, 0), MAX_RETRIES) : 0
  return Array.from({ length: Math.trunc(count) }, (_, i) =>
    Math.round(Math.min(own.firstMs * own.factor ** i, own.capMs)),
  )
}

/**
 * Why an attempt comes when it does: its schedule says so; the receiver asked for it with
 * `Retry-After`; a minute at least after a timeout or a 429; the user wanted it now.
 */
export const WAIT_REASONS = ['schedule', 'retry_after', 'at_least', 'asked'] as const
export const waitReasonSchema = z.enum(WAIT_REASONS)
export type WaitReason = z.infer<typeof waitReasonSchema>

/**
 * How fast the stage clock runs, which retries wait by: it runs ahead of the wall clock, so that a
 * schedule of hours can be shown in a minute.
 */
export const CLOCK_SPEEDS = [1, 60, 3600] as const
export const clockSpeedSchema = z.union([z.literal(1), z.literal(60), z.literal(3600)])
export type ClockSpeed = z.infer<typeof clockSpeedSchema>

export const queueStateSchema = z.object({
  /** Nothing new is sent until it is resumed. */
  paused: z.boolean(),
  speed: clockSpeedSchema,
  /** The stage clock's time when the wall clock said `wallMs`; it goes on at `speed`. */
  stageMs: z.number(),
  wallMs: z.number(),
  /** When, by the stage clock, the next waiting delivery is due, or a Retry-After lets queued ones go. */
  nextDueAtMs: z.number().nullable(),
})
export type QueueState = z.infer<typeof queueStateSchema>

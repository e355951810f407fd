/**
 * After an attempt: is that the end, or when is the next one? Pure; the presets are data. Sources of
 * the delays: the Standard Webhooks specification, and the documentation of Svix, Hook0 and Convoy.
 */
import type { OutcomeCode, OwnSchedule, Retry, RetryPreset, WaitReason } from '#contract'
import { outcomeStatus } from '#contract'

export interface EndedAttempt {
  /** 1 for the first. */
  readonly number: number
  readonly code: OutcomeCode
  readonly httpStatus: number | null
  /** What the answer's `Retry-After` asks for. */
  readonly retryAfterMs: number | null
}

export type Verdict =
  /** @field note what to add to the delivery's reason, if anything */
  | { readonly kind: 'final'; readonly note: string }
  | { readonly kind: 'retry'; readonly waitMs: number; readonly why: WaitReason }

interface Schedule {
  /** The wait before each retry. */
  readonly delaysMs: readonly number[]
  readonly jitter: number
  /** Statuses of 400 to 499 that are tried again; null: all of them. */
  readonly retried4xx: readonly number[] | null
  /** After a timeout or a 429 it waits this long at least. */
  readonly atLeastMs: number
}

const S = 1_000
const MIN = 60 * S
const H = 60 * MIN
const DAY = 24 * H

/** Hook0 names the ends of its fast phase; between them it is spread evenly on a logarithmic scale. */
const HOOK0_FAST = Array.from({ length: 30 }, (_, i) => Math.round(5 * S * 60 ** (i / 29)))

const PRESETS: Readonly<Record<Exclude<RetryPreset, 'own'>, Partial<Schedule>>> = {
  none: {},
  standard: {
    delaysMs: [5 * S, 5 * MIN, 30 * MIN, 2 * H, 5 * H, 10 * H, 14 * H, 20 * H, 24 * H],
    jitter: 0.1,
  },
  svix: {
    delaysMs: [5 * S, 5 * MIN, 30 * MIN, 2 * H, 5 * H, 10 * H, 10 * H],
    jitter: 0.2,
    atLeastMs: MIN,
  },
  hook0: {
    delaysMs: [...HOOK0_FAST, ...Array.from({ length: 30 }, () => H)],
    retried4xx: [408, 429],
  },
  convoy: { delaysMs: Array.from({ length: 10 }, () => 100 * S) },
}

const PLAIN: Schedule = { delaysMs: [], jitter: 0, retried4xx: null, atLeastMs: 0 }

/** @param random from 0 up to, not including, 1 */
export function verdictOn(retry: Retry, attempt: EndedAttempt, random: () => number): Verdict {
  const status = outcomeStatus(attempt.code)
  if (status === 'delivered' || status === 'accepted' || status === 'cancelled') return FINAL
  if (attempt.code === 'bad_request') return FINAL
  const schedule = scheduleOf(retry)
  if (schedule.delaysMs.length === 0) return FINAL
  if (attempt.httpStatus === 410 && status === 'refused') {
    return { kind: 'final', note: 'After 410 Gone it is not tried again.' }
  }
  if (isFinal4xx(schedule, attempt)) {
    return { kind: 'final', note: 'This schedule does not try again after such an answer.' }
  }
  const ownMs = schedule.delaysMs[attempt.number - 1]
  if (ownMs === undefined) {
    return { kind: 'final', note: `It was the last of ${attempt.number} attempts.` }
  }
  return waitFor(schedule, attempt, ownMs, random)
}

export const STOPPED = 'It is not tried again: retrying was stopped.'

const FINAL: Verdict = { kind: 'final', note: '' }

/** The delays of a schedule in order, before jitter. */
export function delaysOf(retry: Retry): readonly number[] {
  return scheduleOf(retry).delaysMs
}

function scheduleOf({ preset, own }: Retry): Schedule {
  if (preset !== 'own') return { ...PLAIN, ...PRESETS[preset] }
  return { ...PLAIN, delaysMs: ownDelays(own), jitter: own.jitter }
}

function ownDelays(own: OwnSchedule): readonly number[] {
  if (own.kind === 'list') return own.delaysMs
  return Array.from({ length: own.retries }, (_, i) =>
    Math.round(Math.min(own.firstMs * own.factor ** i, own.capMs)),
  )
}

function isFinal4xx({ retried4xx }: Schedule, { httpStatus }: EndedAttempt): boolean {
  if (retried4xx === null || httpStatus === null) return false
  return httpStatus >= 400 && httpStatus < 500 && !retried4xx.includes(httpStatus)
}

function waitFor(
  { jitter, atLeastMs }: Schedule,
  { code, httpStatus, retryAfterMs }: EndedAttempt,
  ownMs: number,
  random: () => number,
): Verdict {
  const isBusy = httpStatus === 429 || httpStatus === 503
  if (isBusy && retryAfterMs !== null && retryAfterMs > ownMs) {
    return { kind: 'retry', waitMs: Math.min(retryAfterMs, 2 * ownMs, DAY), why: 'retry_after' }
  }
  const waitMs = Math.round(ownMs * (1 + jitter * (2 * random() - 1)))
  const isTimeout = code === 'deadline' || code === 'connect_timeout' || httpStatus === 429
  if (isTimeout && waitMs < atLeastMs) {
    return { kind: 'retry', waitMs: atLeastMs, why: 'at_least' }
  }
  return { kind: 'retry', waitMs, why: 'schedule' }
}

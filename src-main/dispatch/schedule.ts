/**
 * After an attempt: is that the end, or when is the next one? Pure; the presets' delays stand in the
 * contract, what they rule besides stands here.
 */
import {
  type OutcomeCode,
  outcomeStatus,
  ownDelays,
  RETRY_SCHEDULES,
  type Retry,
  type RetryPreset,
  type WaitReason,
} from '#contract'

export interface EndedAttempt {
  /** 1 for the first. */
  readonly number: number
  readonly code: OutcomeCode
  /** What was meant, where the destination answered another. */
  readonly httpStatus: number | null
  /** The destination would refuse the same request whenever it came. */
  readonly isFinal: boolean
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

const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS

/** What a preset rules besides its delays. */
const RULES: Readonly<Partial<Record<RetryPreset, Partial<Schedule>>>> = {
  svix: { atLeastMs: MINUTE_MS },
  hook0: { retried4xx: [408, 429] },
}

const PLAIN: Schedule = { delaysMs: [], jitter: 0, retried4xx: null, atLeastMs: 0 }

/** @param random from 0 up to, not including, 1 */
export function verdictOn(retry: Retry, attempt: EndedAttempt, random: () => number): Verdict {
  const status = outcomeStatus(attempt.code)
  if (status === 'delivered' || status === 'accepted' || status === 'cancelled') return FINAL
  if (attempt.code === 'bad_request' || attempt.code === 'address_refused') return FINAL
  const schedule = scheduleOf(retry)
  if (schedule.delaysMs.length === 0) return FINAL
  if (attempt.httpStatus === 410 && status === 'refused') {
    return { kind: 'final', note: 'After 410 Gone it is not tried again.' }
  }
  if (attempt.isFinal) {
    return { kind: 'final', note: 'It is not tried again: the same would be refused again.' }
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

/**
 * How long the endpoint's other deliveries are held back, because its answer asked for a wait: no
 * longer than the delivery itself waits where it is tried again, and for a day at most.
 */
export function holdMs(verdict: Verdict, { retryAfterMs }: EndedAttempt): number {
  if (retryAfterMs === null) return 0
  return Math.min(retryAfterMs, verdict.kind === 'retry' ? verdict.waitMs : DAY_MS)
}

export const STOPPED = 'It is not tried again: retrying was stopped.'

const FINAL: Verdict = { kind: 'final', note: '' }

function scheduleOf({ preset, own }: Retry): Schedule {
  if (preset === 'own') return { ...PLAIN, delaysMs: ownDelays(own), jitter: own.jitter }
  return { ...PLAIN, ...RETRY_SCHEDULES[preset], ...RULES[preset] }
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
    return { kind: 'retry', waitMs: Math.min(retryAfterMs, 2 * ownMs, DAY_MS), why: 'retry_after' }
  }
  const waitMs = Math.round(ownMs * (1 + jitter * (2 * random() - 1)))
  const isTimeout = code === 'deadline' || code === 'connect_timeout' || httpStatus === 429
  if (isTimeout && waitMs < atLeastMs) {
    return { kind: 'retry', waitMs: atLeastMs, why: 'at_least' }
  }
  return { kind: 'retry', waitMs, why: 'schedule' }
}

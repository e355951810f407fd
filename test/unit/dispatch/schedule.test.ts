/** When it is tried again, and when not: the presets' published delays, and the rules over them. */
import { describe, expect, it } from 'vitest'
import { NO_RETRY, type OwnSchedule, type Retry, type RetryPreset } from '#contract'
import { retryAfterMs } from '../../../src-main/dispatch/retry-after.ts'
import { type EndedAttempt, verdictOn } from '../../../src-main/dispatch/schedule.ts'

const S = 1_000
const MIN = 60 * S
const H = 60 * MIN
const preset = (name: RetryPreset): Retry => ({ ...NO_RETRY, preset: name })
const own = (change: Partial<OwnSchedule>): Retry => ({
  preset: 'own',
  own: { ...NO_RETRY.own, ...change },
})
const failed = (change: Partial<EndedAttempt> = {}): EndedAttempt => ({
  number: 1,
  code: 'http_status',
  httpStatus: 500,
  retryAfterMs: null,
  isFinal: false,
  ...change,
})
/** The wait after each attempt until the end, without jitter. */
function waits(retry: Retry, attempt: Partial<EndedAttempt> = {}): number[] {
  const found: number[] = []
  for (let number = 1; ; number++) {
    const verdict = verdictOn(retry, failed({ ...attempt, number }), () => 0.5)
    if (verdict.kind === 'final') return found
    found.push(verdict.waitMs)
  }
}

describe('the presets', () => {
  it('wait as they are published', () => {
    expect(waits(preset('none'))).toEqual([])
    expect(waits(preset('standard'))).toEqual([
      5 * S,
      5 * MIN,
      30 * MIN,
      2 * H,
      5 * H,
      10 * H,
      14 * H,
      20 * H,
      24 * H,
    ])
    expect(waits(preset('svix'))).toEqual([5 * S, 5 * MIN, 30 * MIN, 2 * H, 5 * H, 10 * H, 10 * H])
    expect(waits(preset('convoy'))).toEqual(Array.from({ length: 10 }, () => 100 * S))
    const hook0 = waits(preset('hook0'))
    expect(hook0).toHaveLength(60)
    expect([hook0[0], hook0[29]]).toEqual([5 * S, 5 * MIN])
    expect(hook0.slice(0, 30)).toEqual(hook0.slice(0, 30).sort((a, b) => a - b))
    expect(new Set(hook0.slice(30))).toEqual(new Set([H]))
  })

  it('say after the last attempt that it was the last', () => {
    expect(verdictOn(preset('convoy'), failed({ number: 11 }), () => 0)).toEqual({
      kind: 'final',
      note: 'It was the last of 11 attempts.',
    })
  })

  it('spread by their own measure', () => {
    const wait = (random: number) => verdictOn(preset('svix'), failed({ number: 2 }), () => random)
    expect(wait(0)).toMatchObject({ waitMs: 4 * MIN })
    expect(wait(1)).toMatchObject({ waitMs: 6 * MIN })
    expect(verdictOn(preset('convoy'), failed(), () => 0)).toMatchObject({ waitMs: 100 * S })
  })

  it('wait a minute at least after a timeout or a 429 with Svix', () => {
    for (const ended of [
      { code: 'deadline', httpStatus: null },
      { code: 'connect_timeout', httpStatus: null },
      { httpStatus: 429 },
    ] as const) {
      const verdict = verdictOn(preset('svix'), failed(ended), () => 0.5)
      expect(verdict).toEqual({ kind: 'retry', waitMs: MIN, why: 'at_least' })
    }
    expect(verdictOn(preset('svix'), failed(), () => 0.5)).toMatchObject({ waitMs: 5 * S })
  })

  it('take a 4xx for final with Hook0, but for 408 and 429', () => {
    const kind = (httpStatus: number) =>
      verdictOn(preset('hook0'), failed({ httpStatus }), () => 0.5).kind
    expect([400, 404, 422, 408, 429, 500, 301].map(kind)).toEqual([
      'final',
      'final',
      'final',
      'retry',
      'retry',
      'retry',
      'retry',
    ])
  })
})

describe('own schedules', () => {
  it('are a list, or grow by a factor up to a cap', () => {
    expect(waits(own({ kind: 'list', delaysMs: [0, 7] }))).toEqual([0, 7])
    const growing = own({ kind: 'exponential', firstMs: 100, factor: 3, capMs: 1_000, retries: 4 })
    expect(waits(growing)).toEqual([100, 300, 900, 1_000])
  })
})

describe('every schedule', () => {
  const list = own({ kind: 'list', delaysMs: [10 * S, 10 * S] })

  it('ends with success, acceptance, cancelling, and what could not be sent', () => {
    for (const code of ['ok', 'accepted', 'cancelled', 'bad_request'] as const) {
      const verdict = verdictOn(list, failed({ code, httpStatus: null }), () => 0)
      expect(verdict).toEqual({ kind: 'final', note: '' })
    }
  })

  it('goes on after an interruption and after a redirect', () => {
    expect(
      verdictOn(list, failed({ code: 'interrupted', httpStatus: null }), () => 0),
    ).toMatchObject({ kind: 'retry' })
    expect(verdictOn(list, failed({ httpStatus: 302 }), () => 0)).toMatchObject({ kind: 'retry' })
  })

  it('ends at 410 Gone', () => {
    expect(verdictOn(list, failed({ httpStatus: 410 }), () => 0)).toEqual({
      kind: 'final',
      note: 'After 410 Gone it is not tried again.',
    })
  })

  it('ends where the destination would refuse the same again', () => {
    expect(
      verdictOn(list, failed({ code: 'destination_refused', isFinal: true }), () => 0),
    ).toEqual({
      kind: 'final',
      note: 'It is not tried again: the same would be refused again.',
    })
    expect(verdictOn(list, failed({ code: 'destination_refused' }), () => 0)).toMatchObject({
      kind: 'retry',
    })
    // Without a schedule it is never tried again, so nothing is to be said of it.
    expect(verdictOn(preset('none'), failed({ isFinal: true }), () => 0)).toEqual({
      kind: 'final',
      note: '',
    })
  })

  it('honours Retry-After between its own wait and twice that, for a day at most', () => {
    const wait = (wishMs: number | null, httpStatus = 503, retry = list) =>
      verdictOn(retry, failed({ httpStatus, retryAfterMs: wishMs }), () => 0.5)
    expect(wait(15 * S)).toEqual({ kind: 'retry', waitMs: 15 * S, why: 'retry_after' })
    expect(wait(15 * S, 429)).toMatchObject({ waitMs: 15 * S })
    expect(wait(5 * S)).toEqual({ kind: 'retry', waitMs: 10 * S, why: 'schedule' })
    expect(wait(90 * S)).toMatchObject({ waitMs: 20 * S, why: 'retry_after' })
    expect(wait(15 * S, 500)).toMatchObject({ waitMs: 10 * S, why: 'schedule' })
    const long = own({ kind: 'list', delaysMs: [20 * H] })
    expect(wait(100 * H, 503, long)).toMatchObject({ waitMs: 24 * H })
  })
})

describe('Retry-After', () => {
  const nowMs = Date.UTC(2026, 10, 24, 12, 0, 0)
  const head = (value: string, before = '') =>
    Buffer.from(`${before}HTTP/1.1 503 Busy\r\nretry-AFTER:  ${value} \r\nX: y\r\n\r\n`)

  it('is seconds or a date; anything else is nothing', () => {
    expect(retryAfterMs(head('120'), nowMs)).toBe(120_000)
    expect(retryAfterMs(head('Tue, 24 Nov 2026 12:01:30 GMT'), nowMs)).toBe(90_000)
    expect(retryAfterMs(head('Tue, 24 Nov 2026 11:00:00 GMT'), nowMs)).toBe(0)
    for (const wrong of ['-5', '1.5', 'soon', '', '99999999999']) {
      expect(retryAfterMs(head(wrong), nowMs)).toBeNull()
    }
    expect(retryAfterMs(Buffer.from('HTTP/1.1 503 Busy\r\n\r\n'), nowMs)).toBeNull()
  })

  it('is the final answer’s, not that of an interim one', () => {
    const interim = 'HTTP/1.1 103 Early Hints\r\nRetry-After: 7\r\n\r\n'
    expect(retryAfterMs(head('9', interim), nowMs)).toBe(9_000)
    expect(
      retryAfterMs(Buffer.from(`${interim}HTTP/1.1 503 Busy\r\nX: y\r\n\r\n`), nowMs),
    ).toBeNull()
  })
})

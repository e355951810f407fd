/** How often something may be had, by a clock that is given. Each call takes one, where there is one. */

import type { RehearsalKind } from '#contract'
import {
  CONNECTOR_LIMITS,
  SLACK_LIMITS,
  type TakeTurn,
  TEAMS_LIMITS,
  WEBEX_LIMITS,
} from '../destinations/index.ts'

type NowMs = () => number

/** So many at once, then one in each `everyMs`. */
function createBucket(burst: number, everyMs: number, nowMs: NowMs): TakeTurn {
  let full = burst
  let atMs = nowMs()
  return () => {
    const elapsedMs = nowMs() - atMs
    full = Math.min(burst, full + elapsedMs / everyMs)
    atMs += elapsedMs
    if (full < 1) return false
    full -= 1
    return true
  }
}

/** So many in any stretch of so many ms, all of them together. */
function createWindows(
  rates: readonly (readonly [count: number, ms: number])[],
  nowMs: NowMs,
): TakeTurn {
  const longestMs = Math.max(...rates.map(([, ms]) => ms))
  /** The oldest first. */
  let takenMs: number[] = []
  return () => {
    const now = nowMs()
    takenMs = takenMs.filter((ms) => ms > now - longestMs)
    const isFull = rates.some(([count, ms]) => {
      const nth = takenMs.at(-count)
      return nth !== undefined && nth > now - ms
    })
    if (isFull) return false
    takenMs.push(now)
    return true
  }
}

/** The rate of a destination's webhook. */
export function createRate(kind: RehearsalKind, nowMs: NowMs): TakeTurn {
  switch (kind) {
    case 'slack':
      return createBucket(SLACK_LIMITS.burst, SLACK_LIMITS.everyMs, nowMs)
    case 'teams':
      return createWindows([[TEAMS_LIMITS.quota, TEAMS_LIMITS.quotaMs]], nowMs)
    case 'teams_legacy':
      return createWindows(
        CONNECTOR_LIMITS.rates.map(([count, seconds]) => [count, seconds * 1_000]),
        nowMs,
      )
    case 'webex':
      return createBucket(WEBEX_LIMITS.burst, WEBEX_LIMITS.everyMs, nowMs)
  }
}

/**
 * The clock that retries wait by. It follows the wall clock until it is made to run faster, and never
 * goes back: what the wall clock loses is bridged by the monotonic one, what the laptop slept counts
 * as passed. Where it stands outlives the process.
 */
import type { ClockSpeed } from '#contract'
import type { Runtime } from '../runtime.ts'

export interface StageClock {
  /** Stage time, ms; the wall clock's scale and origin. */
  nowMs(): number
  readonly speed: ClockSpeed
  setSpeed(speed: ClockSpeed): void
  /** Does nothing when that is past. */
  skipTo(stageMs: number): void
  /** How long the wall clock takes until then; 0 when it is past. */
  wallMsUntil(stageMs: number): number
  /** What is to be kept for the next process. */
  kept(): KeptClock
}

export interface KeptClock {
  readonly speed: ClockSpeed
  /** How far it was sped or set ahead of the wall clock. */
  readonly aheadMs: number
}

/** The two clocks drift apart by less than this in ordinary running. */
const JUMP_MS = 2_000

/** @param notBeforeMs stage time that was seen in the past: it does not begin before that */
export function createStageClock(
  runtime: Runtime,
  kept: KeptClock,
  notBeforeMs: number,
): StageClock {
  let speed = kept.speed
  let aheadMs = Math.max(kept.aheadMs, 0)
  let wallMs = runtime.nowMs()
  let monotonicMs = runtime.monotonicMs()
  let stageMs = Math.max(wallMs + aheadMs, notBeforeMs)

  /** Moves the anchors up to now. */
  function settle(): number {
    const wall = runtime.nowMs()
    const monotonic = runtime.monotonicMs()
    const passedMs = monotonic - monotonicMs
    const jumpMs = wall - wallMs - passedMs
    // Asleep, or set forward: that time has passed, but is not what the speed is for.
    const skippedMs = jumpMs > JUMP_MS ? jumpMs : 0
    stageMs += passedMs * speed + skippedMs
    aheadMs += passedMs * (speed - 1)
    wallMs = wall
    monotonicMs = monotonic
    return stageMs
  }

  return {
    nowMs: () => {
      const passedMs = runtime.monotonicMs() - monotonicMs
      const isJump = Math.abs(runtime.nowMs() - wallMs - passedMs) > JUMP_MS
      return isJump ? settle() : stageMs + passedMs * speed
    },
    get speed() {
      return speed
    },
    setSpeed: (next) => {
      settle()
      speed = next
    },
    skipTo: (target) => {
      const skipMs = Math.max(target - settle(), 0)
      stageMs += skipMs
      aheadMs += skipMs
    },
    wallMsUntil: (target) => Math.max((target - settle()) / speed, 0),
    kept: () => {
      settle()
      return { speed, aheadMs }
    },
  }
}

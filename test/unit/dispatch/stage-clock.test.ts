/** The stage clock beside a wall clock that runs, sleeps, jumps, and is sped past. */
import { describe, expect, it } from 'vitest'
import { createStageClock, type KeptClock } from '../../../src-main/dispatch/stage-clock.ts'
import { createFakeRuntime } from '../../support/fake-runtime.ts'

const START = 1_000_000
const HOUR = 3_600_000

function clockOf(kept: KeptClock = { speed: 1, aheadMs: 0 }, notBeforeMs = 0) {
  const runtime = createFakeRuntime(START)
  return { runtime, clock: createStageClock(runtime, kept, notBeforeMs) }
}

describe('the stage clock', () => {
  it('follows the wall clock, and runs ahead of it by its speed', () => {
    const { runtime, clock } = clockOf()
    runtime.advance(500)
    expect(clock.nowMs()).toBe(START + 500)
    clock.setSpeed(60)
    runtime.advance(1_000)
    expect(clock.nowMs()).toBe(START + 60_500)
    expect(clock.wallMsUntil(START + 120_500)).toBe(1_000)
    clock.setSpeed(1)
    runtime.advance(10)
    expect(clock.nowMs()).toBe(START + 60_510)
  })

  it('can be set forward, never back', () => {
    const { clock } = clockOf()
    clock.skipTo(START + HOUR)
    expect(clock.nowMs()).toBe(START + HOUR)
    expect(clock.kept()).toEqual({ speed: 1, aheadMs: HOUR })
    clock.skipTo(START)
    expect(clock.nowMs()).toBe(START + HOUR)
    expect(clock.wallMsUntil(START)).toBe(0)
  })

  it('takes sleep and a clock set forward as passed, once and not sped up', () => {
    const { runtime, clock } = clockOf({ speed: 3600, aheadMs: 0 })
    runtime.jump(8 * HOUR)
    expect(clock.nowMs()).toBe(START + 8 * HOUR)
    expect(clock.nowMs()).toBe(START + 8 * HOUR)
  })

  it('goes on evenly while the wall clock is set back', () => {
    const { runtime, clock } = clockOf()
    runtime.advance(100)
    runtime.jump(-48 * HOUR)
    runtime.advance(200)
    expect(clock.nowMs()).toBe(START + 300)
    expect(clock.kept().aheadMs).toBe(0)
  })

  it('stands where it was left, and not before what was seen of it', () => {
    expect(clockOf({ speed: 60, aheadMs: HOUR }).clock.nowMs()).toBe(START + HOUR)
    expect(clockOf({ speed: 1, aheadMs: 0 }, START + 5).clock.nowMs()).toBe(START + 5)
    expect(clockOf({ speed: 1, aheadMs: -HOUR }).clock.nowMs()).toBe(START)
  })
})

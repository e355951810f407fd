/** A runtime whose clocks and timers the test moves; ids and randomness stay real. */
import { createRuntime, type Runtime } from '../../src-main/runtime.ts'

export interface FakeRuntime extends Runtime {
  /** Both clocks go on by so much, and what is due meanwhile is called in order. */
  advance(ms: number): void
  /** The wall clock alone is set. */
  jump(ms: number): void
  /** How many timers wait. */
  timers(): number
}

interface Timer {
  readonly atMs: number
  readonly call: () => void
}

export function createFakeRuntime(startMs = 1_760_000_000_000): FakeRuntime {
  const timers = new Set<Timer>()
  let wallMs = startMs
  let monotonicMs = 1_000

  function next(untilMs: number): Timer | undefined {
    return [...timers].filter(({ atMs }) => atMs <= untilMs).sort((a, b) => a.atMs - b.atMs)[0]
  }

  function moveTo(ms: number) {
    wallMs += ms - monotonicMs
    monotonicMs = ms
  }

  return {
    ...createRuntime(),
    nowMs: () => Math.floor(wallMs),
    monotonicMs: () => monotonicMs,
    after: (ms, call) => {
      if (ms <= 0) {
        const immediate = setImmediate(call)
        return () => clearImmediate(immediate)
      }
      const timer = { atMs: monotonicMs + ms, call }
      timers.add(timer)
      return () => timers.delete(timer)
    },
    advance: (ms) => {
      const untilMs = monotonicMs + ms
      for (let timer = next(untilMs); timer; timer = next(untilMs)) {
        timers.delete(timer)
        moveTo(Math.max(timer.atMs, monotonicMs))
        timer.call()
      }
      moveTo(untilMs)
    },
    jump: (ms) => {
      wallMs += ms
    },
    timers: () => timers.size,
  }
}

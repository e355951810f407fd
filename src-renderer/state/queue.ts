/** Sending as a whole: paused or not, and the clock that retries wait by. */
import type { ClockSpeed, QueueState } from '#contract'
import { core } from './core.ts'
import { readStatus } from './status.ts'

/** When the wall clock will say so, if the stage clock keeps its speed. */
export function wallTimeOf({ stageMs, wallMs, speed }: QueueState, stageAtMs: number): number {
  return wallMs + (stageAtMs - stageMs) / speed
}

/** Each answers once the page shows what came of it. */
export const queue = {
  pause: () => after(core().queue.pause()),
  resume: () => after(core().queue.resume()),
  setSpeed: (speed: ClockSpeed) => after(core().queue.setSpeed({ speed })),
  nextNow: () => after(core().queue.nextNow()),
}

async function after(call: Promise<unknown>): Promise<void> {
  await call
  await readStatus()
}

/** Drives what is done in slices: works for a few milliseconds, then gives the event loop back. */
import type { Sliced } from '../compare/index.ts'

const SLICE_MS = 10

/**
 * @param rest awaited between two slices; else the next turn of the event loop
 * Rejects with the signal's reason once it is aborted.
 */
export async function inSlices<T>(
  work: Sliced<T>,
  { rest = nextTurn, signal }: { rest?: () => Promise<void>; signal?: AbortSignal } = {},
): Promise<T> {
  for (;;) {
    const untilMs = performance.now() + SLICE_MS
    do {
      const step = work.next()
      if (step.done) return step.value
    } while (performance.now() < untilMs)
    await rest()
    signal?.throwIfAborted()
  }
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

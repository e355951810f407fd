/**
 * When an endpoint may be posted to: as often as its destination's pace allows, and not before what it
 * asked for with `Retry-After` is over. One gate for all ways to an endpoint. The pace is a limit of
 * real servers, so it goes by the real clock whatever the stage clock does; a hold is a wait like that
 * of a retry, so it goes by the stage clock and is over when that is.
 */
import type { Destination, QueuedWhy } from '#contract'
import { type Pace, paceOf } from '../destinations/index.ts'
import type { Runtime } from '../runtime.ts'
import type { StageClock } from './stage-clock.ts'

/** An endpoint by its key, `QueuedDelivery.endpoint`, and what it is. */
export interface Gated {
  readonly endpoint: string
  readonly destination: Destination
}

export interface Gates {
  /** How long it stays shut, by the wall clock; 0: one may start now. */
  shutMs(gated: Gated): number
  /** One starts now. */
  pass(gated: Gated): void
  /** Shuts it until then, by the stage clock; a longer hold stays. */
  hold(endpoint: string, untilStageMs: number): void
  /** Ends a hold; the pace stays. */
  lift(endpoint: string): void
  /** When its hold is over, by the stage clock; null when nothing holds it. */
  heldUntilMs(endpoint: string): number | null
  /** What keeps a delivery with so many before it, because it is shut; null when it is open. */
  why(gated: Gated, before: number): QueuedWhy | null
}

/** The last starts at a paced endpoint, as many as its pace counts. */
interface Starts {
  readonly atMs: number[]
  /** Where the oldest stands. */
  oldest: number
}

export function createGates(deps: {
  readonly runtime: Pick<Runtime, 'nowMs' | 'monotonicMs'>
  readonly clock: Pick<StageClock, 'wallMsUntil'>
}): Gates {
  const { runtime, clock } = deps
  const starts = new Map<string, Starts>()
  /** By endpoint, until when by the stage clock. */
  const holds = new Map<string, number>()

  function pacedMs({ endpoint, destination }: Gated): number {
    const pace = paceOf(destination)
    const last = pace && starts.get(endpoint)
    const oldestMs = last?.atMs[last.oldest]
    if (!pace || oldestMs === undefined) return 0
    return Math.max(oldestMs + pace.withinMs - runtime.monotonicMs(), 0)
  }

  function heldMs(endpoint: string): number {
    const untilMs = holds.size === 0 ? undefined : holds.get(endpoint)
    if (untilMs === undefined) return 0
    const leftMs = clock.wallMsUntil(untilMs)
    if (leftMs <= 0) holds.delete(endpoint)
    return leftMs
  }

  return {
    shutMs: (gated) => Math.max(pacedMs(gated), heldMs(gated.endpoint)),
    pass: ({ endpoint, destination }) => {
      const pace = paceOf(destination)
      if (!pace) return
      const last = starts.get(endpoint) ?? { atMs: [], oldest: 0 }
      starts.set(endpoint, last)
      record(last, pace, runtime.monotonicMs())
    },
    hold: (endpoint, untilStageMs) => {
      holds.set(endpoint, Math.max(holds.get(endpoint) ?? 0, untilStageMs))
    },
    lift: (endpoint) => {
      holds.delete(endpoint)
    },
    heldUntilMs: (endpoint) => (heldMs(endpoint) > 0 ? (holds.get(endpoint) ?? null) : null),
    why: (gated, before) => {
      const [byHold, byPace] = [heldMs(gated.endpoint), pacedMs(gated)]
      if (byHold === 0 && byPace === 0) return null
      if (byHold < byPace) {
        const { destination } = gated
        return { kind: 'pace', destination, untilMs: Math.ceil(runtime.nowMs() + byPace), before }
      }
      return { kind: 'retry_after', untilMs: holds.get(gated.endpoint) ?? 0, before }
    },
  }
}

/** While there were fewer starts than the pace counts, the place of the oldest is empty. */
function record(last: Starts, { count }: Pace, nowMs: number) {
  last.atMs[last.oldest] = nowMs
  last.oldest = (last.oldest + 1) % count
}

/**
 * When an endpoint may be posted to: as often as its destination's pace allows, and not before what it
 * asked for with `Retry-After` is over. One gate for all ways to an endpoint. The pace is a limit of
 * real servers, so it goes by the real clock whatever the stage clock does; a hold is a wait like that
 * of a retry, so it goes by the stage clock and is over when that is.
 */
import type { Destination, QueuedWhy } from '#contract'
import { LONGEST_PACE_MS, type Pace, paceOf } from '../destinations/index.ts'
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
  /** What is to be kept for the next process. */
  kept(): KeptGates
}

export interface KeptGates {
  /** Until when, by the stage clock. */
  readonly holds: readonly { readonly endpoint: string; readonly untilMs: number }[]
  /** The last starts of those that are paced, by the wall clock, the oldest first. */
  readonly starts: readonly { readonly endpoint: string; readonly atMs: readonly number[] }[]
}

export const NO_GATES: KeptGates = { holds: [], starts: [] }

/** The last starts at a paced endpoint, as many as its pace counts. */
interface Starts {
  readonly atMs: number[]
  /** Where the oldest stands; beyond the last, it begins again with the first. */
  oldest: number
}

/** @param deps.onChange what is to be kept has changed */
export function createGates(deps: {
  readonly runtime: Pick<Runtime, 'nowMs' | 'monotonicMs'>
  readonly clock: Pick<StageClock, 'wallMsUntil'>
  readonly kept?: KeptGates
  readonly onChange?: () => void
}): Gates {
  const { runtime, clock, kept = NO_GATES, onChange = () => undefined } = deps
  /** From the wall clock's scale to the monotonic one's; what is to come counts as just now. */
  const toMonotonicMs = (wallMs: number) =>
    runtime.monotonicMs() - Math.max(runtime.nowMs() - wallMs, 0)
  const starts = new Map<string, Starts>(
    kept.starts.map(({ endpoint, atMs }) => [
      endpoint,
      { atMs: atMs.map(toMonotonicMs), oldest: atMs.length },
    ]),
  )
  /** By endpoint, until when by the stage clock. */
  const holds = new Map<string, number>()
  for (const { endpoint, untilMs } of kept.holds) keepShut(endpoint, untilMs)

  function keepShut(endpoint: string, untilMs: number) {
    holds.set(endpoint, Math.max(holds.get(endpoint) ?? 0, untilMs))
  }

  function pacedMs({ endpoint, destination }: Gated): number {
    const pace = paceOf(destination)
    if (!pace) return 0
    const last = starts.get(endpoint)
    const oldestMs = last?.atMs[last.oldest % pace.count]
    if (oldestMs === undefined) return 0
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
      onChange()
    },
    hold: (endpoint, untilStageMs) => {
      keepShut(endpoint, untilStageMs)
      onChange()
    },
    lift: (endpoint) => {
      if (holds.delete(endpoint)) onChange()
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
    kept: () => ({
      holds: [...holds]
        .filter(([endpoint]) => heldMs(endpoint) > 0)
        .map(([endpoint, untilMs]) => ({ endpoint, untilMs })),
      starts: [...starts].flatMap(([endpoint, last]) => {
        const atMs = inOrder(last)
          .map((each) => Math.round(runtime.nowMs() - (runtime.monotonicMs() - each)))
          .filter((each) => runtime.nowMs() - each < LONGEST_PACE_MS)
        return atMs.length === 0 ? [] : [{ endpoint, atMs }]
      }),
    }),
  }
}

function inOrder({ atMs, oldest }: Starts): number[] {
  return [...atMs.slice(oldest), ...atMs.slice(0, oldest)]
}

/** While there were fewer starts than the pace counts, the place of the oldest is empty. */
function record(last: Starts, { count }: Pace, nowMs: number) {
  const place = last.oldest % count
  last.atMs[place] = nowMs
  last.oldest = place + 1
}

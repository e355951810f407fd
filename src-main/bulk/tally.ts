/** The counts of a run's items while it runs: they follow each change, so that nothing has to be counted. */
import type { BulkCounts, BulkItemState, OutcomeCode } from '#contract'

export interface Tally {
  move(from: BulkItemState, to: BulkItemState, count?: number): void
  ended(code: OutcomeCode, count?: number): void
  counts(): BulkCounts
  of(state: BulkItemState): number
}

export function createTally(start: BulkCounts): Tally {
  const states = { ...start.states }
  const codes = { ...start.codes }
  return {
    move: (from, to, count = 1) => {
      states[from] = (states[from] ?? 0) - count
      states[to] = (states[to] ?? 0) + count
    },
    ended: (code, count = 1) => {
      codes[code] = (codes[code] ?? 0) + count
    },
    counts: () => ({ total: start.total, states: some(states), codes: some(codes) }),
    of: (state) => states[state] ?? 0,
  }
}

/** Without those that there are none of. */
function some<Key extends string>(
  counts: Partial<Record<Key, number>>,
): Partial<Record<Key, number>> {
  const left = { ...counts }
  for (const key in left) if (left[key] === 0) delete left[key]
  return left
}

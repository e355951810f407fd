/**
 * What is ticked in a list. A tick lasts as long as its row is listed, so that nothing is done to
 * rows that nobody sees: narrowing the list down anew unticks all, and a row that leaves it goes.
 */
import { useCallback, useState } from 'react'

interface Row<Id> {
  readonly id: Id
  /** Its place in the list. */
  readonly seq: number
}

/** The ticked ids, with their places. */
type Seqs<Id> = ReadonlyMap<Id, number>

export interface Ticks<Id> {
  readonly ticked: ReadonlySet<Id>
  readonly tick: (row: Row<Id>, isTicked: boolean) => void
  /** All of a range; while the same one changes, what it leaves is as it was before it. */
  readonly tickRange: (rows: readonly Row<Id>[], isTicked: boolean, isAnother: boolean) => void
  readonly untick: () => void
}

/** Those whose rows are still listed; the very same where all are. */
export function stillListed<Id>(seqs: Seqs<Id>, isListed: (seq: number) => boolean): Seqs<Id> {
  const kept = [...seqs].filter(([, seq]) => isListed(seq))
  return kept.length === seqs.size ? seqs : new Map(kept)
}

/** With the rows ticked, or not. */
export function withRows<Id>(
  seqs: Seqs<Id>,
  rows: readonly Row<Id>[],
  isTicked: boolean,
): Seqs<Id> {
  const after = new Map(seqs)
  for (const { id, seq } of rows) {
    if (isTicked) after.set(id, seq)
    else after.delete(id)
  }
  return after
}

interface State<Id> {
  readonly of: object
  readonly seqs: Seqs<Id>
  /** As it was before the range that is being chosen. */
  readonly before: Seqs<Id>
  readonly ticked: ReadonlySet<Id>
}

/**
 * @param narrowing what the list is narrowed down to: another object whenever that changed
 * @param isListed false of a row that is no longer there; true of one that may be, further down
 */
export function useTicks<Id extends string>(
  narrowing: object,
  isListed: (seq: number) => boolean,
): Ticks<Id> {
  const [state, setState] = useState<State<Id>>(() => stateOf(narrowing, none(), none()))
  const seqs = state.of === narrowing ? stillListed(state.seqs, isListed) : none<Id>()
  if (state.of !== narrowing || seqs !== state.seqs) {
    const before = state.of === narrowing ? stillListed(state.before, isListed) : seqs
    setState(stateOf(narrowing, seqs, before))
  }
  const tick = useCallback((row: Row<Id>, isTicked: boolean) => {
    setState((now) => {
      const seqs = withRows(now.seqs, [row], isTicked)
      return stateOf(now.of, seqs, seqs)
    })
  }, [])
  const tickRange: Ticks<Id>['tickRange'] = useCallback((rows, isTicked, isAnother) => {
    setState((now) => {
      const before = isAnother ? now.seqs : now.before
      return stateOf(now.of, withRows(before, rows, isTicked), before)
    })
  }, [])
  const untick = useCallback(() => setState(({ of }) => stateOf(of, none<Id>(), none<Id>())), [])
  return { ticked: state.ticked, tick, tickRange, untick }
}

function none<Id>(): Seqs<Id> {
  return new Map()
}

function stateOf<Id>(of: object, seqs: Seqs<Id>, before: Seqs<Id>): State<Id> {
  return { of, seqs, before, ticked: new Set(seqs.keys()) }
}

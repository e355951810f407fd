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
  readonly untick: () => void
}

/** Those whose rows are still listed; the very same where all are. */
export function stillListed<Id>(seqs: Seqs<Id>, isListed: (seq: number) => boolean): Seqs<Id> {
  const kept = [...seqs].filter(([, seq]) => isListed(seq))
  return kept.length === seqs.size ? seqs : new Map(kept)
}

/**
 * @param narrowing what the list is narrowed down to: another object whenever that changed
 * @param isListed false of a row that is no longer there; true of one that may be, further down
 */
export function useTicks<Id extends string>(
  narrowing: object,
  isListed: (seq: number) => boolean,
): Ticks<Id> {
  const [state, setState] = useState<{ of: object; seqs: Seqs<Id>; ticked: ReadonlySet<Id> }>(
    () => ({ of: narrowing, ...nothing() }),
  )
  const seqs = state.of === narrowing ? stillListed(state.seqs, isListed) : new Map<Id, number>()
  if (state.of !== narrowing || seqs !== state.seqs) {
    setState({ of: narrowing, seqs, ticked: new Set(seqs.keys()) })
  }
  const tick = useCallback(({ id, seq }: Row<Id>, isTicked: boolean) => {
    setState((before) => {
      const after = new Map(before.seqs)
      if (isTicked) after.set(id, seq)
      else after.delete(id)
      return { of: before.of, seqs: after, ticked: new Set(after.keys()) }
    })
  }, [])
  const untick = useCallback(() => setState(({ of }) => ({ of, ...nothing<Id>() })), [])
  return { ticked: state.ticked, tick, untick }
}

function nothing<Id>() {
  return { seqs: new Map<Id, number>(), ticked: new Set<Id>() }
}

/** Comparisons: what is compared in the dialog, what the core says of a pair, and its relatives. */
import { useCallback } from 'react'
import { create } from 'zustand'
import type { ComparePart, ComparePlace, Comparison, Fact, ReplayNode } from '#contract'
import { useCompareRules } from './compare-rules.ts'
import { core } from './core.ts'
import { type Live, useLive } from './live.ts'

export interface ComparePair {
  readonly left: ComparePlace
  readonly right: ComparePlace
  /** What is looked at first; else what was looked at last. */
  readonly part?: ComparePart
}

interface CompareStore {
  /** What the dialog shows. */
  readonly pair: ComparePair | null
}

export const useCompare = create<CompareStore>()(() => ({ pair: null }))

const { setState: set } = useCompare

export const comparing = {
  /** Opens the dialog, as for an origin and its replay. */
  open: (left: ComparePlace, right: ComparePlace, part?: ComparePart): void =>
    set({ pair: { left, right, ...(part === undefined ? {} : { part }) } }),
  /** Two that were chosen in a list, the older on the left: ids begin with their time. */
  openTwo: (places: readonly ComparePlace[]): void => {
    const [left, right] = [...places].sort((a, b) => (idOfPlace(a) < idOfPlace(b) ? -1 : 1))
    if (left && right) set({ pair: { left, right } })
  },
  close: (): void => set({ pair: null }),
}

interface Question extends ComparePair {
  readonly part: ComparePart
  readonly withEqual: boolean
}

const BEAT_MS = 400

/** Whether a side may have come further: its answer may still be on its way. */
export function mayChange(fact: Fact, { value, problem }: Live<Comparison>): boolean {
  if (fact.kind !== 'deliveries.changed' && fact.kind !== 'captures.changed') return false
  if (!value || problem !== null) return true
  const sides = [value.left, value.right]
  // A burst names no more than its first: what is whole already does not change.
  if (sides.some(({ isThere }) => !isThere)) return true
  return (
    fact.kind === 'deliveries.changed' &&
    sides.some((side) => fact.ids.some((id) => id === side.id))
  )
}

/** Live, and anew whenever the pair, the part or a rule is another one. */
export function useComparison({ left, right, part, withEqual }: Question): Live<Comparison> {
  // The core compares by the rules that it has: other ones make it another question.
  const rules = useCompareRules()
  const asked = JSON.stringify({ question: { left, right, part, withEqual }, rules })
  const read = useCallback(
    (signal: AbortSignal) => {
      const { question } = JSON.parse(asked) as { question: Question }
      return core().compare.messages(question, { signal })
    },
    [asked],
  )
  return useLive(JSON.stringify({ left, right, part }), read, mayChange, BEAT_MS)
}

interface Relative {
  readonly place: ComparePlace
  readonly isParent: boolean
}

/** What it was made from; of an origin, its last replay. */
export function relativeOf(nodes: readonly ReplayNode[], id: string): Relative | null {
  const own = nodes.find(({ delivery }) => delivery?.id === id)?.delivery
  const parentId = own?.replayOf
  const parent = nodes.find(
    ({ delivery, capture }) => parentId && (delivery?.id === parentId || capture?.id === parentId),
  )
  const node = parent ?? nodes.findLast(({ delivery }) => delivery?.replayOf === id)
  const place = node ? placeOf(node) : null
  return place && { place, isParent: parent !== undefined }
}

/** Where to find what is recorded as one of the two; null where it is gone. */
export function placeOf({
  delivery,
  capture,
}: Pick<ReplayNode, 'delivery' | 'capture'>): ComparePlace | null {
  if (delivery) return { kind: 'delivery', deliveryId: delivery.id }
  return capture && { kind: 'capture', captureId: capture.id }
}

/** The parent on the left, a replay on the right. */
export function pairOf(
  shown: ComparePlace,
  chosen: ComparePlace | null,
  relative: Relative | null,
): ComparePair | null {
  if (chosen) return { left: chosen, right: shown }
  if (!relative) return null
  return relative.isParent
    ? { left: relative.place, right: shown }
    : { left: shown, right: relative.place }
}

export function idOfPlace(place: ComparePlace): string {
  if (place.kind === 'delivery') return place.deliveryId
  return place.kind === 'capture' ? place.captureId : place.attemptId
}

/** Comparisons: what is compared in the dialog, what the core says of a pair, and its relatives. */
import { create } from 'zustand'
import type { ComparePart, ComparePlace, CompareRule, Comparison, ReplayNode } from '#contract'
import { type Asked, useAsked } from './asked.ts'
import { useCompareRules } from './compare-rules.ts'
import { core } from './core.ts'

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
  /** By which rules: other ones make it another question. */
  readonly rules: readonly CompareRule[]
}

async function ask({ rules: _rules, ...question }: Question, signal: AbortSignal) {
  return core().compare.messages(question, { signal })
}

/** Anew whenever the pair, the part or a rule is another one. */
export function useComparison(question: Omit<Question, 'rules'>): Asked<Comparison> {
  const rules = useCompareRules()
  return useAsked<Question, Comparison>({ ...question, rules }, ask, 0)
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
  const place = placeOf(parent ?? nodes.findLast(({ delivery }) => delivery?.replayOf === id))
  return place && { place, isParent: parent !== undefined }
}

function placeOf(node: ReplayNode | undefined): ComparePlace | null {
  if (node?.delivery) return { kind: 'delivery', deliveryId: node.delivery.id }
  return node?.capture ? { kind: 'capture', captureId: node.capture.id } : null
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

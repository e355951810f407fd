/** Comparisons: what is compared in the dialog, what the core says of a pair, and whom to compare with. */
import { create } from 'zustand'
import {
  type CaptureSummary,
  type ComparePart,
  type ComparePlace,
  type CompareRule,
  type Comparison,
  carriedLabel,
  DEFAULT_COMPARE_RULES,
  type DeliverySummary,
  type ReplayNode,
  type ReplayPlace,
} from '#contract'
import { type Asked, useAsked } from './asked.ts'
import { core } from './core.ts'
import { saveSettings, useSettings } from './settings.ts'

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

export function useCompareRules(): readonly CompareRule[] {
  return useSettings((state) => state.settings?.compareRules ?? DEFAULT_COMPARE_RULES)
}

/** Each fails with the core's reason. */
export const compareRules = {
  save: async (rules: readonly CompareRule[]): Promise<void> => {
    await saveSettings({ compareRules: [...rules] })
  },
  reset: async (): Promise<void> => {
    await saveSettings({ compareRules: [...DEFAULT_COMPARE_RULES] })
  },
}

/** Turns on the rule of this pattern, or adds it. */
export function withRule(
  rules: readonly CompareRule[],
  kind: CompareRule['kind'],
  typed: string,
): CompareRule[] {
  const pattern = typed.trim()
  const isMeant = (rule: CompareRule) =>
    rule.kind === kind && rule.pattern.toLowerCase() === pattern.toLowerCase()
  if (rules.some(isMeant)) {
    return rules.map((rule) => (isMeant(rule) ? { ...rule, isOn: true } : rule))
  }
  return [...rules, { id: `${kind}:${pattern}`.slice(0, 100), kind, pattern, isOn: true }]
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

/** Somebody to compare with. */
export interface Candidate {
  readonly place: ComparePlace
  readonly group: string
  readonly label: string
  readonly atMs: number
}

interface CandidateQuestion {
  readonly place: ReplayPlace
  readonly text: string
}

const SHOWN = 12

async function find({ place, text }: CandidateQuestion): Promise<Candidate[]> {
  const typed = text.trim()
  if (typed !== '') return search(typed)
  const nodes = await core().replay.tree(place)
  const own = nodes.find(
    ({ delivery }) => 'deliveryId' in place && delivery?.id === place.deliveryId,
  )
  const webhookId = own?.delivery?.webhookId
  const event = own?.delivery?.event
  const deliveries = (
    filter: Parameters<ReturnType<typeof core>['delivery']['list']>[0]['filter'],
  ) => core().delivery.list({ filter, limit: SHOWN })
  const [same, events, recent, captures] = await Promise.all([
    webhookId ? deliveries({ webhookId }) : null,
    event ? deliveries({ events: [event] }) : null,
    deliveries({}),
    core().capture.list({ filter: {}, limit: SHOWN }),
  ])
  return distinct([
    ...nodes.flatMap(({ delivery, capture }) => [
      ...(delivery ? [ofDelivery(delivery, 'From the same origin')] : []),
      ...(capture ? [ofCapture(capture, 'From the same origin')] : []),
    ]),
    ...(same?.items ?? []).map((row) => ofDelivery(row, 'Same webhook')),
    ...(events?.items ?? []).map((row) => ofDelivery(row, 'Same event')),
    ...recent.items.map((row) => ofDelivery(row, 'Recent deliveries')),
    ...captures.items.map((row) => ofCapture(row, 'Recent captures')),
  ])
}

async function search(text: string): Promise<Candidate[]> {
  const [deliveries, captures] = await Promise.all([
    core().delivery.list({ filter: { text }, limit: SHOWN }),
    core().capture.list({ filter: { text }, limit: SHOWN }),
  ])
  return distinct([
    ...deliveries.items.map((row) => ofDelivery(row, 'Deliveries')),
    ...captures.items.map((row) => ofCapture(row, 'Captures')),
  ])
}

function ofDelivery(row: DeliverySummary, group: string): Candidate {
  const answer = row.httpStatus === null ? row.status : String(row.httpStatus)
  return {
    place: { kind: 'delivery', deliveryId: row.id },
    group,
    label: `${carriedLabel(row.event)} → ${row.webhookName || row.endpoint} · ${answer}`,
    atMs: row.createdAtMs,
  }
}

function ofCapture(row: CaptureSummary, group: string): Candidate {
  return {
    place: { kind: 'capture', captureId: row.id },
    group,
    label: row.startLine.replace(/ HTTP\/[\d.]+$/, ''),
    atMs: row.receivedAtMs,
  }
}

export function idOfPlace(place: ComparePlace): string {
  if (place.kind === 'delivery') return place.deliveryId
  return place.kind === 'capture' ? place.captureId : place.attemptId
}

/** Each under the first group that has it. */
function distinct(candidates: readonly Candidate[]): Candidate[] {
  const known = new Map<string, Candidate>()
  for (const candidate of candidates) {
    const id = idOfPlace(candidate.place)
    if (!known.has(id)) known.set(id, candidate)
  }
  return [...known.values()]
}

const TYPING_MS = 200

/** Without a text: relatives, then what is alike, then what is recent. */
export function useCandidates(question: CandidateQuestion): Asked<Candidate[]> {
  return useAsked<CandidateQuestion, Candidate[]>(question, find, TYPING_MS)
}

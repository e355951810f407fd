/** Whom to compare with: relatives, what is alike, what is recent, or what a search finds. */
import {
  type CaptureSummary,
  type ComparePlace,
  carriedLabel,
  type DeliverySummary,
  type ReplayNode,
  type ReplayPlace,
  withoutVersion,
} from '#contract'
import { type Asked, useAsked } from './asked.ts'
import { idOfPlace } from './compare.ts'
import { core } from './core.ts'

/** Somebody to compare with. */
export interface Candidate {
  readonly place: ComparePlace
  readonly group: string
  /** The same for as long as it is there: it stands in the field while others are searched for. */
  readonly label: string
  /** What became of it; null of a capture. */
  readonly answer: string | null
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
    ...nodes.flatMap(ofNode),
    ...(same?.items ?? []).map((row) => ofDelivery(row, 'Same webhook')),
    ...(events?.items ?? []).map((row) => ofDelivery(row, 'Same event')),
    ...recent.items.map((row) => ofDelivery(row, 'Recent deliveries')),
    ...captures.items.map((row) => ofCapture(row, 'Recent captures')),
  ])
}

/** One that comes from the same origin, by its place. */
export function candidateAt(nodes: readonly ReplayNode[], place: ComparePlace): Candidate | null {
  return nodes.flatMap(ofNode).find((each) => keyOf(each) === idOfPlace(place)) ?? null
}

/** Tells one candidate from all others. */
export function keyOf({ place }: Candidate): string {
  return idOfPlace(place)
}

function ofNode({ delivery, capture }: ReplayNode): Candidate[] {
  return [
    ...(delivery ? [ofDelivery(delivery, 'From the same origin')] : []),
    ...(capture ? [ofCapture(capture, 'From the same origin')] : []),
  ]
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
  return {
    place: { kind: 'delivery', deliveryId: row.id },
    group,
    label: `${carriedLabel(row.event)} → ${row.webhookName || row.endpoint}`,
    answer: row.httpStatus === null ? row.status : String(row.httpStatus),
    atMs: row.createdAtMs,
  }
}

function ofCapture(row: CaptureSummary, group: string): Candidate {
  return {
    place: { kind: 'capture', captureId: row.id },
    group,
    label: withoutVersion(row.startLine),
    answer: null,
    atMs: row.receivedAtMs,
  }
}

/** Each under the first group that has it. */
function distinct(candidates: readonly Candidate[]): Candidate[] {
  const known = new Map<string, Candidate>()
  for (const candidate of candidates) {
    const key = keyOf(candidate)
    if (!known.has(key)) known.set(key, candidate)
  }
  return [...known.values()]
}

const TYPING_MS = 200

/** Without a text: relatives, then what is alike, then what is recent. */
export function useCandidates(question: CandidateQuestion): Asked<Candidate[]> {
  return useAsked<CandidateQuestion, Candidate[]>(question, find, TYPING_MS)
}

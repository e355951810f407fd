/**
 * Single deliveries, live: one with its attempts, the bytes of one attempt, or a handful by their
 * ids (what a firing made).
 */
import { useCallback, useMemo } from 'react'
import type {
  AttemptId,
  Delivery,
  DeliveryId,
  DeliverySummary,
  ExchangeView,
  Fact,
} from '#contract'
import { core } from './core.ts'
import { isToBeTriedAgain, type Live, useLive } from './live.ts'

const BEAT_MS = 200
/** Asked for in one call. */
const MOST_IDS = 500

/** A delivery with its attempts. */
export function useDelivery(id: DeliveryId): Live<Delivery> {
  const read = useCallback(
    (signal: AbortSignal) => core().delivery.get({ deliveryId: id }, { signal }),
    [id],
  )
  const concerns = useCallback(
    (fact: Fact, { value }: Live<Delivery>) =>
      isAbout(fact, (changed) => changed === id) || (value?.state === 'queued' && movesQueue(fact)),
    [id],
  )
  return useLive(id, read, concerns, BEAT_MS)
}

/** Both messages of an attempt; read anew when it has come further, and once it can be again. */
export function useExchange(
  attemptId: AttemptId | null,
  whole: boolean,
  finishedAtMs: number | null,
): Live<ExchangeView> {
  const read = useCallback(
    (signal: AbortSignal) => readExchange({ attemptId, whole, finishedAtMs }, signal),
    [attemptId, whole, finishedAtMs],
  )
  return useLive(attemptId, read, isToBeTriedAgain, BEAT_MS)
}

interface ExchangeAsked {
  readonly attemptId: AttemptId | null
  readonly whole: boolean
  /** How far it has come: the bytes are others then. */
  readonly finishedAtMs: number | null
}

async function readExchange({ attemptId, whole }: ExchangeAsked, signal: AbortSignal) {
  if (attemptId === null) throw new Error('there is no attempt to read')
  return core().delivery.exchange({ attemptId, whole }, { signal })
}

/** The deliveries of these ids, in their order, as far as they are known yet. */
export function useSummaries(ids: readonly DeliveryId[]): readonly DeliverySummary[] {
  const key = ids.join(' ')
  const read = useCallback(
    (signal: AbortSignal) => readSummaries(key.split(' ') as DeliveryId[], signal),
    [key],
  )
  const concerns = useMemo(() => {
    const wanted = new Set<string>(key.split(' '))
    return (fact: Fact, { value }: Live<Summaries>) =>
      isAbout(fact, (changed) => wanted.has(changed)) ||
      (movesQueue(fact) && [...(value?.values() ?? [])].some(({ state }) => state === 'queued'))
  }, [key])
  const { value } = useLive(key === '' ? null : 'some', read, concerns, BEAT_MS)
  return ids.flatMap((id) => value?.get(id) ?? [])
}

type Summaries = ReadonlyMap<DeliveryId, DeliverySummary>

async function readSummaries(ids: readonly DeliveryId[], signal: AbortSignal): Promise<Summaries> {
  const found = new Map<DeliveryId, DeliverySummary>()
  for (let at = 0; at < ids.length; at += MOST_IDS) {
    const part = ids.slice(at, at + MOST_IDS)
    const some = await core().delivery.some({ ids: part }, { signal })
    for (const row of some) found.set(row.id, row)
  }
  return found
}

/** Why something is still queued may be another reason now. */
function movesQueue(fact: Fact): boolean {
  return fact.kind === 'status.changed'
}

function isAbout(fact: Fact, isOne: (id: DeliveryId) => boolean): boolean {
  return fact.kind === 'deliveries.changed' && (fact.more || fact.ids.some(isOne))
}

/** The attempt as a shell command; secrets are masked unless asked for. */
export function curlOf(
  attemptId: AttemptId,
  withSecrets: boolean,
): Promise<{ command: string; masked: boolean; notes: string[] }> {
  return core().delivery.curl({ attemptId, withSecrets })
}

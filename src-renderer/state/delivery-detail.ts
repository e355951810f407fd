/**
 * Single deliveries, live: one with its attempts, the bytes of one attempt, or a handful by their
 * ids (what a firing made). Each hook fetches again when a fact says so, at a steady pace.
 */
import { useEffect, useState } from 'react'
import type {
  AttemptId,
  Delivery,
  DeliveryId,
  DeliverySummary,
  ExchangeView,
  Fact,
} from '#contract'
import { core, faultText, onFact } from './core.ts'
import { createPaced } from './paced.ts'

const BEAT_MS = 200
/** Asked for in one call. */
const MOST_IDS = 500

export interface Fetched<T> {
  readonly value: T | null
  /** Why it could not be had, in words. */
  readonly problem: string | null
}

const NOTHING = { value: null, problem: null } as const

/** A delivery with its attempts. */
export function useDelivery(id: DeliveryId): Fetched<Delivery> {
  const [fetched, setFetched] = useState<Fetched<Delivery> & { of: DeliveryId }>()
  useEffect(() => {
    const abort = new AbortController()
    let isQueued = false
    const beat = createPaced(async () => {
      try {
        const value = await core().delivery.get({ deliveryId: id }, { signal: abort.signal })
        isQueued = value.state === 'queued'
        setFetched({ of: id, value, problem: null })
      } catch (error) {
        if (!abort.signal.aborted) setFetched({ of: id, value: null, problem: faultText(error) })
      }
    }, BEAT_MS)
    const stop = onFact((fact) => {
      if (concerns(fact, (changed) => changed === id) || (isQueued && movesQueue(fact))) {
        beat.request()
      }
    })
    beat.request()
    return () => {
      stop()
      beat.cancel()
      abort.abort()
    }
  }, [id])
  return fetched?.of === id ? fetched : NOTHING
}

/** Both messages of an attempt; fetched anew when it has come further. */
export function useExchange(
  attemptId: AttemptId | null,
  whole: boolean,
  finishedAtMs: number | null,
): Fetched<ExchangeView> {
  const [fetched, setFetched] = useState<
    Fetched<ExchangeView> & { of: AttemptId; asOfMs: number | null }
  >()
  useEffect(() => {
    if (attemptId === null) return undefined
    const abort = new AbortController()
    const { signal } = abort
    const read = async () => {
      const about = { of: attemptId, asOfMs: finishedAtMs }
      try {
        const value = await core().delivery.exchange({ attemptId, whole }, { signal })
        if (!signal.aborted) setFetched({ ...about, value, problem: null })
      } catch (error) {
        if (!signal.aborted) setFetched({ ...about, value: null, problem: faultText(error) })
      }
    }
    void read()
    return () => abort.abort()
  }, [attemptId, whole, finishedAtMs])
  return fetched && fetched.of === attemptId ? fetched : NOTHING
}

/** The deliveries of these ids, in their order, as far as they are known yet. */
export function useSummaries(ids: readonly DeliveryId[]): readonly DeliverySummary[] {
  const [rows, setRows] = useState<ReadonlyMap<DeliveryId, DeliverySummary>>(new Map())
  const key = ids.join(' ')
  useEffect(() => {
    if (key === '') return undefined
    const wanted = new Set<string>(key.split(' '))
    const asked = [...wanted] as DeliveryId[]
    const abort = new AbortController()
    let isQueued = false
    const beat = createPaced(async () => {
      const fresh = new Map<DeliveryId, DeliverySummary>()
      for (let at = 0; at < asked.length; at += MOST_IDS) {
        const part = asked.slice(at, at + MOST_IDS)
        const some = await core().delivery.some({ ids: part }, { signal: abort.signal })
        for (const row of some) fresh.set(row.id, row)
      }
      isQueued = [...fresh.values()].some(({ state }) => state === 'queued')
      if (!abort.signal.aborted) setRows(fresh)
    }, BEAT_MS)
    const stop = onFact((fact) => {
      if (concerns(fact, (changed) => wanted.has(changed)) || (isQueued && movesQueue(fact))) {
        beat.request()
      }
    })
    beat.request()
    return () => {
      stop()
      beat.cancel()
      abort.abort()
    }
  }, [key])
  return ids.flatMap((id) => rows.get(id) ?? [])
}

/** Why something is still queued may be another reason now. */
function movesQueue(fact: Fact): boolean {
  return fact.kind === 'status.changed'
}

function concerns(fact: Fact, isOne: (id: DeliveryId) => boolean): boolean {
  return fact.kind === 'deliveries.changed' && (fact.more || fact.ids.some(isOne))
}

/** The attempt as a shell command; secrets are masked unless asked for. */
export function curlOf(
  attemptId: AttemptId,
  withSecrets: boolean,
): Promise<{ command: string; masked: boolean; notes: string[] }> {
  return core().delivery.curl({ attemptId, withSecrets })
}

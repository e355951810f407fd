/**
 * Where services say what happened and streams to renderers listen. Facts are merged and handed on
 * at most once per 16 ms, so that a burst of deliveries costs a renderer one message a frame.
 */
import type { DeliveryId, Fact } from '#contract'

export interface EventHub {
  publish(fact: PlainFact): void
  deliveryChanged(id: DeliveryId): void
  /** More of them changed, or went, than are worth naming. */
  manyDeliveriesChanged(): void
  /** Calls `listener` with each batch until the returned function is called. */
  subscribe(listener: (facts: Fact[]) => void): () => void
  /** Hands over what is pending and ends. */
  close(): void
}

type PlainFact = Exclude<Fact, { kind: 'deliveries.changed' }>

const BATCH_MS = 16
const MAX_IDS = 200

export function createEventHub(): EventHub {
  const listeners = new Set<(facts: Fact[]) => void>()
  const kinds = new Set<PlainFact['kind']>()
  const changed = new Set<DeliveryId>()
  let more = false
  let timer: NodeJS.Timeout | undefined

  function flush() {
    clearTimeout(timer)
    timer = undefined
    const facts: Fact[] = [...kinds].map((kind) => ({ kind }))
    if (changed.size > 0 || more)
      facts.push({ kind: 'deliveries.changed', ids: [...changed], more })
    kinds.clear()
    changed.clear()
    more = false
    if (facts.length > 0) for (const listener of listeners) listener(facts)
  }

  function schedule() {
    timer ??= setTimeout(flush, BATCH_MS)
  }

  return {
    publish(fact) {
      kinds.add(fact.kind)
      schedule()
    },
    deliveryChanged(id) {
      if (changed.size < MAX_IDS) changed.add(id)
      else if (!changed.has(id)) more = true
      schedule()
    },
    manyDeliveriesChanged() {
      more = true
      schedule()
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    close() {
      flush()
      listeners.clear()
    },
  }
}

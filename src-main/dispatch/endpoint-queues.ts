/**
 * Who is next: a queue per endpoint, first in, first out; endpoints of an origin take turns, and so
 * do origins, so that one that is slow or dead holds up only itself. An endpoint leaves some of its
 * origin's slots to the others, has a single one while it does not answer in time, and starts nothing
 * while its gate is shut or nothing may go to its origin yet. Every step costs the same however many wait.
 */
import type { Destination } from '#contract'
import type { QueuedDelivery } from '../store/history-records.ts'
import type { Gated, Gates } from './gates.ts'

export interface EndpointQueues {
  add(delivery: QueuedDelivery): void
  /** The next delivery that may start now; it holds a slot of its origin until `release`. */
  take(): QueuedDelivery | undefined
  /** @param inTime whether the endpoint answered, or failed, before the deadline */
  release(delivery: QueuedDelivery, inTime: boolean): void
  /** Back to where `take` took it from; releases its slot. */
  putBack(delivery: QueuedDelivery): void
  /** Takes these out, wherever they wait. */
  remove(seqs: ReadonlySet<number>): QueuedDelivery[]
  /** Where those of these stand that wait. Looks through all that do. */
  places(seqs: ReadonlySet<number>): Place[]
  size(): number
  /** What is queued for origins that nothing may go to. */
  held(): HeldOrigin[]
  /** To be called when the answer of `mayGoTo` has changed. */
  lookAgain(): void
  /** How long the first of the shut gates stays shut; null when nothing waits for one. */
  nextOpensInMs(): number | null
  /** When the first of their holds is over, by the stage clock; null when nothing is held. */
  nextHoldEndMs(): number | null
}

/** Where a delivery stands in its endpoint's queue. */
export interface Place {
  readonly delivery: QueuedDelivery
  /** How many go before it. */
  readonly before: number
  /** Whose slots are taken. */
  readonly full: 'endpoint' | 'slow_endpoint' | 'origin' | null
}

export interface HeldOrigin {
  readonly origin: string
  readonly seqs: readonly number[]
}

export interface EndpointLimits {
  readonly perOrigin: number
  readonly perEndpoint: number
}

interface Endpoint extends Gated {
  readonly endpoint: string
  readonly destination: Destination
  readonly origin: Origin
  waiting: QueuedDelivery[]
  /** Where `waiting` begins; what is before it was taken. */
  start: number
  active: number
  /** Its last attempts ran into the deadline. */
  isSlow: boolean
  /** Stands in its origin's ring. */
  listed: boolean
}

interface Origin {
  readonly name: string
  /** Endpoints with something to start and a slot of their own, next first. */
  readonly ring: Endpoint[]
  readonly endpoints: Map<string, Endpoint>
  active: number
  listed: boolean
}

const COMPACT_AT = 1024

export function createEndpointQueues(
  limits: EndpointLimits,
  gates: Gates,
  mayGoTo: (origin: string) => boolean = () => true,
): EndpointQueues {
  const origins = new Map<string, Origin>()
  /** Origins with a slot and an endpoint in their ring, next first. */
  const ring: Origin[] = []
  /** Endpoints with something to start and a slot of their own, whose gate is shut. */
  const shut = new Set<Endpoint>()
  let size = 0

  function endpointOf(delivery: QueuedDelivery): Endpoint {
    let origin = origins.get(delivery.origin)
    if (!origin) {
      origin = { name: delivery.origin, ring: [], endpoints: new Map(), active: 0, listed: false }
      origins.set(delivery.origin, origin)
    }
    let endpoint = origin.endpoints.get(delivery.endpoint)
    if (!endpoint) {
      endpoint = newEndpoint(delivery, origin)
      origin.endpoints.set(delivery.endpoint, endpoint)
    }
    return endpoint
  }

  /** Lists it, and its origin, where they may start something; forgets what is of no more use. */
  function settle(endpoint: Endpoint) {
    const { origin } = endpoint
    const waits = endpoint.start < endpoint.waiting.length
    if (waits && endpoint.active < limitOf(endpoint) && !endpoint.listed) {
      if (gates.shutMs(endpoint) > 0) shut.add(endpoint)
      else {
        endpoint.listed = true
        origin.ring.push(endpoint)
      }
    }
    if (!waits) shut.delete(endpoint)
    listOrigin(origin)
    const isIdle = !waits && endpoint.active === 0 && !endpoint.listed && !endpoint.isSlow
    if (isIdle) origin.endpoints.delete(endpoint.endpoint)
    if (origin.endpoints.size === 0 && !origin.listed) origins.delete(origin.name)
  }

  const limitOf = ({ isSlow }: Endpoint) => (isSlow ? 1 : limits.perEndpoint)

  function listOrigin(origin: Origin) {
    if (origin.listed || origin.ring.length === 0 || origin.active >= limits.perOrigin) return
    if (!mayGoTo(origin.name)) return
    origin.listed = true
    ring.push(origin)
  }

  function listOpened() {
    for (const endpoint of shut) {
      if (gates.shutMs(endpoint) > 0) continue
      shut.delete(endpoint)
      settle(endpoint)
    }
  }

  function start(endpoint: Endpoint) {
    endpoint.active += 1
    endpoint.origin.active += 1
    size -= 1
    gates.pass(endpoint)
  }

  function fullOf(endpoint: Endpoint): Place['full'] {
    if (endpoint.active >= limitOf(endpoint)) return endpoint.isSlow ? 'slow_endpoint' : 'endpoint'
    return endpoint.origin.active >= limits.perOrigin ? 'origin' : null
  }

  function free(endpoint: Endpoint) {
    endpoint.active -= 1
    endpoint.origin.active -= 1
    settle(endpoint)
  }

  return {
    add: (delivery) => {
      const endpoint = endpointOf(delivery)
      endpoint.waiting.push(delivery)
      size += 1
      settle(endpoint)
    },
    take: () => {
      if (shut.size > 0) listOpened()
      for (let origin = ring.shift(); origin; origin = ring.shift()) {
        origin.listed = false
        // It may have been allowed when it was listed.
        if (!mayGoTo(origin.name)) continue
        const endpoint = origin.ring.shift()
        if (!endpoint) continue
        endpoint.listed = false
        // It may have been shut since it was listed.
        const delivery = gates.shutMs(endpoint) > 0 ? undefined : shift(endpoint)
        if (delivery) start(endpoint)
        settle(endpoint)
        if (delivery) return delivery
      }
      return undefined
    },
    release: (delivery, inTime) => {
      const endpoint = endpointOf(delivery)
      endpoint.isSlow = !inTime
      free(endpoint)
    },
    putBack: (delivery) => {
      const endpoint = endpointOf(delivery)
      endpoint.waiting = [delivery, ...endpoint.waiting.slice(endpoint.start)]
      endpoint.start = 0
      size += 1
      free(endpoint)
    },
    remove: (seqs) => {
      const removed: QueuedDelivery[] = []
      for (const endpoint of [...origins.values()].flatMap((o) => [...o.endpoints.values()])) {
        const kept: QueuedDelivery[] = []
        for (const delivery of endpoint.waiting.slice(endpoint.start)) {
          ;(seqs.has(delivery.seq) ? removed : kept).push(delivery)
        }
        endpoint.waiting = kept
        endpoint.start = 0
        settle(endpoint)
      }
      size -= removed.length
      return removed
    },
    places: (seqs) => {
      const found: Place[] = []
      for (const origin of origins.values()) {
        for (const endpoint of origin.endpoints.values()) {
          const { waiting, start: first } = endpoint
          for (let at = first; at < waiting.length && found.length < seqs.size; at++) {
            const delivery = waiting[at]
            if (!delivery || !seqs.has(delivery.seq)) continue
            found.push({ delivery, before: at - first, full: fullOf(endpoint) })
          }
        }
      }
      return found
    },
    size: () => size,
    held: () =>
      [...origins.values()].flatMap((origin) => {
        if (mayGoTo(origin.name)) return []
        const seqs = [...origin.endpoints.values()].flatMap(({ waiting, start: from }) =>
          waiting.slice(from).map(({ seq }) => seq),
        )
        return seqs.length === 0 ? [] : [{ origin: origin.name, seqs }]
      }),
    lookAgain: () => {
      for (const origin of origins.values()) listOrigin(origin)
    },
    nextOpensInMs: () => leastOf(shut, (endpoint) => gates.shutMs(endpoint)),
    nextHoldEndMs: () => leastOf(shut, ({ endpoint }) => gates.heldUntilMs(endpoint)),
  }
}

/** The least of what there is; null when there is nothing. */
export function leastOf<T>(all: Iterable<T>, measure: (one: T) => number | null): number | null {
  let least: number | null = null
  for (const one of all) {
    const value = measure(one)
    if (value !== null && (least === null || value < least)) least = value
  }
  return least
}

function newEndpoint({ endpoint, destination }: QueuedDelivery, origin: Origin): Endpoint {
  return {
    endpoint,
    destination,
    origin,
    waiting: [],
    start: 0,
    active: 0,
    isSlow: false,
    listed: false,
  }
}

function shift(endpoint: Endpoint): QueuedDelivery | undefined {
  const delivery = endpoint.waiting[endpoint.start]
  if (!delivery) return undefined
  endpoint.start += 1
  if (endpoint.start >= COMPACT_AT && endpoint.start * 2 > endpoint.waiting.length) {
    endpoint.waiting = endpoint.waiting.slice(endpoint.start)
    endpoint.start = 0
  }
  return delivery
}

/**
 * Who is next: a queue per endpoint, first in, first out; endpoints of an origin take turns, and so
 * do origins, so that one that is slow or dead holds up only itself. An endpoint leaves some of its
 * origin's slots to the others, has a single one while it does not answer in time, and keeps its
 * destination's pace. What may not go to its origin yet is kept in its place. Every step costs the same however many wait.
 */
import { type Pace, paceOf } from '../destinations/index.ts'
import type { QueuedDelivery } from '../store/history-records.ts'

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
  size(): number
  /** What is queued for origins that nothing may go to. */
  held(): HeldOrigin[]
  /** To be called when the answer of `mayGoTo` has changed. */
  lookAgain(): void
  /** When the pace of a destination lets the next delivery start; null when none waits for that. */
  nextPacedMs(): number | null
}

export interface HeldOrigin {
  readonly origin: string
  readonly seqs: readonly number[]
}

export interface EndpointLimits {
  readonly perOrigin: number
  readonly perEndpoint: number
}

interface Endpoint {
  readonly key: string
  readonly origin: Origin
  readonly pace: Pace | null
  waiting: QueuedDelivery[]
  /** Where `waiting` begins; what is before it was taken. */
  start: number
  active: number
  /** Its last attempts ran into the deadline. */
  isSlow: boolean
  /** By the monotonic clock: when the last of a burst will be paid for. */
  paidUntilMs: number
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
  monotonicMs: () => number,
  mayGoTo: (origin: string) => boolean = () => true,
): EndpointQueues {
  const origins = new Map<string, Origin>()
  /** Origins with a slot and an endpoint in their ring, next first. */
  const ring: Origin[] = []
  const paced = new Set<Endpoint>()
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
    const limit = endpoint.isSlow ? 1 : limits.perEndpoint
    if (waits && endpoint.active < limit && !endpoint.listed) {
      if (paysAtMs(endpoint) > monotonicMs()) paced.add(endpoint)
      else {
        endpoint.listed = true
        origin.ring.push(endpoint)
      }
    }
    if (!waits) paced.delete(endpoint)
    listOrigin(origin)
    const isIdle = !waits && endpoint.active === 0 && !endpoint.listed && !endpoint.isSlow
    if (isIdle && endpoint.paidUntilMs <= monotonicMs()) origin.endpoints.delete(endpoint.key)
    if (origin.endpoints.size === 0 && !origin.listed) origins.delete(origin.name)
  }

  function listOrigin(origin: Origin) {
    if (origin.listed || origin.ring.length === 0 || origin.active >= limits.perOrigin) return
    if (!mayGoTo(origin.name)) return
    origin.listed = true
    ring.push(origin)
  }

  function wakePaced() {
    const nowMs = monotonicMs()
    for (const endpoint of paced) {
      if (paysAtMs(endpoint) > nowMs) continue
      paced.delete(endpoint)
      settle(endpoint)
    }
  }

  function start(endpoint: Endpoint) {
    endpoint.active += 1
    endpoint.origin.active += 1
    size -= 1
    if (!endpoint.pace) return
    endpoint.paidUntilMs = Math.max(endpoint.paidUntilMs, monotonicMs()) + endpoint.pace.everyMs
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
      if (paced.size > 0) wakePaced()
      for (let origin = ring.shift(); origin; origin = ring.shift()) {
        origin.listed = false
        // It may have been allowed when it was listed.
        if (!mayGoTo(origin.name)) continue
        const endpoint = origin.ring.shift()
        if (!endpoint) continue
        endpoint.listed = false
        const delivery = shift(endpoint)
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
    nextPacedMs: () => (paced.size === 0 ? null : Math.min(...[...paced].map(paysAtMs))),
  }
}

function newEndpoint(delivery: QueuedDelivery, origin: Origin): Endpoint {
  return {
    key: delivery.endpoint,
    origin,
    pace: paceOf(delivery.destination),
    waiting: [],
    start: 0,
    active: 0,
    isSlow: false,
    paidUntilMs: 0,
    listed: false,
  }
}

/** When its pace allows one more: a burst is paid for afterwards (the generic cell rate algorithm). */
function paysAtMs({ pace, paidUntilMs }: Endpoint): number {
  return pace ? paidUntilMs - (pace.burst - 1) * pace.everyMs : 0
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

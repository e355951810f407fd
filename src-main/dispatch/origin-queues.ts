/**
 * Who is next: a queue per origin, first in, first out, served in turn, so that an origin that is
 * slow or dead holds up only itself. Every step costs the same however many wait.
 */
import type { QueuedDelivery } from '../store/history-records.ts'

export interface OriginQueues {
  add(delivery: QueuedDelivery): void
  /** The next delivery that may start now; it holds a slot of its origin until `release`. */
  take(): QueuedDelivery | undefined
  release(origin: string): void
  /** Back to where `take` took it from; releases its slot. */
  putBack(delivery: QueuedDelivery): void
  /** Takes these out, wherever they wait. */
  remove(seqs: ReadonlySet<number>): QueuedDelivery[]
  size(): number
}

interface OriginQueue {
  readonly origin: string
  waiting: QueuedDelivery[]
  /** Where `waiting` begins; what is before it was taken. */
  start: number
  active: number
  /** Stands in the ring. */
  listed: boolean
}

const COMPACT_AT = 1024

export function createOriginQueues(perOrigin: number): OriginQueues {
  const queues = new Map<string, OriginQueue>()
  /** Origins with something to start and a slot to start it in, next first. */
  const ring: OriginQueue[] = []
  let size = 0

  function queueOf(origin: string): OriginQueue {
    let queue = queues.get(origin)
    if (!queue) {
      queue = { origin, waiting: [], start: 0, active: 0, listed: false }
      queues.set(origin, queue)
    }
    return queue
  }

  function settle(queue: OriginQueue) {
    const waits = queue.start < queue.waiting.length
    if (waits && queue.active < perOrigin && !queue.listed) {
      queue.listed = true
      ring.push(queue)
    }
    if (!waits && queue.active === 0 && !queue.listed) queues.delete(queue.origin)
  }

  function shift(queue: OriginQueue): QueuedDelivery | undefined {
    const delivery = queue.waiting[queue.start]
    if (!delivery) return undefined
    queue.start += 1
    size -= 1
    if (queue.start >= COMPACT_AT && queue.start * 2 > queue.waiting.length) {
      queue.waiting = queue.waiting.slice(queue.start)
      queue.start = 0
    }
    return delivery
  }

  return {
    add: (delivery) => {
      const queue = queueOf(delivery.origin)
      queue.waiting.push(delivery)
      size += 1
      settle(queue)
    },
    take: () => {
      for (let queue = ring.shift(); queue; queue = ring.shift()) {
        queue.listed = false
        const delivery = shift(queue)
        if (delivery) queue.active += 1
        settle(queue)
        if (delivery) return delivery
      }
      return undefined
    },
    release: (origin) => {
      const queue = queueOf(origin)
      queue.active -= 1
      settle(queue)
    },
    putBack: (delivery) => {
      const queue = queueOf(delivery.origin)
      queue.waiting = [delivery, ...queue.waiting.slice(queue.start)]
      queue.start = 0
      queue.active -= 1
      size += 1
      settle(queue)
    },
    remove: (seqs) => {
      const removed: QueuedDelivery[] = []
      for (const queue of queues.values()) {
        const kept: QueuedDelivery[] = []
        for (const delivery of queue.waiting.slice(queue.start)) {
          ;(seqs.has(delivery.seq) ? removed : kept).push(delivery)
        }
        queue.waiting = kept
        queue.start = 0
        settle(queue)
      }
      size -= removed.length
      return removed
    },
    size: () => size,
  }
}

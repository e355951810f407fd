/** Whose turn it is, without a network: the queue's bookkeeping in the order that breaks it. */
import { describe, expect, it } from 'vitest'
import type { DeliveryId } from '#contract'
import { createEndpointQueues } from '../../../src-main/dispatch/endpoint-queues.ts'
import type { QueuedDelivery } from '../../../src-main/store/history-records.ts'

const delivery = (seq: number, origin = 'http://a'): QueuedDelivery => ({
  seq,
  id: `dlv_${seq}` as DeliveryId,
  origin,
  endpoint: `${origin}/in`,
  destination: 'http',
  queuedAtMs: 0,
  attempts: 0,
  waited: null,
})

const queuesOf = (perOrigin: number, perEndpoint = perOrigin) =>
  createEndpointQueues({ perOrigin, perEndpoint }, () => nowMs)
const nowMs = 0

describe('the queues', () => {
  it('still hand out what came after everything before it was removed', () => {
    const queues = queuesOf(2)
    queues.add(delivery(1))
    expect(queues.remove(new Set([1]))).toHaveLength(1)
    queues.add(delivery(2))
    expect(queues.take()?.seq).toBe(2)
    queues.add(delivery(3))
    expect(queues.take()?.seq).toBe(3)
    queues.add(delivery(4))
    expect(queues.take()).toBeUndefined()
    queues.release(delivery(0), true)
    expect(queues.take()?.seq).toBe(4)
    expect(queues.size()).toBe(0)
  })

  it('never exceed the limit of an origin whose queue ran empty in between', () => {
    const queues = queuesOf(1)
    queues.add(delivery(1))
    expect(queues.take()?.seq).toBe(1)
    queues.add(delivery(2))
    expect(queues.remove(new Set([2]))).toHaveLength(1)
    queues.add(delivery(3))
    expect(queues.take()).toBeUndefined()
    queues.release(delivery(0), true)
    expect(queues.take()?.seq).toBe(3)
  })

  it('put back what could not begin, in front of the others', () => {
    const queues = queuesOf(1)
    for (const seq of [1, 2, 3]) queues.add(delivery(seq))
    const first = queues.take()
    if (!first) throw new Error('nothing to take')
    queues.putBack(first)
    expect(queues.size()).toBe(3)
    expect(queues.take()?.seq).toBe(1)
  })

  it('keep the order of 100,000 through all their moving', () => {
    const queues = queuesOf(1)
    for (let seq = 0; seq < 100_000; seq++) queues.add(delivery(seq))
    let expected = 0
    for (let next = queues.take(); next; next = queues.take()) {
      if (next.seq !== expected) throw new Error(`${next.seq} in place of ${expected}`)
      expected += 1
      queues.release(next, true)
    }
    expect(expected).toBe(100_000)
  })
})

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

const queuesOf = (
  perOrigin: number,
  perEndpoint = perOrigin,
  mayGoTo: (origin: string) => boolean = () => true,
) => createEndpointQueues({ perOrigin, perEndpoint }, () => nowMs, mayGoTo)
let nowMs = 0

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

  it('keep what may not go yet in its place, and hold up nobody else for it', () => {
    const allowed = new Set(['http://a'])
    const queues = queuesOf(2, 2, (origin) => allowed.has(origin))
    for (const each of [delivery(1, 'http://b'), delivery(2), delivery(3, 'http://b')]) {
      queues.add(each)
    }
    expect([queues.take()?.seq, queues.take()]).toEqual([2, undefined])
    expect(queues.held()).toEqual([{ origin: 'http://b', seqs: [1, 3] }])
    allowed.add('http://b')
    queues.lookAgain()
    expect([queues.held(), queues.take()?.seq]).toEqual([[], 1])
    // Listed as one that may go, and taken back before its turn.
    allowed.delete('http://b')
    expect([queues.take(), queues.size()]).toEqual([undefined, 1])
    allowed.add('http://b')
    queues.lookAgain()
    expect([queues.take()?.seq, queues.size()]).toEqual([3, 0])
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

describe('endpoints of one origin', () => {
  const at = (seq: number, path: string, change: Partial<QueuedDelivery> = {}) => ({
    ...delivery(seq),
    endpoint: path,
    ...change,
  })

  it('take turns, and leave each other slots of their origin', () => {
    const queues = queuesOf(4, 3)
    for (let seq = 1; seq <= 10; seq++) queues.add(at(seq, '/slow'))
    expect([1, 2, 3, 4].map(() => queues.take()?.seq)).toEqual([1, 2, 3, undefined])
    queues.add(at(11, '/fast'))
    queues.add(at(12, '/fast'))
    expect([queues.take()?.seq, queues.take()?.seq]).toEqual([11, undefined])
    queues.release(at(11, '/fast'), true)
    expect(queues.take()?.seq).toBe(12)
  })

  it('have a single slot after a timeout, until they answer in time', () => {
    const queues = queuesOf(4)
    for (let seq = 1; seq <= 9; seq++) queues.add(at(seq, '/slow'))
    const taken = [1, 2, 3, 4].map(() => queues.take())
    for (const one of taken) if (one) queues.release(one, false)
    expect([queues.take()?.seq, queues.take()?.seq]).toEqual([5, undefined])
    queues.release(at(5, '/slow'), true)
    expect([queues.take()?.seq, queues.take()?.seq]).toEqual([6, 7])
  })
})

describe('the pace of a destination', () => {
  const post = (seq: number, destination: QueuedDelivery['destination'], endpoint = '/a') => ({
    ...delivery(seq),
    destination,
    endpoint,
  })

  it('is one a second for a webhook of Slack, whatever else there is to send', () => {
    nowMs = 50_000
    const queues = queuesOf(8)
    for (const seq of [1, 2]) queues.add(post(seq, 'slack'))
    queues.add(post(3, 'slack', '/b'))
    queues.add(delivery(4))
    expect([1, 2, 3, 4].map(() => queues.take()?.seq)).toEqual([1, 3, 4, undefined])
    expect(queues.nextPacedMs()).toBe(51_000)
    queues.release(post(1, 'slack'), true)
    nowMs = 50_999
    expect(queues.take()).toBeUndefined()
    nowMs = 51_000
    expect(queues.take()?.seq).toBe(2)
    expect(queues.nextPacedMs()).toBeNull()
    expect(queues.size()).toBe(0)
  })

  it('outlives a queue that runs empty', () => {
    nowMs = 90_000
    const queues = queuesOf(8)
    queues.add(post(1, 'slack'))
    queues.take()
    queues.release(post(1, 'slack'), true)
    queues.add(post(2, 'slack'))
    expect([queues.take(), queues.nextPacedMs()]).toEqual([undefined, 91_000])
  })

  it('lets 25 in a row through to Teams, then one in twelve seconds', () => {
    nowMs = 200_000
    const queues = queuesOf(100)
    for (let seq = 1; seq <= 30; seq++) queues.add(post(seq, 'teams'))
    let count = 0
    while (queues.take()) count += 1
    expect([count, queues.nextPacedMs()]).toEqual([25, 212_000])
  })
})

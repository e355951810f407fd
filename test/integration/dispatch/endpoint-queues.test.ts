/** Whose turn it is, without a network: the queue's bookkeeping in the order that breaks it. */
import { describe, expect, it } from 'vitest'
import type { DeliveryId, WebhookId } from '#contract'
import { createEndpointQueues } from '../../../src-main/dispatch/endpoint-queues.ts'
import { createGates, type Gates } from '../../../src-main/dispatch/gates.ts'
import type { QueuedDelivery, WebhookVersion } from '../../../src-main/store/history-records.ts'

const delivery = (seq: number, origin = 'http://a'): QueuedDelivery => ({
  seq,
  id: `dlv_${seq}` as DeliveryId,
  origin,
  endpoint: `${origin}/in`,
  destination: 'http',
  queuedAtMs: 0,
  attempts: 0,
  waited: null,
  job: {
    webhookId: 'wh_1' as WebhookId,
    webhookVersion: 1 as WebhookVersion,
    eventSeq: 1,
    isReplay: false,
  },
})

let nowMs = 0
/** The stage clock: where it is set, it stays. */
let stageMs = 0

const gatesOf = () =>
  createGates({
    runtime: { nowMs: () => nowMs, monotonicMs: () => nowMs },
    clock: { wallMsUntil: (untilMs) => Math.max(untilMs - stageMs, 0) },
  })
interface Others {
  readonly gates?: Gates
  readonly mayGoTo?: (origin: string) => boolean
}

const queuesOf = (
  perOrigin: number,
  perEndpoint = perOrigin,
  { gates = gatesOf(), mayGoTo }: Others = {},
) => createEndpointQueues({ perOrigin, perEndpoint }, gates, mayGoTo)

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
    const queues = queuesOf(2, 2, { mayGoTo: (origin) => allowed.has(origin) })
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
    expect(queues.nextOpensInMs()).toBe(1_000)
    queues.release(post(1, 'slack'), true)
    nowMs = 50_999
    expect(queues.take()).toBeUndefined()
    nowMs = 51_000
    expect(queues.take()?.seq).toBe(2)
    expect(queues.nextOpensInMs()).toBeNull()
    expect(queues.size()).toBe(0)
  })

  it('outlives a queue that runs empty', () => {
    nowMs = 90_000
    const queues = queuesOf(8)
    queues.add(post(1, 'slack'))
    queues.take()
    queues.release(post(1, 'slack'), true)
    queues.add(post(2, 'slack'))
    expect([queues.take(), queues.nextOpensInMs()]).toEqual([undefined, 1_000])
  })

  it('lets no more than 25 through to Teams in any 300 seconds', () => {
    nowMs = 200_000
    const queues = queuesOf(100)
    for (let seq = 1; seq <= 60; seq++) queues.add(post(seq, 'teams'))
    const taken: number[] = []
    for (; nowMs <= 900_000; nowMs += 1_000) {
      // The first ten at once, the rest as they may.
      const most = nowMs > 250_000 ? 60 : 10
      while (taken.length < most && queues.take()) taken.push(nowMs)
    }
    expect(taken.filter((atMs) => atMs === 200_000)).toHaveLength(10)
    expect(taken).toHaveLength(60)
    for (const [index, atMs] of taken.entries()) {
      const before = taken[index - 25]
      if (before !== undefined && atMs - before < 300_000) throw new Error(`${index} at ${atMs}`)
    }
    expect(taken[25]).toBe(500_000)
  })

  it('is one for all ways to an endpoint', () => {
    nowMs = 1_000_000
    const gates = gatesOf()
    const [one, other] = [queuesOf(8, 8, { gates }), queuesOf(8, 8, { gates })]
    one.add(post(1, 'slack'))
    other.add(post(2, 'slack'))
    expect([one.take()?.seq, other.take()?.seq]).toEqual([1, undefined])
    nowMs += 1_000
    expect(other.take()?.seq).toBe(2)
  })
})

describe('a hold', () => {
  it('keeps back whatever waits at its endpoint until the stage clock is there, and nothing else', () => {
    const gates = gatesOf()
    const queues = queuesOf(8, 8, { gates })
    stageMs = 5_000
    queues.add(delivery(1))
    // After it was listed: it counts all the same.
    gates.hold('http://a/in', 65_000)
    queues.add(delivery(2))
    queues.add(delivery(3, 'http://b'))
    expect([queues.take()?.seq, queues.take()]).toEqual([3, undefined])
    expect(queues.nextOpensInMs()).toBe(60_000)
    gates.hold('http://a/in', 20_000)
    stageMs = 64_999
    expect(queues.take()).toBeUndefined()
    stageMs = 65_000
    expect([queues.take()?.seq, queues.take()?.seq]).toEqual([1, 2])
  })

  it('ends when it is lifted; the pace stays', () => {
    nowMs = 2_000_000
    stageMs = 0
    const gates = gatesOf()
    const queues = queuesOf(8, 8, { gates })
    const slack = (seq: number): QueuedDelivery => ({ ...delivery(seq), destination: 'slack' })
    for (const seq of [1, 2]) queues.add(slack(seq))
    expect(queues.take()?.seq).toBe(1)
    gates.hold('http://a/in', 60_000)
    gates.lift('http://a/in')
    expect([queues.take(), queues.nextOpensInMs()]).toEqual([undefined, 1_000])
  })
})

describe('the place of what waits', () => {
  it('says how many go before it, and whose slots are taken', () => {
    nowMs = 3_000_000
    const queues = queuesOf(2, 1)
    const at = (seq: number, endpoint: string) => ({ ...delivery(seq), endpoint })
    for (const seq of [1, 2, 3]) queues.add(at(seq, '/a'))
    for (const seq of [4, 5]) queues.add(at(seq, '/b'))
    queues.add(at(6, '/c'))
    const places = () =>
      queues
        .places(new Set([1, 2, 3, 5, 6]))
        .map(({ delivery: { seq }, before, full }) => [seq, before, full])
    expect(places()).toEqual([
      [1, 0, null],
      [2, 1, null],
      [3, 2, null],
      [5, 1, null],
      [6, 0, null],
    ])
    expect([queues.take()?.seq, queues.take()?.seq, queues.take()]).toEqual([1, 4, undefined])
    expect(places()).toEqual([
      [2, 0, 'endpoint'],
      [3, 1, 'endpoint'],
      [5, 0, 'endpoint'],
      [6, 0, 'origin'],
    ])
    queues.release(at(1, '/a'), false)
    queues.release(at(4, '/b'), true)
    expect(queues.take()?.seq).toBe(6)
    expect(queues.take()?.seq).toBe(2)
    expect(places()).toEqual([
      [3, 0, 'slow_endpoint'],
      [5, 0, 'origin'],
    ])
  })
})

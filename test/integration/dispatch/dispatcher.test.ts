/** The dispatcher's promises: limits, fairness, order of commits, cancelling, closing, resuming. */
import { describe, expect, it } from 'vitest'
import { type DeliveryId, NO_RETRY } from '#contract'
import { AppError } from '../../../src-main/errors.ts'
import type { QueuedDelivery } from '../../../src-main/store/history-records.ts'
import type { Store } from '../../../src-main/store/index.ts'
import { dispatchSetup, only, requestWith } from '../../support/dispatch-setup.ts'
import { tempStore } from '../../support/temp-store.ts'
import { startWireServer, type WireConnection } from '../../support/wire-server.ts'

const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok'
const idsOf = (deliveries: readonly QueuedDelivery[]) => deliveries.map(({ id }) => id)
const seqsOf = (deliveries: readonly QueuedDelivery[]) => deliveries.map(({ seq }) => seq)

/** Answers only when it is told to, and knows how many wait for it. */
async function holdingServer() {
  const held: WireConnection[] = []
  let most = 0
  const server = await startWireServer({
    onRequest: (connection) => {
      held.push(connection)
      most = Math.max(most, held.length)
    },
  })
  return {
    ...server,
    most: () => most,
    answerAll: () => {
      for (const connection of held.splice(0)) connection.send(OK)
    },
  }
}

describe('sending', () => {
  it('sends each delivery once and records it', async () => {
    const server = await startWireServer({ onRequest: (connection) => connection.send(OK) })
    const setup = dispatchSetup()
    const deliveries = setup.record(server.origin, 300)
    setup.dispatcher.enqueue(deliveries)
    await setup.dispatcher.idle()
    expect(server.requests).toHaveLength(300)
    for (const id of idsOf(deliveries)) {
      expect(setup.get(id)).toMatchObject({ status: 'delivered', attempts: 1 })
    }
    expect(setup.dispatcher.counts()).toEqual({ queued: 0, sending: 0, waiting: 0 })
    expect(setup.errors).toEqual([])
  })

  it('keeps the order within an origin when one goes at a time', async () => {
    const server = await startWireServer({ onRequest: (connection) => connection.send(OK) })
    let sent = 0
    const setup = dispatchSetup({
      limits: { global: 1, perOrigin: 1 },
      render: () => ({
        request: requestWith({ origin: server.origin, path: `/${sent++}` }),
        timeoutMs: 5_000,
        retry: NO_RETRY,
      }),
    })
    const deliveries = setup.record(server.origin, 30)
    setup.dispatcher.enqueue(deliveries)
    await setup.dispatcher.idle()
    const paths = deliveries.map(({ id }) => {
      const attempt = only(setup.get(id).attemptList)
      return String(setup.store.history.exchange(attempt.id).requestHead).split(' ')[1]
    })
    expect(paths).toEqual(deliveries.map((_, index) => `/${index}`))
  })

  it('has committed "sending" before a byte arrives', async () => {
    const states: string[] = []
    let ids: DeliveryId[] = []
    const setup = dispatchSetup()
    const server = await startWireServer({
      onConnect: () => {
        states.push(...setup.store.history.some(ids).map(({ state }) => state))
      },
      onRequest: (connection) => connection.send(OK),
    })
    const deliveries = setup.record(server.origin)
    ids = idsOf(deliveries)
    setup.dispatcher.enqueue(deliveries)
    await setup.dispatcher.idle()
    expect(states).toEqual(['sending'])
  })

  it('tells the hub of every change', async () => {
    const server = await startWireServer({ onRequest: (connection) => connection.send(OK) })
    const setup = dispatchSetup()
    const { delivery } = await setup.send({ origin: server.origin })
    await expect
      .poll(() => setup.facts)
      .toContainEqual({ kind: 'deliveries.changed', ids: [delivery.id], more: false })
    expect(setup.facts).toContainEqual({ kind: 'status.changed' })
  })

  it('ends what cannot be rendered, with the words of the refusal', async () => {
    const setup = dispatchSetup({
      render: () => {
        throw new AppError('invalid', 'The secret of this webhook has to be entered again.')
      },
    })
    const deliveries = setup.record('http://127.0.0.1:9', 100)
    setup.dispatcher.enqueue(deliveries)
    await setup.dispatcher.idle()
    for (const id of idsOf(deliveries)) {
      expect(setup.get(id)).toMatchObject({
        code: 'bad_request',
        status: 'failed',
        reason: 'The secret of this webhook has to be entered again.',
        attemptList: [],
      })
    }
    expect(setup.errors).toEqual([])
  })

  it('reports a bug in rendering and ends the delivery all the same', async () => {
    const bug = new TypeError('a bug')
    const setup = dispatchSetup({
      render: () => {
        throw bug
      },
    })
    const deliveries = setup.record('http://127.0.0.1:9')
    setup.dispatcher.enqueue(deliveries)
    await setup.dispatcher.idle()
    expect(setup.errors).toEqual([bug])
    expect(setup.get(only(deliveries).id)).toMatchObject({ code: 'bad_request' })
    expect(setup.get(only(deliveries).id).reason).not.toContain('a bug')
  })

  it('records a request that the client refuses as bad_request', async () => {
    const setup = dispatchSetup()
    const sent = await setup.send({
      origin: 'http://127.0.0.1:9',
      headers: ['Expect', '100-continue'],
    })
    expect(sent.code).toBe('bad_request')
  })
})

describe('the limits', () => {
  it('are kept: per origin, and over all', async () => {
    const servers = await Promise.all([holdingServer(), holdingServer(), holdingServer()])
    const setup = dispatchSetup({ limits: { global: 5, perOrigin: 2 } })
    const deliveries = servers.flatMap((server) => setup.record(server.origin, 20))
    setup.dispatcher.enqueue(deliveries)
    const inFlight = () => servers.reduce((sum, { most }) => sum + most(), 0)
    await Promise.all([servers[0]?.requestsSeen(2), servers[1]?.requestsSeen(2)])
    await servers[2]?.requestsSeen(1)
    expect(inFlight()).toBe(5)
    expect(setup.dispatcher.counts()).toEqual({ queued: 55, sending: 5, waiting: 0 })
    const busy = () => setup.dispatcher.counts().queued + setup.dispatcher.counts().sending > 0
    while (busy()) {
      for (const server of servers) server.answerAll()
      expect(setup.dispatcher.counts().sending).toBeLessThanOrEqual(5)
      await new Promise(setImmediate)
    }
    await setup.dispatcher.idle()
    for (const server of servers) {
      expect(server.most()).toBeLessThanOrEqual(2)
      expect(server.requests).toHaveLength(20)
    }
  })

  it('let an origin that does not answer hold up only itself', async () => {
    const dead = await holdingServer()
    const live = await startWireServer({ onRequest: (connection) => connection.send(OK) })
    const setup = dispatchSetup({ limits: { global: 4, perOrigin: 2 } })
    setup.dispatcher.enqueue(setup.record(dead.origin, 500))
    await dead.requestsSeen(2)
    setup.dispatcher.enqueue(setup.record(live.origin, 50))
    await live.requestsSeen(50)
    expect(dead.requests).toHaveLength(2)
  })

  it('give each origin its turn', async () => {
    const order: string[] = []
    const serve = (name: string) =>
      startWireServer({
        onRequest: (connection) => {
          order.push(name)
          connection.send(OK)
        },
      })
    const [a, b] = await Promise.all([serve('a'), serve('b')])
    const setup = dispatchSetup({ limits: { global: 1, perOrigin: 1 } })
    setup.dispatcher.enqueue([...setup.record(a.origin, 5), ...setup.record(b.origin, 5)])
    await setup.dispatcher.idle()
    expect(order.join('')).toBe('ababababab')
  })
})

describe('cancelling', () => {
  it('ends what waits without sending it, and goes on with the rest', async () => {
    const server = await holdingServer()
    const setup = dispatchSetup({ limits: { global: 1, perOrigin: 1 } })
    const deliveries = setup.record(server.origin, 1_200)
    setup.dispatcher.enqueue(deliveries)
    await server.requestsSeen(1)
    const waiting = deliveries.slice(1, 1_199)
    expect(await setup.dispatcher.cancel(seqsOf(waiting))).toBe(1_198)
    expect(setup.dispatcher.counts()).toMatchObject({ queued: 1, sending: 1 })
    for (const id of idsOf(waiting)) {
      expect(setup.get(id)).toMatchObject({ status: 'cancelled', attemptList: [] })
    }
    server.answerAll()
    await server.requestsSeen(2)
    server.answerAll()
    await setup.dispatcher.idle()
    expect(server.requests).toHaveLength(2)
  })

  it('ends what is under way, with the bytes so far', async () => {
    const server = await startWireServer({
      onRequest: (connection) =>
        connection.send('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nthe first of it'),
    })
    const setup = dispatchSetup()
    const deliveries = setup.record(server.origin)
    setup.dispatcher.enqueue(deliveries)
    await server.requestsSeen(1)
    const cancelled = setup.dispatcher.cancel(seqsOf(deliveries))
    await server.connections[0]?.closed
    expect(await cancelled).toBe(1)
    const delivery = setup.get(only(deliveries).id)
    expect(delivery).toMatchObject({ status: 'cancelled', state: 'cancelled' })
    const attempt = only(delivery.attemptList)
    expect(attempt.reason).toContain('not known whether it arrived')
    const { requestHead, requestBody } = setup.store.history.exchange(attempt.id)
    const recorded = Buffer.concat([requestHead, requestBody])
    expect(recorded.equals(only(server.requests).bytes)).toBe(true)
  })

  it('between the commit of the start and the first byte sends nothing', async () => {
    const server = await startWireServer({ onRequest: (connection) => connection.send(OK) })
    const setup = dispatchSetup()
    const deliveries = setup.record(server.origin)
    setup.dispatcher.enqueue(deliveries)
    expect(await setup.dispatcher.cancel(seqsOf(deliveries))).toBe(1)
    const delivery = setup.get(only(deliveries).id)
    expect(delivery.status).toBe('cancelled')
    expect(delivery.reason).toBe('Cancelled before anything was sent.')
    expect(server.connections).toHaveLength(0)
  })

  it('of what has ended already changes nothing', async () => {
    const server = await startWireServer({ onRequest: (connection) => connection.send(OK) })
    const setup = dispatchSetup()
    const { delivery } = await setup.send({ origin: server.origin })
    expect(await setup.dispatcher.cancel([delivery.seq])).toBe(0)
    expect(setup.get(delivery.id).status).toBe('delivered')
  })
})

describe('closing', () => {
  it('lets what is under way end, and begins nothing more', async () => {
    const server = await holdingServer()
    const setup = dispatchSetup({ limits: { global: 1, perOrigin: 1 } })
    const deliveries = setup.record(server.origin, 3)
    setup.dispatcher.enqueue(deliveries)
    await server.requestsSeen(1)
    const closed = setup.dispatcher.close({ graceMs: 10_000 })
    server.answerAll()
    await closed
    expect(deliveries.map(({ id }) => setup.get(id).status)).toEqual([
      'delivered',
      'queued',
      'queued',
    ])
    expect(server.requests).toHaveLength(1)
  })

  it('records as interrupted what does not end in time', async () => {
    const server = await holdingServer()
    const setup = dispatchSetup()
    const deliveries = setup.record(server.origin)
    setup.dispatcher.enqueue(deliveries)
    await server.requestsSeen(1)
    await setup.dispatcher.close({ graceMs: 20 })
    const delivery = setup.get(only(deliveries).id)
    expect(delivery).toMatchObject({ status: 'interrupted', code: 'interrupted' })
    expect(only(delivery.attemptList).requestBodyBytes).toBeGreaterThan(0)
    await server.connections[0]?.closed
  })
})

describe('after a crash', () => {
  it('what was being sent is interrupted, what was queued is sent, and nothing twice', async () => {
    const server = await startWireServer({ onRequest: (connection) => connection.send(OK) })
    const store = tempStore()
    const before = dispatchSetup({ store })
    const deliveries = before.record(server.origin, 2_500)
    const [sending, ...queued] = deliveries
    if (!sending) throw new Error('no delivery')
    // The process dies after the start was committed.
    await store.log.beginAttempt(sending, 1, Date.now(), Date.now())
    const after = dispatchSetup({ store })
    expect(await after.dispatcher.restore()).toBe(1)
    await after.dispatcher.idle()
    expect(after.get(sending.id)).toMatchObject({ status: 'interrupted', attempts: 1 })
    for (const id of idsOf(queued)) expect(after.get(id).status).toBe('delivered')
    expect(server.requests).toHaveLength(2_499)
  })
})

describe('a history that cannot be written', () => {
  it('stops sending until it can be, and loses nothing', async () => {
    const server = await startWireServer({ onRequest: (connection) => connection.send(OK) })
    const store = tempStore()
    let failing = true
    let begun = 0
    const log = {
      ...store.log,
      beginAttempt: (...begin: Parameters<typeof store.log.beginAttempt>) => {
        begun += 1
        return failing ? Promise.reject(new Error('disk full')) : store.log.beginAttempt(...begin)
      },
    }
    const told: unknown[] = []
    const setup = dispatchSetup({
      store: { ...store, log },
      onUnwritable: (error) => told.push(error),
    })
    const deliveries = setup.record(server.origin, 3)
    setup.dispatcher.enqueue(deliveries)
    await expect.poll(() => begun).toBe(3)
    await expect.poll(() => setup.dispatcher.counts().queued).toBe(3)
    expect(server.connections).toHaveLength(0)
    expect([told.length, setup.errors.length]).toEqual([1, 1])
    failing = false
    await setup.dispatcher.idle()
    expect(told.at(-1)).toBeNull()
    for (const id of idsOf(deliveries)) expect(setup.get(id).status).toBe('delivered')
  })
})

describe('an end that cannot be written', () => {
  it('is kept until it can be, and written then', async () => {
    const server = await startWireServer({ onRequest: (connection) => connection.send(OK) })
    const store = tempStore()
    const full = Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' })
    let failing = true
    const log: Store['log'] = {
      ...store.log,
      finishAttempt: (record, next) =>
        failing ? Promise.reject(full) : store.log.finishAttempt(record, next),
    }
    const told: unknown[] = []
    const setup = dispatchSetup({
      store: { ...store, log },
      onUnwritable: (error) => told.push(error),
    })
    const [delivery] = setup.record(server.origin)
    if (!delivery) throw new Error('no delivery')
    setup.dispatcher.enqueue([delivery])
    await expect.poll(() => told.length).toBeGreaterThan(0)
    expect(setup.get(delivery.id)).toMatchObject({ status: 'sending', attempts: 1 })
    // What ends now could not be recorded either: nothing more begins.
    const [next] = setup.record(server.origin)
    if (!next) throw new Error('no delivery')
    setup.dispatcher.enqueue([next])
    await new Promise(setImmediate)
    expect(setup.dispatcher.counts()).toMatchObject({ queued: 1, sending: 0 })
    expect(setup.dispatcher.whyQueued(new Set([next.seq]))).toEqual(
      new Map([[next.seq, { kind: 'unwritable' }]]),
    )
    expect(server.requests).toHaveLength(1)
    failing = false
    await setup.dispatcher.idle()
    expect(setup.get(next.id).status).toBe('delivered')
    expect(told.at(-1)).toBeNull()
    expect(setup.get(delivery.id)).toMatchObject({ status: 'delivered', attempts: 1 })
    expect(server.requests).toHaveLength(2)
  })
})

describe('an endpoint that never answers', () => {
  it('holds its own slots only, and another goes through whole', async () => {
    const silent = await startWireServer({})
    const quick = await startWireServer({ onRequest: (connection) => connection.send(OK) })
    const setup = dispatchSetup()
    setup.dispatcher.enqueue(setup.record(silent.origin, 200))
    await silent.connectionsSeen(6)
    setup.dispatcher.enqueue(setup.record(quick.origin, 200))
    await quick.requestsSeen(200)
    expect(silent.connections).toHaveLength(6)
    expect(setup.dispatcher.counts().queued).toBe(194)
  })
})

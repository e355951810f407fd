/** Deliveries that do not succeed at once: waiting, due times, the stage clock, stopping, restarts. */
import { describe, expect, it } from 'vitest'
import { type Delivery, NO_RETRY, type Retry } from '#contract'
import type { Store } from '../../../src-main/store/index.ts'
import { dispatchSetup, only, type SetupOptions } from '../../support/dispatch-setup.ts'
import { createFakeRuntime } from '../../support/fake-runtime.ts'
import { tempStore } from '../../support/temp-store.ts'
import { startWireServer } from '../../support/wire-server.ts'

const answer = (status: string, headers = '') =>
  `HTTP/1.1 ${status}\r\n${headers}Content-Length: 0\r\n\r\n`
const OK = answer('200 OK')
const BUSY = answer('503 Busy')

const listOf = (...delaysMs: number[]): Retry => ({
  preset: 'own',
  own: { ...NO_RETRY.own, kind: 'list', delaysMs },
})

/** Answers as the list says, then 200. */
async function scriptedServer(...answers: string[]) {
  const left = [...answers]
  return await startWireServer({ onRequest: (connection) => connection.send(left.shift() ?? OK) })
}

function setupWith(options: SetupOptions & { store?: Store } = {}) {
  const runtime = createFakeRuntime()
  const store = options.store ?? tempStore()
  const setup = dispatchSetup({ runtime, ...options, store })
  /** Moves the clocks on, waits for what that starts, and reads the delivery. */
  async function after(ms: number, delivery: Delivery): Promise<Delivery> {
    runtime.advance(ms)
    await settled(setup)
    return setup.get(delivery.id)
  }
  async function first(origin: string): Promise<Delivery> {
    const deliveries = setup.record(origin)
    setup.dispatcher.enqueue(deliveries)
    await setup.dispatcher.idle()
    await settled(setup)
    return setup.get(only(deliveries).id)
  }
  return { ...setup, runtime, after, first }
}

/** Nothing queued or under way, also after what the clock has just made due. */
async function settled({ dispatcher }: ReturnType<typeof dispatchSetup>) {
  for (let turn = 0; turn < 3; turn++) {
    await new Promise(setImmediate)
    await dispatcher.idle()
  }
}

describe('a delivery with a schedule', () => {
  it('waits, is tried again when it is due, and ends as its last attempt does', async () => {
    const server = await scriptedServer(BUSY, BUSY)
    const setup = setupWith({ retry: listOf(5_000, 60_000) })
    const waiting = await setup.first(server.origin)
    const startMs = setup.runtime.nowMs()
    expect(waiting).toMatchObject({
      status: 'waiting',
      state: 'waiting',
      httpStatus: 503,
      finishedAtMs: null,
      attempts: 1,
      waiting: { dueAtMs: startMs + 5_000, waitMs: 5_000, why: 'schedule' },
    })
    expect(waiting.reason).toContain('503')
    expect(setup.dispatcher.counts()).toEqual({ queued: 0, sending: 0, waiting: 1 })
    expect(await setup.after(4_999, waiting)).toMatchObject({ attempts: 1, status: 'waiting' })
    expect(await setup.after(1, waiting)).toMatchObject({ attempts: 2, status: 'waiting' })
    const done = await setup.after(60_000, waiting)
    expect(done).toMatchObject({ attempts: 3, status: 'delivered', waiting: null })
    expect(done.attemptList.map(({ number, code, waited }) => [number, code, waited])).toEqual([
      [1, 'http_status', null],
      [2, 'http_status', { waitMs: 5_000, why: 'schedule' }],
      [3, 'ok', { waitMs: 60_000, why: 'schedule' }],
    ])
    expect(server.requests).toHaveLength(3)
  })

  it('ends refused when the schedule is over, and says so', async () => {
    const server = await scriptedServer(BUSY, BUSY, BUSY)
    const setup = setupWith({ retry: listOf(1_000) })
    const ended = await setup.after(1_000, await setup.first(server.origin))
    expect(ended).toMatchObject({ status: 'refused', state: 'failed', attempts: 2 })
    expect(ended.reason).toMatch(/It was the last of 2 attempts\.$/)
    expect(setup.dispatcher.state().nextDueAtMs).toBeNull()
  })

  it('waits as long as Retry-After asks, and ends at 410', async () => {
    const server = await scriptedServer(
      answer('429 Too Many Requests', 'Retry-After: 8\r\n'),
      answer('410 Gone'),
    )
    const setup = setupWith({ retry: listOf(5_000, 5_000) })
    const waiting = await setup.first(server.origin)
    expect(waiting.waiting).toMatchObject({ waitMs: 8_000, why: 'retry_after' })
    const ended = await setup.after(8_000, waiting)
    expect(ended).toMatchObject({ status: 'refused', httpStatus: 410, attempts: 2 })
    expect(ended.reason).toContain('410')
  })

  it('keeps one event id and delivery id over its attempts', async () => {
    const server = await scriptedServer(BUSY)
    const seen: string[] = []
    const setup = setupWith({
      render: (job, { deliveryId }) => {
        seen.push(`${job.eventId} ${deliveryId}`)
        return {
          request: {
            method: 'POST',
            origin: server.origin,
            path: '/',
            headers: [],
            body: Buffer.from(job.payloadText),
          },
          timeoutMs: 5_000,
          retry: listOf(100),
        }
      },
    })
    await setup.after(100, await setup.first(server.origin))
    expect(seen).toHaveLength(2)
    expect(new Set(seen).size).toBe(1)
  })
})

describe('what waits', () => {
  it('is tried at once when asked, and keeps its place in the schedule', async () => {
    const server = await scriptedServer(BUSY, BUSY)
    const setup = setupWith({ retry: listOf(3_600_000, 5_000) })
    const waiting = await setup.first(server.origin)
    expect(setup.dispatcher.retryNow([waiting.seq, 4711])).toBe(1)
    const again = await setup.after(0, waiting)
    expect(again).toMatchObject({ attempts: 2, waiting: { waitMs: 5_000 } })
    expect(again.attemptList[1]?.waited).toEqual({ waitMs: 3_600_000, why: 'asked' })
  })

  it('ends as its last attempt ended when retrying is stopped', async () => {
    const server = await scriptedServer(BUSY)
    const setup = setupWith({ retry: listOf(1_000) })
    const waiting = await setup.first(server.origin)
    expect(setup.dispatcher.stopRetrying([waiting.seq])).toBe(1)
    const ended = await setup.after(10_000, waiting)
    expect(ended).toMatchObject({ status: 'refused', code: 'http_status', httpStatus: 503 })
    expect(ended.reason).toMatch(/retrying was stopped\.$/)
    expect(server.requests).toHaveLength(1)
  })

  it('gets no other attempt when retrying is stopped while one is under way', async () => {
    let answerNow: () => void = () => undefined
    const server = await startWireServer({
      onRequest: (connection) => {
        answerNow = () => connection.send(BUSY)
      },
    })
    const setup = setupWith({ retry: listOf(1_000) })
    const deliveries = setup.record(server.origin)
    setup.dispatcher.enqueue(deliveries)
    await expect.poll(() => server.requests.length).toBe(1)
    expect(setup.dispatcher.stopRetrying([only(deliveries).seq])).toBe(1)
    answerNow()
    await setup.dispatcher.idle()
    expect(setup.get(only(deliveries).id)).toMatchObject({ status: 'refused', attempts: 1 })
  })

  it('gets no other attempt either when retrying is stopped while it is queued', async () => {
    const server = await scriptedServer(BUSY, BUSY, BUSY)
    const setup = setupWith({ retry: listOf(1_000, 1_000) })
    const waiting = await setup.first(server.origin)
    setup.dispatcher.setPaused(true)
    setup.dispatcher.retryNow([waiting.seq])
    expect(setup.dispatcher.stopRetrying([waiting.seq])).toBe(1)
    setup.dispatcher.setPaused(false)
    await settled(setup)
    expect(await setup.after(10_000, waiting)).toMatchObject({ status: 'refused', attempts: 2 })
  })

  it('can be cancelled', async () => {
    const server = await scriptedServer(BUSY)
    const setup = setupWith({ retry: listOf(1_000) })
    const waiting = await setup.first(server.origin)
    expect(await setup.dispatcher.cancel([waiting.seq])).toBe(1)
    expect(await setup.after(10_000, waiting)).toMatchObject({
      status: 'cancelled',
      reason: 'Cancelled while it waited for attempt 2.',
      waiting: null,
    })
    expect(server.requests).toHaveLength(1)
  })

  it('costs one timer, however many wait', async () => {
    const store = tempStore()
    const setup = setupWith({ store, retry: listOf(3_600_000) })
    const server = await scriptedServer(...Array.from({ length: 300 }, () => BUSY))
    setup.dispatcher.enqueue(setup.record(server.origin, 300))
    await setup.dispatcher.idle()
    await settled(setup)
    expect(setup.dispatcher.counts().waiting).toBe(300)
    expect(setup.runtime.timers()).toBe(1)
  })
})

describe('the stage clock', () => {
  it('makes waits short, and both times are kept', async () => {
    const server = await scriptedServer(BUSY)
    const setup = setupWith({ retry: listOf(3_600_000) })
    const waiting = await setup.first(server.origin)
    setup.dispatcher.setSpeed(3600)
    expect((await setup.after(999, waiting)).attempts).toBe(1)
    const done = await setup.after(2, waiting)
    const [before, last] = done.attemptList
    expect(done.status).toBe('delivered')
    expect((last?.startedAtMs ?? 0) - (before?.startedAtMs ?? 0)).toBeLessThan(1_100)
    expect((last?.stageAtMs ?? 0) - (before?.stageAtMs ?? 0)).toBeGreaterThanOrEqual(3_600_000)
  })

  it('jumps to what is due next', async () => {
    const server = await scriptedServer(BUSY, BUSY)
    const setup = setupWith({ retry: listOf(36_000_000, 36_000_000) })
    const waiting = await setup.first(server.origin)
    setup.dispatcher.nextNow()
    expect((await setup.after(0, waiting)).attempts).toBe(2)
    setup.dispatcher.nextNow()
    expect((await setup.after(0, waiting)).status).toBe('delivered')
  })
})

describe('pausing', () => {
  it('begins nothing, neither queued nor due, until it is resumed', async () => {
    const server = await scriptedServer(BUSY)
    const setup = setupWith({ retry: listOf(1_000) })
    const waiting = await setup.first(server.origin)
    setup.dispatcher.setPaused(true)
    const queued = setup.record(server.origin)
    setup.dispatcher.enqueue(queued)
    setup.runtime.advance(100_000)
    await new Promise(setImmediate)
    expect(setup.dispatcher.counts()).toEqual({ queued: 1, sending: 0, waiting: 1 })
    expect(server.requests).toHaveLength(1)
    setup.dispatcher.setPaused(false)
    await settled(setup)
    expect(setup.get(waiting.id).status).toBe('delivered')
    expect(setup.get(only(queued).id).status).toBe('delivered')
  })
})

describe('after a restart', () => {
  it('what waits still waits, paused stays paused, and the clock stands where it was', async () => {
    const store = tempStore()
    const server = await scriptedServer(BUSY)
    const kept: SetupOptions['kept'][] = []
    const before = setupWith({
      store,
      retry: listOf(7_200_000),
      onKeep: (queue) => kept.push(queue),
    })
    const waiting = await before.first(server.origin)
    before.dispatcher.setSpeed(60)
    before.runtime.advance(60_000)
    before.dispatcher.setPaused(true)
    await before.dispatcher.close({ graceMs: 0 })
    const runtime = createFakeRuntime(before.runtime.nowMs())
    const after = dispatchSetup({ store, runtime, retry: listOf(7_200_000), kept: kept.at(-1) })
    await after.dispatcher.restore()
    const state = after.dispatcher.state()
    expect(state).toMatchObject({ paused: true, speed: 60 })
    expect((state.nextDueAtMs ?? 0) - state.stageMs).toBe(7_200_000 - 3_600_000)
    after.dispatcher.setPaused(false)
    runtime.advance(60_000)
    await settled(after)
    expect(after.get(waiting.id)).toMatchObject({ status: 'delivered', attempts: 2 })
  })

  it('an attempt that was cut off is recorded as interrupted and goes on by its schedule', async () => {
    const store = tempStore()
    const server = await scriptedServer()
    const runtime = createFakeRuntime()
    const options = { store, runtime, retry: listOf(5_000) }
    const [delivery] = dispatchSetup(options).record(server.origin)
    if (!delivery) throw new Error('no delivery')
    await store.log.beginAttempt(delivery, 1, runtime.nowMs(), runtime.nowMs())
    const setup = dispatchSetup(options)
    expect(await setup.dispatcher.restore()).toBe(1)
    expect(setup.get(delivery.id)).toMatchObject({ status: 'waiting', code: 'interrupted' })
    await new Promise(setImmediate)
    runtime.advance(5_000)
    await settled(setup)
    const done = setup.get(delivery.id)
    expect(done.attemptList.map(({ code }) => code)).toEqual(['interrupted', 'ok'])
    expect(done.status).toBe('delivered')
  })
})

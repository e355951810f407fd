/** What keeps a delivery queued: pace, `Retry-After`, slots, its turn, a pause; and what ends that. */
import { describe, expect, it } from 'vitest'
import { type DeliveryStatus, NO_RETRY, type QueuedWhy, type Retry } from '#contract'
import { createGates } from '../../../src-main/dispatch/gates.ts'
import type { KeptQueue } from '../../../src-main/dispatch/index.ts'
import type { QueuedDelivery } from '../../../src-main/store/history-records.ts'
import { dispatchSetup, only, type SetupOptions } from '../../support/dispatch-setup.ts'
import { createFakeRuntime } from '../../support/fake-runtime.ts'
import { tempStore } from '../../support/temp-store.ts'
import { startWireServer } from '../../support/wire-server.ts'

const answer = (status: string, headers = '') =>
  `HTTP/1.1 ${status}\r\n${headers}Content-Length: 0\r\n\r\n`
const OK = answer('200 OK')
const slowDown = (seconds: number) => answer('429 Slow', `Retry-After: ${seconds}\r\n`)
const listOf = (...delaysMs: number[]): Retry => ({
  preset: 'own',
  own: { ...NO_RETRY.own, kind: 'list', delaysMs },
})

/** Answers as the list says, then 200. */
async function scriptedServer(...answers: string[]) {
  const left = [...answers]
  return await startWireServer({ onRequest: (connection) => connection.send(left.shift() ?? OK) })
}

function setupWith(options: SetupOptions = {}) {
  const runtime = options.runtime ?? createFakeRuntime()
  const setup = dispatchSetup({ ...options, runtime })
  const { dispatcher } = setup
  return {
    ...setup,
    why: ({ seq }: QueuedDelivery): QueuedWhy | undefined =>
      dispatcher.whyQueued(new Set([seq])).get(seq),
    /** Waits, without the clocks moving, until so many are queued and nothing is under way. */
    queuedAre: (queued: number) =>
      expect.poll(() => dispatcher.counts()).toMatchObject({ queued, sending: 0 }),
    /** Waits until that is recorded. */
    isNow: ({ id }: QueuedDelivery, status: DeliveryStatus) =>
      expect.poll(() => setup.get(id).status).toBe(status),
  }
}

/** So many, by name. */
function named<T, N extends string>(list: readonly T[], ...names: readonly N[]): Record<N, T> {
  if (list.length !== names.length) throw new Error(`expected ${names.length}`)
  return Object.fromEntries(names.map((name, index) => [name, list[index]])) as Record<N, T>
}

describe('the pace of Slack', () => {
  it('lets the second of two within a second wait, and says until when', async () => {
    const server = await scriptedServer()
    const runtime = createFakeRuntime()
    const setup = setupWith({ destination: 'slack', runtime })
    const startedMs = runtime.nowMs()
    const { first, second, third } = named(
      setup.record(server.origin, 3),
      'first',
      'second',
      'third',
    )
    setup.dispatcher.enqueue([first, second, third])
    await setup.queuedAre(2)
    await setup.isNow(first, 'delivered')
    const untilMs = startedMs + 1_000
    const pace = { kind: 'pace', destination: 'slack', untilMs }
    expect(setup.why(second)).toEqual({ ...pace, before: 0 })
    expect(setup.why(third)).toEqual({ ...pace, before: 1 })
    runtime.advance(999)
    await setup.queuedAre(2)
    runtime.advance(1)
    await setup.queuedAre(1)
    await setup.isNow(second, 'delivered')
    expect(setup.why(second)).toBeUndefined()
    expect(setup.why(third)).toMatchObject({ kind: 'pace', untilMs: untilMs + 1_000, before: 0 })
  })

  it('is that of the real clock, however fast the stage clock runs', async () => {
    const server = await scriptedServer()
    const runtime = createFakeRuntime()
    const setup = setupWith({ destination: 'slack', runtime })
    setup.dispatcher.setSpeed(3600)
    setup.dispatcher.enqueue(setup.record(server.origin, 2))
    await setup.queuedAre(1)
    runtime.advance(999)
    await setup.queuedAre(1)
    runtime.advance(1)
    await setup.queuedAre(0)
  })

  it('is shared with deliveries on a line of their own', async () => {
    const server = await scriptedServer()
    const setup = setupWith({ destination: 'slack' })
    const { first, second } = named(setup.record(server.origin, 2), 'first', 'second')
    const line = setup.dispatcher.openLine({ atOnce: 4, onEnd: () => undefined })
    setup.dispatcher.enqueue([first])
    await setup.queuedAre(0)
    line.enqueue([second])
    await setup.queuedAre(1)
    expect(setup.why(second)).toMatchObject({ kind: 'pace', before: 0 })
    line.hold(true)
    expect(setup.why(second)).toEqual({ kind: 'run_paused' })
  })
})

describe('a Retry-After', () => {
  it('holds back all that goes to its endpoint, and nothing else', async () => {
    const server = await scriptedServer(slowDown(30))
    const runtime = createFakeRuntime()
    const setup = setupWith({ runtime })
    const [refused] = setup.record(server.origin)
    if (!refused) throw new Error('nothing recorded')
    setup.dispatcher.enqueue([refused])
    await setup.queuedAre(0)
    await setup.isNow(refused, 'refused')
    const { second, third } = named(setup.record(server.origin, 2), 'second', 'third')
    const other = only(setup.record(server.origin, 1, '/other'))
    setup.dispatcher.enqueue([second, third, other])
    await setup.queuedAre(2)
    await setup.isNow(other, 'delivered')
    const untilMs = runtime.nowMs() + 30_000
    expect(setup.why(second)).toEqual({ kind: 'retry_after', untilMs, before: 0 })
    expect(setup.why(third)).toEqual({ kind: 'retry_after', untilMs, before: 1 })
    expect(setup.dispatcher.state().nextDueAtMs).toBe(untilMs)
    runtime.advance(29_999)
    await setup.queuedAre(2)
    runtime.advance(1)
    await setup.queuedAre(0)
    expect(server.requests).toHaveLength(4)
  })

  it('is bounded as the delivery’s own wait is, and shortened by the stage clock', async () => {
    const server = await scriptedServer(slowDown(3_600))
    const runtime = createFakeRuntime()
    const setup = setupWith({ runtime, retry: listOf(60_000) })
    const deliveries = setup.record(server.origin, 2)
    const { first, second } = named(deliveries, 'first', 'second')
    setup.dispatcher.enqueue([first])
    await setup.isNow(first, 'waiting')
    const dueAtMs = setup.get(first.id).waiting?.dueAtMs
    setup.dispatcher.enqueue([second])
    await setup.queuedAre(1)
    // Twice the schedule's own wait.
    expect(dueAtMs).toBe(runtime.nowMs() + 120_000)
    expect(setup.why(second)).toMatchObject({ kind: 'retry_after', untilMs: dueAtMs })
    setup.dispatcher.setSpeed(60)
    runtime.advance(1_999)
    await setup.queuedAre(1)
    runtime.advance(1)
    await setup.queuedAre(0)
    for (const each of deliveries) await setup.isNow(each, 'delivered')
  })

  it('lasts a day at most where no schedule bounds it', async () => {
    const server = await scriptedServer(slowDown(1_000_000))
    const runtime = createFakeRuntime()
    const setup = setupWith({ runtime })
    const { first, second } = named(setup.record(server.origin, 2), 'first', 'second')
    setup.dispatcher.enqueue([first])
    await setup.queuedAre(0)
    setup.dispatcher.enqueue([second])
    await setup.queuedAre(1)
    const untilMs = runtime.nowMs() + 24 * 3_600_000
    expect(setup.why(second)).toMatchObject({ kind: 'retry_after', untilMs })
    setup.dispatcher.nextNow()
    await setup.queuedAre(0)
    await setup.isNow(second, 'delivered')
  })

  it('of another answer than 429 and 503 holds nothing back', async () => {
    const server = await scriptedServer(answer('500 No', 'Retry-After: 30\r\n'))
    const setup = setupWith()
    setup.dispatcher.enqueue(setup.record(server.origin, 1))
    await setup.queuedAre(0)
    setup.dispatcher.enqueue(setup.record(server.origin, 1))
    await setup.queuedAre(0)
  })

  it('ends when the user wants one of them sent now', async () => {
    const server = await scriptedServer(slowDown(30))
    const setup = setupWith()
    const { first, second } = named(setup.record(server.origin, 2), 'first', 'second')
    setup.dispatcher.enqueue([first])
    await setup.queuedAre(0)
    setup.dispatcher.enqueue([second])
    await setup.queuedAre(1)
    expect(setup.dispatcher.retryNow([second.seq])).toBe(1)
    await setup.queuedAre(0)
    await setup.isNow(second, 'delivered')
  })

  it('is kept over a restart by the delivery that waits because of it', async () => {
    const server = await scriptedServer(slowDown(90))
    const runtime = createFakeRuntime()
    const store = tempStore()
    const before = setupWith({ runtime, store, retry: listOf(60_000) })
    const { first, second } = named(before.record(server.origin, 2), 'first', 'second')
    before.dispatcher.enqueue([first])
    await before.isNow(first, 'waiting')
    const untilMs = before.get(first.id).waiting?.dueAtMs
    await before.dispatcher.close({ graceMs: 0 })
    const after = setupWith({ runtime, store, retry: listOf(60_000) })
    await after.dispatcher.restore()
    await after.queuedAre(1)
    expect(after.why(second)).toEqual({ kind: 'retry_after', untilMs, before: 0 })
    runtime.advance(90_000)
    await after.queuedAre(0)
    for (const each of [first, second]) await after.isNow(each, 'delivered')
  })
})

describe('what is queued otherwise', () => {
  /** Takes requests and answers none. */
  const silent = () => startWireServer({})

  it('is its turn, or finds the slots taken', async () => {
    const server = await silent()
    const limits = { global: 3, perOrigin: 2, perEndpoint: 1 }
    const setup = setupWith({ limits })
    const at = (path: string, count: number) => setup.record(server.origin, count, path)
    const { second, third } = named(at('/a', 3), 'first', 'second', 'third')
    const busy = at('/b', 1)
    const next = only(at('/c', 1))
    const all = [...setup.store.log.queued(0, 100)]
    setup.dispatcher.enqueue(all)
    await server.requestsSeen(2)
    expect(busy).toHaveLength(1)
    expect(setup.why(second)).toEqual({ kind: 'slots', of: 'endpoint' })
    expect(setup.why(third)).toEqual({ kind: 'turn', before: 1 })
    expect(setup.why(next)).toEqual({ kind: 'slots', of: 'origin' })
    const other = await silent()
    const { fourth } = named(setup.record(other.origin, 2), 'taken', 'fourth')
    setup.dispatcher.enqueue(setup.store.log.queued(0, 100).slice(-2))
    await other.requestsSeen(1)
    expect(setup.why(fourth)).toEqual({ kind: 'slots', of: 'all' })
  })

  it('is held by the pause', async () => {
    const server = await scriptedServer()
    const setup = setupWith({ destination: 'slack' })
    setup.dispatcher.setPaused(true)
    const delivery = only(setup.record(server.origin))
    setup.dispatcher.enqueue([delivery])
    expect(setup.why(delivery)).toEqual({ kind: 'paused' })
    setup.dispatcher.setPaused(false)
    await setup.queuedAre(0)
    expect(setup.why(delivery)).toBeUndefined()
  })

  it('is not sent before its host is confirmed', async () => {
    const server = await scriptedServer()
    const setup = setupWith({ mayGoTo: () => false })
    const delivery = only(setup.record(server.origin))
    setup.dispatcher.enqueue([delivery])
    expect(setup.why(delivery)).toEqual({ kind: 'unconfirmed' })
  })

  it('cannot be sent while the history cannot be written', async () => {
    const server = await scriptedServer()
    const store = tempStore()
    const log = { ...store.log, beginAttempt: () => Promise.reject(new Error('disk full')) }
    const setup = setupWith({ store: { ...store, log } })
    const delivery = only(setup.record(server.origin))
    setup.dispatcher.enqueue([delivery])
    await expect.poll(() => setup.errors.length).toBe(1)
    expect(setup.why(delivery)).toEqual({ kind: 'unwritable' })
  })

  it('costs no timer while nothing may start', async () => {
    const server = await scriptedServer()
    const runtime = createFakeRuntime()
    const setup = setupWith({ destination: 'slack', runtime })
    setup.dispatcher.enqueue(setup.record(server.origin, 2))
    await setup.queuedAre(1)
    const timers = runtime.timers()
    setup.dispatcher.setPaused(true)
    await new Promise(setImmediate)
    expect(runtime.timers()).toBeLessThan(timers)
    runtime.advance(60_000)
    setup.dispatcher.setPaused(false)
    await setup.queuedAre(0)
  })
})

describe('after a restart', () => {
  /** The process ends with what it had last asked to keep. */
  async function restarted(setup: ReturnType<typeof setupWith>, options: SetupOptions) {
    // Else the two would be recording the same attempts.
    await setup.dispatcher.idle()
    const next = setupWith({ ...options, store: setup.store })
    await next.dispatcher.restore()
    return next
  }

  it('what an endpoint asked for with Retry-After still holds, without a schedule too', async () => {
    const server = await scriptedServer(slowDown(30))
    const runtime = createFakeRuntime()
    let kept: KeptQueue | undefined
    const setup = setupWith({ runtime, onKeep: (queue) => (kept = queue) })
    const refused = only(setup.record(server.origin))
    setup.dispatcher.enqueue([refused])
    await setup.isNow(refused, 'refused')
    const untilMs = runtime.nowMs() + 30_000
    const second = only(setup.record(server.origin))
    const after = await restarted(setup, { runtime, kept })
    await after.queuedAre(1)
    expect(after.why(second)).toEqual({ kind: 'retry_after', untilMs, before: 0 })
    runtime.advance(29_999)
    await after.queuedAre(1)
    runtime.advance(1)
    await after.isNow(second, 'delivered')
  })

  it('the starts of before count for the pace', async () => {
    const server = await scriptedServer()
    const runtime = createFakeRuntime()
    let kept: KeptQueue | undefined
    const options = { destination: 'teams', runtime } as const
    const setup = setupWith({ ...options, onKeep: (queue) => (kept = queue) })
    setup.dispatcher.enqueue(setup.record(server.origin, 24))
    await setup.queuedAre(0)
    runtime.advance(100_000)
    const { last, beyond } = named(setup.record(server.origin, 2), 'last', 'beyond')
    const after = await restarted(setup, { ...options, kept })
    await after.isNow(last, 'delivered')
    await after.queuedAre(1)
    expect(after.why(beyond)).toMatchObject({ kind: 'pace', before: 0 })
    runtime.advance(199_999)
    await after.queuedAre(1)
    runtime.advance(1)
    await after.isNow(beyond, 'delivered')
  })

  it('they are known by the wall clock, whatever the monotonic one says', () => {
    const gated = { endpoint: 'https://hooks.slack.com/a', destination: 'slack' } as const
    const at = (nowMs: number, monotonicMs: number) => ({
      runtime: { nowMs: () => nowMs, monotonicMs: () => monotonicMs },
      clock: { wallMsUntil: (untilMs: number) => Math.max(untilMs - nowMs, 0) },
    })
    const before = createGates(at(1_000_000, 77))
    before.pass(gated)
    expect(createGates({ ...at(1_000_400, 5), kept: before.kept() }).shutMs(gated)).toBe(600)
    // The clock was set back: no longer than the pace itself.
    expect(createGates({ ...at(900_000, 5), kept: before.kept() }).shutMs(gated)).toBe(1_000)
  })
})

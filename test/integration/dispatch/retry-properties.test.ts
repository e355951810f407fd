/**
 * Whatever comes: random answers, crashes, pauses, clock jumps and commands, then quiet. Each delivery
 * has to end once, with attempts that are numbered without gaps and never early.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Delivery, NO_RETRY, outcomeStatus, type Retry } from '#contract'
import {
  createDispatcher,
  type Dispatcher,
  type KeptQueue,
} from '../../../src-main/dispatch/index.ts'
import { createEventHub } from '../../../src-main/event-hub.ts'
import type { QueuedDelivery } from '../../../src-main/store/history-records.ts'
import type { Store } from '../../../src-main/store/index.ts'
import { requestWith } from '../../support/dispatch-setup.ts'
import { storedDeliveries, storedWebhook } from '../../support/factories.ts'
import { createFakeRuntime, type FakeRuntime } from '../../support/fake-runtime.ts'
import { mortal } from '../../support/mortal.ts'
import { tempStore } from '../../support/temp-store.ts'
import { startWireServer, type WireServer } from '../../support/wire-server.ts'

const RETRY: Retry = {
  preset: 'own',
  own: { ...NO_RETRY.own, kind: 'list', delaysMs: [1_000, 0, 60_000, 3_600_000], jitter: 0.5 },
}
const ANSWERS = ['200 OK', '503 Busy', '500 No', '410 Gone', '429 Slow', 'drop'] as const

type Step =
  | { readonly kind: 'fire'; readonly count: number }
  | { readonly kind: 'advance' | 'jump'; readonly ms: number }
  | { readonly kind: 'pause' | 'resume' | 'nextNow' | 'crash' | 'settle' }
  | { readonly kind: 'speed'; readonly speed: 1 | 60 | 3600 }
  | { readonly kind: 'retryNow' | 'stop' | 'cancel'; readonly pick: number }

const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant('fire' as const), count: fc.integer({ min: 1, max: 5 }) }),
    fc.record({ kind: fc.constant('advance' as const), ms: fc.integer({ min: 0, max: 90_000 }) }),
    fc.record({
      kind: fc.constant('jump' as const),
      ms: fc.integer({ min: -86_400_000, max: 86_400_000 }),
    }),
    fc.record({
      kind: fc.constantFrom('pause', 'resume', 'nextNow', 'crash', 'settle'),
    } as const),
    fc.record({ kind: fc.constant('speed' as const), speed: fc.constantFrom(1, 60, 3600) }),
    fc.record({
      kind: fc.constantFrom('retryNow' as const, 'stop' as const, 'cancel' as const),
      pick: fc.nat(),
    }),
  ) as fc.Arbitrary<Step>,
  { minLength: 5, maxLength: 25 },
)

interface World {
  readonly store: Store
  readonly runtime: FakeRuntime
  readonly server: WireServer
  dispatcher: Dispatcher
  die: () => Promise<unknown>
  kept: KeptQueue | undefined
  readonly fired: QueuedDelivery[]
}

function start(world: Omit<World, 'dispatcher' | 'die'>): {
  dispatcher: Dispatcher
  die: () => Promise<unknown>
} {
  const { alive: log, die, isDead } = mortal(world.store.log)
  const dispatcher = createDispatcher({
    log,
    render: () => ({
      request: requestWith({ origin: world.server.origin }),
      timeoutMs: 5_000,
      retry: RETRY,
    }),
    retryOf: () => RETRY,
    runtime: world.runtime,
    hub: createEventHub(),
    kept: world.kept,
    onKeep: (kept) => !isDead() && Object.assign(world, { kept }),
    onError: () => undefined,
  })
  return { dispatcher, die }
}

/** Turns in which whatever may start now has started. */
const QUIET_TURNS = 10

/** Until nothing is under way, all is recorded, and what is queued starts only as time goes on. */
async function settle(world: World) {
  if (world.dispatcher.state().paused) return
  do {
    for (let quietTurns = 0; quietTurns < QUIET_TURNS; quietTurns++) {
      await new Promise(setImmediate)
      if (world.dispatcher.counts().sending > 0) quietTurns = 0
    }
  } while (isRecording(world))
}

function isRecording({ store, fired }: World): boolean {
  return store.history.some(fired.map(({ id }) => id)).some(({ state }) => state === 'sending')
}

async function crash(world: World) {
  const dead = world.die()
  const old = world.dispatcher
  void old.close({ graceMs: 0 }).catch(() => undefined)
  // What the dead process had asked for is committed now, as if just before it died.
  await dead
  Object.assign(world, start(world))
  await world.dispatcher.restore()
}

async function take(world: World, step: Step): Promise<void> {
  const { dispatcher, runtime, fired } = world
  const picked = () => fired.filter((_, i) => 'pick' in step && (step.pick >> (i % 16)) % 2 === 1)
  const seqs = () => picked().map(({ seq }) => seq)
  switch (step.kind) {
    case 'fire': {
      const [webhook] = world.store.webhooks.list()
      for (let n = 0; n < step.count; n++) {
        const queued = storedDeliveries(world.store, webhook ? [webhook.id] : [])
        fired.push(...queued)
        dispatcher.enqueue(queued)
      }
      return
    }
    case 'advance':
      return runtime.advance(step.ms)
    case 'jump':
      return runtime.jump(step.ms)
    case 'pause':
      return dispatcher.setPaused(true)
    case 'resume':
      return dispatcher.setPaused(false)
    case 'nextNow':
      return dispatcher.nextNow()
    case 'speed':
      return dispatcher.setSpeed(step.speed)
    case 'crash':
      return await crash(world)
    case 'settle':
      return await settle(world)
    case 'retryNow':
      return void dispatcher.retryNow(seqs())
    case 'stop':
      return void dispatcher.stopRetrying(seqs())
    case 'cancel':
      return void (await dispatcher.cancel(seqs()))
  }
}

/** Lets everything come to its end. */
async function quiet(world: World) {
  world.dispatcher.setPaused(false)
  for (let round = 0; round < 200; round++) {
    await settle(world)
    const { queued, sending, waiting } = world.dispatcher.counts()
    if (queued + sending + waiting === 0) return
    world.dispatcher.nextNow()
    world.runtime.advance(5_000)
  }
  throw new Error(`stuck: ${JSON.stringify(world.dispatcher.counts())}`)
}

function check({ attemptList, ...delivery }: Delivery) {
  expect(delivery.finishedAtMs).not.toBeNull()
  expect(delivery.waiting).toBeNull()
  expect(['succeeded', 'failed', 'cancelled']).toContain(delivery.state)
  expect(attemptList.map(({ number }) => number)).toEqual(attemptList.map((_, i) => i + 1))
  expect(delivery.attempts).toBe(attemptList.length)
  for (const [i, attempt] of attemptList.entries()) {
    const before = attemptList[i - 1]
    if (!before) continue
    expect(['delivered', 'cancelled']).not.toContain(outcomeStatus(before.code ?? 'ok'))
    expect(before.httpStatus).not.toBe(410)
    const waited = attempt.waited
    if (!waited) throw new Error('another attempt without a wait')
    if (waited.why === 'asked') continue
    expect(attempt.stageAtMs - before.stageAtMs).toBeGreaterThanOrEqual(waited.waitMs)
  }
  const last = attemptList.at(-1)
  if (last && delivery.code !== 'cancelled') expect(delivery.code).toBe(last.code)
}

function storeFor({ origin }: WireServer): Store {
  const store = tempStore()
  storedWebhook(store, { endpoint: { kind: 'plain', text: `${origin}/in` } })
  return store
}

describe('whatever the answers, crashes, pauses, commands and clocks', () => {
  it('each delivery ends once, its attempts have no gaps, none is early', async () => {
    const seen: Record<string, number> = {}
    let idle: Store | null = null
    let next = (): (typeof ANSWERS)[number] => 'drop'
    const server = await startWireServer({
      onRequest: (connection) => {
        const answer = next()
        if (answer === 'drop') return connection.reset()
        const extra = answer.startsWith('429') ? 'Retry-After: 90\r\n' : ''
        connection.send(`HTTP/1.1 ${answer}\r\n${extra}Content-Length: 0\r\n\r\n`)
      },
    })
    await fc.assert(
      fc.asyncProperty(
        steps,
        fc.infiniteStream(fc.constantFrom(...ANSWERS)),
        async (list, answers) => {
          next = () => answers.next().value
          // A run that fails may leave something behind: no other gets its store.
          const store = idle ?? storeFor(server)
          idle = null
          const bare = { store, server, runtime: createFakeRuntime(), kept: undefined, fired: [] }
          const world: World = Object.assign(bare, start(bare))
          for (const step of list) await take(world, step)
          await quiet(world)
          for (const { id } of world.fired) {
            const delivery = store.history.get(id)
            check(delivery)
            seen[delivery.status] = (seen[delivery.status] ?? 0) + 1
          }
          await world.dispatcher.close({ graceMs: 0 })
          idle = store
        },
      ),
      { numRuns: 200 },
    )
    // The run has been everywhere that it is about.
    for (const status of ['delivered', 'refused', 'failed', 'cancelled']) {
      expect(seen[status] ?? 0).toBeGreaterThan(0)
    }
  }, 120_000)
})

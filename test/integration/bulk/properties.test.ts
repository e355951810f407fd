/**
 * Whatever comes: pauses, crashes, cancellations and random answers. Each item of a run ends exactly
 * once, and nothing that was answered is sent again.
 */
import { setTimeout as nextMillisecond } from 'node:timers/promises'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { BulkRunId } from '#contract'
import { createRuntime } from '../../../src-main/runtime.ts'
import type { Store, StoredItem } from '../../../src-main/store/index.ts'
import { asReceived } from '../../support/as-received.ts'
import {
  ALL,
  type BulkProcess,
  bulkProcess,
  FAST,
  planned,
  until,
} from '../../support/bulk-setup.ts'
import { recordCaptures } from '../../support/captured-folder.ts'
import { tempStore } from '../../support/temp-store.ts'
import { startWireServer } from '../../support/wire-server.ts'

const ANSWERS = ['200 OK', '500 No', 'drop', 'silence'] as const
const ITEMS = 40

type Step =
  | { readonly kind: 'turns'; readonly count: number }
  | { readonly kind: 'arrival' | 'pause' | 'resume' | 'crash' | 'cancel' | 'again' }

const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({
        kind: fc.constant('turns' as const),
        count: fc.integer({ min: 0, max: 60 }),
      }),
    },
    {
      weight: 6,
      arbitrary: fc.record({
        kind: fc.constantFrom('pause' as const, 'resume' as const, 'crash' as const),
      }),
    },
    {
      weight: 3,
      arbitrary: fc.record({ kind: fc.constantFrom('arrival' as const, 'again' as const) }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('cancel' as const) }) },
  ),
  { minLength: 3, maxLength: 14 },
)

const always = (...answers: (typeof ANSWERS)[number][]) =>
  fc.stream(
    (function* () {
      for (;;) yield* answers
    })(),
  )

/** Between them they meet every end that an item can have, whatever chance brings besides. */
const EVERYWHERE: [Step[], fc.Stream<(typeof ANSWERS)[number]>][] = [
  [[], always('200 OK', 'drop', '500 No')],
  [[{ kind: 'arrival' }, { kind: 'crash' }], always('silence')],
  [[{ kind: 'cancel' }], always('200 OK')],
]

interface World {
  readonly store: Store
  readonly id: BulkRunId
  process: BulkProcess
  /** Requests that the receiver has got. */
  arrivals: number
}

async function turns(count: number) {
  for (let turn = 0; turn < count; turn++) await new Promise(setImmediate)
}

const MOST_WAITS = 300

/** Until another request has arrived; not for ever, as all that may be may be on their way. */
async function arrival(world: World): Promise<void> {
  const before = world.arrivals
  const mayCome = () => world.process.bulk.get(world.id).state === 'running'
  for (let wait = 0; wait < MOST_WAITS && world.arrivals === before && mayCome(); wait++) {
    await nextMillisecond(1)
  }
}

async function take(world: World, step: Step): Promise<void> {
  const { bulk } = world.process
  const state = bulk.get(world.id).state
  switch (step.kind) {
    case 'turns':
      return turns(step.count)
    case 'arrival':
      return arrival(world)
    case 'pause':
      if (state === 'running') bulk.pause(world.id)
      return
    case 'resume':
      if (state === 'paused') bulk.resume(world.id)
      return
    case 'cancel':
      if (state === 'running' || state === 'paused') await bulk.cancel(world.id)
      return
    case 'again':
      if (state !== 'cancelling') await bulk.sendInterrupted(world.id).catch(() => undefined)
      return
    case 'crash':
      await world.process.crash()
      world.process = await bulkProcess(world.store, createRuntime())
  }
}

async function finish(world: World): Promise<void> {
  const { bulk } = world.process
  if (bulk.get(world.id).state === 'paused') bulk.resume(world.id)
  await until(world.process, world.id, ({ state }) => state === 'done' || state === 'cancelled')
}

/** @param seen how often the receiver got it */
function check(store: Store, item: StoredItem, seen: number) {
  const replays = store.history.replaysOf(item.sourceId, 100)
  const interrupted = replays.filter(({ code }) => code === 'interrupted').length
  const [last] = replays.toReversed()
  expect(replays.every(({ finishedAtMs }) => finishedAtMs !== null)).toBe(true)
  expect(item.state === 'pending' || item.state === 'made').toBe(false)
  // Only what was cut off, of which nothing is known, is ever sent a second time.
  expect(replays.length - interrupted).toBeLessThanOrEqual(1)
  expect(seen).toBeLessThanOrEqual(replays.length)
  if (item.state === 'cancelled') {
    expect(seen).toBeLessThanOrEqual(interrupted)
    expect(last === undefined || last.code === 'cancelled' || last.code === 'interrupted').toBe(
      true,
    )
  } else {
    expect(item.deliveryId).toBe(last?.id)
    expect([item.code, item.httpStatus]).toEqual([last?.code, last?.httpStatus])
    if (item.code === 'ok') expect(seen).toBeGreaterThanOrEqual(1)
  }
}

describe('whatever the pauses, crashes, cancellations and answers', () => {
  it('each item ends exactly once, and nothing that was answered is sent again', async () => {
    const met: Record<string, number> = {}
    await fc.assert(
      fc.asyncProperty(
        steps,
        fc.infiniteStream(fc.constantFrom(...ANSWERS)),
        async (list, answers) => {
          const seen = new Map<number, number>()
          const waiting: (() => void)[] = []
          const server = await startWireServer({
            onRequest: (connection, { head }) => {
              const number = Number(/x-number: (\d+)/i.exec(head.toString('latin1'))?.[1])
              seen.set(number, (seen.get(number) ?? 0) + 1)
              world.arrivals += 1
              const answer: (typeof ANSWERS)[number] = answers.next().value
              const end = () => connection.send('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n')
              if (answer === 'drop') connection.reset()
              // Until the next one comes: it stays on its way over several steps.
              else if (answer === 'silence') waiting.push(end)
              else connection.send(`HTTP/1.1 ${answer}\r\nContent-Length: 0\r\n\r\n`)
              if (answer !== 'silence') for (const each of waiting.splice(0)) each()
            },
          })
          const store = tempStore()
          await recordCaptures(store, ITEMS, (number) => ({ status: number % 2 ? 200 : 500 }))
          const process = await bulkProcess(store, createRuntime())
          const id = await planned(process, ALL)
          const world: World = { store, id, process, arrivals: 0 }
          await process.bulk.start(id, asReceived(server.origin), FAST, [])
          for (const step of list) await take(world, step)
          const release = setInterval(() => {
            for (const each of waiting.splice(0)) each()
          }, 1)
          await finish(world)
          clearInterval(release)
          const run = store.bulkRuns.get(id)
          if (!run) throw new Error('the run is gone')
          const items = store.bulkItems.page(run.seq, null, -1, ITEMS)
          expect(items).toHaveLength(ITEMS)
          for (const item of items) {
            check(store, item, seen.get(item.position) ?? 0)
            met[item.state] = (met[item.state] ?? 0) + 1
          }
          expect(world.process.bulk.get(id).counts).toEqual(store.bulkItems.counts(run.seq))
          expect(world.process.errors).toEqual([])
          await world.process.close()
          await server.close()
        },
      ),
      { numRuns: 30, examples: EVERYWHERE },
    )
    // The run has been everywhere that it is about.
    for (const state of ['same', 'fixed', 'broken', 'different', 'interrupted', 'cancelled']) {
      expect(met[state] ?? 0, state).toBeGreaterThan(0)
    }
  }, 120_000)
})

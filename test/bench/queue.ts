/**
 * What waiting costs at rest, and what an endpoint that never answers costs its neighbour: the
 * neighbour's deliveries a second beside it, over those it makes alone. Rejects when one of these was
 * not recorded as delivered.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { NO_RETRY, type Retry } from '#contract'
import { createDispatcher, type Dispatcher } from '../../src-main/dispatch/index.ts'
import { createEventHub } from '../../src-main/event-hub.ts'
import { createRuntime } from '../../src-main/runtime.ts'
import { claimDataFolder } from '../../src-main/store/data-folder.ts'
import type { QueuedDelivery } from '../../src-main/store/history-records.ts'
import { openStore, type Store } from '../../src-main/store/index.ts'
import { attemptWith, storedDeliveries, storedWebhook } from '../support/factories.ts'
import { type Figure, median } from './measure.ts'
import { startSink } from './sink.ts'

const WAITING = 10_000
const REST_MS = 15_000
const DELIVERIES = 4_000
const ROUNDS = 3
const HOUR_MS = 3_600_000

export async function benchQueue(): Promise<Figure[]> {
  return [...(await benchWaiting()), ...(await benchNeighbours())]
}

async function benchWaiting(): Promise<Figure[]> {
  const { store, dispatcher, close } = open()
  const webhook = storedWebhook(store)
  const dueAtMs = Date.now() + HOUR_MS
  const next = { kind: 'retry', dueAtMs, waitMs: HOUR_MS, why: 'schedule' } as const
  for (let made = 0; made < WAITING; made += 500) {
    await Promise.all(
      Array.from({ length: 500 }, () => {
        const [delivery] = storedDeliveries(store, [webhook])
        if (!delivery) throw new Error('no delivery')
        return store.log.finishAttempt(attemptWith(delivery, FAILED), next)
      }),
    )
  }
  await dispatcher.restore()
  await pause(1_000)
  const before = process.cpuUsage()
  await pause(REST_MS)
  const { user, system } = process.cpuUsage(before)
  const { waiting } = dispatcher.counts()
  await close()
  if (waiting !== WAITING) throw new Error(`${waiting} wait`)
  return [
    {
      name: 'CPU at rest while 10,000 deliveries wait',
      value: ((user + system) / 1000 / REST_MS) * 100,
      unit: '%',
      limit: { atMost: 1 },
    },
  ]
}

async function benchNeighbours(): Promise<Figure[]> {
  const sink = await startSink()
  const silent = createServer((socket) => socket.on('error', () => undefined))
  await new Promise<void>((resolve) => {
    silent.listen(0, '127.0.0.1', resolve)
  })
  const address = silent.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const alone: number[] = []
  const beside: number[] = []
  await rate(sink.origin, null)
  for (let round = 0; round < ROUNDS; round++) {
    alone.push(await rate(sink.origin, null))
    beside.push(await rate(sink.origin, `http://127.0.0.1:${port}`))
  }
  silent.close()
  sink.stop()
  return [
    { name: 'deliveries to one endpoint, alone', value: median(alone), unit: '/s' },
    { name: '  beside one that never answers', value: median(beside), unit: '/s' },
    {
      name: '  ratio of the two',
      value: median(beside) / median(alone),
      unit: '',
      limit: { atLeast: 0.9 },
    },
  ]
}

/** Deliveries a second to `origin`, while as many are queued for the silent one. */
async function rate(origin: string, silentOrigin: string | null): Promise<number> {
  const { store, dispatcher, close } = open()
  if (silentOrigin) dispatcher.enqueue(queue(store, silentOrigin))
  await pause(100)
  const wanted = queue(store, origin)
  const startedMs = performance.now()
  dispatcher.enqueue(wanted)
  const ids = wanted.map(({ id }) => id)
  // The last one is asked for first: to look for all of them takes part of what is measured.
  for (const some of [ids.slice(-1), ids]) {
    while (store.history.unfinishedSeqs(some).length > 0) await pause(1)
  }
  const elapsedMs = performance.now() - startedMs
  for (const { status } of store.history.some(ids)) {
    if (status !== 'delivered') throw new Error(`a delivery ended as ${status}`)
  }
  await close()
  return (DELIVERIES / elapsedMs) * 1000
}

function queue(store: Store, origin: string): QueuedDelivery[] {
  const webhook = storedWebhook(store, { endpoint: { kind: 'plain', text: `${origin}/in` } })
  return Array.from({ length: DELIVERIES }, () => storedDeliveries(store, [webhook])).flat()
}

const FAILED = { code: 'http_status', httpStatus: 503, reason: 'Answered 503.' } as const

function open(): { store: Store; dispatcher: Dispatcher; close: () => Promise<void> } {
  const path = mkdtempSync(join(tmpdir(), 'hookstage-bench-'))
  const folder = claimDataFolder(path)
  const store = openStore(folder, Date.now())
  const retry: Retry = NO_RETRY
  const dispatcher = createDispatcher({
    log: store.log,
    render: ({ webhookVersion, payloadText }) => ({
      request: {
        method: 'POST',
        origin: store.webhooks.version(webhookVersion).origin,
        path: '/in',
        headers: ['Content-Type', 'application/json'],
        body: Buffer.from(payloadText),
      },
      timeoutMs: 15_000,
      retry,
    }),
    retryOf: () => retry,
    runtime: createRuntime(),
    hub: createEventHub(),
    onError: (error) => {
      throw error
    },
  })
  const close = async () => {
    await dispatcher.close({ graceMs: 0 })
    store.close()
    folder.release()
    rmSync(path, { recursive: true, force: true })
  }
  return { store, dispatcher, close }
}

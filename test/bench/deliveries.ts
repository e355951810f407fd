/**
 * Deliveries a second, each signed and recorded whole, 32 at once, beside what a bare undici pool does with the
 * same requests to the same server. The two take turns, and the medians are compared.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { Pool } from 'undici'
import { type DeliveryId, type EventId, emptySigning, NO_RETRY } from '#contract'
import { createDispatcher, type Dispatcher } from '../../src-main/dispatch/index.ts'
import type { WireRequest } from '../../src-main/encode/request.ts'
import { createEventHub } from '../../src-main/event-hub.ts'
import { createRuntime } from '../../src-main/runtime.ts'
import { generateSecret, sign } from '../../src-main/signing/index.ts'
import { claimDataFolder } from '../../src-main/store/data-folder.ts'
import { openStore, type Store } from '../../src-main/store/index.ts'
import { nextId, storedWebhook } from '../support/factories.ts'
import { type Figure, median } from './measure.ts'
import { startSink } from './sink.ts'

const DELIVERIES = 20_000
const AT_ONCE = 32
const ROUNDS = 5
const WARM_UP = 12_000
const RECORD_GROUP = 1_000
const KEYS = {
  scheme: 'standard',
  own: emptySigning().own,
  secrets: [generateSecret('standard').secret],
} as const

/** Rejects when a delivery of the run was not recorded as delivered. */
export async function benchDeliveries(): Promise<Figure[]> {
  const sink = await startSink()
  const path = mkdtempSync(join(tmpdir(), 'hookstage-bench-'))
  const folder = claimDataFolder(path)
  const store = openStore(folder, Date.now())
  const request = requestTo(sink.origin)
  const dispatcher = dispatcherOver(store, request)
  const pool = new Pool(sink.origin, { connections: AT_ONCE, pipelining: 1, allowH2: false })
  try {
    await throughPool(pool, request, WARM_UP)
    await throughDispatcher(store, dispatcher, sink.origin, WARM_UP)
    const bare: number[] = []
    const held: Run[] = []
    const recorded: number[] = []
    for (let round = 0; round < ROUNDS; round++) {
      bare.push(await throughPool(pool, request, DELIVERIES))
      const run = await throughDispatcher(store, dispatcher, sink.origin, DELIVERIES)
      recorded.push(run.rate)
      held.push(run)
    }
    const [bareRate, recordedRate] = [median(bare), median(recorded)]
    return [
      { name: 'requests of a bare undici pool, 32 at once', value: bareRate, unit: '/s' },
      {
        name: 'deliveries signed, with everything recorded, 32 at once',
        value: recordedRate,
        unit: '/s',
      },
      {
        name: '  ratio of the two',
        value: recordedRate / bareRate,
        unit: '',
        limit: { atLeast: 0.5 },
      },
      {
        name: 'event loop held up meanwhile, 99th percentile',
        value: Math.max(...held.map(({ p99Ms }) => p99Ms)),
        unit: 'ms',
      },
      {
        name: '  at most',
        value: Math.max(...held.map(({ maxMs }) => maxMs)),
        unit: 'ms',
        limit: { atMost: 50 },
      },
    ]
  } finally {
    await dispatcher.close({ graceMs: 0 })
    await pool.destroy()
    sink.stop()
    store.close()
    folder.release()
    rmSync(path, { recursive: true, force: true })
  }
}

function requestTo(origin: string): WireRequest {
  return {
    method: 'POST',
    origin,
    path: '/in',
    headers: ['Content-Type', 'application/json', 'User-Agent', 'Hookstage/bench', 'Accept', '*/*'],
    body: Buffer.from(JSON.stringify({ padding: 'x'.repeat(1024 - '{"padding":""}'.length) })),
  }
}

function dispatcherOver(store: Store, request: WireRequest): Dispatcher {
  return createDispatcher({
    log: store.log,
    // Each delivery has a body and a signature of its own, as rendering makes them.
    render: (_job, { deliveryId, atMs }) => {
      const body = Buffer.from(request.body)
      const message = { id: deliveryId, timestampS: Math.floor(atMs / 1000), body }
      const headers = [...request.headers, ...sign(KEYS, message).flat()]
      return { request: { ...request, headers, body }, timeoutMs: 15_000, retry: NO_RETRY }
    },
    retryOf: () => NO_RETRY,
    runtime: createRuntime(),
    hub: createEventHub(),
    limits: { global: AT_ONCE, perOrigin: AT_ONCE, perEndpoint: AT_ONCE },
    onError: (error) => {
      throw error
    },
  })
}

/** Requests a second. */
async function throughPool(pool: Pool, request: WireRequest, count: number): Promise<number> {
  const { method, path, headers } = request
  let left = count
  async function worker() {
    while (left > 0) {
      left -= 1
      const body = Buffer.from(request.body)
      const answer = await pool.request({ method, path, headers: [...headers], body })
      await answer.body.arrayBuffer()
    }
  }
  const startedMs = performance.now()
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
  return (count / (performance.now() - startedMs)) * 1000
}

interface Run {
  /** Deliveries a second, from the first queued to the last recorded. */
  readonly rate: number
  /** How long the event loop was held up. */
  readonly p99Ms: number
  readonly maxMs: number
}

async function throughDispatcher(
  store: Store,
  dispatcher: Dispatcher,
  origin: string,
  count: number,
): Promise<Run> {
  const queued = recordQueued(store, origin, count)
  const loop = monitorEventLoopDelay({ resolution: 1 })
  loop.enable()
  const startedMs = performance.now()
  dispatcher.enqueue(queued)
  await dispatcher.idle()
  const elapsedMs = performance.now() - startedMs
  loop.disable()
  for (const { status } of store.history.some(queued.map(({ id }) => id))) {
    if (status !== 'delivered') throw new Error(`a delivery ended as ${status}`)
  }
  return {
    rate: (count / elapsedMs) * 1000,
    p99Ms: loop.percentile(99) / 1e6,
    maxMs: loop.max / 1e6,
  }
}

function recordQueued(store: Store, origin: string, count: number) {
  const webhookId = storedWebhook(store, { endpoint: { kind: 'plain', text: `${origin}/in` } })
  const webhookVersion = store.webhooks.get(webhookId)?.version
  if (webhookVersion === undefined) throw new Error('no webhook')
  return Array.from({ length: count / RECORD_GROUP }, () =>
    store.log.record(
      {
        id: nextId('evt') as EventId,
        event: 'meeting.booked',
        source: 'simulator',
        payloadText: JSON.stringify({ padding: 'x'.repeat(1_000) }),
        createdAtMs: Date.now(),
      },
      Array.from({ length: RECORD_GROUP }, () => ({
        id: nextId('dlv') as DeliveryId,
        webhookVersion,
      })),
    ),
  ).flat()
}

/**
 * How a bulk replay ends: how long after it was cancelled the last request leaves and the run is
 * cancelled; and what it takes to compare the answers of 10,000 pairs, and of large ones, and to hold
 * up nothing meanwhile.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as pause } from 'node:timers/promises'
import { createRouterClient } from '@orpc/server'
import pino from 'pino'
import { openCore } from '../../src-main/services.ts'
import { asReceived } from '../support/as-received.ts'
import { captureInto } from '../support/captured-folder.ts'
import type { CoreClient } from '../support/open-core.ts'
import { PACE, planned, reached } from './bulk.ts'
import type { Figure } from './measure.ts'

const CAPTURES = 10_000
const ROUNDS = 5
/** Of each round, so many have arrived when it is cancelled. */
const ARRIVED = 1_500
/** After it is cancelled, so long it is seen whether a request still comes. */
const SEEN_MS = 2_000
const LARGE = 120

/** Rejects when a run was over before it could be cancelled, or a pair was not compared. */
export async function benchBulkEnds(): Promise<Figure[]> {
  const receiver = await startReceiver()
  const dataDir = mkdtempSync(join(tmpdir(), 'hookstage-bench-'))
  await captureInto(dataDir, CAPTURES)
  const core = await openCore({ dataDir, host: 'memory', log: pino({ enabled: false }) })
  const client: CoreClient = createRouterClient(core.router)
  try {
    let [lastMs, cancelledMs] = [0, 0]
    for (let round = 0; round < ROUNDS; round++) {
      const run = await cancelled(client, receiver)
      lastMs = Math.max(lastMs, run.lastMs)
      cancelledMs = Math.max(cancelledMs, run.cancelledMs)
    }
    const compared = await comparedAll(client, receiver, CAPTURES)
    const large = await comparedLarge()
    return [
      {
        name: 'a bulk replay of 10,000 cancelled: its last request',
        value: lastMs,
        unit: 'ms',
        limit: { atMost: 1_000 },
      },
      {
        name: '  and the run is cancelled, after',
        value: cancelledMs,
        unit: 'ms',
        limit: { atMost: 1_000 },
      },
      { name: 'the answers of 10,000 pairs compared in', value: compared.seconds, unit: 's' },
      {
        name: '  event loop held up meanwhile, at most',
        value: compared.maxMs,
        unit: 'ms',
        limit: { atMost: 50 },
      },
      { name: `the answers of ${LARGE} large pairs compared in`, value: large.seconds, unit: 's' },
      {
        name: '  event loop held up meanwhile, at most',
        value: large.maxMs,
        unit: 'ms',
        limit: { atMost: 50 },
      },
    ]
  } finally {
    await core.close()
    receiver.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

interface Receiver {
  readonly origin: string
  readonly lastAtMs: () => number
  /** Resolves when so many more have come. */
  arrived(count: number): Promise<void>
  stop(): void
}

/** Answers at once, and knows when the last one came. @param answer by the number of a capture */
async function startReceiver(answer: (number: number) => string = () => 'ok'): Promise<Receiver> {
  let lastAtMs = 0
  let left = 0
  let onArrived: () => void = () => undefined
  const server = createServer((request, response) => {
    lastAtMs = performance.now()
    left -= 1
    if (left === 0) onArrived()
    request.resume()
    request.on('end', () => response.end(answer(Number(request.headers['x-number']))))
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  return {
    origin: `http://127.0.0.1:${port}`,
    lastAtMs: () => lastAtMs,
    arrived: (count) =>
      new Promise((resolve) => {
        left = count
        onArrived = resolve
      }),
    stop: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}

/** From the call to the arrival of the last request, and to the state. */
async function cancelled(
  client: CoreClient,
  receiver: Receiver,
): Promise<{ readonly lastMs: number; readonly cancelledMs: number }> {
  const runId = await planned(client)
  const arrived = receiver.arrived(ARRIVED)
  const manner = asReceived(receiver.origin)
  await client.bulk.start({ runId, manner, pace: PACE, confirmedHosts: [] })
  await arrived
  const startedMs = performance.now()
  await client.bulk.cancel({ runId })
  await reached(client, runId, 'cancelled')
  const cancelledMs = performance.now() - startedMs
  await pause(SEEN_MS)
  const { counts } = await client.bulk.get({ runId })
  if ((counts.states.cancelled ?? 0) < CAPTURES / 2) throw new Error('it was over before')
  await client.bulk.delete({ runId })
  return { lastMs: Math.max(receiver.lastAtMs() - startedMs, 0), cancelledMs }
}

interface Compared {
  readonly seconds: number
  readonly maxMs: number
}

async function comparedAll(
  client: CoreClient,
  receiver: Receiver,
  count: number,
): Promise<Compared> {
  const runId = await planned(client)
  const manner = asReceived(receiver.origin)
  await client.bulk.start({ runId, manner, pace: PACE, confirmedHosts: [] })
  await reached(client, runId, 'done')
  const { counts } = await client.bulk.get({ runId })
  if (counts.codes.ok !== count) throw new Error(`ended as ${JSON.stringify(counts.codes)}`)
  const loop = monitorEventLoopDelay({ resolution: 1 })
  loop.enable()
  const startedMs = performance.now()
  for await (const _ of await client.app.facts()) {
    const { state, compared } = await client.bulk.answers({ runId })
    if (state === 'failed') throw new Error('it failed')
    if (state === 'done' && compared === count) break
  }
  const seconds = (performance.now() - startedMs) / 1000
  loop.disable()
  return { seconds, maxMs: loop.max / 1e6 }
}

/** Where each answer is large, and differs at its end from what was answered before. */
async function comparedLarge(): Promise<Compared> {
  const receiver = await startReceiver((number) => largeAnswer(number, 'after'))
  const dataDir = mkdtempSync(join(tmpdir(), 'hookstage-bench-'))
  await captureInto(dataDir, LARGE, (number) => ({
    answer: `HTTP/1.1 200 OK\r\n\r\n${largeAnswer(number, 'before')}`,
  }))
  const core = await openCore({ dataDir, host: 'memory', log: pino({ enabled: false }) })
  try {
    return await comparedAll(createRouterClient(core.router), receiver, LARGE)
  } finally {
    await core.close()
    receiver.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

const PADDING = 'x'.repeat(20 * 1024 * 1024)

/** 20 MB of text now and then; else JSON as long as is compared by its values, of few and of many. */
function largeAnswer(number: number, end: string): string {
  if (number % 20 === 0) return PADDING + end
  const isMany = number % 2 === 0
  const items = Array.from({ length: isMany ? 40_000 : 4_000 }, (_, at) => number + at)
  return JSON.stringify(isMany ? [...items, end] : [...items.map((id) => ({ id })), end])
}

/**
 * How a bulk replay ends: how long after it was cancelled the last request leaves and the run is
 * cancelled; and what it takes to compare the answers of 10,000 pairs, and to hold up nothing meanwhile.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
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
    const compared = await comparedAll(client, receiver)
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

/** Answers at once, and knows when the last one came. */
async function startReceiver(): Promise<Receiver> {
  let lastAtMs = 0
  let left = 0
  let onArrived: () => void = () => undefined
  const server = createServer((request, response) => {
    lastAtMs = performance.now()
    left -= 1
    if (left === 0) onArrived()
    request.resume()
    request.on('end', () => response.end('ok'))
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
  const { counts } = await client.bulk.get({ runId })
  if ((counts.states.cancelled ?? 0) < CAPTURES / 2) throw new Error('it was over before')
  await client.bulk.delete({ runId })
  return { lastMs: Math.max(receiver.lastAtMs() - startedMs, 0), cancelledMs }
}

async function comparedAll(
  client: CoreClient,
  receiver: Receiver,
): Promise<{ readonly seconds: number; readonly maxMs: number }> {
  const runId = await planned(client)
  const manner = asReceived(receiver.origin)
  await client.bulk.start({ runId, manner, pace: PACE, confirmedHosts: [] })
  await reached(client, runId, 'done')
  const loop = monitorEventLoopDelay({ resolution: 1 })
  loop.enable()
  const startedMs = performance.now()
  for await (const _ of await client.app.facts()) {
    const { state, compared } = await client.bulk.answers({ runId })
    if (state === 'failed') throw new Error('it failed')
    if (state === 'done' && compared === CAPTURES) break
  }
  const seconds = (performance.now() - startedMs) / 1000
  loop.disable()
  return { seconds, maxMs: loop.max / 1e6 }
}

/**
 * 10,000 captures replayed in bulk by a whole core, 32 at once, beside what a bare undici pool does
 * with the same requests to the same server. The two take turns, and the medians are compared.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { createRouterClient } from '@orpc/server'
import pino from 'pino'
import { Pool } from 'undici'
import type { BulkPace, BulkRunId } from '#contract'
import { openCore } from '../../src-main/services.ts'
import { asReceived } from '../support/as-received.ts'
import { captureInto } from '../support/captured-folder.ts'
import type { CoreClient } from '../support/open-core.ts'
import { type Figure, median } from './measure.ts'
import { startSink } from './sink.ts'

const CAPTURES = 10_000
const AT_ONCE = 32
const ROUNDS = 5

/** Rejects when a replay was not recorded as delivered. */
export async function benchBulk(): Promise<Figure[]> {
  const sink = await startSink()
  const dataDir = mkdtempSync(join(tmpdir(), 'hookstage-bench-'))
  await captureInto(dataDir, CAPTURES)
  const core = await openCore({ dataDir, host: 'memory', log: pino({ enabled: false }) })
  const client: CoreClient = createRouterClient(core.router)
  const pool = new Pool(sink.origin, { connections: AT_ONCE, pipelining: 1, allowH2: false })
  try {
    await throughPool(pool, CAPTURES)
    await throughBulk(client, sink.origin)
    const bare: number[] = []
    const bulk: number[] = []
    let maxMs = 0
    for (let round = 0; round < ROUNDS; round++) {
      bare.push(await throughPool(pool, CAPTURES))
      const run = await throughBulk(client, sink.origin)
      bulk.push(run.rate)
      maxMs = Math.max(maxMs, run.maxMs)
    }
    return [
      {
        name: 'the same requests of a bare undici pool, 32 at once',
        value: median(bare),
        unit: '/s',
      },
      { name: 'bulk replay of 10,000 captures', value: median(bulk), unit: '/s' },
      {
        name: '  ratio of the two',
        value: median(bulk) / median(bare),
        unit: '',
        limit: { atLeast: 0.4 },
      },
      {
        name: '  event loop held up meanwhile, at most',
        value: maxMs,
        unit: 'ms',
        limit: { atMost: 50 },
      },
    ]
  } finally {
    await pool.destroy()
    await core.close()
    sink.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

/** Requests a second. */
async function throughPool(pool: Pool, count: number): Promise<number> {
  let sent = 0
  async function worker() {
    while (sent < count) {
      const number = sent++
      const data = { id: `evt_${number}`, type: 'meeting.booked', data: { number } }
      const headers = ['Content-Type', 'application/json', 'X-Number', String(number)]
      const body = Buffer.from(JSON.stringify(data))
      const answer = await pool.request({ method: 'POST', path: '/in', headers, body })
      await answer.body.arrayBuffer()
    }
  }
  const startedMs = performance.now()
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
  return (count / (performance.now() - startedMs)) * 1000
}

/** From its start to when the run says that it is done; what was chosen has been read before. */
async function throughBulk(
  client: CoreClient,
  origin: string,
): Promise<{ readonly rate: number; readonly maxMs: number }> {
  const runId = await planned(client)
  const loop = monitorEventLoopDelay({ resolution: 1 })
  loop.enable()
  const startedMs = performance.now()
  await client.bulk.start({ runId, manner: asReceived(origin), pace: PACE, confirmedHosts: [] })
  await reached(client, runId, 'done')
  const elapsedMs = performance.now() - startedMs
  loop.disable()
  const { counts } = await client.bulk.get({ runId })
  if (counts.codes.ok !== CAPTURES) throw new Error(`ended as ${JSON.stringify(counts.codes)}`)
  await client.bulk.delete({ runId })
  return { rate: (CAPTURES / elapsedMs) * 1000, maxMs: loop.max / 1e6 }
}

/** All captures, read and not sent yet. */
export async function planned(client: CoreClient): Promise<BulkRunId> {
  const source = { kind: 'capture_filter' as const, filter: {} }
  const { id: runId } = await client.bulk.gather({ source })
  await reached(client, runId, 'planned')
  return runId
}

export const PACE: BulkPace = { order: 'recorded', spacing: { kind: 'fast' }, atOnce: AT_ONCE }

export async function reached(client: CoreClient, runId: BulkRunId, state: string): Promise<void> {
  for await (const _ of await client.app.facts()) {
    const run = await client.bulk.get({ runId })
    if (run.state === state) return
  }
}

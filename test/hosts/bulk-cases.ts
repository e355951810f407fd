/** Conformance cases of bulk replays. */
import { expect } from 'vitest'
import type { BulkManner, BulkPace, BulkRun, BulkRunId } from '#contract'
import type { CoreClient } from '../support/open-core.ts'
import { type Cases, delivered, NONE } from './conformance-support.ts'

const AS_SENT: BulkManner = {
  kind: 'as_sent',
  target: { kind: 'own' },
  signing: null,
  keepsId: true,
  duplicates: 'all',
}
const FAST: BulkPace = { order: 'recorded', spacing: { kind: 'fast' }, atOnce: 4 }
const SLOW: BulkPace = { ...FAST, spacing: { kind: 'rate', perSecond: 0.01 } }

async function reached(client: CoreClient, runId: BulkRunId, state: string): Promise<BulkRun> {
  const facts = await client.app.facts()
  for await (const _ of facts) {
    const run = await client.bulk.get({ runId })
    if (run.state === state) return run
  }
  throw new Error('the stream ended')
}

/** A run over one capture of Echo, read and not started. */
async function planned(client: CoreClient): Promise<BulkRun> {
  await delivered(client)
  const source = { kind: 'capture_filter' as const, filter: {} }
  const { id } = await client.bulk.gather({ source })
  return reached(client, id, 'planned')
}

async function started(client: CoreClient, pace: BulkPace): Promise<BulkRunId> {
  const { id: runId } = await planned(client)
  await client.bulk.start({ runId, manner: AS_SENT, pace, confirmedHosts: [] })
  return runId
}

/** One that has sent its only item, or holds it. */
async function paused(client: CoreClient): Promise<BulkRunId> {
  const { id: runId } = await planned(client)
  await client.queue.pause()
  await client.bulk.start({ runId, manner: AS_SENT, pace: SLOW, confirmedHosts: [] })
  expect(await client.bulk.pause({ runId })).toMatchObject({ state: 'paused' })
  return runId
}

export const BULK_CASES: Cases = {
  'bulk.gather': async (client) => {
    expect(await planned(client)).toMatchObject({ of: 'captures', counts: { total: 1 } })
  },
  'bulk.dryRun': async (client) => {
    const { id: runId } = await planned(client)
    const dryRun = await client.bulk.dryRun({ runId, manner: AS_SENT })
    expect(dryRun).toMatchObject({ chosen: 1, sent: 1, hosts: [], excluded: [] })
    const manner = { ...AS_SENT, target: { kind: 'webhook' as const, webhookId: NONE } }
    const wrong = client.bulk.dryRun({ runId, manner })
    await expect(wrong).rejects.toMatchObject({ data: { problems: [{ field: 'target' }] } })
  },
  'bulk.start': async (client) => {
    const runId = await started(client, FAST)
    const { counts } = await reached(client, runId, 'done')
    expect(counts).toMatchObject({ total: 1, states: { same: 1 }, codes: { ok: 1 } })
    const again = client.bulk.start({ runId, manner: AS_SENT, pace: FAST, confirmedHosts: [] })
    await expect(again).rejects.toMatchObject({ code: 'conflict' })
  },
  'bulk.pause': async (client) => {
    await paused(client)
    const missing = client.bulk.pause({ runId: NONE })
    await expect(missing).rejects.toMatchObject({ code: 'not_found' })
  },
  'bulk.resume': async (client) => {
    const runId = await paused(client)
    await client.queue.resume()
    await client.bulk.resume({ runId })
    expect((await reached(client, runId, 'done')).counts.codes).toEqual({ ok: 1 })
  },
  'bulk.cancel': async (client) => {
    const runId = await paused(client)
    await client.bulk.cancel({ runId })
    expect((await reached(client, runId, 'cancelled')).counts.states).toMatchObject({
      cancelled: 1,
    })
  },
  'bulk.sendInterrupted': async (client) => {
    const runId = await started(client, FAST)
    await reached(client, runId, 'done')
    const none = client.bulk.sendInterrupted({ runId })
    await expect(none).rejects.toMatchObject({ code: 'conflict' })
  },
  'bulk.list': async (client) => {
    await planned(client)
    expect(await client.bulk.list()).toEqual([])
    const runId = await started(client, FAST)
    expect(await client.bulk.list()).toMatchObject([{ id: runId }])
  },
  'bulk.get': async (client) => {
    const { id: runId } = await planned(client)
    expect(await client.bulk.get({ runId })).toMatchObject({ state: 'planned', startedAtMs: null })
  },
  'bulk.items': async (client) => {
    const runId = await started(client, FAST)
    await reached(client, runId, 'done')
    const { items } = await client.bulk.items({ runId, state: 'same', limit: 10 })
    expect(items).toMatchObject([
      { delivery: null, capture: { startLine: 'POST /in/echo HTTP/1.1' }, replay: { code: 'ok' } },
    ])
    expect((await client.bulk.items({ runId, state: 'broken', limit: 10 })).items).toEqual([])
  },
  'bulk.answers': async (client) => {
    const early = await client.bulk.answers({ runId: await paused(client) })
    expect(early).toMatchObject({ state: 'not_yet', compared: 0, total: 1 })
    await client.queue.resume()
    const runId = await started(client, FAST)
    await reached(client, runId, 'done')
    for await (const _ of await client.app.facts()) {
      if ((await client.bulk.answers({ runId })).state === 'done') break
    }
    const { counts } = await client.bulk.answers({ runId })
    const { items } = await client.bulk.items({ runId, answer: 'same', limit: 10 })
    expect(items.length).toBeGreaterThan(0)
    expect(counts).toEqual({ same: items.length, differs: 0, nothing: 0 })
    expect(items.every(({ answer }) => answer === 'same')).toBe(true)
    const missing = client.bulk.answers({ runId: NONE })
    await expect(missing).rejects.toMatchObject({ code: 'not_found' })
  },
  'bulk.delete': async (client) => {
    const runId = await started(client, FAST)
    await reached(client, runId, 'done')
    expect(await client.bulk.delete({ runId })).toEqual({})
    expect(await client.bulk.list()).toEqual([])
  },
}

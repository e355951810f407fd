/** `kill -9` in the middle of a bulk run: what was answered is never sent again. */
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BulkItem, BulkRun, BulkRunId } from '#contract'
import { captureInto } from '../support/captured-folder.ts'
import { connectHost } from '../support/host-client.ts'
import type { CoreClient } from '../support/open-core.ts'
import { type Host, startHost } from '../support/start-host.ts'
import { expect, test } from './app.ts'
import { startLocal } from './local-server.ts'

const CAPTURES = 3_000
const KILLS = [300, 1_200, 2_100]

async function reached(
  client: CoreClient,
  runId: BulkRunId,
  isTrue: (run: BulkRun) => boolean,
): Promise<BulkRun> {
  const facts = await client.app.facts()
  for await (const _ of facts) {
    const run = await client.bulk.get({ runId })
    if (isTrue(run)) return run
  }
  throw new Error('the stream ended')
}

async function allItems(client: CoreClient, runId: BulkRunId): Promise<BulkItem[]> {
  const items: BulkItem[] = []
  for (let cursor: number | null = -1; cursor !== null; ) {
    const page: { items: BulkItem[]; nextCursor: number | null } = await client.bulk.items({
      runId,
      cursor,
      limit: 500,
    })
    items.push(...page.items)
    cursor = page.nextCursor
  }
  return items
}

test('a bulk run that is killed goes on without sending anything twice that was answered', async () => {
  test.setTimeout(180_000)
  /** How often each was answered. */
  const answered = new Map<number, number>()
  let onRequest: (count: number) => void = () => undefined
  let requests = 0
  const receiver = await startLocal((request, response) => {
    const number = Number(request.headers['x-number'])
    request.resume()
    request.on('end', () => {
      requests += 1
      answered.set(number, (answered.get(number) ?? 0) + 1)
      response.writeHead(200).end('ok')
      onRequest(requests)
    })
  })
  const dataDir = mkdtempSync(join(tmpdir(), 'hookstage-bulk-'))
  await captureInto(dataDir, CAPTURES)
  let host: Host = await startHost(dataDir)
  let { client, close } = await connectHost(host)
  const { id: runId } = await client.bulk.gather({ source: { kind: 'capture_filter', filter: {} } })
  await reached(client, runId, ({ state }) => state === 'planned')
  const url = { kind: 'plain' as const, text: `${receiver.origin}/in` }
  const manner = {
    kind: 'as_sent',
    target: { kind: 'url', url },
    signing: null,
    keepsId: true,
    duplicates: 'all',
  } as const
  const pace = { order: 'recorded', spacing: { kind: 'fast' }, atOnce: 16 } as const
  for (const [index, killAt] of KILLS.entries()) {
    const killed = new Promise<void>((resolve) => {
      onRequest = (count) => {
        if (count < killAt) return
        onRequest = () => undefined
        void host.kill().then(resolve)
      }
    })
    if (index === 0) await client.bulk.start({ runId, manner, pace, confirmedHosts: [] })
    else await client.bulk.resume({ runId })
    await killed
    close()
    host = await host.again()
    ;({ client, close } = await connectHost(host))
    const run = await client.bulk.get({ runId })
    expect(run).toMatchObject({ state: 'paused', sending: 0 })
    expect(run.why).toMatch(/closed while it ran/)
  }
  const before = requests
  await client.bulk.resume({ runId })
  const { counts } = await reached(client, runId, ({ state }) => state === 'done')
  const interrupted = counts.codes.interrupted ?? 0
  expect(counts.codes.ok ?? 0).toBe(CAPTURES - interrupted)
  expect(before).toBeLessThan(CAPTURES)
  // Everything was answered once at most: also what was cut off, as it waits for the user.
  expect([...answered].filter(([, count]) => count > 1)).toEqual([])
  const items = await allItems(client, runId)
  expect(items).toHaveLength(CAPTURES)
  for (const { position, replay } of items) {
    if (replay?.code === 'ok') expect(answered.get(position)).toBe(1)
    else expect(replay?.code).toBe('interrupted')
  }
  if (interrupted > 0) {
    await client.bulk.sendInterrupted({ runId })
    await reached(client, runId, ({ state }) => state === 'done')
    expect((await client.bulk.get({ runId })).counts.codes).toEqual({ ok: CAPTURES })
  }
  expect(requests).toBeLessThanOrEqual(CAPTURES + interrupted)
  close()
  expect(await host.stop()).toBe(0)
  await host.remove()
  receiver.close()
})

/**
 * `npm run soak`: a hundred times `kill -9` at a random moment, under load, against a receiver that
 * fails a third of what it gets. Then nothing acknowledged may be missing, nothing may be stuck, and
 * the receiver must have seen every delivery that succeeded, under one id. Takes a few minutes.
 */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { type DeliveryId, NO_RETRY } from '#contract'
import { draftWith } from './support/factories.ts'
import { connectHost } from './support/host-client.ts'
import type { CoreClient } from './support/open-core.ts'
import { startHost } from './support/start-host.ts'

const KILLS = Number(process.env.SOAK_KILLS ?? 100)
const AT_ONCE = 6
const LONGEST_LIFE_MS = 600
const DRAIN_MS = 180_000

/** What the receiver saw: how often it said yes to a webhook-id. */
const accepted = new Map<string, number>()
let requests = 0

const receiver = createServer((request, response) => {
  request.resume()
  request.on('end', () => {
    requests += 1
    const id = String(request.headers['webhook-id'])
    const chance = Math.random()
    if (chance < 1 / 6) return request.socket.destroy()
    if (chance < 1 / 3) return response.writeHead(503).end()
    accepted.set(id, (accepted.get(id) ?? 0) + 1)
    return response.writeHead(200).end('ok')
  })
})
await new Promise<void>((resolve) => {
  receiver.listen(0, '127.0.0.1', resolve)
})
const { port } = receiver.address() as AddressInfo

const acknowledged = new Set<DeliveryId>()
let host = await startHost()
await prepare()
for (let kill = 1; kill <= KILLS; kill++) {
  await lifeUnderLoad(Math.random() * LONGEST_LIFE_MS)
  host = await host.again()
  if (kill % 10 === 0) say(`${kill} kills, ${acknowledged.size} deliveries, ${requests} requests`)
}
const faults = await judge()
await host.remove()
receiver.close()
receiver.closeAllConnections()
for (const fault of faults) say(`FAULT ${fault}`)
say(faults.length === 0 ? 'nothing lost, nothing stuck' : `${faults.length} faults`)
process.exitCode = faults.length === 0 ? 0 : 1

async function prepare() {
  const { client, close } = await connectHost(host)
  await client.app.removeSamples()
  await client.webhook.save({
    webhookId: null,
    draft: draftWith({
      endpoint: { kind: 'plain', text: `http://127.0.0.1:${port}/in` },
      signing: {
        ...draftWith().signing,
        scheme: 'standard',
        secret: { kind: 'secret', text: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' },
      },
      retry: {
        preset: 'own',
        own: { ...NO_RETRY.own, delaysMs: Array.from({ length: 60 }, () => 150), jitter: 0.5 },
      },
    }),
  })
  close()
  await host.stop()
  host = await host.again()
}

/** Fires as fast as it is answered, until the process is killed under it. */
async function lifeUnderLoad(forMs: number) {
  const { client } = await connectHost(host)
  const over = new AbortController()
  const fire = async () => {
    while (!over.signal.aborted) {
      const { deliveries } = await client.simulator.fire({
        event: 'meeting.booked',
        payloadText: '{"data":{}}',
        stamp: true,
      })
      for (const id of deliveries) acknowledged.add(id)
    }
  }
  const load = Promise.allSettled(Array.from({ length: AT_ONCE }, fire))
  await new Promise((resolve) => setTimeout(resolve, forMs))
  await host.kill()
  over.abort()
  await load
}

async function judge(): Promise<string[]> {
  const { client, close } = await connectHost(host)
  const isDrained = await drained(client)
  const faults = isDrained ? [] : [`stuck: ${JSON.stringify((await client.app.status()).queue)}`]
  const seen = new Map<string, string>()
  for (let cursor: number | undefined; ; ) {
    const page = await client.delivery.list({
      filter: {},
      limit: 500,
      ...(cursor ? { cursor } : {}),
    })
    for (const { id, state, attempts } of page.items) {
      seen.set(id, state)
      if (state === 'succeeded' && !accepted.has(id)) faults.push(`${id} succeeded unseen`)
      if (state !== 'succeeded') faults.push(`${id} ended as ${state} after ${attempts} attempts`)
    }
    if (page.nextCursor === null) break
    cursor = page.nextCursor
  }
  for (const id of acknowledged)
    if (!seen.has(id)) faults.push(`${id} was acknowledged and is lost`)
  say(
    `${seen.size} deliveries, ${accepted.size} of them seen by the receiver, ${requests} requests`,
  )
  close()
  await host.stop()
  return [...faults, ...gapsIn(join(host.dataDir, 'hookstage.sqlite'))]
}

/** By the database itself: its soundness, and attempts that are missing or too many. */
function gapsIn(path: string): string[] {
  const db = new Database(path, { readonly: true })
  const integrity = String(db.pragma('integrity_check', { simple: true }))
  const gaps = db
    .prepare<[], { id: string }>(
      `SELECT d.id FROM deliveries AS d WHERE d.attempts <> (
         SELECT count(*) FROM attempts WHERE key > d.seq * 1024 AND key <= d.seq * 1024 + d.attempts)`,
    )
    .all()
  db.close()
  return [
    ...(integrity === 'ok' ? [] : [`integrity_check: ${integrity}`]),
    ...gaps.map(({ id }) => `${id} has a gap in its attempts`),
  ]
}

async function drained(client: CoreClient): Promise<boolean> {
  const endMs = Date.now() + DRAIN_MS
  while (Date.now() < endMs) {
    const { queued, sending, waiting } = await client.app.status()
    if (queued + sending + waiting === 0) return true
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  return false
}

function say(words: string) {
  process.stdout.write(`${words}\n`)
}

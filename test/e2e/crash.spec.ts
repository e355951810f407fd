import { join } from 'node:path'
import Database from 'better-sqlite3'
import type { EventId } from '#contract'
import { connectHost } from '../support/host-client.ts'
import { startHost } from '../support/start-host.ts'
import { expect, test } from './app.ts'

const BURST = 2_000
const AT_ONCE = 20

test('nothing acknowledged is lost when it is killed in the middle of a burst', async () => {
  const host = await startHost()
  const { client } = await connectHost(host)
  const { payloadText } = await client.simulator.payload({ event: 'meeting.booked', seed: 1 })
  const acknowledged = new Set<EventId>()
  let fired = 0
  const fire = async () => {
    while (fired < BURST) {
      fired += 1
      const { eventId } = await client.simulator.fire({
        event: 'meeting.booked',
        payloadText,
        stamp: true,
      })
      acknowledged.add(eventId)
      if (acknowledged.size === BURST / 2) await host.kill()
    }
  }
  await Promise.allSettled(Array.from({ length: AT_ONCE }, fire))
  expect(acknowledged.size).toBeGreaterThanOrEqual(BURST / 2)
  expect(acknowledged.size).toBeLessThan(BURST)

  const again = await host.again()
  const { client: second, close } = await connectHost(again)
  await expect
    .poll(async () => {
      const { queued, sending } = await second.app.status()
      return queued + sending
    })
    .toBe(0)
  const seen = new Map<string, string>()
  let cursor: number | undefined
  do {
    const page = await second.delivery.list({
      filter: {},
      limit: 500,
      ...(cursor ? { cursor } : {}),
    })
    for (const { eventId, status } of page.items) seen.set(eventId, status)
    cursor = page.nextCursor ?? undefined
  } while (cursor !== undefined)
  expect([...acknowledged].filter((id) => !seen.has(id))).toEqual([])
  expect(
    [...new Set(seen.values())].filter((status) => !['delivered', 'interrupted'].includes(status)),
  ).toEqual([])

  close()
  expect(await again.stop()).toBe(0)
  const db = new Database(join(host.dataDir, 'hookstage.sqlite'), { readonly: true })
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
  db.close()
  await again.remove()
})

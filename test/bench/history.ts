/** How long the first page and the filters take with 100,000 deliveries in the history. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DeliveryFilter, DeliveryId, EventId } from '#contract'
import { claimDataFolder } from '../../src-main/store/data-folder.ts'
import { openStore, type Store } from '../../src-main/store/index.ts'
import { attemptWith, FINAL, storedWebhook } from '../support/factories.ts'
import { type Figure, medianMs } from './measure.ts'

const DELIVERIES = 100_000
const GROUP = 500

export async function benchHistory(): Promise<Figure[]> {
  const path = mkdtempSync(join(tmpdir(), 'hookstage-bench-'))
  const folder = claimDataFolder(path)
  const store = openStore(folder, Date.now())
  await fill(store)
  const figures: Figure[] = []
  const measure = async (name: string, filter: DeliveryFilter, atMostMs?: number) => {
    const value = await medianMs(9, () => store.history.page(filter, undefined, 100))
    figures.push({ name, value, unit: 'ms', ...(atMostMs ? { limit: { atMost: atMostMs } } : {}) })
  }
  await measure('first page of 100 among 100,000 deliveries', {}, 10)
  await measure('  status: refused (1 in 1,000)', { statuses: ['refused'] })
  await measure('  status: failed (none)', { statuses: ['failed'] })
  await measure('  event: poll.answered (none)', { events: ['poll.answered'] })
  await measure('  the last 10 % by time', { sinceMs: DELIVERIES * 0.9 })
  await measure('  status and event and time', {
    statuses: ['delivered', 'refused'],
    events: ['meeting.booked'],
    sinceMs: DELIVERIES / 2,
  })
  await measure('  text that is in every body', { text: 'padding' })
  await measure('  text that is nowhere (reads every byte)', { text: 'no such text' })
  store.close()
  folder.release()
  rmSync(path, { recursive: true, force: true })
  return figures
}

async function fill(store: Store): Promise<void> {
  storedWebhook(store)
  const version = store.webhooks.list()[0]?.version
  if (version === undefined) throw new Error('no webhook')
  const requestBody = Buffer.from(JSON.stringify({ padding: 'x'.repeat(1_000) }))
  for (let start = 0; start < DELIVERIES; start += GROUP) {
    const ends: Promise<void>[] = []
    for (let n = start; n < start + GROUP; n++) {
      const [delivery] = store.log.record(
        {
          id: `evt_${n}` as EventId,
          event: 'meeting.booked',
          source: 'simulator',
          payloadText: '{}',
          createdAtMs: n,
        },
        [{ id: `dlv_${n}` as DeliveryId, webhookVersion: version }],
      )
      if (!delivery) throw new Error('no delivery')
      const refused = n % 1_000 === 0 ? ({ code: 'http_status', httpStatus: 404 } as const) : {}
      ends.push(store.log.finishAttempt(attemptWith(delivery, { requestBody, ...refused }), FINAL))
    }
    await Promise.all(ends)
  }
}

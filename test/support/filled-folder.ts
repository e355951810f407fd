/** A data folder whose history holds finished deliveries, for hosts to be started on. */
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DeliveryId, EventId } from '#contract'
import { claimDataFolder } from '../../src-main/store/data-folder.ts'
import { openStore } from '../../src-main/store/index.ts'
import { attemptWith, FINAL, storedWebhook } from './factories.ts'

const GROUP = 500
const REFUSED = { code: 'http_status', httpStatus: 404 } as const

/** So many, one for each minute up to now, the first of them refused; answers the folder. */
export async function filledFolder(count: number): Promise<string> {
  const dataDir = mkdtempSync(join(tmpdir(), 'hookstage-filled-'))
  const folder = claimDataFolder(dataDir)
  const store = openStore(folder, Date.now())
  const version = store.webhooks.get(storedWebhook(store, { name: 'Filled' }))?.version
  if (version === undefined) throw new Error('no webhook')
  for (let from = 0; from < count; from += GROUP) {
    const ends = Array.from({ length: Math.min(GROUP, count - from) }, (_, i) => {
      const number = from + i
      const [delivery] = store.log.record(
        {
          id: `evt_${number}` as EventId,
          event: 'meeting.booked',
          source: 'simulator',
          payloadText: '{}',
          createdAtMs: Date.now() - (count - number) * 60_000,
        },
        [{ id: `dlv_${number}` as DeliveryId, webhookVersion: version }],
      )
      if (!delivery) throw new Error('no delivery')
      return store.log.finishAttempt(attemptWith(delivery, number === 0 ? REFUSED : {}), FINAL)
    })
    await Promise.all(ends)
  }
  store.close()
  folder.release()
  return dataDir
}

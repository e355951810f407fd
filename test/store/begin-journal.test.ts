/** Attempts that are under way, and what a start finds of them after the process died. */
import { appendFileSync, closeSync, copyFileSync, openSync, readFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { DeliveryId } from '#contract'
import { openBeginJournal } from '../../src-main/store/begin-journal.ts'
import { openDatabase } from '../../src-main/store/database.ts'
import { attemptWith, storedDeliveries, storedWebhook } from '../support/factories.ts'
import { tempFolder } from '../support/temp-folder.ts'
import { tempStore } from '../support/temp-store.ts'

const FINAL = { kind: 'final', note: '' } as const
const FILES = ['hookstage.sqlite', 'hookstage.sqlite-wal', 'under-way.log']

function three() {
  const path = tempFolder()
  const store = tempStore(path)
  const webhooks = [storedWebhook(store), storedWebhook(store), storedWebhook(store)]
  const [a, b, c] = storedDeliveries(store, webhooks)
  if (!a || !b || !c) throw new Error('no deliveries')
  const log = join(path, 'under-way.log')
  return { path, store, a, b, c, log }
}

/** What a start finds when the process dies at this moment. */
function afterDeath(path: string) {
  const copy = tempFolder()
  for (const name of FILES) copyFileSync(join(path, name), join(copy, name))
  return tempStore(copy)
}

describe('an attempt that has begun', () => {
  it('is cut off by the death of the process, and nothing else is', async () => {
    const { path, store, a, b, c } = three()
    await Promise.all([store.log.beginAttempt(a, 1, 77, 78), store.log.beginAttempt(b, 1, 79, 80)])
    await store.log.finishAttempt(attemptWith(a), FINAL)
    const found = afterDeath(path)
    expect(found.log.cutOff(10)).toMatchObject([
      { id: b.id, attempts: 1, startedAtMs: 79, stageAtMs: 80 },
    ])
    expect(found.log.queued(0, 10).map(({ id }) => id)).toEqual([c.id])
    expect(found.log.waiting.lastSeenMs()).toBe(80)
  })

  it('shows as being sent, also to the filters', async () => {
    const { store, a, b, c } = three()
    await store.log.beginAttempt(b, 1, 1, 1)
    expect(store.history.get(b.id)).toMatchObject({ state: 'sending', attempts: 1 })
    const page = (status: 'sending' | 'queued') =>
      store.history.page({ statuses: [status] }, undefined, 10)
    expect((await page('sending')).items.map(({ id }) => id)).toEqual([b.id])
    expect((await page('queued')).items.map(({ id }) => id)).toEqual([c.id, a.id])
    await store.log.finishAttempt(attemptWith(b), FINAL)
    expect((await page('sending')).items).toEqual([])
  })
})

describe('the journal', () => {
  it('is empty once nothing is under way', async () => {
    const { store, a, b, log } = three()
    await Promise.all([store.log.beginAttempt(a, 1, 1, 1), store.log.beginAttempt(b, 1, 1, 1)])
    expect(readFileSync(log, 'latin1').split('\n')).toHaveLength(3)
    await Promise.all([a, b].map((each) => store.log.finishAttempt(attemptWith(each), FINAL)))
    expect(readFileSync(log)).toHaveLength(0)
  })

  it('is not emptied by an end while another begins, in whatever microtask', async () => {
    const { db } = openDatabase(`${tempFolder()}/a.sqlite`, 'now')
    const path = `${tempFolder()}/under-way.log`
    const journal = openBeginJournal(path, db)
    const beginOf = (name: string) => ({
      id: `dlv_${name}` as DeliveryId,
      number: 1,
      startedAtMs: 1,
      stageAtMs: 1,
    })
    for (let microtasks = 0; microtasks < 12; microtasks++) {
      await journal.begin(1, beginOf('a'))
      const begun = journal.begin(2, beginOf('b'))
      for (let n = 0; n < microtasks; n++) await Promise.resolve()
      journal.ended(1)
      await begun
      expect(readFileSync(path, 'latin1'), `after ${microtasks}`).toContain('dlv_b')
      journal.ended(2)
    }
    journal.close()
    db.close()
  })

  it('touches no file any more once it is closed', async () => {
    const { db } = openDatabase(`${tempFolder()}/a.sqlite`, 'now')
    const folder = tempFolder()
    const journal = openBeginJournal(join(folder, 'under-way.log'), db)
    await journal.begin(1, { id: 'dlv_a' as DeliveryId, number: 1, startedAtMs: 1, stageAtMs: 1 })
    journal.close()
    // It gets the number that the journal's file had.
    const other = openSync(join(folder, 'other'), 'w')
    writeSync(other, 'kept')
    journal.ended(1)
    await expect(
      journal.begin(2, { id: 'dlv_b' as DeliveryId, number: 1, startedAtMs: 1, stageAtMs: 1 }),
    ).rejects.toThrow(/closed/)
    closeSync(other)
    expect(readFileSync(join(folder, 'other'), 'utf8')).toBe('kept')
    expect(readFileSync(join(folder, 'under-way.log'), 'utf8')).toContain('dlv_a')
    db.close()
  })

  it('loses nothing when it is written anew, and does not grow without end', async () => {
    const { path, store, a, b, log } = three()
    await store.log.beginAttempt(a, 1, 77, 78)
    for (let n = 0; n < 25_000; n++) {
      await store.log.beginAttempt(b, (n % 1000) + 1, 1_700_000_000_000, 1_700_000_000_000)
    }
    expect(readFileSync(log).length).toBeLessThan(1100 * 1024)
    const found = afterDeath(path)
    expect(found.log.cutOff(10).map(({ id }) => id)).toEqual([a.id, b.id])
  })

  it('says nothing by half a line, nor by one of another database', async () => {
    const { path, store, a, b, c, log } = three()
    await store.log.beginAttempt(b, 1, 1, 1)
    appendFileSync(log, `dlv_of_another 1 1 1\n\0\0\0\n${c.id} x\n${a.id} 1 17`)
    const found = afterDeath(path)
    expect(found.log.cutOff(10).map(({ id }) => id)).toEqual([b.id])
  })
})

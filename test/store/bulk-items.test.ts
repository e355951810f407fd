/** The items of bulk replays: how they are read and what a change of them leaves alone. */
import { describe, expect, it } from 'vitest'
import { BULK_ITEM_STATES, type BulkRunId, type DeliveryId, type EventId } from '#contract'
import { bulkPageQuery } from '../../src-main/store/bulk-items.ts'
import { openDatabase } from '../../src-main/store/database.ts'
import type { NewBulkItem } from '../../src-main/store/index.ts'
import { storedWebhook } from '../support/factories.ts'
import { tempFolder } from '../support/temp-folder.ts'
import { tempStore } from '../support/temp-store.ts'

function itemWith(position: number): NewBulkItem {
  return {
    position,
    sourceId: `cap_${position}`,
    sourceSeq: position,
    recordedAtMs: position,
    ownerId: 'echo',
    origin: '',
    place: '',
    sameAs: `evt_${position}`,
    event: null,
    bodyBytes: 2,
    isPayload: false,
    fault: null,
    bytesFault: null,
    original: { code: 'ok', httpStatus: 200 },
  }
}

const PLANS: Record<string, string[]> = {
  pending: [
    'SEARCH i USING PRIMARY KEY (run_seq=? AND position>?)',
    'SEARCH e USING PRIMARY KEY (run_seq=? AND position=?) LEFT-JOIN',
    'SEARCH d USING INDEX deliveries_of_runs (run_seq=? AND run_position=?) LEFT-JOIN',
  ],
  // Of what has not ended there is little.
  made: [
    'SCAN d USING INDEX deliveries_unfinished',
    'SEARCH i USING PRIMARY KEY (run_seq=? AND position=?)',
    'CORRELATED SCALAR SUBQUERY 1',
    'SEARCH e USING PRIMARY KEY (run_seq=? AND position=?)',
    'USE TEMP B-TREE FOR ORDER BY',
  ],
  same: [
    'SEARCH e USING PRIMARY KEY (run_seq=? AND position>?)',
    'SEARCH i USING PRIMARY KEY (run_seq=? AND position=?)',
  ],
}

describe('the items of a bulk replay', () => {
  it('are read by an index, whatever they are narrowed down to', () => {
    const { db } = openDatabase(`${tempFolder()}/a.sqlite`, 'now')
    for (const state of [null, ...BULK_ITEM_STATES]) {
      const plan = db
        .prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${bulkPageQuery(state)}`)
        .all(1, -1, 10)
        .map(({ detail }) => detail)
      expect(plan, String(state)).toEqual(PLANS[state ?? 'pending'] ?? PLANS.same)
    }
    db.close()
  })

  it('are cancelled and excluded only while they are pending, and end only once', async () => {
    const { store, seq, give } = tempRun(5)
    store.bulkEnds.exclude(seq, 0, 'It is too old.')
    await give(2, 3)
    store.bulkEnds.exclude(seq, 2, 'Too late.')
    expect(store.bulkEnds.cancelPending(seq, 'Cancelled.', -1, 2)).toEqual({ count: 1, last: 1 })
    expect(store.bulkEnds.cancelPending(seq, 'Cancelled.', 1, 10)).toEqual({ count: 1, last: 4 })
    expect(store.bulkEnds.cancelPending(seq, 'Cancelled.', 4, 10)).toEqual({ count: 0, last: null })
    store.bulkEnds.exclude(seq, 1, 'Too late.')
    await store.commit([store.bulkEnds.settle(seq, 2, idOf(2), 'same', OK)])
    await store.commit([store.bulkEnds.settle(seq, 2, idOf(2), 'broken', OK)])
    const page = store.bulkItems.page(seq, null, -1, 10)
    expect(page.map(({ state, reason, deliveryId }) => [state, reason, deliveryId])).toEqual([
      ['excluded', 'It is too old.', null],
      ['cancelled', 'Cancelled.', null],
      ['same', 'Answered 200.', 'dlv_2'],
      ['made', '', 'dlv_3'],
      ['cancelled', 'Cancelled.', null],
    ])
    for (const state of BULK_ITEM_STATES) {
      expect(store.bulkItems.page(seq, state, -1, 10)).toEqual(
        page.filter((item) => item.state === state),
      )
    }
    expect(store.bulkItems.counts(seq)).toEqual({
      total: 5,
      states: { excluded: 1, cancelled: 2, same: 1, made: 1 },
      codes: { ok: 1 },
    })
    expect(store.bulkItems.delete(seq, 4)).toBe(4)
    expect(store.bulkItems.counts(seq)).toEqual({ total: 1, states: { cancelled: 1 }, codes: {} })
    expect(store.bulkItems.delete(seq, 4)).toBe(1)
    expect(store.bulkItems.page(seq, null, -1, 10)).toEqual([])
  })

  it('are pending until they have a delivery or an end, in either order', async () => {
    const { store, seq, give } = tempRun(8)
    const pending = (
      ...beyond: [order: 'recorded' | 'newest', from: number | null, limit: number]
    ) => store.bulkItems.pending(seq, ...beyond).due.map(({ position }) => position)
    await give(0, 1, 5)
    store.bulkEnds.exclude(seq, 2, 'It is too old.')
    expect(pending('recorded', null, 5)).toEqual([3, 4])
    expect(pending('recorded', 4, 10)).toEqual([6, 7])
    expect(pending('newest', null, 4)).toEqual([7, 6, 4])
    expect(pending('newest', 3, 10)).toEqual([])
    const { bulkItems } = store
    expect(bulkItems.pending(seq, 'recorded', null, 3)).toEqual({ due: [], last: 2 })
    expect(bulkItems.pending(seq, 'newest', 3, 10)).toEqual({ due: [], last: 0 })
    expect(bulkItems.pending(seq, 'recorded', 7, 10)).toEqual({ due: [], last: null })
  })

  it('have one delivery at most', async () => {
    const { store, seq, give } = tempRun(1)
    await give(0)
    await expect(give(0)).rejects.toMatchObject({ code: 'SQLITE_CONSTRAINT_UNIQUE' })
    expect(store.bulkEnds.allMade(seq, -1, 10)).toHaveLength(1)
  })

  it('are as if nothing had been excluded when that is forgotten', () => {
    const { store, seq } = tempRun(3)
    for (const position of [0, 1, 2]) store.bulkEnds.exclude(seq, position, 'It is too old.')
    expect(store.bulkEnds.forget(seq, 2)).toBe(2)
    expect(store.bulkEnds.forget(seq, 2)).toBe(1)
    expect(store.bulkItems.counts(seq).states).toEqual({ pending: 3 })
  })

  it('that were interrupted are pending again, without their old deliveries', async () => {
    const { store, seq, give } = tempRun(3)
    await give(0, 1)
    const cutOff = { code: 'interrupted', httpStatus: null, reason: 'Cut off.' } as const
    await store.commit([
      store.bulkEnds.settle(seq, 0, idOf(0), 'same', OK),
      store.bulkEnds.settle(seq, 1, idOf(1), 'interrupted', cutOff),
    ])
    expect(store.bulkEnds.allMade(seq, -1, 10)).toEqual([])
    expect(store.bulkEnds.renew(seq, 10)).toBe(1)
    expect(store.bulkEnds.renew(seq, 10)).toBe(0)
    expect(store.bulkItems.counts(seq).states).toEqual({ same: 1, pending: 2 })
    await give(1)
    expect(store.bulkEnds.allMade(seq, -1, 10)).toMatchObject([
      { position: 1, deliveryId: 'dlv_1_again', isQueued: true, end: null },
    ])
  })

  it('keep a delivery from being deleted until they have its end', async () => {
    const { store, seq, give } = tempRun(2)
    await give(0, 1)
    for (const number of [0, 1]) {
      const deliverySeq = store.log.seqOf(idOf(number)) ?? 0
      await store.log.finishUnsent(deliverySeq, 'cancelled', 'Cancelled.', 9)
    }
    await store.commit([store.bulkEnds.settle(seq, 0, idOf(0), 'same', OK)])
    expect(store.retention.deleteOldest(10)).toBe(1)
    expect(store.retention.deleteOlderThan(1_000, 10)).toBe(0)
    expect(store.bulkEnds.allMade(seq, -1, 10)).toMatchObject([
      { position: 1, end: { code: 'cancelled' } },
    ])
    store.bulkItems.delete(seq, 10)
    expect(store.retention.deleteOlderThan(1_000, 10)).toBe(1)
  })
})

const OK = { code: 'ok', httpStatus: 200, reason: 'Answered 200.' } as const
const idOf = (position: number) => `dlv_${position}` as DeliveryId

/** A run of so many items; `give` makes deliveries of some of them. */
function tempRun(count: number) {
  const store = tempStore()
  const { seq } = store.bulkRuns.insert('blk_1' as BulkRunId, 'captures', 5)
  const positions = Array.from({ length: count }, (_, position) => position)
  store.bulkItems.insert(seq, positions.map(itemWith))
  const webhookId = storedWebhook(store)
  const webhookVersion = store.webhooks.get(webhookId)?.version
  if (webhookVersion === undefined) throw new Error('the webhook is gone')
  const give = async (...given: number[]) => {
    const records = given.map((position) => {
      const id = idOf(position)
      return store.log.recordLater(
        {
          id: `evt_${position}` as EventId,
          event: null,
          source: 'replay',
          payloadText: '',
          createdAtMs: 5,
        },
        {
          id: store.log.seqOf(id) === null ? id : (`${id}_again` as DeliveryId),
          webhookVersion,
          replay: { parentId: `cap_${position}`, kind: 'as_sent', request: null },
          item: { runSeq: seq, position },
        },
      )
    })
    await store.commit(records.flatMap(({ writes }) => writes))
  }
  return { store, seq, give }
}

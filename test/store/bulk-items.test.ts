/** The items of bulk replays: how they are read and what a change of them leaves alone. */
import { describe, expect, it } from 'vitest'
import { BULK_ITEM_STATES, type BulkRunId } from '#contract'
import { bulkPageQuery } from '../../src-main/store/bulk-items.ts'
import { openDatabase } from '../../src-main/store/database.ts'
import type { NewBulkItem } from '../../src-main/store/index.ts'
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

describe('the items of a bulk replay', () => {
  it('are read by an index, whatever they are narrowed down to', () => {
    const { db } = openDatabase(`${tempFolder()}/a.sqlite`, 'now')
    for (const state of BULK_ITEM_STATES) {
      const plan = db
        .prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${bulkPageQuery(state)}`)
        .all(1, -1, 10)
        .map(({ detail }) => detail)
      const isOver = state !== 'pending' && state !== 'made'
      expect(plan).toEqual([
        isOver
          ? 'SEARCH bulk_items USING INDEX bulk_items_over (run_seq=? AND state=? AND position>?)'
          : 'SEARCH bulk_items USING PRIMARY KEY (run_seq=? AND position>?)',
      ])
    }
    db.close()
  })

  it('are cancelled and excluded only while they are pending, and end only once', async () => {
    const store = tempStore()
    const { seq } = store.bulkRuns.insert('blk_1' as BulkRunId, 'captures', 5)
    store.bulkItems.insert(seq, [0, 1, 2].map(itemWith))
    store.bulkItems.exclude(seq, 0, 'It is too old.')
    expect(store.bulkItems.cancelPending(seq, 'Cancelled.', 1)).toBe(1)
    store.bulkItems.exclude(seq, 1, 'Too late.')
    const end = { code: 'ok', httpStatus: 200, reason: 'Answered 200.' } as const
    await store.commit([store.bulkItems.settle(seq, 2, 'same', end)])
    const page = store.bulkItems.page(seq, null, -1, 10)
    expect(page.map(({ state, reason }) => [state, reason])).toEqual([
      ['excluded', 'It is too old.'],
      ['cancelled', 'Cancelled.'],
      ['pending', ''],
    ])
    expect(store.bulkItems.counts(seq)).toEqual({
      total: 3,
      states: { excluded: 1, cancelled: 1, pending: 1 },
      codes: {},
    })
    expect(store.bulkItems.delete(seq, 10)).toBe(3)
  })
})

/**
 * Deletes what the user no longer wants to keep of the history, the oldest first, in small steps.
 * What has not ended stays, and so does an event that still has deliveries, and a delivery whose end its
 * bulk replay does not know yet: without it the item would be sent again.
 */
import type { Database } from './database.ts'
import { attemptKeysOf } from './history-keys.ts'

export interface RetentionStore {
  /** Deletes up to `limit` ended deliveries that are older than that; answers how many. */
  deleteOlderThan(beforeMs: number, limit: number): number
  /** Deletes up to `limit` of the oldest ended deliveries; answers how many. */
  deleteOldest(limit: number): number
  /** What the data takes; the file may be larger, with room for more. */
  usedBytes(): number
}

const MAY_GO = `finished_at_ms IS NOT NULL AND NOT EXISTS (SELECT 1 FROM bulk_items AS i
  WHERE i.run_seq = deliveries.run_seq AND i.position = deliveries.run_position AND NOT EXISTS (SELECT 1
    FROM bulk_ends AS e WHERE e.run_seq = i.run_seq AND e.position = i.position))`

export function createRetentionStore(db: Database): RetentionStore {
  const selectOlder = db.prepare<[number, number], { seq: number; event_seq: number }>(
    `SELECT seq, event_seq FROM deliveries
     WHERE created_at_ms < ? AND ${MAY_GO} ORDER BY created_at_ms LIMIT ?`,
  )
  const selectOldest = db.prepare<[number], { seq: number; event_seq: number }>(
    `SELECT seq, event_seq FROM deliveries WHERE ${MAY_GO} ORDER BY seq LIMIT ?`,
  )
  const deleteDelivery = db.prepare('DELETE FROM deliveries WHERE seq = ?')
  const deleteRequest = db.prepare('DELETE FROM fixed_requests WHERE seq = ?')
  const deleteAttempts = db.prepare('DELETE FROM attempts WHERE key > ? AND key < ?')
  const deleteBodies = db.prepare('DELETE FROM bodies WHERE key > ? AND key < ?')
  const deleteEvent = db.prepare(
    'DELETE FROM events WHERE seq = ? AND NOT EXISTS (SELECT 1 FROM deliveries WHERE event_seq = events.seq)',
  )

  const remove = db.transaction((rows: readonly { seq: number; event_seq: number }[]) => {
    for (const { seq } of rows) {
      deleteAttempts.run(...attemptKeysOf(seq))
      deleteBodies.run(...attemptKeysOf(seq))
      deleteDelivery.run(seq)
      deleteRequest.run(seq)
    }
    for (const event of new Set(rows.map(({ event_seq }) => event_seq))) deleteEvent.run(event)
    return rows.length
  })

  const pragma = (name: string) => Number(db.pragma(name, { simple: true }))
  return {
    deleteOlderThan: (beforeMs, limit) => remove(selectOlder.all(beforeMs, limit)),
    deleteOldest: (limit) => remove(selectOldest.all(limit)),
    usedBytes: () => (pragma('page_count') - pragma('freelist_count')) * pragma('page_size'),
  }
}

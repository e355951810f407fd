/**
 * How the items of bulk replays ended: as their deliveries did, or without one. An item ends once, unless
 * it is renewed. Its end is read from its delivery, so that a crash between the two loses nothing.
 */
import type { BulkItemState, DeliveryId } from '#contract'
import type { NewBulkItem } from './bulk-items.ts'
import type { Database } from './database.ts'
import type { DeliveryEnd } from './history-records.ts'
import { codeOrNone } from './history-rows.ts'
import type { WriteBatch } from './write-batch.ts'
import type { Write } from './write-message.ts'

/** An item with a delivery whose end is not its own yet. */
export interface MadeItem {
  readonly position: number
  readonly deliveryId: DeliveryId
  readonly deliverySeq: number
  readonly isQueued: boolean
  /** Null while it has not ended. */
  readonly end: DeliveryEnd | null
  readonly original: NewBulkItem['original']
}

export interface BulkEndStore {
  /** Up to `limit` beyond a position. */
  allMade(runSeq: number, afterPosition: number, limit: number): MadeItem[]
  /** As the delivery of the item ended. */
  settle(
    runSeq: number,
    position: number,
    delivery: DeliveryId,
    state: BulkItemState,
    end: DeliveryEnd,
  ): Write
  /** Before it begins: up to `limit` are as if nothing had been excluded; answers how many. */
  forget(runSeq: number, limit: number): number
  /** Leaves alone what is not pending. */
  exclude(runSeq: number, position: number, why: string): void
  /** Of the next `limit` items those that are pending. Answers how many, and where it came to. */
  cancelPending(
    runSeq: number,
    why: string,
    afterPosition: number,
    limit: number,
  ): { readonly count: number; readonly last: number | null }
  /** Up to `limit` interrupted ones are pending again; answers how many. */
  renew(runSeq: number, limit: number): number
}

interface MadeRow {
  position: number
  id: string
  seq: number
  state: string
  code: string | null
  http_status: number | null
  reason: string
  finished_at_ms: number | null
  original_code: string | null
  original_status: number | null
}

export function createBulkEndStore(db: Database, batch: WriteBatch): BulkEndStore {
  const s = prepare(db, batch)
  return {
    allMade: (runSeq, after, limit) => s.allMade.all(runSeq, after, limit).map(toMade),
    settle: (runSeq, position, delivery, state, { reason, code, httpStatus }) =>
      s.settle(runSeq, position, state, reason, code, httpStatus, delivery),
    forget: (runSeq, limit) => s.forget.run(runSeq, runSeq, limit).changes,
    exclude: (runSeq, position, why) => {
      s.endPending.run('excluded', why, runSeq, position, position)
    },
    cancelPending: (runSeq, why, after, limit) => {
      const last = s.edge.get(runSeq, after, limit)?.last ?? null
      if (last === null) return { count: 0, last }
      return { count: s.endPending.run('cancelled', why, runSeq, after + 1, last).changes, last }
    },
    renew: db.transaction((runSeq: number, limit: number) => {
      const interrupted = s.interrupted.all(runSeq, limit)
      for (const { position } of interrupted) {
        s.unlink.run(runSeq, position)
        s.remove.run(runSeq, position)
      }
      return interrupted.length
    }),
  }
}

function prepare(db: Database, batch: WriteBatch) {
  return {
    allMade: db.prepare<[number, number, number], MadeRow>(
      `SELECT d.run_position AS position, d.id, d.seq, d.state, d.code, d.http_status, d.reason,
         d.finished_at_ms, i.original_code, i.original_status
       FROM deliveries AS d
       JOIN bulk_items AS i ON i.run_seq = d.run_seq AND i.position = d.run_position
       WHERE d.run_seq = ? AND d.run_position > ? AND NOT EXISTS (SELECT 1 FROM bulk_ends AS e
         WHERE e.run_seq = d.run_seq AND e.position = d.run_position)
       ORDER BY d.run_position LIMIT ?`,
    ),
    settle: batch.statement(
      `INSERT INTO bulk_ends (run_seq, position, state, reason, code, http_status, delivery_id)
       VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
    ),
    endPending: db.prepare(
      `INSERT INTO bulk_ends (run_seq, position, state, reason)
       SELECT i.run_seq, i.position, ?, ? FROM bulk_items AS i
       WHERE i.run_seq = ? AND i.position BETWEEN ? AND ? AND NOT EXISTS (SELECT 1
         FROM deliveries AS d WHERE d.run_seq = i.run_seq AND d.run_position = i.position)
       ON CONFLICT DO NOTHING`,
    ),
    forget: db.prepare(`DELETE FROM bulk_ends WHERE run_seq = ? AND position IN (
      SELECT position FROM bulk_ends WHERE run_seq = ? ORDER BY position LIMIT ?)`),
    edge: db.prepare<[number, number, number], { last: number | null }>(
      `SELECT max(position) AS last FROM (SELECT position FROM bulk_items
       WHERE run_seq = ? AND position > ? ORDER BY position LIMIT ?)`,
    ),
    interrupted: db.prepare<[number, number], { position: number }>(
      "SELECT position FROM bulk_ends WHERE run_seq = ? AND state = 'interrupted' LIMIT ?",
    ),
    unlink: db.prepare(
      `UPDATE deliveries SET run_seq = NULL, run_position = NULL
       WHERE run_seq = ? AND run_position = ?`,
    ),
    remove: db.prepare('DELETE FROM bulk_ends WHERE run_seq = ? AND position = ?'),
  }
}

function toMade(row: MadeRow): MadeItem {
  const code = codeOrNone(row.code)
  return {
    position: row.position,
    deliveryId: row.id as DeliveryId,
    deliverySeq: row.seq,
    isQueued: row.state === 'queued',
    end:
      row.finished_at_ms !== null && code !== null
        ? { code, httpStatus: row.http_status, reason: row.reason }
        : null,
    original: { code: codeOrNone(row.original_code), httpStatus: row.original_status },
  }
}

/**
 * The items of bulk replays. An item is pending, then made (a delivery was recorded in the same
 * transaction), then ended as that delivery ended; or it is excluded or cancelled without one. What it
 * says of an end is read from the delivery, so that a crash between the two loses nothing.
 */
import {
  type BulkCounts,
  type BulkItemState,
  bulkItemStateSchema,
  type DeliveryId,
  type EventName,
  type OutcomeCode,
} from '#contract'
import type { Database } from './database.ts'
import type { DeliveryEnd } from './history-records.ts'
import { NO_EVENT, toCode, toEventName } from './history-rows.ts'
import { oneOf } from './one-of.ts'
import type { WriteBatch } from './write-batch.ts'
import type { Write } from './write-message.ts'

/** What is known of an item before it is decided what becomes of it. */
export interface NewBulkItem {
  readonly position: number
  readonly sourceId: string
  readonly sourceSeq: number
  readonly recordedAtMs: number
  /** The webhook or receiver that it belongs to. */
  readonly ownerId: string
  /** Where it went: `https://example.com`; empty for a capture, whose receiver says. */
  readonly origin: string
  /** Tells apart where it went, without telling. */
  readonly place: string
  /** What a receiver takes it for the same by: an id, or a digest of its bytes. */
  readonly sameAs: string
  readonly event: EventName | null
  readonly bodyBytes: number
  /** The event's payload is the body as it stands. */
  readonly isPayload: boolean
  /** Why it cannot be sent again at all, in words. */
  readonly fault: string | null
  /** Why its bytes cannot; it may be rendered again. */
  readonly bytesFault: string | null
  readonly original: { readonly code: OutcomeCode | null; readonly httpStatus: number | null }
}

/** What its request is made of. */
export type DueItem = Pick<
  NewBulkItem,
  | 'position'
  | 'sourceId'
  | 'sourceSeq'
  | 'recordedAtMs'
  | 'ownerId'
  | 'origin'
  | 'event'
  | 'bodyBytes'
  | 'isPayload'
  | 'original'
>

export interface StoredItem extends NewBulkItem {
  readonly state: BulkItemState
  readonly reason: string
  readonly deliverySeq: number | null
  readonly deliveryId: DeliveryId | null
  readonly code: OutcomeCode | null
  readonly httpStatus: number | null
}

/** How the delivery of an item stands. */
export interface MadeItem {
  readonly position: number
  readonly deliverySeq: number
  readonly isQueued: boolean
  /** Null while it has not ended. */
  readonly end: DeliveryEnd | null
  readonly original: StoredItem['original']
}

export interface BulkItemStore {
  insert(runSeq: number, items: readonly NewBulkItem[]): void
  /** Up to `limit` pending ones beyond a position, in the order asked for; null: from its beginning. */
  pending(
    runSeq: number,
    order: 'recorded' | 'newest',
    beyond: number | null,
    limit: number,
  ): DueItem[]
  /** By position. */
  page(
    runSeq: number,
    state: BulkItemState | null,
    afterPosition: number,
    limit: number,
  ): StoredItem[]
  /** To be committed right after the delivery's own writes, the last of which has its key. */
  made(runSeq: number, position: number, id: DeliveryId): Write
  /** Up to `limit` of those that are made and not settled. */
  allMade(runSeq: number, afterPosition: number, limit: number): MadeItem[]
  settle(runSeq: number, position: number, state: BulkItemState, end: DeliveryEnd): Write
  exclude(runSeq: number, position: number, why: string): void
  /** Up to `limit` pending ones; answers how many. */
  cancelPending(runSeq: number, why: string, limit: number): number
  /** Up to `limit` interrupted ones are pending again; answers how many. */
  renew(runSeq: number, limit: number): number
  counts(runSeq: number): BulkCounts
  /** Up to `limit`; answers how many. */
  delete(runSeq: number, limit: number): number
}

interface DueRow {
  position: number
  source_id: string
  source_seq: number
  recorded_at_ms: number
  owner_id: string
  origin: string
  event: string
  body_bytes: number
  is_payload: number
  original_code: string | null
  original_status: number | null
}

interface Row extends DueRow {
  state: string
  reason: string
  place: string
  same_as: string
  fault: string | null
  bytes_fault: string | null
  delivery_seq: number | null
  delivery_id: string | null
  code: string | null
  http_status: number | null
}

interface MadeRow {
  position: number
  delivery_seq: number
  original_code: string | null
  original_status: number | null
  state: string | null
  code: string | null
  http_status: number | null
  reason: string | null
  finished_at_ms: number | null
}

const DUE_COLUMNS = `position, source_id, source_seq, recorded_at_ms, owner_id, origin, event,
  body_bytes, is_payload, original_code, original_status`

const MADE = `
  SELECT i.position, i.delivery_seq, i.original_code, i.original_status,
    d.state, d.code, d.http_status, d.reason, d.finished_at_ms
  FROM bulk_items AS i LEFT JOIN deliveries AS d ON d.seq = i.delivery_seq
  WHERE i.run_seq = ? AND i.state = 'made'`

export function createBulkItemStore(db: Database, batch: WriteBatch): BulkItemStore {
  const s = prepare(db, batch)
  return {
    insert: db.transaction((runSeq: number, items: readonly NewBulkItem[]) => {
      for (const item of items) s.insert.run(...valuesOf(runSeq, item))
    }),
    pending: (runSeq, order, beyond, limit) =>
      (order === 'recorded'
        ? s.pendingUp.all(runSeq, beyond ?? -1, limit)
        : s.pendingDown.all(runSeq, beyond ?? Number.MAX_SAFE_INTEGER, limit)
      ).map(toDue),
    page: (runSeq, state, after, limit) =>
      (state === null ? s.page : s.pageOf(state)).all(runSeq, after, limit).map(toItem),
    made: (runSeq, position, id) => s.made(id, runSeq, position),
    allMade: (runSeq, after, limit) => s.allMade.all(runSeq, after, limit).map(toMade),
    settle: (runSeq, position, state, { reason, code, httpStatus }) =>
      s.settle(state, reason, code, httpStatus, runSeq, position),
    exclude: (runSeq, position, why) => {
      s.exclude.run(why, runSeq, position)
    },
    cancelPending: (runSeq, why, limit) => s.cancelPending.run(why, runSeq, runSeq, limit).changes,
    renew: (runSeq, limit) => s.renew.run(runSeq, runSeq, limit).changes,
    counts: (runSeq) => {
      const counts = { total: 0, states: {}, codes: {} } as Counting
      for (const { state, code, n } of s.counts.all(runSeq)) {
        counts.total += n
        add(counts.states, toItemState(state), n)
        if (code !== null) add(counts.codes, toCode(code), n)
      }
      return counts
    },
    delete: (runSeq, limit) => s.remove.run(runSeq, runSeq, limit).changes,
  }
}

interface Counting {
  total: number
  states: Partial<Record<BulkItemState, number>>
  codes: Partial<Record<OutcomeCode, number>>
}

function add<Key extends string>(counts: Partial<Record<Key, number>>, key: Key, n: number) {
  counts[key] = (counts[key] ?? 0) + n
}

/** A page of one state. Exported for the test that asserts its query plan. */
export function bulkPageQuery(state: BulkItemState): string {
  const isOver = state !== 'pending' && state !== 'made'
  // SQLite takes the primary key by itself, which leads through all that is in another state. What
  // the index says of itself has to stand there for it to serve.
  const from = isOver ? 'bulk_items INDEXED BY bulk_items_over' : 'bulk_items'
  const over = isOver ? "AND state <> 'pending' AND state <> 'made'" : ''
  return `SELECT * FROM ${from} WHERE run_seq = ? AND state = '${state}' ${over} AND position > ?
    ORDER BY position LIMIT ?`
}

function prepare(db: Database, batch: WriteBatch) {
  const someOf = (state: string) => `position IN (
    SELECT position FROM bulk_items WHERE run_seq = ? AND state = '${state}' ORDER BY position LIMIT ?)`
  return {
    insert: db.prepare(`
      INSERT INTO bulk_items (run_seq, position, state, source_id, source_seq, recorded_at_ms,
        owner_id, origin, place, same_as, event, body_bytes, is_payload, fault, bytes_fault,
        original_code, original_status)
      VALUES (?, ?, 'pending', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`),
    pendingUp: db.prepare<[number, number, number], DueRow>(
      `SELECT ${DUE_COLUMNS} FROM bulk_items WHERE run_seq = ? AND position > ? AND state = 'pending'
       ORDER BY position LIMIT ?`,
    ),
    pendingDown: db.prepare<[number, number, number], DueRow>(
      `SELECT ${DUE_COLUMNS} FROM bulk_items WHERE run_seq = ? AND position < ? AND state = 'pending'
       ORDER BY position DESC LIMIT ?`,
    ),
    page: db.prepare<[number, number, number], Row>(
      'SELECT * FROM bulk_items WHERE run_seq = ? AND position > ? ORDER BY position LIMIT ?',
    ),
    pageOf: (state: BulkItemState) =>
      db.prepare<[number, number, number], Row>(bulkPageQuery(state)),
    made: batch.statement(`
      UPDATE bulk_items SET state = 'made', reason = '', code = NULL, http_status = NULL,
        delivery_seq = last_insert_rowid(), delivery_id = ?
      WHERE run_seq = ? AND position = ? AND state = 'pending'`),
    allMade: db.prepare<[number, number, number], MadeRow>(
      `${MADE} AND i.position > ? ORDER BY i.position LIMIT ?`,
    ),
    settle: batch.statement(`
      UPDATE bulk_items SET state = ?, reason = ?, code = ?, http_status = ?
      WHERE run_seq = ? AND position = ? AND state = 'made'`),
    exclude: db.prepare(
      "UPDATE bulk_items SET state = 'excluded', reason = ? WHERE run_seq = ? AND position = ? AND state = 'pending'",
    ),
    cancelPending: db.prepare(
      `UPDATE bulk_items SET state = 'cancelled', reason = ? WHERE run_seq = ? AND ${someOf('pending')}`,
    ),
    renew: db.prepare(
      `UPDATE bulk_items SET state = 'pending', reason = '', code = NULL, http_status = NULL
       WHERE run_seq = ? AND ${someOf('interrupted')}`,
    ),
    counts: db.prepare<[number], { state: string; code: string | null; n: number }>(
      'SELECT state, code, count(*) AS n FROM bulk_items WHERE run_seq = ? GROUP BY state, code',
    ),
    remove: db.prepare(`DELETE FROM bulk_items WHERE run_seq = ? AND position IN (
      SELECT position FROM bulk_items WHERE run_seq = ? LIMIT ?)`),
  }
}

function valuesOf(runSeq: number, item: NewBulkItem) {
  return [
    runSeq,
    item.position,
    item.sourceId,
    item.sourceSeq,
    item.recordedAtMs,
    item.ownerId,
    item.origin,
    item.place,
    item.sameAs,
    item.event ?? NO_EVENT,
    item.bodyBytes,
    item.isPayload ? 1 : 0,
    item.fault,
    item.bytesFault,
    item.original.code,
    item.original.httpStatus,
  ]
}

function toDue(row: DueRow): DueItem {
  return {
    position: row.position,
    sourceId: row.source_id,
    sourceSeq: row.source_seq,
    recordedAtMs: row.recorded_at_ms,
    ownerId: row.owner_id,
    origin: row.origin,
    event: toEventName(row.event),
    bodyBytes: row.body_bytes,
    isPayload: row.is_payload === 1,
    original: originalOf(row),
  }
}

function toItem(row: Row): StoredItem {
  return {
    ...toDue(row),
    state: toItemState(row.state),
    reason: row.reason,
    place: row.place,
    sameAs: row.same_as,
    fault: row.fault,
    bytesFault: row.bytes_fault,
    deliverySeq: row.delivery_seq,
    deliveryId: row.delivery_id as DeliveryId | null,
    code: codeOrNone(row.code),
    httpStatus: row.http_status,
  }
}

/** A delivery that is no longer in the history cannot be said to be under way. */
function toMade(row: MadeRow): MadeItem {
  const code = row.state === null ? 'interrupted' : codeOrNone(row.code)
  const hasEnded = row.state === null || row.finished_at_ms !== null
  return {
    position: row.position,
    deliverySeq: row.delivery_seq,
    isQueued: row.state === 'queued',
    end:
      hasEnded && code !== null
        ? { code, httpStatus: row.http_status, reason: row.reason ?? GONE }
        : null,
    original: originalOf(row),
  }
}

const toItemState = oneOf(bulkItemStateSchema)
const GONE = 'Its delivery is no longer in the history.'

function originalOf(row: { original_code: string | null; original_status: number | null }) {
  return { code: codeOrNone(row.original_code), httpStatus: row.original_status }
}

function codeOrNone(text: string | null): OutcomeCode | null {
  return text === null ? null : toCode(text)
}

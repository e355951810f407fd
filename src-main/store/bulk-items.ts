/**
 * The items of bulk replays, which are never changed: what was chosen, in the order of recording. What
 * becomes of one is its end (`bulk-ends`), and before that its delivery, which knows it; an item that
 * has neither is pending.
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
import { codeOrNone, NO_EVENT, toCode, toEventName } from './history-rows.ts'
import { oneOf } from './one-of.ts'

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

/** What the dry run has to know of it. */
export type PlannedItem = Omit<
  NewBulkItem,
  'sourceId' | 'sourceSeq' | 'bodyBytes' | 'isPayload' | 'original'
>

export interface StoredItem extends NewBulkItem {
  readonly state: BulkItemState
  readonly reason: string
  readonly deliveryId: DeliveryId | null
  readonly code: OutcomeCode | null
  readonly httpStatus: number | null
}

export interface BulkItemStore {
  insert(runSeq: number, items: readonly NewBulkItem[]): void
  /** By position, whatever became of them. */
  planned(runSeq: number, afterPosition: number, limit: number): PlannedItem[]
  /**
   * Of the next `limit` items those that are pending, in the order asked for, beyond a position; null:
   * from its beginning. Says where it came to; null: there was none.
   */
  pending(
    runSeq: number,
    order: 'recorded' | 'newest',
    beyond: number | null,
    limit: number,
  ): { readonly due: DueItem[]; readonly last: number | null }
  /** By position; null: whatever their state. Of those that are made, what has not ended. */
  page(
    runSeq: number,
    state: BulkItemState | null,
    afterPosition: number,
    limit: number,
  ): StoredItem[]
  counts(runSeq: number): BulkCounts
  /** Up to `limit`, with their ends; answers how many. */
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

type PlannedRow = Pick<DueRow, 'position' | 'recorded_at_ms' | 'owner_id' | 'origin' | 'event'> & {
  place: string
  same_as: string
  fault: string | null
  bytes_fault: string | null
}

interface Row extends DueRow, PlannedRow {
  state: string
  reason: string | null
  delivery_id: string | null
  code: string | null
  http_status: number | null
}

const DUE_COLUMNS = `position, source_id, source_seq, recorded_at_ms, owner_id, origin, event,
  body_bytes, is_payload, original_code, original_status`

export function createBulkItemStore(db: Database): BulkItemStore {
  const s = prepare(db)
  const pages = new Map<BulkItemState | null, ReturnType<typeof preparePage>>()

  function pageOf(state: BulkItemState | null) {
    const select = pages.get(state) ?? preparePage(db, state)
    pages.set(state, select)
    return select
  }

  function takenAmong(runSeq: number, rows: readonly DueRow[]): ReadonlySet<number> {
    const [a = 0, b = 0] = [rows[0]?.position, rows.at(-1)?.position]
    const edges = [runSeq, Math.min(a, b), Math.max(a, b)] as const
    return new Set(s.taken.all(...edges, ...edges).map(({ position }) => position))
  }

  return {
    insert: db.transaction((runSeq: number, items: readonly NewBulkItem[]) => {
      for (const item of items) s.insert.run(...valuesOf(runSeq, item))
    }),
    planned: (runSeq, after, limit) => s.planned.all(runSeq, after, limit).map(toPlanned),
    pending: (runSeq, order, beyond, limit) => {
      const rows =
        order === 'recorded'
          ? s.rangeUp.all(runSeq, beyond ?? -1, limit)
          : s.rangeDown.all(runSeq, beyond ?? Number.MAX_SAFE_INTEGER, limit)
      const taken = takenAmong(runSeq, rows)
      const due = rows.filter(({ position }) => !taken.has(position)).map(toDue)
      return { due, last: rows.at(-1)?.position ?? null }
    },
    page: (runSeq, state, after, limit) => pageOf(state).all(runSeq, after, limit).map(toItem),
    counts: (runSeq) => {
      const states: Partial<Record<BulkItemState, number>> = {}
      const codes: Partial<Record<OutcomeCode, number>> = {}
      const { total, made } = s.counts.get(runSeq, runSeq) ?? {
        total: 0,
        made: 0,
      }
      let pending = total - made
      for (const { state, code, n } of s.endCounts.all(runSeq)) {
        pending -= n
        add(states, toItemState(state), n)
        if (code !== null) add(codes, toCode(code), n)
      }
      if (made > 0) states.made = made
      if (pending > 0) states.pending = pending
      return { total, states, codes }
    },
    delete: db.transaction((runSeq: number, limit: number) => {
      const last = s.edge.get(runSeq, limit)?.last ?? null
      if (last === null) return 0
      s.removeEnds.run(runSeq, last)
      return s.remove.run(runSeq, last).changes
    }),
  }
}

function add<Key extends string>(counts: Partial<Record<Key, number>>, key: Key, n: number) {
  counts[key] = (counts[key] ?? 0) + n
}

/**
 * A page of one state, or of all: of a run, beyond a position, so many. Exported for the test that
 * asserts its query plan.
 */
export function bulkPageQuery(state: BulkItemState | null): string {
  const rest = 'ORDER BY i.position LIMIT ?'
  if (state === 'made') {
    return `SELECT i.*, 'made' AS state, NULL AS reason, NULL AS code, NULL AS http_status,
        d.id AS delivery_id
      FROM deliveries AS d INDEXED BY deliveries_unfinished
      CROSS JOIN bulk_items AS i ON i.run_seq = d.run_seq AND i.position = d.run_position
      WHERE d.finished_at_ms IS NULL AND d.run_seq = ? AND d.run_position > ?
        AND NOT EXISTS (SELECT 1 FROM bulk_ends AS e
          WHERE e.run_seq = i.run_seq AND e.position = i.position) ${rest}`
  }
  if (state !== null && state !== 'pending') {
    // Through all ends of the run: they are so narrow that an index of states is not worth its upkeep.
    return `SELECT i.*, e.state, e.reason, e.code, e.http_status, e.delivery_id
      FROM bulk_ends AS e
      CROSS JOIN bulk_items AS i ON i.run_seq = e.run_seq AND i.position = e.position
      WHERE e.run_seq = ? AND e.state = '${state}' AND e.position > ? ORDER BY e.position LIMIT ?`
  }
  const isPending = 'e.position IS NULL AND d.seq IS NULL'
  return `SELECT i.*, e.reason, e.code, e.http_status,
      coalesce(e.state, iif(d.seq IS NULL, 'pending', 'made')) AS state,
      coalesce(e.delivery_id, d.id) AS delivery_id
    FROM bulk_items AS i
    LEFT JOIN bulk_ends AS e ON e.run_seq = i.run_seq AND e.position = i.position
    LEFT JOIN deliveries AS d
      ON e.position IS NULL AND d.run_seq = i.run_seq AND d.run_position = i.position
    WHERE i.run_seq = ? AND i.position > ? ${state === null ? '' : `AND ${isPending}`} ${rest}`
}

function preparePage(db: Database, state: BulkItemState | null) {
  return db.prepare<[number, number, number], Row>(bulkPageQuery(state))
}

function prepare(db: Database) {
  const range = (condition: string, order: string) =>
    db.prepare<[number, number, number], DueRow>(
      `SELECT ${DUE_COLUMNS} FROM bulk_items
       WHERE run_seq = ? AND position ${condition} ? ORDER BY position ${order} LIMIT ?`,
    )
  return {
    insert: db.prepare(`
      INSERT INTO bulk_items (run_seq, position, source_id, source_seq, recorded_at_ms, owner_id,
        origin, place, same_as, event, body_bytes, is_payload, fault, bytes_fault, original_code,
        original_status)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`),
    planned: db.prepare<[number, number, number], PlannedRow>(
      `SELECT position, recorded_at_ms, owner_id, origin, place, same_as, event, fault, bytes_fault
       FROM bulk_items WHERE run_seq = ? AND position > ? ORDER BY position LIMIT ?`,
    ),
    rangeUp: range('>', 'ASC'),
    rangeDown: range('<', 'DESC'),
    taken: db.prepare<[number, number, number, number, number, number], { position: number }>(
      `SELECT position FROM bulk_ends WHERE run_seq = ? AND position BETWEEN ? AND ? UNION ALL
       SELECT run_position FROM deliveries WHERE run_seq = ? AND run_position BETWEEN ? AND ?`,
    ),
    counts: db.prepare<[number, number], { total: number; made: number }>(
      `SELECT (SELECT count(*) FROM bulk_items WHERE run_seq = ?) AS total,
         (SELECT count(*) FROM deliveries AS d
          JOIN bulk_items AS i ON i.run_seq = d.run_seq AND i.position = d.run_position
          WHERE d.run_seq = ? AND NOT EXISTS (SELECT 1 FROM bulk_ends AS e
            WHERE e.run_seq = d.run_seq AND e.position = d.run_position)) AS made`,
    ),
    endCounts: db.prepare<[number], { state: string; code: string | null; n: number }>(
      'SELECT state, code, count(*) AS n FROM bulk_ends WHERE run_seq = ? GROUP BY state, code',
    ),
    edge: db.prepare<[number, number], { last: number | null }>(
      `SELECT max(position) AS last FROM
         (SELECT position FROM bulk_items WHERE run_seq = ? ORDER BY position LIMIT ?)`,
    ),
    remove: db.prepare('DELETE FROM bulk_items WHERE run_seq = ? AND position <= ?'),
    removeEnds: db.prepare('DELETE FROM bulk_ends WHERE run_seq = ? AND position <= ?'),
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
    original: { code: codeOrNone(row.original_code), httpStatus: row.original_status },
  }
}

function toPlanned(row: PlannedRow): PlannedItem {
  return {
    position: row.position,
    recordedAtMs: row.recorded_at_ms,
    ownerId: row.owner_id,
    origin: row.origin,
    place: row.place,
    sameAs: row.same_as,
    event: toEventName(row.event),
    fault: row.fault,
    bytesFault: row.bytes_fault,
  }
}

function toItem(row: Row): StoredItem {
  return {
    ...toDue(row),
    ...toPlanned(row),
    state: toItemState(row.state),
    reason: row.reason ?? '',
    deliveryId: row.delivery_id as DeliveryId | null,
    code: codeOrNone(row.code),
    httpStatus: row.http_status,
  }
}

const toItemState = oneOf(bulkItemStateSchema)

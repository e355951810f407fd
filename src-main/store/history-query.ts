/**
 * The history read: pages of deliveries newest first, one delivery, its recorded bytes. Every page
 * is a keyset query on an index (asserted by a test); text search walks the bytes newest first in
 * short steps, so that a long search never holds up the rest.
 */
import {
  type AttemptId,
  type Delivery,
  type DeliveryFilter,
  type DeliveryId,
  type DeliveryPage,
  type DeliverySummary,
  EVENT_NAMES,
  type EventName,
} from '#contract'
import { AppError } from '../errors.ts'
import type { BeginJournal } from './begin-journal.ts'
import type { Database } from './database.ts'
import { ATTEMPTS_PER_DELIVERY, attemptKey, attemptKeysOf, splitAttemptId } from './history-keys.ts'
import type { WebhookVersion } from './history-records.ts'
import {
  type AttemptRow,
  type BodiesRow,
  SUMMARY_COLUMNS,
  type SummaryRow,
  toAttempt,
  toSummary,
} from './history-rows.ts'
import { createPageQuery } from './page-query.ts'

export interface RecordedExchange {
  readonly deliveryId: DeliveryId
  readonly deliverySeq: number
  /** The revision of the webhook that it was rendered from. */
  readonly webhookVersion: WebhookVersion
  /** Where it was sent: `https://example.com:8443`. */
  readonly origin: string
  readonly requestHead: Uint8Array
  readonly requestBody: Uint8Array
  readonly responseHead: Uint8Array
  readonly responseBody: Uint8Array
  /** Received in all; more than `responseBody` holds when the recording was cut. */
  readonly responseBodyBytes: number
}

export type RecordedAnswer = Pick<
  RecordedExchange,
  'responseHead' | 'responseBody' | 'responseBodyBytes'
>

export interface LastFiring {
  readonly event: EventName
  readonly firedAtMs: number
  readonly deliveries: readonly DeliverySummary[]
}

export interface HistoryQuery {
  /** Rejects with the signal's reason once it is aborted. */
  page(
    filter: DeliveryFilter,
    cursor: number | undefined,
    limit: number,
    signal?: AbortSignal,
  ): Promise<DeliveryPage>
  some(ids: readonly DeliveryId[]): DeliverySummary[]
  /** @throws AppError `not_found` */
  get(id: DeliveryId): Delivery
  /** @throws AppError `not_found` */
  exchange(id: AttemptId): RecordedExchange
  /** Without the request, which may be large. @throws AppError `not_found` */
  answer(id: AttemptId): RecordedAnswer
  /** Up to `limit` of the replays that were made from this delivery or capture, the oldest first. */
  replaysOf(parentId: string, limit: number): DeliverySummary[]
  /** Seq of each unfinished delivery among the ids. */
  unfinishedSeqs(ids: readonly DeliveryId[]): number[]
  /** The last firing of each event that was ever fired; at most 200 deliveries each. */
  lastFirings(): LastFiring[]
}

/** Of an event. Exported for the test that asserts its query plan. */
export const LAST_FIRING = `SELECT seq, created_at_ms FROM events
  WHERE event = ? AND source = 'simulator' ORDER BY seq DESC LIMIT 1`

export function createHistoryQuery(
  db: Database,
  journal: Pick<BeginJournal, 'get' | 'seqs'>,
): HistoryQuery {
  const summary = (row: SummaryRow) => toSummary(row, journal.get(row.seq))
  const selectOne = db.prepare<[string], SummaryRow>(`SELECT ${SUMMARY_COLUMNS} WHERE d.id = ?`)
  const selectAttempts = db.prepare<[number, number], AttemptRow>(`
    SELECT a.*, length(b.request_head) AS request_head_bytes,
      length(b.request_body) AS request_body_bytes, length(b.response_head) AS response_head_bytes
    FROM attempts AS a JOIN bodies AS b USING (key) WHERE a.key > ? AND a.key < ? ORDER BY a.key`)
  const selectBodies = db.prepare<[number], BodiesRow>(
    `SELECT b.*, a.response_body_bytes, v.origin, v.version FROM bodies AS b JOIN attempts AS a USING (key)
     JOIN deliveries AS d ON d.seq = b.key / ${ATTEMPTS_PER_DELIVERY}
     JOIN webhook_versions AS v ON v.version = d.webhook_version WHERE b.key = ?`,
  )
  const selectAnswer = db.prepare<[number], AnswerRow>(
    `SELECT b.response_head, b.response_body, a.response_body_bytes FROM bodies AS b
     JOIN attempts AS a USING (key) WHERE b.key = ?`,
  )
  const selectLastEvent = db.prepare<[string], { seq: number; created_at_ms: number }>(LAST_FIRING)
  const selectDeliveriesOf = db.prepare<[string, number], SummaryRow>(`
    SELECT * FROM (SELECT d.event_seq, ${SUMMARY_COLUMNS} WHERE d.event = ? ORDER BY d.seq DESC LIMIT 200)
    WHERE event_seq = ?`)
  const selectReplays = db.prepare<[string, number], SummaryRow>(
    `SELECT ${SUMMARY_COLUMNS} WHERE d.replay_of = ? ORDER BY d.seq LIMIT ?`,
  )
  const page = createPageQuery(db, summary, journal.seqs)

  function find(id: DeliveryId): SummaryRow {
    const row = selectOne.get(id)
    if (!row) throw new AppError('not_found', 'This delivery is not in the history.')
    return row
  }

  function ofAttempt<R>(id: AttemptId, rowOf: (key: number) => R | undefined) {
    const parts = splitAttemptId(id)
    const seq = parts ? find(parts.deliveryId).seq : 0
    const row = parts && rowOf(attemptKey(seq, parts.number))
    if (!row) throw new AppError('not_found', 'This attempt is not in the history.')
    return { deliveryId: parts.deliveryId, seq, row }
  }

  return {
    page,
    some: (ids) =>
      ids.flatMap((id) => {
        const row = selectOne.get(id)
        return row ? [summary(row)] : []
      }),
    get: (id) => {
      const row = find(id)
      const attempts = selectAttempts.all(...attemptKeysOf(row.seq))
      return { ...summary(row), attemptList: attempts.map((attempt) => toAttempt(attempt, id)) }
    },
    exchange: (id) => {
      const { deliveryId, seq, row: bodies } = ofAttempt(id, (key) => selectBodies.get(key))
      return {
        deliveryId,
        deliverySeq: seq,
        webhookVersion: bodies.version as WebhookVersion,
        origin: bodies.origin,
        requestHead: bodies.request_head,
        requestBody: bodies.request_body,
        ...toAnswer(bodies),
      }
    },
    answer: (id) => toAnswer(ofAttempt(id, (key) => selectAnswer.get(key)).row),
    replaysOf: (parentId, limit) => selectReplays.all(parentId, limit).map(summary),
    unfinishedSeqs: (ids) =>
      ids.flatMap((id) => {
        const row = selectOne.get(id)
        return row && row.finished_at_ms === null ? [row.seq] : []
      }),
    lastFirings: () =>
      EVENT_NAMES.flatMap((event) => {
        const last = selectLastEvent.get(event)
        if (!last) return []
        const deliveries = selectDeliveriesOf.all(event, last.seq).map(summary)
        return [{ event, firedAtMs: last.created_at_ms, deliveries }]
      }),
  }
}

type AnswerRow = Pick<BodiesRow, 'response_head' | 'response_body' | 'response_body_bytes'>

function toAnswer(row: AnswerRow): RecordedAnswer {
  return {
    responseHead: row.response_head,
    responseBody: row.response_body,
    responseBodyBytes: row.response_body_bytes,
  }
}

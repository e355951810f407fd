/**
 * The part of the history that is written: events, deliveries, attempts, bytes. Append-only but for
 * a delivery's state. "Sending" is committed before a byte leaves, the end before the next begins.
 */
import {
  type DeliveryId,
  type EventId,
  type EventName,
  NO_MARKS,
  type OutcomeCode,
  outcomeStatus,
  type WebhookId,
} from '#contract'
import type { Database } from './database.ts'
import { attemptKey } from './history-keys.ts'
import type {
  AttemptRecord,
  DeliveryLog,
  NewDelivery,
  NewEvent,
  QueuedDelivery,
  WebhookVersion,
} from './history-records.ts'
import type { WriteBatch } from './write-batch.ts'

export interface WritableHistory extends DeliveryLog {
  /** Commits the event and its deliveries, in order, in one transaction, before it returns. */
  record(event: NewEvent, deliveries: readonly NewDelivery[]): QueuedDelivery[]
}

interface UnfinishedRow {
  seq: number
  id: string
  origin: string
  created_at_ms: number
  attempts: number
  attempt_started_at_ms: number | null
}

interface VersionRow {
  webhook_id: string
  origin: string
}

interface DeliveryRow {
  webhook_id: string
  webhook_version: number
  event_seq: number
}

interface EventRow {
  seq: number
  id: string
  event: EventName
  payload: string
}

const EMPTY = new Uint8Array(0)
const INTERRUPTED =
  'Hookstage ended while this request was on its way, so it is not known whether it arrived.'

const UNFINISHED = `
SELECT d.seq, d.id, v.origin, d.created_at_ms, d.attempts, d.attempt_started_at_ms
FROM deliveries AS d JOIN webhook_versions AS v ON v.version = d.webhook_version
WHERE d.finished_at_ms IS NULL`

export function createDeliveryLog(db: Database, batch: WriteBatch): WritableHistory {
  const statements = prepare(db)

  let lastEvent: EventRow | undefined
  /** An event often goes to several webhooks, whose deliveries follow each other. */
  const eventAt = (seq: number) => {
    if (lastEvent?.seq !== seq) lastEvent = statements.selectEvent.get(seq)
    return lastEvent
  }
  const used = new Map<WebhookVersion, VersionRow>()

  /** What a delivery copies of its webhook's version, which it marks as used the first time. */
  function use(version: WebhookVersion): VersionRow {
    const known = used.get(version)
    if (known) return known
    const row = statements.selectVersion.get(version)
    if (!row) throw new Error(`webhook version ${version} is missing`)
    statements.markUsed.run(version)
    used.set(version, row)
    return row
  }

  const record = db.transaction((event: NewEvent, deliveries: readonly NewDelivery[]) => {
    const { id, source, payloadText, createdAtMs } = event
    const name = event.event
    const eventSeq = statements.insertEvent.run(
      id,
      name,
      source,
      payloadText,
      createdAtMs,
    ).lastInsertRowid
    return deliveries.map((delivery): QueuedDelivery => {
      const { webhook_id: webhookId, origin } = use(delivery.webhookVersion)
      const seq = statements.insertDelivery.run(
        delivery.id,
        eventSeq,
        name,
        webhookId,
        delivery.webhookVersion,
        createdAtMs,
      ).lastInsertRowid
      return { seq: Number(seq), id: delivery.id, origin, queuedAtMs: createdAtMs, attempts: 0 }
    })
  })

  function writeAttempt(attempt: AttemptRecord) {
    const key = attemptKey(attempt.deliverySeq, attempt.number)
    statements.insertAttempt.run(
      key,
      attempt.startedAtMs,
      attempt.finishedAtMs,
      JSON.stringify(attempt.marks),
      attempt.reusedConnection ? 1 : 0,
      attempt.remoteAddress,
      attempt.tls === null ? null : JSON.stringify(attempt.tls),
      attempt.httpVersion,
      attempt.httpStatus,
      attempt.code,
      attempt.reason,
      attempt.responseBodyBytes,
    )
    statements.insertBodies.run(
      key,
      attempt.requestHead,
      attempt.requestBody,
      attempt.responseHead,
      attempt.responseBody,
    )
    const { firstByteOutMs, lastByteInMs } = attempt.marks
    const durationMs =
      firstByteOutMs === null || lastByteInMs === null ? null : lastByteInMs - firstByteOutMs
    statements.finish.run(
      stateOf(attempt.code),
      attempt.code,
      attempt.reason,
      attempt.httpStatus,
      durationMs,
      attempt.finishedAtMs,
      attempt.deliverySeq,
    )
  }

  const interruptUnfinishedAttempts = db.transaction((nowMs: number) => {
    const rows = statements.selectSending.all()
    for (const row of rows) writeAttempt(interruptedAttempt(row, nowMs))
    return rows.length
  })

  return {
    record,
    unfinished: (afterSeq, limit) =>
      statements.selectUnfinished.all(afterSeq, limit).map((row) => ({
        seq: row.seq,
        id: row.id as DeliveryId,
        origin: row.origin,
        queuedAtMs: row.created_at_ms,
        attempts: row.attempts,
      })),
    job: (seq) => {
      const row = statements.selectDelivery.get(seq)
      const event = row && eventAt(row.event_seq)
      if (!event) throw new Error(`delivery ${seq} is missing`)
      return {
        webhookId: row.webhook_id as WebhookId,
        webhookVersion: row.webhook_version as WebhookVersion,
        eventId: event.id as EventId,
        event: event.event,
        payloadText: event.payload,
      }
    },
    beginTogether: (begin) => batch.prepare(begin),
    beginAttempt: (seq, number, startedAtMs) =>
      batch.run(() => {
        statements.begin.run(number, startedAtMs, seq)
      }),
    finishAttempt: (attempt) => batch.run(() => writeAttempt(attempt)),
    finishUnsent: (seq, code, reason, finishedAtMs) =>
      batch.run(() => {
        statements.finish.run(stateOf(code), code, reason, null, null, finishedAtMs, seq)
      }),
    interruptUnfinishedAttempts,
  }
}

function stateOf(code: OutcomeCode): string {
  const status = outcomeStatus(code)
  if (status === 'delivered') return 'succeeded'
  return status === 'accepted' || status === 'cancelled' ? status : 'failed'
}

function interruptedAttempt(row: UnfinishedRow, nowMs: number): AttemptRecord {
  return {
    deliverySeq: row.seq,
    number: row.attempts,
    startedAtMs: row.attempt_started_at_ms ?? row.created_at_ms,
    finishedAtMs: nowMs,
    marks: NO_MARKS,
    reusedConnection: false,
    remoteAddress: null,
    tls: null,
    httpVersion: null,
    httpStatus: null,
    code: 'interrupted',
    reason: INTERRUPTED,
    requestHead: EMPTY,
    requestBody: EMPTY,
    responseHead: EMPTY,
    responseBody: EMPTY,
    responseBodyBytes: 0,
  }
}

function prepare(db: Database) {
  return {
    insertEvent: db.prepare(
      'INSERT INTO events (id, event, source, payload, created_at_ms) VALUES (?, ?, ?, ?, ?)',
    ),
    insertDelivery: db.prepare(`
      INSERT INTO deliveries (id, event_seq, event, webhook_id, webhook_version, state, created_at_ms)
      VALUES (?, ?, ?, ?, ?, 'queued', ?)`),
    selectVersion: db.prepare<[number], VersionRow>(
      'SELECT webhook_id, origin FROM webhook_versions WHERE version = ?',
    ),
    markUsed: db.prepare('UPDATE webhook_versions SET used = 1 WHERE version = ?'),
    selectUnfinished: db.prepare<[number, number], UnfinishedRow>(
      `${UNFINISHED} AND d.seq > ? ORDER BY d.seq LIMIT ?`,
    ),
    selectSending: db.prepare<[], UnfinishedRow>(
      `${UNFINISHED} AND d.state = 'sending' ORDER BY d.seq`,
    ),
    // Two look-ups by key: measured at a fifth of what their join takes.
    selectDelivery: db.prepare<[number], DeliveryRow>(
      'SELECT webhook_id, webhook_version, event_seq FROM deliveries WHERE seq = ?',
    ),
    selectEvent: db.prepare<[number], EventRow>(
      'SELECT seq, id, event, payload FROM events WHERE seq = ?',
    ),
    begin: db.prepare(
      "UPDATE deliveries SET state = 'sending', attempts = ?, attempt_started_at_ms = ? WHERE seq = ?",
    ),
    finish: db.prepare(`
      UPDATE deliveries SET state = ?, code = ?, reason = ?, http_status = ?, duration_ms = ?,
        finished_at_ms = ? WHERE seq = ?`),
    insertAttempt: db.prepare(`
      INSERT INTO attempts (key, started_at_ms, finished_at_ms, marks, reused_connection,
        remote_address, tls, http_version, http_status, code, reason, response_body_bytes)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`),
    insertBodies: db.prepare('INSERT INTO bodies VALUES (?, ?, ?, ?, ?)'),
  }
}

/**
 * The part of the history that is written: events, deliveries, attempts, bytes. Append-only but for
 * a delivery's state and the bulk item that it is of. An attempt's start is in the journal before a byte leaves.
 */
import type { DeliveryId, Destination, WebhookId } from '#contract'
import type { BeginJournal } from './begin-journal.ts'
import type { Database } from './database.ts'
import { createFixedRequests } from './fixed-requests.ts'
import { attemptKey } from './history-keys.ts'
import {
  type AttemptRecord,
  type DeliveryJob,
  type DeliveryLog,
  endWith,
  type NewDelivery,
  type NewEvent,
  type Next,
  type QueuedDelivery,
  type WebhookVersion,
} from './history-records.ts'
import { NO_EVENT, stateOf } from './history-rows.ts'
import { ENDPOINT_KEY, QUEUED_COLUMNS, type QueuedRow, toJobKeys, toQueued } from './queued-rows.ts'
import { createRecentEvents, type EventRow } from './recent-events.ts'
import { createWaitingLog } from './waiting.ts'
import type { WriteBatch } from './write-batch.ts'
import type { Write } from './write-message.ts'

export interface WritableHistory extends DeliveryLog {
  /** Commits the event and its deliveries, in order, in one transaction, before it returns. */
  record(event: NewEvent, deliveries: readonly NewDelivery[]): QueuedDelivery[]
  /**
   * The same for one delivery, as writes that are to be committed with others. Those of one transaction
   * get seqs that follow each other.
   */
  recordLater(event: NewEvent, delivery: NewDelivery): LaterRecord
  /** Null: it is not recorded. */
  seqOf(id: DeliveryId): number | null
}

export interface LaterRecord {
  readonly id: DeliveryId
  readonly writes: readonly Write[]
  /** What is to be sent, once it is committed. */
  queued(seq: number): QueuedDelivery
}

interface VersionRow {
  webhook_id: string
  origin: string
  endpoint_key: string
  destination: string
}

interface SendingRow extends QueuedRow {
  attempt_started_at_ms: number | null
  attempt_stage_at_ms: number | null
}

export function createDeliveryLog(
  db: Database,
  batch: WriteBatch,
  journal: BeginJournal,
): WritableHistory {
  const statements = prepare(db, batch)
  const fixedRequests = createFixedRequests(db, batch)

  const recent = createRecentEvents()

  function jobOf({ seq, job }: Pick<QueuedDelivery, 'seq' | 'job'>): DeliveryJob {
    if ('payloadText' in job) return job
    const { webhookId, webhookVersion, eventSeq, isReplay } = job
    const event =
      recent.get(eventSeq) ?? recent.keep(eventSeq, statements.selectEvent.get(eventSeq))
    return { webhookId, webhookVersion, ...event, fixed: isReplay ? fixedRequests.get(seq) : null }
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
    const name = event.event ?? NO_EVENT
    const eventSeq = statements.insertEvent.run(
      id,
      name,
      source,
      payloadText,
      createdAtMs,
    ).lastInsertRowid
    recent.keep(Number(eventSeq), { id, event: name, payload: payloadText })
    return deliveries.map((delivery): QueuedDelivery => {
      const version = use(delivery.webhookVersion)
      const seq = statements.insertDelivery.run(
        delivery.id,
        eventSeq,
        name,
        version.webhook_id,
        delivery.webhookVersion,
        createdAtMs,
        delivery.replay?.parentId ?? null,
        delivery.replay?.kind ?? null,
      ).lastInsertRowid
      if (delivery.replay?.request) fixedRequests.put(Number(seq), delivery.replay.request)
      return {
        seq: Number(seq),
        id: delivery.id,
        origin: version.origin,
        endpoint: version.endpoint_key,
        destination: version.destination as Destination,
        queuedAtMs: createdAtMs,
        attempts: 0,
        waited: null,
        job: {
          webhookId: version.webhook_id as WebhookId,
          webhookVersion: delivery.webhookVersion,
          eventSeq: Number(eventSeq),
          isReplay: delivery.replay !== undefined,
        },
      }
    })
  })

  function recordLater(event: NewEvent, delivery: NewDelivery): LaterRecord {
    const { id, webhookVersion, replay, item } = delivery
    const { payloadText, createdAtMs } = event
    const name = event.event ?? NO_EVENT
    const version = use(webhookVersion)
    const webhookId = version.webhook_id as WebhookId
    const fixed = replay?.request ?? null
    const origin = [
      replay?.parentId ?? null,
      replay?.kind ?? null,
      item?.runSeq ?? null,
      item?.position ?? null,
    ]
    return {
      id,
      writes: [
        statements.addEvent(event.id, name, event.source, payloadText, createdAtMs),
        statements.addDelivery(id, name, webhookId, webhookVersion, createdAtMs, ...origin),
        ...(fixed ? [fixedRequests.add(fixed)] : []),
      ],
      queued: (seq) => ({
        seq,
        id,
        origin: version.origin,
        endpoint: version.endpoint_key,
        destination: version.destination as Destination,
        queuedAtMs: createdAtMs,
        attempts: 0,
        waited: null,
        job: {
          webhookId,
          webhookVersion,
          eventId: event.id,
          event: event.event,
          payloadText,
          fixed,
        },
      }),
    }
  }

  function writeAttempt(attempt: AttemptRecord, next: Next): Promise<void> {
    const key = attemptKey(attempt.deliverySeq, attempt.number)
    const a = statements.insertAttempt(
      key,
      attempt.startedAtMs,
      attempt.finishedAtMs,
      attempt.stageAtMs,
      attempt.waited?.waitMs ?? null,
      attempt.waited?.why ?? null,
      JSON.stringify(attempt.marks),
      attempt.reusedConnection ? 1 : 0,
      attempt.remoteAddress,
      attempt.proxy,
      attempt.tls === null ? null : JSON.stringify(attempt.tls),
      attempt.httpVersion,
      attempt.httpStatus,
      attempt.code,
      attempt.reason,
      attempt.responseBodyBytes,
    )
    const b = statements.insertBodies(
      key,
      attempt.requestHead,
      attempt.requestBody,
      attempt.responseHead,
      attempt.responseBody,
    )
    const { firstByteOutMs, lastByteInMs } = attempt.marks
    const durationMs =
      firstByteOutMs === null || lastByteInMs === null ? null : lastByteInMs - firstByteOutMs
    const { number, code, reason, httpStatus, finishedAtMs, deliverySeq } = attempt
    if (next.kind === 'retry') {
      const { dueAtMs, waitMs, why } = next
      return batch.runSoon(
        a,
        b,
        statements.wait(
          number,
          code,
          reason,
          httpStatus,
          durationMs,
          dueAtMs,
          waitMs,
          why,
          deliverySeq,
        ),
      )
    }
    const whole = endWith(attempt, next).reason
    return batch.runSoon(
      a,
      b,
      statements.finish(
        stateOf(code),
        number,
        code,
        whole,
        httpStatus,
        durationMs,
        finishedAtMs,
        deliverySeq,
      ),
    )
  }

  /** The thread may have died between the commit and its answer; then it is tried again. */
  function isRecorded({ deliverySeq, number, startedAtMs, finishedAtMs }: AttemptRecord): boolean {
    const row = statements.selectTimes.get(attemptKey(deliverySeq, number))
    return row?.started_at_ms === startedAtMs && row.finished_at_ms === finishedAtMs
  }

  return {
    record: (event, deliveries) => {
      try {
        return record(event, deliveries)
      } catch (error) {
        // What was marked as used was taken back with the rest.
        used.clear()
        recent.clear()
        throw error
      }
    },
    recordLater,
    seqOf: (id) => statements.selectSeq.get(id)?.seq ?? null,
    queued: (afterSeq, limit) => statements.selectQueued.all(afterSeq, limit).map(toQueued),
    takeUp: () => journal.takeIn(),
    cutOff: (limit) =>
      statements.selectSending.all(limit).map((row) => ({
        ...toQueued(row),
        startedAtMs: row.attempt_started_at_ms ?? row.created_at_ms,
        stageAtMs: row.attempt_stage_at_ms ?? row.created_at_ms,
      })),
    job: (seq) => {
      const row = statements.selectDelivery.get(seq)
      if (!row) throw new Error(`delivery ${seq} is missing`)
      return jobOf({ seq, job: toJobKeys(row) })
    },
    jobOf,
    beginAttempt: ({ seq, id }, number, startedAtMs, stageAtMs) =>
      journal.begin(seq, { id, number, startedAtMs, stageAtMs }),
    finishAttempt: async (attempt, next) => {
      try {
        await writeAttempt(attempt, next)
      } catch (error) {
        if (!isRecorded(attempt)) throw error
      }
      journal.ended(attempt.deliverySeq)
    },
    finishUnsent: (seq, code, reason, finishedAtMs) =>
      batch.run(statements.finishUnsent(stateOf(code), code, reason, finishedAtMs, seq)),
    waiting: createWaitingLog(db),
  }
}

function prepare(db: Database, batch: WriteBatch) {
  return {
    insertEvent: db.prepare(
      'INSERT INTO events (id, event, source, payload, created_at_ms) VALUES (?, ?, ?, ?, ?)',
    ),
    insertDelivery: db.prepare(`
      INSERT INTO deliveries (id, event_seq, event, webhook_id, webhook_version, state, created_at_ms,
        replay_of, replay_kind)
      VALUES (?, ?, ?, ?, ?, 'queued', ?, ?, ?)`),
    // These follow each other, so that each refers to the row before it.
    addEvent: batch.statement(
      'INSERT INTO events (id, event, source, payload, created_at_ms) VALUES (?, ?, ?, ?, ?)',
    ),
    addDelivery: batch.statement(`
      INSERT INTO deliveries (id, event_seq, event, webhook_id, webhook_version, state, created_at_ms,
        replay_of, replay_kind, run_seq, run_position)
      VALUES (?, last_insert_rowid(), ?, ?, ?, 'queued', ?, ?, ?, ?, ?)`),
    selectSeq: db.prepare<[string], { seq: number }>('SELECT seq FROM deliveries WHERE id = ?'),
    selectVersion: db.prepare<[number], VersionRow>(
      `SELECT webhook_id, origin, destination, ${ENDPOINT_KEY} AS endpoint_key
       FROM webhook_versions AS v WHERE version = ?`,
    ),
    markUsed: db.prepare('UPDATE webhook_versions SET used = 1 WHERE version = ?'),
    selectQueued: db.prepare<[number, number], QueuedRow>(
      `SELECT ${QUEUED_COLUMNS}
       WHERE d.finished_at_ms IS NULL AND d.state = 'queued' AND d.seq > ? ORDER BY d.seq LIMIT ?`,
    ),
    selectSending: db.prepare<[number], SendingRow>(
      `SELECT d.attempt_started_at_ms, d.attempt_stage_at_ms, ${QUEUED_COLUMNS}
       WHERE d.finished_at_ms IS NULL AND d.state = 'sending' ORDER BY d.seq LIMIT ?`,
    ),
    // Two look-ups by key: measured at a fifth of what their join takes.
    selectDelivery: db.prepare<[number], Parameters<typeof toJobKeys>[0]>(
      'SELECT webhook_id, webhook_version, event_seq, replay_kind FROM deliveries WHERE seq = ?',
    ),
    selectEvent: db.prepare<[number], EventRow>(
      'SELECT id, event, payload FROM events WHERE seq = ?',
    ),
    finish: batch.statement(`
      UPDATE deliveries SET state = ?, attempts = ?, code = ?, reason = ?, http_status = ?,
        duration_ms = ?, finished_at_ms = ? WHERE seq = ?`),
    finishUnsent: batch.statement(`
      UPDATE deliveries SET state = ?, code = ?, reason = ?, http_status = NULL, duration_ms = NULL,
        finished_at_ms = ? WHERE seq = ?`),
    wait: batch.statement(`
      UPDATE deliveries SET state = 'waiting', attempts = ?, code = ?, reason = ?, http_status = ?,
        duration_ms = ?, due_at_ms = ?, wait_ms = ?, wait_why = ? WHERE seq = ?`),
    selectTimes: db.prepare<[number], { started_at_ms: number; finished_at_ms: number }>(
      'SELECT started_at_ms, finished_at_ms FROM attempts WHERE key = ?',
    ),
    insertAttempt: batch.statement(`
      INSERT INTO attempts (key, started_at_ms, finished_at_ms, stage_at_ms, wait_ms, wait_why, marks, reused_connection,
        remote_address, proxy, tls, http_version, http_status, code, reason, response_body_bytes)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`),
    insertBodies: batch.statement('INSERT INTO bodies VALUES (?, ?, ?, ?, ?)'),
  }
}

/**
 * Deliveries between two attempts, as rows: the truth about what is due, read when it is due. Every
 * change of their state is made here or by the end of an attempt, each in one transaction.
 */
import type { DeliveryId, OutcomeCode } from '#contract'
import type { Database } from './database.ts'
import type { WaitingLog } from './history-records.ts'
import { stateOf } from './history-rows.ts'
import { ENDPOINT_KEY, QUEUED_COLUMNS, type QueuedRow, toQueued } from './queued-rows.ts'

/** As a literal, so that SQLite sees that the index on what waits serves. */
const WAITING = "'waiting'"

export function createWaitingLog(db: Database): WaitingLog {
  const selectCount = db.prepare<[], { n: number }>(
    `SELECT count(*) AS n FROM deliveries WHERE state = ${WAITING}`,
  )
  const selectNext = db.prepare<[], { due: number | null }>(
    `SELECT min(due_at_ms) AS due FROM deliveries WHERE state = ${WAITING}`,
  )
  const selectLastSeen = db.prepare<[], { seen: number | null }>(
    `SELECT max(CASE state WHEN ${WAITING} THEN due_at_ms - wait_ms
       WHEN 'sending' THEN attempt_stage_at_ms ELSE due_at_ms END) AS seen FROM deliveries
     WHERE finished_at_ms IS NULL`,
  )
  const selectDue = db.prepare<[number, number], QueuedRow>(
    `SELECT ${QUEUED_COLUMNS} WHERE d.state = ${WAITING} AND d.due_at_ms <= ?
     ORDER BY d.due_at_ms, d.seq LIMIT ?`,
  )
  const selectOne = db.prepare<[number], QueuedRow & { code: OutcomeCode }>(
    `SELECT d.code, ${QUEUED_COLUMNS} WHERE d.seq = ? AND d.state = ${WAITING}`,
  )
  const selectHeld = db.prepare<[], { endpoint: string; untilMs: number }>(
    `SELECT ${ENDPOINT_KEY} AS endpoint, max(d.due_at_ms) AS untilMs
     FROM deliveries AS d JOIN webhook_versions AS v ON v.version = d.webhook_version
     WHERE d.state = ${WAITING} AND d.wait_why = 'retry_after' GROUP BY 1`,
  )
  const makeQueued = db.prepare("UPDATE deliveries SET state = 'queued' WHERE seq = ?")
  const makeAsked = db.prepare(
    "UPDATE deliveries SET state = 'queued', due_at_ms = NULL, wait_why = 'asked' WHERE seq = ?",
  )
  const end = db.prepare(`
    UPDATE deliveries SET state = ?, code = ?, reason = ?, finished_at_ms = ?
    WHERE seq = ?`)
  const giveUp = db.prepare(`
    UPDATE deliveries SET state = ?, reason = reason || ' ' || ?, finished_at_ms = ?
    WHERE seq = ?`)

  const waitingAmong = (seqs: readonly number[]) => seqs.flatMap((seq) => selectOne.all(seq))

  return {
    count: () => selectCount.get()?.n ?? 0,
    nextDueAtMs: () => selectNext.get()?.due ?? null,
    lastSeenMs: () => selectLastSeen.get()?.seen ?? 0,
    held: () => selectHeld.all(),
    takeDue: db.transaction((nowMs: number, queuedAtMs: number, limit: number) =>
      selectDue.all(nowMs, limit).map((row) => {
        makeQueued.run(row.seq)
        return { ...toQueued(row), queuedAtMs }
      }),
    ),
    take: db.transaction((seqs: readonly number[], queuedAtMs: number) =>
      waitingAmong(seqs).map((row) => {
        makeAsked.run(row.seq)
        return { ...toQueued({ ...row, wait_why: 'asked' }), queuedAtMs }
      }),
    ),
    cancel: db.transaction((seqs: readonly number[], finishedAtMs: number) =>
      waitingAmong(seqs).map((row) => {
        const reason = `Cancelled while it waited for attempt ${row.attempts + 1}.`
        end.run('cancelled', 'cancelled', reason, finishedAtMs, row.seq)
        return row.id as DeliveryId
      }),
    ),
    giveUp: db.transaction((seqs: readonly number[], note: string, finishedAtMs: number) =>
      waitingAmong(seqs).map((row) => {
        giveUp.run(stateOf(row.code), note, finishedAtMs, row.seq)
        return { seq: row.seq, id: row.id as DeliveryId }
      }),
    ),
  }
}

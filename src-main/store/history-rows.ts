/** Rows of the history as SQLite gives them, and their mapping to the contract's models. */
import {
  type Attempt,
  attemptMarksSchema,
  type DeliveryId,
  type DeliverySummary,
  deliveryStateSchema,
  type EventId,
  type EventName,
  eventNameSchema,
  type OutcomeCode,
  outcomeCodeSchema,
  outcomeStatus,
  replayKindSchema,
  tlsInfoSchema,
  type WebhookId,
  waitReasonSchema,
} from '#contract'
import type { Begin } from './begin-journal.ts'
import { ATTEMPTS_PER_DELIVERY, attemptId } from './history-keys.ts'
import { oneOf } from './one-of.ts'

/** What follows SELECT for a SummaryRow. */
export const SUMMARY_COLUMNS = `
  d.seq, d.id, d.event, e.id AS event_id, d.webhook_id, v.name AS webhook_name, v.endpoint,
  d.state, d.code, d.reason, d.http_status, d.attempts, d.due_at_ms, d.wait_ms,
  d.wait_why, d.duration_ms, d.created_at_ms, d.finished_at_ms, d.replay_of, d.replay_kind
FROM deliveries AS d
JOIN events AS e ON e.seq = d.event_seq
JOIN webhook_versions AS v ON v.version = d.webhook_version`

export interface SummaryRow {
  seq: number
  id: string
  event: string
  event_id: string
  webhook_id: string
  webhook_name: string
  endpoint: string
  state: string
  code: string | null
  reason: string
  http_status: number | null
  attempts: number
  due_at_ms: number | null
  wait_ms: number | null
  wait_why: string | null
  duration_ms: number | null
  created_at_ms: number
  finished_at_ms: number | null
  replay_of: string | null
  replay_kind: string | null
}

export interface AttemptRow {
  key: number
  started_at_ms: number
  finished_at_ms: number | null
  stage_at_ms: number
  wait_ms: number | null
  wait_why: string | null
  marks: string
  reused_connection: number
  remote_address: string | null
  proxy: string | null
  tls: string | null
  http_version: string | null
  http_status: number | null
  code: string
  reason: string
  response_body_bytes: number
  request_head_bytes: number
  request_body_bytes: number
  response_head_bytes: number
}

export interface BodiesRow {
  key: number
  origin: string
  version: number
  request_head: Uint8Array
  request_body: Uint8Array
  response_head: Uint8Array
  response_body: Uint8Array
  response_body_bytes: number
}

/** @param begun its attempt that is under way, of which the row knows nothing yet */
export function toSummary(row: SummaryRow, begun?: Begin): DeliverySummary {
  const state = begun ? 'sending' : toState(row.state)
  const code = codeOrNone(row.code)
  return {
    id: row.id as DeliveryId,
    seq: row.seq,
    event: toEventName(row.event),
    eventId: row.event_id as EventId,
    webhookId: row.webhook_id as WebhookId,
    webhookName: row.webhook_name,
    endpoint: row.endpoint,
    state,
    status:
      code !== null && row.finished_at_ms !== null ? outcomeStatus(code) : unfinishedStatus(state),
    code,
    reason: row.reason,
    httpStatus: row.http_status,
    attempts: begun?.number ?? row.attempts,
    waiting:
      state === 'waiting' && row.due_at_ms !== null
        ? { dueAtMs: row.due_at_ms, ...waitOf(row) }
        : null,
    // Known to the dispatcher alone.
    queued: null,
    durationMs: row.duration_ms,
    createdAtMs: row.created_at_ms,
    finishedAtMs: row.finished_at_ms,
    replayOf: row.replay_of,
    replayKind: row.replay_kind === null ? null : replayKindSchema.parse(row.replay_kind),
  }
}

/** In place of an event's name, where a replay carries none. */
export const NO_EVENT = ''

export function toEventName(text: string): EventName | null {
  return text === NO_EVENT ? null : toName(text)
}

const toName = oneOf(eventNameSchema)
const toState = oneOf(deliveryStateSchema)
export const toCode = oneOf(outcomeCodeSchema)

export function codeOrNone(text: string | null): OutcomeCode | null {
  return text === null ? null : toCode(text)
}

/** The state that an outcome ends a delivery in. */
export function stateOf(code: OutcomeCode): string {
  const status = outcomeStatus(code)
  if (status === 'delivered') return 'succeeded'
  return status === 'accepted' || status === 'cancelled' ? status : 'failed'
}

function unfinishedStatus(state: DeliverySummary['state']): 'queued' | 'sending' | 'waiting' {
  return state === 'sending' || state === 'waiting' ? state : 'queued'
}

function waitOf({ wait_ms: waitMs, wait_why: why }: Pick<AttemptRow, 'wait_ms' | 'wait_why'>) {
  return { waitMs: waitMs ?? 0, why: waitReasonSchema.parse(why) }
}

export function toAttempt(row: AttemptRow, deliveryId: DeliveryId): Attempt {
  const number = row.key % ATTEMPTS_PER_DELIVERY
  return {
    id: attemptId(deliveryId, number),
    number,
    startedAtMs: row.started_at_ms,
    finishedAtMs: row.finished_at_ms,
    waited: row.wait_ms === null ? null : waitOf(row),
    stageAtMs: row.stage_at_ms,
    marks: attemptMarksSchema.parse(JSON.parse(row.marks)),
    reusedConnection: row.reused_connection === 1,
    remoteAddress: row.remote_address,
    proxy: row.proxy,
    tls: row.tls === null ? null : tlsInfoSchema.parse(JSON.parse(row.tls)),
    httpVersion: row.http_version,
    httpStatus: row.http_status,
    code: toCode(row.code),
    reason: row.reason,
    requestHeadBytes: row.request_head_bytes,
    requestBodyBytes: row.request_body_bytes,
    responseHeadBytes: row.response_head_bytes,
    responseBodyBytes: row.response_body_bytes,
  }
}

/** What the dispatcher needs of a delivery that is to be sent, as SQLite gives it, and its mapping. */
import type { DeliveryId, Destination, WaitReason, WebhookId } from '#contract'
import type { JobKeys, QueuedDelivery, WebhookVersion } from './history-records.ts'

export interface QueuedRow {
  seq: number
  id: string
  origin: string
  endpoint_key: string
  destination: string
  created_at_ms: number
  attempts: number
  wait_ms: number | null
  wait_why: string | null
  webhook_id: string
  webhook_version: number
  event_seq: number
  replay_kind: string | null
}

/** Tells endpoints apart without telling what they are; over `webhook_versions AS v`. */
export const ENDPOINT_KEY = 'COALESCE(v.endpoint_secret_id, v.endpoint)'

/** What follows SELECT for a QueuedRow. */
export const QUEUED_COLUMNS = `
  d.seq, d.id, v.origin, ${ENDPOINT_KEY} AS endpoint_key, v.destination, d.created_at_ms, d.attempts,
  d.wait_ms, d.wait_why, d.webhook_id, d.webhook_version, d.event_seq, d.replay_kind
FROM deliveries AS d JOIN webhook_versions AS v ON v.version = d.webhook_version`

export function toQueued(row: QueuedRow): QueuedDelivery {
  const { wait_ms: waitMs, wait_why: why } = row
  return {
    seq: row.seq,
    id: row.id as DeliveryId,
    origin: row.origin,
    endpoint: row.endpoint_key,
    destination: row.destination as Destination,
    queuedAtMs: row.created_at_ms,
    attempts: row.attempts,
    job: toJobKeys(row),
    waited: waitMs === null || why === null ? null : { waitMs, why: why as WaitReason },
  }
}

export function toJobKeys(
  row: Pick<QueuedRow, 'webhook_id' | 'webhook_version' | 'event_seq' | 'replay_kind'>,
): JobKeys {
  return {
    webhookId: row.webhook_id as WebhookId,
    webhookVersion: row.webhook_version as WebhookVersion,
    eventSeq: row.event_seq,
    isReplay: row.replay_kind !== null,
  }
}

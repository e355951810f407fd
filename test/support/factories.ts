/** Values that tests start from; each call says only what matters to it. */
import {
  type DeliveryId,
  type Destination,
  type EventId,
  type EventName,
  emptyDraft,
  type WebhookDraft,
  type WebhookId,
} from '#contract'
import type { AttemptRecord, Next, QueuedDelivery } from '../../src-main/store/history-records.ts'
import type { Store } from '../../src-main/store/index.ts'

let count = 0

/** An id that is new in this process. */
export function nextId(prefix: string): string {
  count += 1
  return `${prefix}_${String(count).padStart(8, '0')}`
}

export function draftWith(change: Partial<WebhookDraft> = {}): WebhookDraft {
  return {
    ...emptyDraft(),
    name: 'Test webhook',
    event: 'meeting.booked',
    endpoint: { kind: 'plain', text: 'http://127.0.0.1:9/in' },
    ...change,
  }
}

/** Stores a webhook and answers its id. */
export function storedWebhook(
  store: Store,
  change: Partial<WebhookDraft> = {},
  destination: Destination = 'http',
): WebhookId {
  const id = nextId('wh') as WebhookId
  const draft = draftWith(change)
  const endpoint = draft.endpoint.kind === 'kept' ? 'https://kept.example' : draft.endpoint.text
  const origin = new URL(endpoint).origin
  store.webhooks.put(id, { draft, origin, destination }, Date.now(), false)
  return id
}

/** Records one event for each of the webhooks, one delivery each. */
export function storedDeliveries(
  store: Store,
  webhookIds: readonly WebhookId[],
  change: { event?: EventName; payloadText?: string; createdAtMs?: number } = {},
): QueuedDelivery[] {
  const versions = store.webhooks
    .list()
    .filter(({ id }) => webhookIds.includes(id))
    .map(({ version }) => version)
  return store.log.record(
    {
      id: nextId('evt') as EventId,
      event: change.event ?? 'meeting.booked',
      source: 'simulator',
      payloadText: change.payloadText ?? '{"id":"evt_1"}',
      createdAtMs: change.createdAtMs ?? Date.now(),
    },
    versions.map((webhookVersion) => ({ id: nextId('dlv') as DeliveryId, webhookVersion })),
  )
}

/** What becomes of a delivery that is not tried again. */
export const FINAL: Next = { kind: 'final', note: '' }

export function attemptWith(
  delivery: QueuedDelivery,
  change: Partial<AttemptRecord> = {},
): AttemptRecord {
  return {
    deliverySeq: delivery.seq,
    number: 1,
    startedAtMs: 1_000,
    finishedAtMs: 1_020,
    stageAtMs: 1_000,
    waited: null,
    marks: {
      queuedMs: -1,
      dnsMs: null,
      connectMs: 0.5,
      tlsMs: null,
      firstByteOutMs: 1,
      lastByteOutMs: 1.5,
      firstByteInMs: 10,
      lastByteInMs: 11,
    },
    reusedConnection: false,
    remoteAddress: '127.0.0.1:9',
    proxy: null,
    tls: null,
    httpVersion: '1.1',
    httpStatus: 200,
    code: 'ok',
    reason: 'Answered 200.',
    requestHead: Buffer.from('POST /in HTTP/1.1\r\nhost: 127.0.0.1:9\r\n\r\n'),
    requestBody: Buffer.from('{}'),
    responseHead: Buffer.from('HTTP/1.1 200 OK\r\n\r\n'),
    responseBody: Buffer.from('ok'),
    responseBodyBytes: 2,
    ...change,
  }
}

/** What the dispatcher hands to the history, and what it gets from it. Models, not rows. */
import type {
  AttemptMarks,
  DeliveryId,
  EventId,
  EventName,
  OutcomeCode,
  TlsInfo,
  WebhookId,
} from '#contract'

/** An immutable revision of a webhook: a delivery keeps the one it was decided with. */
export type WebhookVersion = number & { readonly __brand: 'WebhookVersion' }

export interface NewEvent {
  readonly id: EventId
  readonly event: EventName
  readonly source: 'simulator'
  readonly payloadText: string
  readonly createdAtMs: number
}

export interface NewDelivery {
  readonly id: DeliveryId
  readonly webhookVersion: WebhookVersion
}

/** A delivery that still has to be sent. */
export interface QueuedDelivery {
  readonly seq: number
  readonly id: DeliveryId
  /** Deliveries to one origin share its concurrency limit. */
  readonly origin: string
  readonly queuedAtMs: number
  /** Attempts that there were already. */
  readonly attempts: number
}

/** What is needed to render a delivery's request. */
export interface DeliveryJob {
  readonly webhookId: WebhookId
  readonly webhookVersion: WebhookVersion
  readonly eventId: EventId
  readonly event: EventName
  readonly payloadText: string
}

/** All that one attempt leaves behind. Byte arrays are exactly what went over the wire. */
export interface AttemptRecord {
  readonly deliverySeq: number
  readonly number: number
  readonly startedAtMs: number
  readonly finishedAtMs: number
  readonly marks: AttemptMarks
  readonly reusedConnection: boolean
  readonly remoteAddress: string | null
  readonly tls: TlsInfo | null
  readonly httpVersion: string | null
  readonly httpStatus: number | null
  readonly code: OutcomeCode
  readonly reason: string
  readonly requestHead: Uint8Array
  readonly requestBody: Uint8Array
  readonly responseHead: Uint8Array
  /** As received: chunk framing removed, content coding kept; at most 25 MiB of it. */
  readonly responseBody: Uint8Array
  /** How much was received in all; more than `responseBody` holds when cut. */
  readonly responseBodyBytes: number
}

/** The part of the history that the dispatcher writes. */
export interface DeliveryLog {
  /** Up to `limit` unfinished deliveries after `afterSeq`, oldest first. */
  unfinished(afterSeq: number, limit: number): QueuedDelivery[]
  job(seq: number): DeliveryJob
  /** Runs `begin`, which reads jobs and begins attempts, in the transaction of this turn's writes. */
  beginTogether(begin: () => void): void
  /** Resolves once "sending" and the attempt's start are committed; only then may a byte leave. */
  beginAttempt(seq: number, number: number, startedAtMs: number): Promise<void>
  /** Resolves once the attempt and the delivery's final state are committed. */
  finishAttempt(record: AttemptRecord): Promise<void>
  /** Ends a delivery that never started: cancelled, or not renderable. Resolves once committed. */
  finishUnsent(
    seq: number,
    code: 'cancelled' | 'bad_request',
    reason: string,
    finishedAtMs: number,
  ): Promise<void>
  /**
   * At start: each attempt that was in flight when the process died becomes `interrupted`, and so
   * does its delivery. Returns how many.
   */
  interruptUnfinishedAttempts(nowMs: number): number
}

/** What the dispatcher hands to the history, and what it gets from it. Models, not rows. */
import type {
  AttemptMarks,
  DeliveryId,
  Destination,
  EventId,
  EventName,
  OutcomeCode,
  TlsInfo,
  WaitReason,
  WebhookId,
} from '#contract'
import type { ReplayMark, StoredRequest } from './fixed-requests.ts'

/** An immutable revision of a webhook: a delivery keeps the one it was decided with. */
export type WebhookVersion = number & { readonly __brand: 'WebhookVersion' }

export interface NewEvent {
  readonly id: EventId
  /** Null for a replay of a capture that names none. */
  readonly event: EventName | null
  readonly source: 'simulator' | 'replay'
  readonly payloadText: string
  readonly createdAtMs: number
}

export interface NewDelivery {
  readonly id: DeliveryId
  readonly webhookVersion: WebhookVersion
  readonly replay?: ReplayMark
  /** The item of a bulk replay that it is made of. */
  readonly item?: { readonly runSeq: number; readonly position: number }
}

/** A delivery that still has to be sent. */
export interface QueuedDelivery {
  readonly seq: number
  readonly id: DeliveryId
  /** Deliveries to one origin share its concurrency limit. */
  readonly origin: string
  /** Tells endpoints apart; holds nothing secret. */
  readonly endpoint: string
  readonly destination: Destination
  readonly queuedAtMs: number
  /** Attempts that there were already. */
  readonly attempts: number
  /** What the next attempt waited for; null for the first. */
  readonly waited: Wait | null
  /** Itself where it is at hand: then it need not be read. */
  readonly job: DeliveryJob | JobKeys
}

/** Where a delivery's job is read. */
export interface JobKeys {
  readonly webhookId: WebhookId
  readonly webhookVersion: WebhookVersion
  readonly eventSeq: number
  readonly isReplay: boolean
}

export interface Wait {
  /** By the stage clock. */
  readonly waitMs: number
  readonly why: WaitReason
}

/** An attempt that was under way when the process died. */
export interface CutOff extends QueuedDelivery {
  readonly startedAtMs: number
  readonly stageAtMs: number
}

/** What becomes of a delivery after an attempt. */
export type Next =
  /** @field note ends the delivery's reason */
  | { readonly kind: 'final'; readonly note: string }
  | ({ readonly kind: 'retry'; readonly dueAtMs: number } & Wait)

/** What is needed to render a delivery's request. */
export interface DeliveryJob {
  readonly webhookId: WebhookId
  readonly webhookVersion: WebhookVersion
  readonly eventId: EventId
  readonly event: EventName | null
  readonly payloadText: string
  /** What is sent in place of what the webhook would render. */
  readonly fixed: StoredRequest | null
}

/** All that one attempt leaves behind. Byte arrays are exactly what went over the wire. */
export interface AttemptRecord {
  readonly deliverySeq: number
  readonly number: number
  readonly startedAtMs: number
  readonly finishedAtMs: number
  /** By the stage clock, when it started. */
  readonly stageAtMs: number
  readonly waited: Wait | null
  readonly marks: AttemptMarks
  readonly reusedConnection: boolean
  readonly remoteAddress: string | null
  readonly proxy: string | null
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

/** How a delivery ended, as its row says. */
export interface DeliveryEnd {
  readonly code: OutcomeCode
  readonly httpStatus: number | null
  readonly reason: string
}

/** Of a delivery that ends with this attempt. @param note ends its reason */
export function endWith(
  { code, httpStatus, reason }: DeliveryEnd,
  { note }: { readonly note: string },
): DeliveryEnd {
  return { code, httpStatus, reason: note ? `${reason} ${note}` : reason }
}

/** The part of the history that the dispatcher writes. */
export interface DeliveryLog {
  /** Up to `limit` queued deliveries after `afterSeq`, oldest first. */
  queued(afterSeq: number, limit: number): QueuedDelivery[]
  job(seq: number): DeliveryJob
  jobOf(delivery: Pick<QueuedDelivery, 'seq' | 'job'>): DeliveryJob
  /** Resolves once the attempt's start outlives the process; only then may a byte leave. */
  beginAttempt(
    delivery: Pick<QueuedDelivery, 'seq' | 'id'>,
    number: number,
    startedAtMs: number,
    stageAtMs: number,
  ): Promise<void>
  /** Resolves once the attempt and what becomes of its delivery are committed. */
  finishAttempt(record: AttemptRecord, next: Next): Promise<void>
  /** Ends a delivery without another attempt: cancelled, or not renderable. Resolves once committed. */
  finishUnsent(
    seq: number,
    code: 'cancelled' | 'bad_request',
    reason: string,
    finishedAtMs: number,
  ): Promise<void>
  /** At start, before all else: what is under way by the journal is so no more, but cut off. */
  takeUp(): void
  /** At start: up to `limit` attempts that were under way when the process died. */
  cutOff(limit: number): CutOff[]
  readonly waiting: WaitingLog
}

export interface GivenUp {
  readonly seq: number
  readonly id: DeliveryId
}

/** Deliveries between two attempts. Times are the stage clock's. */
export interface WaitingLog {
  count(): number
  /** When the first of them is due. */
  nextDueAtMs(): number | null
  /** The latest time at which one of them began to wait, or an attempt: time has been there. */
  lastSeenMs(): number
  /** Endpoints, by their keys, that asked one of them to wait, and until when. */
  held(): { readonly endpoint: string; readonly untilMs: number }[]
  /** Makes up to `limit` of those that are due queued, the longest due first. */
  takeDue(nowMs: number, queuedAtMs: number, limit: number): QueuedDelivery[]
  /** The same for these, due or not; what does not wait is left out. */
  take(seqs: readonly number[], queuedAtMs: number): QueuedDelivery[]
  /** Ends those of these that wait as cancelled; answers which. */
  cancel(seqs: readonly number[], finishedAtMs: number): DeliveryId[]
  /** Ends those of these that wait as their last attempt ended, with a note; answers which. */
  giveUp(seqs: readonly number[], note: string, finishedAtMs: number): GivenUp[]
}

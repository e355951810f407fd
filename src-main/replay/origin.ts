/**
 * What a replay is made from: the recorded request, where it went, the event that it carried, and the
 * webhook that it was rendered from, as that was then.
 */
import type {
  AttemptId,
  CaptureId,
  DeliveryId,
  EventId,
  EventName,
  ReceiverId,
  ReplaySource,
  WebhookDraft,
  WebhookId,
} from '#contract'
import type { Vault } from '../authoring/vault.ts'
import { targetOf } from '../encode/index.ts'
import { AppError } from '../errors.ts'
import { secretsOfCapture, secretsOfExchange, urlOf } from '../inspect/sent-secrets.ts'
import { eventOf } from '../make-event/index.ts'
import type { WebhookVersion } from '../store/history-records.ts'
import type { Store } from '../store/index.ts'
import type { Recorded } from './fixed-request.ts'

/** All that a replay is made of. */
export interface Sendable extends Recorded {
  readonly parentId: DeliveryId | CaptureId
  /** Where it went. */
  readonly url: string
  readonly eventId: EventId | null
  readonly event: EventName | null
  readonly payloadText: string
  readonly webhookId: WebhookId | null
  /** As it was then. */
  readonly version: WebhookVersion | null
  readonly draft: WebhookDraft | null
}

export interface Origin extends Sendable {
  /** What must not be shown of it. */
  readonly secrets: () => readonly string[]
  readonly isImported: boolean
}

export interface OriginDeps {
  readonly store: Store
  readonly vault: Vault
  /** Where a receiver listens, `http://127.0.0.1:4781`; of one that is gone, where any does. */
  readonly receiverOrigin: (id: ReceiverId) => string
}

/** @throws AppError `not_found`; `invalid` when there is no whole request to send again, in words */
export function originOf(deps: OriginDeps, source: ReplaySource): Origin {
  return source.kind === 'capture'
    ? ofCapture(deps, source.captureId)
    : ofAttempt(deps, source.attemptId)
}

function ofCapture({ store, vault, receiverOrigin }: OriginDeps, id: CaptureId): Origin {
  const capture = store.captures.get(id)
  if (capture.problem !== null) {
    throw notReplayable(`It is not a whole request. ${capture.problem}`)
  }
  if (capture.bodyBytes > capture.body.length) throw notReplayable(CUT)
  const url = capture.imported
    ? urlOf(capture.imported.origin, capture.head)
    : receiverOrigin(capture.receiverId) + targetOf(capture.head)
  const secrets = () => secretsOfCapture(vault, capture)
  return {
    ...capturedOrigin({ ...capture, ...eventOf(capture) }, url),
    secrets,
    isImported: capture.imported !== null,
  }
}

interface WholeCapture extends Recorded {
  readonly id: CaptureId
  readonly event: EventName | null
  readonly payloadText: string
}

/** Of a capture that is whole. @param url where it went, or was received */
export function capturedOrigin(
  { id, head, body, event, payloadText }: WholeCapture,
  url: string,
): Sendable {
  return {
    parentId: id,
    head,
    body,
    url,
    eventId: null,
    event,
    payloadText,
    webhookId: null,
    version: null,
    draft: null,
  }
}

function ofAttempt(deps: OriginDeps, id: AttemptId): Origin {
  const { store } = deps
  const exchange = store.history.exchange(id)
  const { requestHead: head, requestBody: body, origin, deliverySeq } = exchange
  if (head.length === 0) throw notReplayable('Nothing was sent in this attempt.')
  const { webhookId, webhookVersion, eventId, event, payloadText } = store.log.job(deliverySeq)
  return {
    parentId: exchange.deliveryId,
    head,
    body,
    url: origin + targetOf(head),
    eventId,
    event,
    payloadText,
    webhookId,
    version: webhookVersion,
    draft: store.webhooks.version(webhookVersion).draft,
    secrets: () => secretsOfExchange(deps, exchange),
    isImported: false,
  }
}

const CUT = 'Only the beginning of its body was kept, so it cannot be sent again.'

export function notReplayable(why: string): AppError {
  return new AppError('invalid', `This cannot be replayed. ${why}`)
}

/**
 * Replays: a delivery or a capture sent again, as it was, signed anew, rendered again or edited, to
 * its own endpoint or another. A replay is a delivery like any other; it knows its parent.
 */
import {
  type CaptureId,
  type DeliveryId,
  type EventId,
  type EventName,
  emptyDraft,
  emptySigning,
  type FieldProblem,
  NO_RETRY,
  type ReplayNode,
  type ReplayOriginal,
  type ReplayPlace,
  type ReplayRequest,
  type ReplaySigning,
  type ReplaySource,
  type SecretText,
  type Signing,
  type WebhookDraft,
  type WebhookId,
} from '#contract'
import { draftValues, sealDraft } from '../authoring/draft-secrets.ts'
import type { Vault } from '../authoring/vault.ts'
import { recogniseEndpoint } from '../destinations/index.ts'
import type { Dispatcher } from '../dispatch/index.ts'
import { endpointFault, readHead } from '../encode/index.ts'
import { AppError } from '../errors.ts'
import type { EventHub } from '../event-hub.ts'
import type { Inspector } from '../inspect/inspector.ts'
import { secretsOfExchange } from '../inspect/sent-secrets.ts'
import { eventOf } from '../make-event/index.ts'
import type { Receivers } from '../receivers/index.ts'
import type { Runtime } from '../runtime.ts'
import { signatureHeaders, signingProblems } from '../signing/index.ts'
import type { WebhookVersion } from '../store/history-records.ts'
import type { Store } from '../store/index.ts'
import { asSent, edited, type FixedRequest, type Recorded, toBeSigned } from './fixed-request.ts'
import { shownOriginal } from './original.ts'
import { replayTree } from './tree.ts'

export interface Replays {
  /** What there is to replay. @param reveal shows secrets in the body. @throws AppError `not_found`, `invalid` */
  original(source: ReplaySource, reveal: boolean): ReplayOriginal
  /** @throws AppError `not_found`; `invalid` with problems */
  send(request: ReplayRequest): Promise<DeliveryId>
  /** All that were made from the same origin, it first. */
  tree(place: ReplayPlace): ReplayNode[]
}

/** What a replay is made from. */
interface Origin extends Recorded {
  readonly parentId: DeliveryId | CaptureId
  /** Where it went. */
  readonly url: string
  readonly eventId: EventId | null
  readonly event: EventName | null
  readonly payloadText: string
  readonly webhookId: WebhookId | null
  /** As it was then. */
  readonly draft: WebhookDraft | null
  readonly secrets: readonly string[]
}

const FLOODED = 'Too many deliveries wait to be sent already. Send this one when some are sent.'

export function createReplays(deps: {
  store: Store
  vault: Vault
  inspector: Pick<Inspector, 'captureRows'>
  receivers: Pick<Receivers, 'list'>
  dispatcher: Pick<Dispatcher, 'enqueue' | 'room'>
  runtime: Runtime
  hub: EventHub
}): Replays {
  const { store, vault, inspector, receivers, dispatcher, runtime, hub } = deps

  function originOf(source: ReplaySource): Origin {
    return source.kind === 'capture' ? ofCapture(source.captureId) : ofAttempt(source)
  }

  function ofCapture(id: CaptureId): Origin {
    const capture = store.captures.get(id)
    if (capture.problem !== null) throw refusal(`It is not a whole request. ${capture.problem}`)
    if (capture.bodyBytes > capture.body.length) throw refusal(CUT)
    const list = receivers.list()
    const receiver = list.find((each) => each.id === capture.receiverId) ?? list[0]
    const target = targetOf(capture.head)
    const { event, payloadText } = eventOf(capture)
    return {
      parentId: id,
      head: capture.head,
      body: capture.body,
      url: (receiver ? new URL(receiver.url).origin : '') + target,
      eventId: null,
      event,
      payloadText,
      webhookId: null,
      draft: null,
      secrets: vault.maskables(),
    }
  }

  function ofAttempt({ attemptId }: Extract<ReplaySource, { kind: 'attempt' }>): Origin {
    const exchange = store.history.exchange(attemptId)
    const { requestHead: head, requestBody: body, origin, deliverySeq } = exchange
    if (head.length === 0) throw refusal('Nothing was sent in this attempt.')
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
      draft: store.webhooks.version(webhookVersion).draft,
      secrets: secretsOfExchange({ store, vault }, exchange),
    }
  }

  function presentWebhook(id: WebhookId) {
    const webhook = store.webhooks.get(id)
    if (!webhook) throw new AppError('not_found', 'This webhook does not exist any more.')
    return webhook
  }

  function signingOf(signing: ReplaySigning): Signing {
    if ('webhookId' in signing) return presentWebhook(signing.webhookId).draft.signing
    const { scheme, own, secret } = signing
    return { ...emptySigning(), scheme, own, secret }
  }

  /** The endpoint that it goes to, under the name and with the settings of what it belongs to. */
  function carrier(origin: Origin, { target }: ReplayRequest): Carrier {
    if (target.kind === 'webhook') {
      const { id, draft } = presentWebhook(target.webhookId)
      return { webhookId: id, draft }
    }
    const url: SecretText =
      target.kind === 'own'
        ? (sameEndpoint(origin) ?? { kind: 'plain', text: origin.url })
        : target.url
    const own = target.kind === 'own' ? origin.draft : null
    return {
      webhookId: own ? origin.webhookId : null,
      draft: { ...(own ?? emptyDraft()), endpoint: url, name: own?.name ?? '' },
    }
  }

  /** Kept as it is where the recorded URL is that of the webhook, so that its secret stays one. */
  function sameEndpoint({ draft, url }: Origin): SecretText | null {
    return draft && draftValues(vault, draft).endpoint === url ? draft.endpoint : null
  }

  function fixedOf(origin: Origin, request: ReplayRequest, signing: Signing | null): FixedRequest {
    const { kind, keepsId } = request
    const sent = asSent(origin)
    const base = kind === 'edited' && request.edited ? edited(sent, request.edited) : sent
    if (!signing || signing.scheme === 'none') return base
    return toBeSigned(base, signatureHeaders(signing), keepsId)
  }

  async function send(request: ReplayRequest): Promise<DeliveryId> {
    if (dispatcher.room() < 1) throw new AppError('unavailable', FLOODED)
    const origin = originOf(request.source)
    if (request.kind === 'rendered') return sendRendered(origin)
    const signing = request.signing && signingOf(request.signing)
    if (request.kind === 're_signed' && (!signing || signing.scheme === 'none')) {
      throw invalid('signing.scheme', 'Choose how it is to be signed.')
    }
    const { webhookId, draft } = carrier(origin, request)
    const whole: WebhookDraft = {
      ...draft,
      event: origin.event ?? draft.event,
      headers: [],
      signing: signing ?? emptySigning(),
      retry: NO_RETRY,
    }
    const values = draftValues(vault, whole)
    const problems = [
      ...endpointProblems(values.endpoint),
      ...signingProblems(whole.signing, values.signing, []),
    ].filter(({ severity }) => severity === 'error')
    const [first] = problems
    if (first) throw new AppError('invalid', first.message, problems)
    const fixed = fixedOf(origin, request, signing)
    const sealed = await sealDraft(vault, whole)
    const { destination } = recogniseEndpoint(values.endpoint)
    const id = webhookId ?? (runtime.newId('wh') as WebhookId)
    const name = whole.name || new URL(values.endpoint).host
    const version = store.together(() => {
      sealed.commit()
      return store.webhooks.putUnlisted(id, {
        draft: { ...sealed.draft, name },
        destination,
        origin: new URL(values.endpoint).origin,
      })
    })
    return record(origin, version, request.kind, fixed)
  }

  function sendRendered(origin: Origin): DeliveryId {
    if (origin.webhookId === null || origin.event === null) {
      throw refusal('It was not rendered from a webhook, so it cannot be rendered again.')
    }
    return record(origin, presentWebhook(origin.webhookId).version, 'rendered', null)
  }

  function record(
    { eventId, event, payloadText, parentId }: Origin,
    webhookVersion: WebhookVersion,
    kind: ReplayRequest['kind'],
    request: FixedRequest | null,
  ): DeliveryId {
    const id = runtime.newId('dlv') as DeliveryId
    const known = eventId ?? (runtime.newId('evt') as EventId)
    const queued = store.log.record(
      { id: known, event, source: 'replay', payloadText, createdAtMs: runtime.nowMs() },
      [{ id, webhookVersion, replay: { parentId, kind, request } }],
    )
    hub.deliveryChanged(id)
    hub.publish({ kind: 'status.changed' })
    dispatcher.enqueue(queued)
    return id
  }

  return {
    original: (source, reveal) => {
      const origin = originOf(source)
      const webhook = origin.webhookId && store.webhooks.get(origin.webhookId)
      return {
        ...shownOriginal(origin, reveal),
        webhookId: webhook ? webhook.id : null,
        scheme: webhook ? webhook.draft.signing.scheme : 'none',
      }
    },
    send,
    tree: (place) => replayTree({ store, inspector }, place),
  }
}

interface Carrier {
  readonly webhookId: WebhookId | null
  readonly draft: WebhookDraft
}

const CUT = 'Only the beginning of its body was kept, so it cannot be sent again.'

/** The path and query of a request line, as they stand there. */
function targetOf(head: Uint8Array): string {
  const [, target = '/'] = readHead(head).startLine.split(' ')
  return target.replace(/^https?:\/\/[^/?#]*/i, '') || '/'
}

function endpointProblems(endpoint: string): FieldProblem[] {
  const fault = endpointFault(endpoint)
  return fault ? [{ field: 'url', severity: 'error', message: fault.message }] : []
}

function invalid(field: string, message: string): AppError {
  return new AppError('invalid', message, [{ field, severity: 'error', message }])
}

function refusal(why: string): AppError {
  return new AppError('invalid', `This cannot be replayed. ${why}`)
}

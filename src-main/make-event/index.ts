/** From something that was sent or received to an event again, and to a webhook that would send it so. */
import {
  type CaptureId,
  type DeliveryId,
  type EventMapping,
  type EventName,
  type EventSource,
  emptyDraft,
  type HeaderRow,
  MAX_PAYLOAD_CHARACTERS,
  type MadeEvent,
  type SecretText,
  type StoredDraft,
  type WebhookDraft,
} from '#contract'
import type { Webhooks } from '../authoring/webhooks.ts'
import {
  headerFault,
  isSensitiveHeader,
  type ReadHead,
  readHead,
  tryPrettyJson,
} from '../encode/index.ts'
import { AppError } from '../errors.ts'
import { urlOf } from '../inspect/sent-secrets.ts'
import type { Receivers } from '../receivers/index.ts'
import type { Runtime } from '../runtime.ts'
import { isSignatureHeader } from '../signing/index.ts'
import type { RecordedCapture, Store } from '../store/index.ts'
import { mapped, recogniseBody } from './recognise.ts'

export { mapped }

export interface EventMaker {
  /** @throws AppError `not_found`; `invalid` when no event can be made of it, in words */
  make(source: EventSource, mapping: EventMapping | null): MadeEvent
  /**
   * A form of a new webhook that would send this event as it was sent: it takes the place of the new
   * form that is kept. Secret headers are sealed. @throws as `make`
   */
  draftWebhook(source: EventSource, event: EventName): Promise<StoredDraft>
}

/** What travels with any request and says nothing of the webhook. */
const OF_THE_WAY = /^(user-agent|accept|accept-encoding|via|forwarded|x-forwarded-.*|x-real-ip)$/i

export function createEventMaker(deps: {
  store: Pick<Store, 'captures' | 'history' | 'log' | 'webhooks'>
  receivers: Pick<Receivers, 'list'>
  webhooks: Pick<Webhooks, 'putDraft'>
  runtime: Runtime
}): EventMaker {
  const { store, receivers, webhooks, runtime } = deps

  const jobOf = (id: DeliveryId) => store.log.job(store.history.get(id).seq)

  function captured(id: CaptureId) {
    const capture = store.captures.get(id)
    const head = readHead(capture.head)
    return { head, body: recogniseBody(head, capture.body), capture }
  }

  /** Where it went: what was imported, to its own URL; else to the receiver, or Echo where that is gone. */
  function endpointOf({ imported, head, receiverId }: RecordedCapture): SecretText {
    if (imported) return { kind: 'plain', text: urlOf(imported.origin, head) }
    const known = receivers.list()
    const receiver = known.find(({ id }) => id === receiverId) ?? known[0]
    return receiver?.secretUrl ?? { kind: 'plain', text: receiver?.url ?? '' }
  }

  function draftOf(source: EventSource, event: EventName): WebhookDraft {
    if (source.kind === 'delivery') {
      const { webhookVersion } = jobOf(source.deliveryId)
      return { ...store.webhooks.version(webhookVersion).draft, event, status: 'active' }
    }
    const { head, body, capture } = captured(source.captureId)
    return {
      ...emptyDraft(),
      ...body.encoding,
      event,
      endpoint: endpointOf(capture),
      headers: headerRows(head, () => runtime.newId('row')),
    }
  }

  return {
    make: (source, mapping) => {
      if (source.kind === 'delivery') {
        const { event, payloadText } = jobOf(source.deliveryId)
        if (payloadText === '') throw new AppError('invalid', NO_EVENT)
        return {
          event: mapping?.event ?? event,
          payloadText: laidOut(payloadText),
          isObject: true,
          notes: [],
        }
      }
      const { body } = captured(source.captureId)
      return {
        event: mapping?.event ?? body.event,
        payloadText: laidOut(mapping ? mapped(body, mapping) : body.text),
        isObject: body.isObject,
        notes: [...body.notes],
      }
    },
    draftWebhook: (source, event) => webhooks.putDraft(null, draftOf(source, event)),
  }
}

/** @throws AppError `invalid` when it is longer than a payload may be */
function laidOut(json: string): string {
  const pretty = tryPrettyJson(json) ?? json
  const text = pretty.length > MAX_PAYLOAD_CHARACTERS ? json : pretty
  if (text.length > MAX_PAYLOAD_CHARACTERS) throw new AppError('invalid', TOO_LONG)
  return text
}

const TOO_LONG = `Its payload would be longer than ${MAX_PAYLOAD_CHARACTERS / 1024 / 1024} MB, which is the most that an event may have.`

/** The headers that a user would have written. */
function headerRows({ headers }: ReadHead, newRowId: () => string): HeaderRow[] {
  return headers.flatMap(([name, value]): HeaderRow[] => {
    const isOwn = !OF_THE_WAY.test(name) && !isSignatureHeader(name)
    if (!isOwn || headerFault(name, value) !== null) return []
    const kind = isSensitiveHeader(name) ? 'secret' : 'plain'
    return [{ rowId: newRowId(), name, value: { kind, text: value } }]
  })
}

const NO_EVENT =
  'This delivery is the replay of a request that holds no event, or one of more than 1 MB: make it of that request itself.'

/** A body that is larger is not looked through unasked: that would hold up all else. */
const MOST_BYTES = 1024 * 1024

/** The event that a recorded request carries, as far as it says; none of one of more than 1 MB. */
export function eventOf(recorded: { readonly head: Uint8Array; readonly body: Uint8Array }): {
  readonly event: EventName | null
  readonly payloadText: string
} {
  if (recorded.body.length > MOST_BYTES) return { event: null, payloadText: '' }
  try {
    const { event, text, isObject } = recogniseBody(readHead(recorded.head), recorded.body)
    return { event, payloadText: isObject ? text : '' }
  } catch (error) {
    if (error instanceof AppError) return { event: null, payloadText: '' }
    throw error
  }
}

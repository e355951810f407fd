/**
 * Replays: a delivery or a capture sent again, as it was, signed anew, rendered again or edited, to
 * its own endpoint or another. A replay is a delivery like any other; it knows its parent.
 */
import type {
  DeliveryId,
  EventId,
  ReceiverId,
  ReplayNode,
  ReplayOriginal,
  ReplayPlace,
  ReplayRequest,
  ReplayReveal,
  ReplaySource,
} from '#contract'
import type { Vault } from '../authoring/vault.ts'
import type { Dispatcher } from '../dispatch/index.ts'
import { AppError } from '../errors.ts'
import type { EventHub } from '../event-hub.ts'
import type { Inspector } from '../inspect/inspector.ts'
import type { Receivers } from '../receivers/index.ts'
import type { Runtime } from '../runtime.ts'
import type { Store } from '../store/index.ts'
import { originOf } from './origin.ts'
import { shownOriginal } from './original.ts'
import { createOutgoingMaker } from './outgoing.ts'
import { replayTree } from './tree.ts'

export {
  capturedOrigin,
  notReplayable,
  originOf,
  type Sendable,
} from './origin.ts'
export { createOutgoingMaker, type Outgoing } from './outgoing.ts'

export interface Replays {
  /** What there is to replay. @param reveal what is shown with its secrets. @throws AppError `not_found`, `invalid` */
  original(source: ReplaySource, reveal: ReplayReveal): ReplayOriginal
  /** @throws AppError `not_found`; `invalid` with problems */
  send(request: ReplayRequest): Promise<DeliveryId>
  /** All that were made from the same origin, it first. */
  tree(place: ReplayPlace): ReplayNode[]
}

/** Where a receiver listens, `http://127.0.0.1:4781`; of one that is gone, where any does. */
export function receiverOrigins(receivers: Pick<Receivers, 'list'>): (id: ReceiverId) => string {
  return (id) => {
    const list = receivers.list()
    const receiver = list.find((each) => each.id === id) ?? list[0]
    return receiver ? new URL(receiver.url).origin : ''
  }
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
  const receiverOrigin = receiverOrigins(receivers)
  const outgoing = createOutgoingMaker({ store, vault, runtime, once: true })

  async function send({ source, ...manner }: ReplayRequest): Promise<DeliveryId> {
    if (dispatcher.room() < 1) throw new AppError('unavailable', FLOODED)
    const origin = originOf({ store, vault, receiverOrigin }, source)
    const { webhookVersion, request } = await outgoing.make(origin, manner)
    const { eventId, event, payloadText, parentId } = origin
    const id = runtime.newId('dlv') as DeliveryId
    const known = eventId ?? (runtime.newId('evt') as EventId)
    const queued = store.log.record(
      { id: known, event, source: 'replay', payloadText, createdAtMs: runtime.nowMs() },
      [{ id, webhookVersion, replay: { parentId, kind: manner.kind, request } }],
    )
    hub.deliveryChanged(id)
    hub.publish({ kind: 'status.changed' })
    dispatcher.enqueue(queued)
    return id
  }

  return {
    original: (source, reveal) => {
      const { secrets, ...origin } = originOf({ store, vault, receiverOrigin }, source)
      const webhook = origin.webhookId && store.webhooks.get(origin.webhookId)
      return {
        ...shownOriginal({ ...origin, secrets: secrets() }, reveal),
        isImported: origin.isImported,
        webhookId: webhook ? webhook.id : null,
        scheme: webhook ? webhook.draft.signing.scheme : 'none',
      }
    },
    send,
    tree: (place) => replayTree({ store, inspector }, place),
  }
}

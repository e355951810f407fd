/** From an item of a run to the delivery that is to be recorded of it. */
import type {
  AttemptId,
  BulkManner,
  BulkSource,
  CaptureId,
  DeliveryId,
  EventId,
  ReplaySigning,
} from '#contract'
import type { Vault } from '../authoring/vault.ts'
import { targetOf } from '../encode/index.ts'
import { urlOf } from '../inspect/sent-secrets.ts'
import { eventOf } from '../make-event/index.ts'
import type { Receivers } from '../receivers/index.ts'
import {
  capturedOrigin,
  createOutgoingMaker,
  notReplayable,
  type Outgoing,
  originOf,
  type Sendable,
} from '../replay/index.ts'
import type { Runtime } from '../runtime.ts'
import type { NewDelivery, NewEvent } from '../store/history-records.ts'
import type { CapturedBytes, DueItem, Store, StoredRun } from '../store/index.ts'

export interface PreparedItem {
  readonly item: DueItem
  readonly event: NewEvent
  readonly delivery: NewDelivery
}

export interface Preparer {
  /** These come next: what they are made of is read together. */
  read(items: readonly DueItem[]): void
  /** Itself where there is nothing to wait for. @throws AppError when it cannot be sent, in words */
  prepare(item: DueItem): PreparedItem | Promise<PreparedItem>
}

export interface PreparerDeps {
  readonly store: Store
  readonly vault: Vault
  readonly receivers: Pick<Receivers, 'list'>
  readonly runtime: Runtime
}

export function createPreparer(
  deps: PreparerDeps,
  { seq: runSeq, of, manner }: StoredRun,
): Preparer {
  const { store, vault, runtime } = deps
  const maker = createOutgoingMaker({ store, vault, runtime, once: false })
  const receiverOrigins = createReceiverOrigins(deps.receivers)
  const receiverOrigin = (id: string) => {
    const origin = receiverOrigins(id)
    if (origin === null) throw notReplayable('Its receiver was deleted.')
    return origin
  }

  let captured: ReadonlyMap<number, CapturedBytes> = new Map()

  function ofCapture(item: DueItem): Sendable {
    const { sourceSeq, sourceId, ownerId, origin, event, isPayload } = item
    const bytes = captured.get(sourceSeq) ?? store.bulkSources.capture(sourceSeq)
    if (!bytes) throw notReplayable('It does not exist any more.')
    const payloadText = isPayload ? textOf(bytes.body) : eventOf(bytes).payloadText
    const capture = { ...bytes, id: sourceId as CaptureId, event, payloadText }
    if (manner.target.kind !== 'own') return capturedOrigin(capture, '')
    const url =
      origin === '' ? receiverOrigin(ownerId) + targetOf(bytes.head) : urlOf(origin, bytes.head)
    return capturedOrigin(capture, url)
  }

  function ofDelivery({ sourceId }: DueItem): Sendable {
    const number = store.bulkSources.lastSentNumber(sourceId as DeliveryId)
    if (number === null) throw notReplayable('Nothing of it was sent.')
    const attemptId = `${sourceId}-${number}` as AttemptId
    return originOf({ store, vault, receiverOrigin }, { kind: 'attempt', attemptId })
  }

  function preparedItem(item: DueItem, origin: Sendable, outgoing: Outgoing): PreparedItem {
    const { eventId, event, payloadText, parentId } = origin
    const { webhookVersion, request } = outgoing
    return {
      item,
      event: {
        id: eventId ?? (runtime.newId('evt') as EventId),
        event,
        source: 'replay',
        payloadText,
        createdAtMs: runtime.nowMs(),
      },
      delivery: {
        id: runtime.newId('dlv') as DeliveryId,
        webhookVersion,
        replay: { parentId, kind: manner.kind, request },
        item: { runSeq, position: item.position },
      },
    }
  }

  return {
    read: (items) => {
      if (of !== 'captures') return
      captured = store.bulkSources.captures(items.map(({ sourceSeq }) => sourceSeq))
    },
    prepare: (item) => {
      const origin = of === 'captures' ? ofCapture(item) : ofDelivery(item)
      const { kind, target, keepsId } = manner
      const signing = signingOf(manner, item)
      const way = { kind, target, signing, keepsId, edited: null }
      const made = maker.make(origin, way)
      const prepared = (outgoing: Outgoing) => preparedItem(item, origin, outgoing)
      return made instanceof Promise ? made.then(prepared) : prepared(made)
    },
  }
}

function textOf(body: Uint8Array): string {
  return Buffer.from(body.buffer, body.byteOffset, body.length).toString()
}

function signingOf({ kind, signing }: BulkManner, item: DueItem): ReplaySigning | null {
  if (kind !== 're_signed') return null
  return signing === 'own' ? ({ webhookId: item.ownerId } as ReplaySigning) : signing
}

/** Where receivers listen, read once: they are asked for again when one is not known. */
export function createReceiverOrigins(
  receivers: Pick<Receivers, 'list'>,
): (id: string) => string | null {
  let known: ReadonlyMap<string, string> | null = null
  return (id) => {
    known ??= new Map(receivers.list().map((each) => [each.id, new URL(each.url).origin]))
    return known.get(id) ?? null
  }
}

export function isOfCaptures(source: BulkSource): boolean {
  return source.kind === 'captures' || source.kind === 'capture_filter'
}

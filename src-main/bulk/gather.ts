/**
 * Reads what a bulk replay is to be made from, in the order of recording, and keeps of each what the
 * dry run has to know: where it went, how it ended, whether it is whole, and what it is the same as.
 * It goes in small steps, between which everything else has its turn.
 */
import { createHash } from 'node:crypto'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { BulkSource, CaptureId, DeliveryId, DeliverySummary } from '#contract'
import { headerValue, readHead, targetOf } from '../encode/index.ts'
import { eventOf } from '../make-event/index.ts'
import type { CaptureRow, NewBulkItem, Store } from '../store/index.ts'
import { answerCode } from './answer-code.ts'
import { SAME_BYTES } from './decide.ts'

type Reading = Pick<Store, 'history' | 'captures' | 'bulkSources'>
type Facts = Omit<NewBulkItem, 'position'>

const PAGE = 500
/** How long it goes on between two turns of the event loop. */
const SLICE_MS = 8
/** Enough of a body to find an id in; a longer one is told by its bytes. */
const MOST_PARSED_BYTES = 256 * 1024

/**
 * @param take gets a few items at a time, in order
 * Rejects with the signal's reason once it is aborted.
 */
export async function gatherItems(
  store: Reading,
  source: BulkSource,
  take: (items: readonly NewBulkItem[]) => void,
  signal: AbortSignal,
): Promise<void> {
  const isOfCaptures = source.kind === 'captures' || source.kind === 'capture_filter'
  const ids = await chosenIds(store, source, signal)
  let position = 0
  let items: NewBulkItem[] = []
  let turnAtMs = performance.now() + SLICE_MS
  for (const id of ids) {
    const facts = isOfCaptures
      ? captureFacts(store, id as CaptureId)
      : deliveryFacts(store, id as DeliveryId)
    if (facts) items.push({ ...facts, position: position++ })
    if (performance.now() < turnAtMs && items.length < PAGE) continue
    take(items)
    items = []
    await nextTurn()
    signal.throwIfAborted()
    turnAtMs = performance.now() + SLICE_MS
  }
  take(items)
}

/** The oldest first. */
async function chosenIds(
  store: Reading,
  source: BulkSource,
  signal: AbortSignal,
): Promise<readonly string[]> {
  switch (source.kind) {
    case 'deliveries':
      return inOrder(source.deliveryIds, (ids) => store.history.some(ids).map(seqOf), signal)
    case 'captures':
      return inOrder(source.captureIds, (ids) => store.captures.some(ids).map(keyOf), signal)
    case 'delivery_filter':
      return allPages(async (cursor) => {
        const page = await store.history.page(source.filter, cursor, PAGE, signal)
        return { ...page, items: page.items.map(seqOf) }
      })
    case 'capture_filter':
      return allPages(async (cursor) => {
        const page = await store.captures.page(source.filter, cursor, PAGE, signal)
        return { ...page, items: page.items.map(keyOf) }
      })
  }
}

/** What the order of recording is told by. */
interface Key {
  readonly id: string
  readonly seq: number
  /** When it was recorded, ms; of an import that does not say, when it was imported. */
  readonly atMs: number
  readonly isImported: boolean
}

function seqOf({ id, seq }: DeliverySummary): Key {
  return { id, seq, atMs: 0, isImported: false }
}

function keyOf({ id, seq, receivedAtMs, imported }: CaptureRow): Key {
  return { id, seq, atMs: imported?.sentAtMs ?? receivedAtMs, isImported: imported !== null }
}

/** In the order in which Hookstage got them; with imports, which were recorded elsewhere, by time. */
function recordedFirst(keys: Key[]): string[] {
  const isByTime = keys.some(({ isImported }) => isImported)
  // Those of one import got their ids in the order of the file.
  keys.sort((a, b) => (isByTime ? a.atMs - b.atMs || (a.id < b.id ? -1 : 1) : a.seq - b.seq))
  return keys.map(({ id }) => id)
}

async function inOrder<Id extends string>(
  ids: readonly Id[],
  read: (ids: readonly Id[]) => readonly Key[],
  signal: AbortSignal,
): Promise<string[]> {
  const found: Key[] = []
  const wanted = [...new Set(ids)]
  for (let from = 0; from < wanted.length; from += PAGE) {
    found.push(...read(wanted.slice(from, from + PAGE)))
    await nextTurn()
    signal.throwIfAborted()
  }
  return recordedFirst(found)
}

async function allPages(
  read: (
    cursor: number | undefined,
  ) => Promise<{ items: readonly Key[]; nextCursor: number | null }>,
): Promise<string[]> {
  const found: Key[] = []
  for (let cursor: number | undefined; ; ) {
    const { items, nextCursor } = await read(cursor)
    found.push(...items)
    if (nextCursor === null) return recordedFirst(found)
    cursor = nextCursor
    await nextTurn()
  }
}

function deliveryFacts({ history, bulkSources }: Reading, id: DeliveryId): Facts | null {
  const [delivery] = history.some([id])
  if (!delivery) return null
  const sent = bulkSources.lastSent(delivery.seq)
  const { webhookId, event, createdAtMs, code, httpStatus, finishedAtMs } = delivery
  return {
    sourceId: id,
    sourceSeq: delivery.seq,
    recordedAtMs: createdAtMs,
    ownerId: webhookId,
    origin: sent?.origin ?? '',
    place: sent ? digest(sent.origin + targetOf(sent.head)) : webhookId,
    sameAs: sent ? sameAs(sent, eventIn(sent).payloadText, delivery) : delivery.eventId,
    event,
    bodyBytes: sent?.body.length ?? 0,
    isPayload: false,
    fault: finishedAtMs === null ? 'It is still under way.' : null,
    bytesFault: sent ? partFault(sent) : 'Nothing of it was sent.',
    original: { code, httpStatus },
  }
}

function captureFacts({ captures, bulkSources }: Reading, id: CaptureId): Facts | null {
  const [capture] = captures.some([id])
  if (!capture) return null
  const body = bulkSources.capture(capture.seq)?.body ?? NOTHING
  const { head, receiverId, receivedAtMs, bodyBytes, status, problem, imported } = capture
  const isWhole = problem === null && bodyBytes === body.length
  const { event, payloadText } = isWhole ? eventIn({ head, body }) : NO_EVENT
  return {
    sourceId: id,
    sourceSeq: capture.seq,
    recordedAtMs: imported?.sentAtMs ?? receivedAtMs,
    ownerId: receiverId,
    origin: imported?.origin ?? '',
    place: isWhole ? digest((imported?.origin ?? receiverId) + targetOf(head)) : '',
    sameAs: isWhole ? sameAs({ head, body }, payloadText, null) : id,
    event,
    bodyBytes: body.length,
    isPayload: payloadText !== '' && Buffer.from(payloadText).equals(body),
    fault: captureFault(capture, body),
    bytesFault: null,
    original: {
      code:
        bulkSources.forwardCode(capture.seq) ??
        answerCode(capture, () => bulkSources.answer(capture.seq)),
      httpStatus: status,
    },
  }
}

function captureFault({ problem, bodyBytes }: CaptureRow, body: Uint8Array): string | null {
  if (problem !== null) return 'It is not a whole request.'
  return bodyBytes > body.length ? 'Only the beginning of its body was kept.' : null
}

interface Message {
  readonly head: Uint8Array
  readonly body: Uint8Array
}

/** An attempt that was cut off may have sent a part of its body alone. */
function partFault({ head, body }: Message): string | null {
  const length = headerValue(readHead(head), 'content-length')
  return length !== null && Number(length) !== body.length ? 'Only part of it was sent.' : null
}

const NOTHING = new Uint8Array()
const NO_EVENT = { event: null, payloadText: '' }

function eventIn(message: Message) {
  return message.body.length > MOST_PARSED_BYTES ? NO_EVENT : eventOf(message)
}

/** By its `webhook-id`, the id in its body, the event that it was made of, or its bytes. */
function sameAs(message: Message, payloadText: string, delivery: DeliverySummary | null): string {
  const head = readHead(message.head)
  const signed = headerValue(head, 'webhook-id')
  if (signed) return signed
  const id = payloadText === '' ? null : idIn(payloadText)
  if (id !== null) return id
  if (delivery && delivery.replayOf === null) return delivery.eventId
  const [method = ''] = head.startLine.split(' ')
  return SAME_BYTES + digest(method, message.body)
}

function idIn(payloadText: string): string | null {
  try {
    const { id } = JSON.parse(payloadText) as { id?: unknown }
    return typeof id === 'string' && id !== '' ? id.slice(0, 256) : null
  } catch {
    return null
  }
}

function digest(text: string, bytes?: Uint8Array): string {
  const hash = createHash('sha256').update(text)
  if (bytes) hash.update(bytes)
  return hash.digest('base64').slice(0, 22)
}

/**
 * The requests that an export is made of, one after the other: of each delivery its last attempt
 * that sent something, of each capture the request itself; with the reason where there is none.
 */
import type { AttemptMarks, CaptureId, DeliveryId, ExportSource, ReceiverId } from '#contract'
import type { Vault } from '../authoring/vault.ts'
import { AppError } from '../errors.ts'
import { secretsOfCapture, secretsOfExchange, urlOf } from '../inspect/sent-secrets.ts'
import type { Store } from '../store/index.ts'

export interface Exported {
  readonly origin: string
  /** Where it went; empty where that is not known. */
  readonly url: string
  readonly head: Uint8Array
  readonly body: Uint8Array
  readonly isChunked: boolean
  readonly sentAtMs: number
  readonly marks: AttemptMarks | null
  readonly remoteAddress: string | null
  readonly note: string
  readonly answer: {
    readonly status: number | null
    readonly head: Uint8Array
    readonly body: Uint8Array
  } | null
  /** What must not be shown of it. */
  readonly secrets: readonly string[]
}

export interface ExportDeps {
  readonly store: Store
  readonly vault: Vault
  /** Where a receiver listens; of one that is gone, where any does. */
  readonly receiverOrigin: (id: ReceiverId) => string
}

const PAGE = 200

/** Why one is left out, as text. */
export async function* exportedOf(
  deps: ExportDeps,
  source: ExportSource,
  signal?: AbortSignal,
): AsyncGenerator<Exported | string> {
  switch (source.kind) {
    case 'workspace':
      return
    case 'deliveries':
      for (const id of source.ids) yield orGone(() => delivery(deps, id))
      return
    case 'captures':
      for (const id of source.ids) yield orGone(() => capture(deps, id))
      return
    case 'matching_deliveries':
      for await (const { id } of paged((cursor) =>
        deps.store.history.page(source.filter, cursor, PAGE, signal),
      )) {
        yield orGone(() => delivery(deps, id))
      }
      return
    case 'matching_captures':
      for await (const { id } of paged((cursor) =>
        deps.store.captures.page(source.filter, cursor, PAGE, signal),
      )) {
        yield orGone(() => capture(deps, id))
      }
  }
}

async function* paged<T>(
  read: (cursor: number | undefined) => Promise<{ items: T[]; nextCursor: number | null }>,
): AsyncGenerator<T> {
  let cursor: number | undefined
  for (;;) {
    const { items, nextCursor } = await read(cursor)
    yield* items
    if (nextCursor === null) return
    cursor = nextCursor
  }
}

function orGone(read: () => Exported | string): Exported | string {
  try {
    return read()
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found') return 'is not kept any more'
    throw error
  }
}

function delivery(deps: ExportDeps, id: DeliveryId): Exported | string {
  const { history } = deps.store
  for (const attempt of history.get(id).attemptList.toReversed()) {
    if (attempt.requestHeadBytes === 0) continue
    const exchange = history.exchange(attempt.id)
    const { origin, requestHead, requestBody, responseHead, responseBody } = exchange
    const hasAnswer = responseHead.length > 0
    return {
      origin,
      url: urlOf(origin, requestHead),
      head: requestHead,
      body: requestBody,
      isChunked: false,
      sentAtMs: attempt.startedAtMs,
      marks: attempt.marks,
      remoteAddress: attempt.remoteAddress,
      note: '',
      answer: hasAnswer
        ? { status: attempt.httpStatus, head: responseHead, body: responseBody }
        : null,
      secrets: secretsOfExchange(deps, exchange),
    }
  }
  return 'sent nothing'
}

function capture(deps: ExportDeps, id: CaptureId): Exported | string {
  const recorded = deps.store.captures.get(id)
  const { head, body, bodyBytes, problem, imported, isChunked, note, answer } = recorded
  if (problem !== null) return 'is no whole request'
  if (bodyBytes > body.length) return 'was kept in part only'
  const origin = imported?.origin ?? deps.receiverOrigin(recorded.receiverId)
  return {
    origin,
    url: urlOf(origin, head),
    head,
    body,
    isChunked,
    sentAtMs: imported?.sentAtMs ?? recorded.receivedAtMs,
    marks: null,
    remoteAddress: null,
    note,
    answer,
    secrets: secretsOfCapture(deps.vault, recorded),
  }
}

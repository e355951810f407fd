/**
 * The requests that an export is made of, the oldest first, as they were sent: of each delivery its
 * last attempt that sent something, of each capture the request itself; with the reason where there
 * is none.
 */
import {
  type AttemptMarks,
  type CaptureId,
  type DeliveryId,
  type ExportSource,
  MAX_EXPORTED,
  type ReceiverId,
} from '#contract'
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
/** Why those beyond are left out. */
export const TOO_MANY = `is beyond the ${MAX_EXPORTED.toLocaleString('en')} that one file takes`

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
      for (const id of source.ids.toSorted()) yield orGone(() => delivery(deps, id))
      return
    case 'captures':
      for (const id of source.ids.toSorted()) yield orGone(() => capture(deps, id))
      return
    case 'matching_deliveries': {
      const { ids, isCut } = await listed((cursor) =>
        deps.store.history.page(source.filter, cursor, PAGE, signal),
      )
      for (const id of ids) yield orGone(() => delivery(deps, id))
      if (isCut) yield TOO_MANY
      return
    }
    case 'matching_captures': {
      const { ids, isCut } = await listed((cursor) =>
        deps.store.captures.page(source.filter, cursor, PAGE, signal),
      )
      for (const id of ids) yield orGone(() => capture(deps, id))
      if (isCut) yield TOO_MANY
    }
  }
}

/** As many of the newest as a file takes, the oldest of them first; whether there are more. */
async function listed<T extends string>(
  read: (
    cursor: number | undefined,
  ) => Promise<{ items: readonly { id: T }[]; nextCursor: number | null }>,
): Promise<{ readonly ids: readonly T[]; readonly isCut: boolean }> {
  const ids: T[] = []
  let cursor: number | undefined
  for (;;) {
    const { items, nextCursor } = await read(cursor)
    ids.push(...items.map(({ id }) => id))
    const isCut = ids.length > MAX_EXPORTED
    if (isCut || nextCursor === null) {
      return { ids: ids.slice(0, MAX_EXPORTED).toSorted(), isCut }
    }
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

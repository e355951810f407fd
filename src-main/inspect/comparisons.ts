/**
 * Comparisons of what was recorded: fetches both sides, compares them by the workspace's rules, and
 * gives the event loop back every few milliseconds, however long the bodies are.
 */
import type {
  AttemptId,
  BulkAnswer,
  CaptureId,
  ComparedSide,
  ComparePart,
  ComparePlace,
  CompareRule,
  Comparison,
  DeliveryId,
} from '#contract'
import type { Vault } from '../authoring/vault.ts'
import { type ComparedMessage, compareMessages, type Sliced } from '../compare/index.ts'
import { maskInText, startLineOf } from '../encode/index.ts'
import { AppError } from '../errors.ts'
import type { Store } from '../store/index.ts'
import { inSlices } from './in-slices.ts'
import { secretsOfCapture, secretsOfExchange } from './sent-secrets.ts'

export interface Comparisons {
  /** @throws AppError `not_found` */
  messages(question: {
    readonly left: ComparePlace
    readonly right: ComparePlace
    readonly part: ComparePart
    readonly withEqual: boolean
  }): Promise<Comparison>
  /** By which differences do not count today. */
  rules(): readonly CompareRule[]
  /**
   * How the answers of two deliveries or captures compare: by status, headers and body, as `messages`
   * compares them. For many pairs; whoever drives it gives the event loop back.
   */
  answers(
    left: ComparePlace,
    right: ComparePlace,
    rules: readonly CompareRule[],
  ): Sliced<BulkAnswer>
}

interface Found extends ComparedMessage {
  readonly side: ComparedSide
  readonly secrets: () => readonly string[]
}

const NOTHING: ComparedMessage = { head: new Uint8Array(), body: new Uint8Array() }

export function createComparisons(deps: {
  store: Store
  vault: Vault
  rules: () => readonly CompareRule[]
}): Comparisons {
  const { store, vault } = deps

  function find(place: ComparePlace, part: ComparePart): Found {
    if (place.kind === 'capture') return ofCapture(place.captureId, part)
    if (place.kind === 'attempt') return ofAttempt(place.attemptId, part)
    return ofDelivery(place.deliveryId, part)
  }

  function ofDelivery(id: DeliveryId, part: ComparePart): Found {
    const delivery = store.history.get(id)
    const last = delivery.attemptList.at(-1)
    if (last) return ofAttempt(last.id, part)
    return found(id, delivery.webhookName, delivery.createdAtMs, NOTHING, 0, () => [])
  }

  function ofAttempt(id: AttemptId, part: ComparePart): Found {
    const exchange = store.history.exchange(id)
    const { webhookName, attemptList, createdAtMs } = store.history.get(exchange.deliveryId)
    const attempt = attemptList.find((each) => each.id === id)
    const isRequest = part === 'request'
    const message = isRequest
      ? { head: exchange.requestHead, body: exchange.requestBody }
      : { head: exchange.responseHead, body: exchange.responseBody }
    return found(
      exchange.deliveryId,
      webhookName,
      attempt?.startedAtMs ?? createdAtMs,
      message,
      isRequest ? exchange.requestBody.length : exchange.responseBodyBytes,
      () => secretsOfExchange(deps, exchange),
    )
  }

  function ofCapture(id: CaptureId, part: ComparePart): Found {
    const capture = store.captures.get(id)
    const secrets = secretsOfCapture(vault, capture)
    const startLine = maskInText(startLineOf(capture.head), secrets)
    const message = part === 'request' ? capture : (capture.answer ?? NOTHING)
    const bodyBytes = part === 'request' ? capture.bodyBytes : message.body.length
    return found(id, startLine, capture.receivedAtMs, message, bodyBytes, () => secrets)
  }

  return {
    messages: async ({ left, right, part, withEqual }) => {
      const [one, other] = [find(left, part), find(right, part)]
      const secrets = [...new Set([...one.secrets(), ...other.secrets()])]
      const rules = deps.rules()
      const compared = await inSlices(compareMessages(one, other, { rules, withEqual, secrets }))
      return { left: one.side, right: other.side, ...compared }
    },
    rules: deps.rules,
    answers: function* (left, right, rules) {
      const one = answerOf(left)
      yield
      const other = answerOf(right)
      yield
      if (!one || !other || isNothing(one) || isNothing(other)) return 'nothing'
      // Nothing of what is shown of them is kept, so that nothing has to be masked.
      const how = { rules, withEqual: false, secrets: [] }
      const { startLine, headers, body } = yield* compareMessages(one, other, how)
      if (startLine.differences + headers.differences + body.differences > 0) return 'differs'
      if (one.bodyBytes <= one.body.length && other.bodyBytes <= other.body.length) return 'same'
      // Of the rest nothing is known but how long it was.
      return one.bodyBytes === other.bodyBytes ? 'nothing' : 'differs'
    },
  }

  /** Null when there is none, or it is no longer in the history. Its request is left where it is. */
  function answerOf(place: ComparePlace): Answered | null {
    try {
      if (place.kind === 'capture') {
        const answer = store.captures.answer(place.captureId)
        return answer && { ...answer, bodyBytes: answer.body.length }
      }
      const attemptId = place.kind === 'attempt' ? place.attemptId : lastAttempt(place.deliveryId)
      if (!attemptId) return null
      const { responseHead, responseBody, responseBodyBytes } = store.history.answer(attemptId)
      return { head: responseHead, body: responseBody, bodyBytes: responseBodyBytes }
    } catch (error) {
      if (error instanceof AppError && error.code === 'not_found') return null
      throw error
    }
  }

  function lastAttempt(id: DeliveryId): AttemptId | undefined {
    return store.history.get(id).attemptList.at(-1)?.id
  }
}

interface Answered extends ComparedMessage {
  /** Received in all. */
  readonly bodyBytes: number
}

function isNothing({ head, body }: ComparedMessage): boolean {
  return head.length + body.length === 0
}

function found(
  id: string,
  title: string,
  atMs: number,
  { head, body }: ComparedMessage,
  bodyBytes: number,
  secrets: () => readonly string[],
): Found {
  const isThere = head.length + body.length > 0
  const side = { id, title, atMs, isThere, bodyBytes, isCut: bodyBytes > body.length }
  return { head, body, side, secrets }
}

/**
 * What was recorded, made fit to be shown: parsed views of exact bytes, with every secret that
 * Hookstage keeps masked. All bytes that leave the core for the renderer or the clipboard pass here.
 */
import type { AttemptId, Capture, CaptureSummary, Chat, ExchangeView, MessageView } from '#contract'
import type { Vault } from '../authoring/vault.ts'
import { chatMessageIn, chatOf } from '../destinations/index.ts'
import { inspectHead, inspectMessage, maskInText, type RecordedMessage } from '../encode/index.ts'
import { toCurl } from '../interchange/curl.ts'
import { redacted } from '../interchange/redacted.ts'
import type { CaptureRow, ForwardedCapture, RecordedCapture, Store } from '../store/index.ts'
import { secretsOfCapture, secretsOfExchange, urlOf } from './sent-secrets.ts'

export interface Inspector {
  /** @param whole beyond the first 256 KB too. @throws AppError `not_found` */
  exchange(attemptId: AttemptId, whole: boolean): ExchangeView
  /** Of their heads alone: a list of them is asked for again and again. */
  captureRows(captures: readonly CaptureRow[]): CaptureSummary[]
  /** @param whole beyond the first 256 KB too */
  capture(capture: RecordedCapture, whole: boolean): Capture
  /** @throws AppError `not_found` */
  curl(
    attemptId: AttemptId,
    withSecrets: boolean,
  ): { command: string; masked: boolean; notes: string[] }
}

const SHOWN_BYTES = 256 * 1024

export function createInspector(deps: { store: Store; vault: Vault }): Inspector {
  const { store, vault } = deps

  return {
    exchange: (attemptId, whole) => {
      const recorded = store.history.exchange(attemptId)
      const secrets = secretsOfExchange(deps, recorded)
      const limitBytes = whole ? null : SHOWN_BYTES
      const { destination, draft } = store.webhooks.version(recorded.webhookVersion)
      const { requestHead: head, requestBody: body, responseHead, responseBody } = recorded
      const shown = { limitBytes, secrets }
      return {
        request: requestView(
          { ...shown, head, body, bodyBytes: body.length },
          chatOf(destination, draft.format),
        ),
        response: responseView({
          ...shown,
          head: responseHead,
          body: responseBody,
          bodyBytes: recorded.responseBodyBytes,
        }),
      }
    },
    captureRows: (captures) =>
      captures.map((capture) => summaryOf(capture, secretsOfCapture(vault, capture))),
    capture: (capture, whole) => {
      const secrets = secretsOfCapture(vault, capture)
      const limitBytes = whole ? null : SHOWN_BYTES
      const { head, body, bodyBytes, isChunked, answer } = capture
      return {
        ...summaryOf(capture, secrets),
        isChunked,
        request: requestView({ head, body, bodyBytes, limitBytes, secrets }, null),
        forwarded: capture.forwarded && forwardView(capture.forwarded, body, limitBytes, secrets),
        response:
          answer && responseView({ ...answer, bodyBytes: answer.body.length, limitBytes, secrets }),
      }
    },
    curl: (attemptId, withSecrets) => {
      const recorded = store.history.exchange(attemptId)
      const { requestHead, requestBody, origin } = recorded
      const secrets = secretsOfExchange(deps, recorded)
      const sent = { head: requestHead, body: requestBody }
      if (withSecrets) return { ...toCurl({ origin, ...sent }), masked: false }
      const { head, body, isMasked } = redacted(sent, urlOf(origin, requestHead), secrets)
      return { ...toCurl({ origin, head, body }), masked: isMasked }
    },
  }
}

/** @param chat what the request is for; null when that is not known */
function requestView(request: RecordedMessage, chat: Chat | null): MessageView | null {
  if (isNothing(request)) return null
  const view = inspectMessage(request)
  return { ...view, message: chatMessageIn(view.body, chat) }
}

function responseView(response: RecordedMessage): MessageView | null {
  return isNothing(response) ? null : { ...inspectMessage(response), message: null }
}

function isNothing({ head, body }: RecordedMessage): boolean {
  return head.length + body.length === 0
}

function summaryOf(capture: CaptureRow, secrets: readonly string[]): CaptureSummary {
  const { id, seq, receiverId, receivedAtMs, head, bodyBytes } = capture
  const { status, problem, isKept, note, imported } = capture
  const { startLine, contentType } = inspectHead(head, secrets)
  return {
    id,
    seq,
    receiverId,
    receivedAtMs,
    startLine,
    contentType,
    bodyBytes,
    status,
    problem,
    isKept,
    note,
    imported: imported && {
      from: imported.from,
      url: maskInText(urlOf(imported.origin, head), secrets),
      sentAtMs: imported.sentAtMs,
    },
  }
}

function forwardView(
  { origin, code, reason, requestHead, responseHead, responseBody }: ForwardedCapture,
  body: Uint8Array,
  limitBytes: number | null,
  secrets: readonly string[],
): Capture['forwarded'] {
  const shown = { limitBytes, secrets }
  return {
    origin,
    code,
    reason,
    request: requestView({ ...shown, head: requestHead, body, bodyBytes: body.length }, null),
    response: responseView({
      ...shown,
      head: responseHead,
      body: responseBody,
      bodyBytes: responseBody.length,
    }),
  }
}

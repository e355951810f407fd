/**
 * What was recorded, made fit to be shown: parsed views of exact bytes, with every secret that
 * Hookstage keeps masked. All bytes that leave the core for the renderer or the clipboard pass here.
 */
import type { AttemptId, Capture, CaptureSummary, ExchangeView, MessageView } from '#contract'
import type { Vault } from '../authoring/vault.ts'
import {
  inspectHead,
  inspectMessage,
  maskHead,
  maskSecrets,
  type RecordedMessage,
} from '../encode/index.ts'
import { toCurl } from '../interchange/curl.ts'
import type { CaptureRow, ForwardedCapture, RecordedCapture, Store } from '../store/index.ts'
import { secretsOfExchange } from './sent-secrets.ts'

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
      const side = (head: Uint8Array, body: Uint8Array, bodyBytes: number) =>
        viewOf({ head, body, bodyBytes, limitBytes, secrets })
      const { requestHead, requestBody, responseHead, responseBody } = recorded
      return {
        request: side(requestHead, requestBody, requestBody.length),
        response: side(responseHead, responseBody, recorded.responseBodyBytes),
      }
    },
    captureRows: (captures) => captures.map((capture) => summaryOf(capture, vault.maskables())),
    capture: (capture, whole) => {
      const secrets = vault.maskables()
      const limitBytes = whole ? null : SHOWN_BYTES
      const { head, body, bodyBytes, isChunked, answer } = capture
      return {
        ...summaryOf(capture, secrets),
        isChunked,
        request: viewOf({ head, body, bodyBytes, limitBytes, secrets }),
        forwarded: capture.forwarded && forwardView(capture.forwarded, body, limitBytes, secrets),
        response:
          answer && viewOf({ ...answer, bodyBytes: answer.body.length, limitBytes, secrets }),
      }
    },
    curl: (attemptId, withSecrets) => {
      const recorded = store.history.exchange(attemptId)
      const { requestHead, requestBody, origin } = recorded
      const secrets = secretsOfExchange(deps, recorded)
      const { hasSecrets } = inspectMessage({
        head: requestHead,
        body: requestBody,
        bodyBytes: requestBody.length,
        limitBytes: null,
        secrets,
      })
      const [head, body] = withSecrets
        ? [requestHead, requestBody]
        : [maskHead(requestHead, secrets), maskSecrets(requestBody, secrets)]
      return { ...toCurl({ origin, head, body }), masked: hasSecrets && !withSecrets }
    },
  }
}

/** Null when there is nothing to show. */
function viewOf(message: RecordedMessage): MessageView | null {
  return message.head.length + message.body.length === 0 ? null : inspectMessage(message)
}

function summaryOf(capture: CaptureRow, secrets: readonly string[]): CaptureSummary {
  const { id, seq, receiverId, receivedAtMs, head, bodyBytes } = capture
  const { status, problem, isKept, note } = capture
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
    request: viewOf({ ...shown, head: requestHead, body, bodyBytes: body.length }),
    response: viewOf({
      ...shown,
      head: responseHead,
      body: responseBody,
      bodyBytes: responseBody.length,
    }),
  }
}

/**
 * What was recorded, made fit to be shown: parsed views of exact bytes, with every secret that
 * Hookstage keeps masked. All bytes that leave the core for the renderer or the clipboard pass here.
 */
import type { AttemptId, ExchangeView, MessageView, ReceivedRequest, ReceivedRow } from '#contract'
import type { Vault } from '../authoring/vault.ts'
import { inspectHead, inspectMessage, maskHead, maskSecrets } from '../encode/index.ts'
import { toCurl } from '../interchange/curl.ts'
import type { RawRequest } from '../receivers/index.ts'
import type { Store } from '../store/index.ts'
import { secretsOfExchange } from './sent-secrets.ts'

export interface Inspector {
  /** @param whole beyond the first 256 KB too. @throws AppError `not_found` */
  exchange(attemptId: AttemptId, whole: boolean): ExchangeView
  /** Of their heads alone: a list of them is asked for again and again. */
  receivedRows(requests: readonly RawRequest[]): ReceivedRow[]
  /** @param whole beyond the first 256 KB too */
  received(request: RawRequest, whole: boolean): ReceivedRequest
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
      const side = (head: Uint8Array, body: Uint8Array, bodyBytes: number): MessageView | null =>
        head.length + body.length === 0
          ? null
          : inspectMessage({ head, body, bodyBytes, limitBytes, secrets })
      const { requestHead, requestBody, responseHead, responseBody } = recorded
      return {
        request: side(requestHead, requestBody, requestBody.length),
        response: side(responseHead, responseBody, recorded.responseBodyBytes),
      }
    },
    receivedRows: (requests) =>
      requests.map(({ id, receivedAtMs, head, bodyBytes }) => {
        const { startLine, contentType } = inspectHead(head, vault.maskables())
        return { id, receivedAtMs, startLine, contentType, bodyBytes }
      }),
    received: ({ id, receivedAtMs, head, body, bodyBytes }, whole) => ({
      id,
      receivedAtMs,
      request: inspectMessage({
        head,
        body,
        bodyBytes,
        limitBytes: whole ? null : SHOWN_BYTES,
        secrets: vault.maskables(),
      }),
    }),
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

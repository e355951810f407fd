/**
 * What was recorded, made fit to be shown: parsed views of exact bytes, with every secret that
 * Hookstage keeps masked. All bytes that leave the core for the renderer or the clipboard pass here.
 */
import type { AttemptId, ExchangeView, MessageView, ReceivedRequest } from '#contract'
import type { Vault } from '../authoring/vault.ts'
import { inspectMessage, maskHead, maskSecrets } from '../encode/index.ts'
import { toCurl } from '../interchange/curl.ts'
import type { RawRequest } from '../receivers/index.ts'
import type { Store } from '../store/index.ts'

export interface Inspector {
  /** @param whole beyond the first 256 KB too. @throws AppError `not_found` */
  exchange(attemptId: AttemptId, whole: boolean): ExchangeView
  received(requests: readonly RawRequest[]): ReceivedRequest[]
  /** @throws AppError `not_found` */
  curl(
    attemptId: AttemptId,
    withSecrets: boolean,
  ): { command: string; masked: boolean; notes: string[] }
}

const SHOWN_BYTES = 256 * 1024

export function createInspector(deps: { store: Store; vault: Vault }): Inspector {
  const { store, vault } = deps

  function view(head: Uint8Array, body: Uint8Array, bodyBytes: number, limitBytes: number | null) {
    return inspectMessage({ head, body, bodyBytes, limitBytes, secrets: vault.maskables() })
  }

  return {
    exchange: (attemptId, whole) => {
      const recorded = store.history.exchange(attemptId)
      const limit = whole ? null : SHOWN_BYTES
      const side = (head: Uint8Array, body: Uint8Array, bytes: number): MessageView | null =>
        head.length + body.length === 0 ? null : view(head, body, bytes, limit)
      const { requestHead, requestBody, responseHead, responseBody } = recorded
      return {
        request: side(requestHead, requestBody, requestBody.length),
        response: side(responseHead, responseBody, recorded.responseBodyBytes),
      }
    },
    received: (requests) =>
      requests.map(({ id, receivedAtMs, head, body, bodyBytes }) => ({
        id,
        receivedAtMs,
        request: view(head, body, bodyBytes, SHOWN_BYTES),
      })),
    curl: (attemptId, withSecrets) => {
      const { requestHead, requestBody, origin } = store.history.exchange(attemptId)
      const secrets = vault.maskables()
      const { hasSecrets } = view(requestHead, requestBody, requestBody.length, null)
      const [head, body] = withSecrets
        ? [requestHead, requestBody]
        : [maskHead(requestHead, secrets), maskSecrets(requestBody, secrets)]
      return { ...toCurl({ origin, head, body }), masked: hasSecrets && !withSecrets }
    },
  }
}

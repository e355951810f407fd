/**
 * Signatures of what was sent, taken apart: recomputed from the recorded bytes under the webhook
 * version that they were sent with. Nothing secret leaves here but as a mask.
 */
import {
  type AttemptId,
  type Diagnosis,
  type DiagnosisRequest,
  type SecretText,
  type SignatureView,
  type SigningScheme,
  shownText,
} from '#contract'
import { draftValues } from '../authoring/draft-secrets.ts'
import { inspectMessage, readHead } from '../encode/index.ts'
import { explain, generateSecret, publicKeyOf } from '../signing/index.ts'
import { secretsOfExchange } from './sent-secrets.ts'
import { type DoctorDeps, diagnose } from './signature-doctor.ts'

export interface Signatures {
  generate(scheme: SigningScheme): { secret: string; publicKey: string | null }
  /** `whpk_…` of an ed25519 secret; null when it is no such key. @throws AppError `not_found`, `unavailable` */
  publicKey(secret: SecretText): string | null
  /** Null when it was sent without a signature. @throws AppError `not_found` */
  view(attemptId: AttemptId): SignatureView | null
  /** @throws AppError `not_found`, `unavailable`, `invalid` */
  diagnose(request: DiagnosisRequest, signal?: AbortSignal): Promise<Diagnosis>
}

const SHOWN_BYTES = 64 * 1024

export function createSignatures(deps: DoctorDeps): Signatures {
  const { store, vault } = deps

  function view(attemptId: AttemptId): SignatureView | null {
    const recorded = store.history.exchange(attemptId)
    const { requestHead, requestBody, webhookVersion } = recorded
    const { draft } = store.webhooks.version(webhookVersion)
    const { signing, unreadable } = draftValues(vault, draft)
    const { scheme, own } = draft.signing
    if (scheme === 'none') return null
    return explain({
      scheme,
      own,
      secrets: (['secret', 'secondSecret'] as const).map((field) => ({
        text: unreadable.includes(`signing.${field}`) ? null : signing[field],
        mask: maskOf(draft.signing[field]),
      })),
      headers: readHead(requestHead).headers,
      body: requestBody,
      shownBody: shown(requestBody, secretsOfExchange(deps, recorded)),
    })
  }

  function maskOf(text: SecretText): string {
    if (text.kind === 'kept') return vault.kept(text.secretId)?.mask ?? text.mask
    return shownText({ ...text, kind: 'secret' })
  }

  function shown(
    body: Uint8Array,
    secrets: readonly string[],
  ): { text: string | null; cut: boolean } {
    const { text } = inspectMessage({
      head: new Uint8Array(),
      body,
      bodyBytes: body.length,
      limitBytes: SHOWN_BYTES,
      secrets,
    }).body
    return { text, cut: body.length > SHOWN_BYTES }
  }

  return {
    generate: generateSecret,
    publicKey: (secret) =>
      publicKeyOf(secret.kind === 'kept' ? vault.reveal(secret.secretId) : secret.text),
    view,
    diagnose: (request, signal) => diagnose(deps, request, signal),
  }
}

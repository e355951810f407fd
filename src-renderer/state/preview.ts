/**
 * What the core says of a form while it is being filled: the request it would make, and which
 * sample attendees it is for.
 */
import {
  type Destination,
  type EventName,
  type RequestPreview,
  type SecretId,
  type Target,
  type TargetMatch,
  type Webhook,
  type WebhookDraft,
  type WebhookId,
  webhookDraftSchema,
} from '#contract'
import { type Asked, useAsked } from './asked.ts'
import { core } from './core.ts'

const PREVIEW_AFTER_MS = 60
const MATCH_AFTER_MS = 120

interface PreviewQuestion {
  readonly webhookId: WebhookId | null
  readonly draft: WebhookDraft
  readonly event: EventName
  readonly seed: number
  /** In place of what the seed makes. */
  readonly payloadText?: string
}

function askPreview(question: PreviewQuestion, signal: AbortSignal): Promise<RequestPreview> {
  return core().webhook.preview(question, { signal })
}

function askMatch(target: Target, signal: AbortSignal): Promise<TargetMatch> {
  return core().webhook.matchTarget({ target }, { signal })
}

export function usePreview(question: PreviewQuestion): Asked<RequestPreview> {
  return useAsked(question, askPreview, PREVIEW_AFTER_MS)
}

/** What the endpoint of a draft is; null where the core does not say. */
export async function destinationOf(draft: WebhookDraft): Promise<Destination | null> {
  const question = { webhookId: null, draft, event: draft.event, seed: 1 }
  return core()
    .webhook.preview(question)
    .then(
      ({ destination }) => destination,
      () => null,
    )
}

/** The request that a saved webhook would make of a payload. */
export function useSavedPreview(
  webhook: Webhook,
  event: EventName,
  payloadText: string,
): Asked<RequestPreview> {
  const draft = webhookDraftSchema.parse(webhook)
  const question = { webhookId: webhook.id, draft, event, seed: 1, payloadText }
  return useAsked(question, askPreview, PREVIEW_AFTER_MS)
}

export function useTargetMatch(target: Target): Asked<TargetMatch> {
  return useAsked(target, askMatch, MATCH_AFTER_MS)
}

/** The value of a kept secret; the only way it reaches the page. */
export async function revealSecret(secretId: SecretId): Promise<string> {
  return (await core().secret.reveal({ secretId })).value
}

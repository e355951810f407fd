/** Webhooks as a Hookstage file carries them: with their secrets as text, or without. */
import { type SecretText, shownText, type WebhookDraft } from '#contract'
import type { Vault } from '../authoring/vault.ts'
import { recogniseEndpoint } from '../destinations/index.ts'
import { isSensitiveHeader } from '../encode/index.ts'

/** Nothing in it refers to this workspace. */
export function withSecrets(vault: Vault, draft: WebhookDraft): WebhookDraft {
  return changed(draft, (value) =>
    value.kind === 'kept' ? { kind: 'secret', text: vault.value(value.secretId) ?? '' } : value,
  )
}

/** Secrets become empty texts, a secret endpoint its mask. */
export function withoutSecrets(draft: WebhookDraft): WebhookDraft {
  const empty: SecretText = { kind: 'secret', text: '' }
  const plain = changed(draft, (value) => (value.kind === 'plain' ? value : empty))
  return {
    ...plain,
    endpoint: { kind: 'plain', text: recogniseEndpoint(shownText(draft.endpoint)).masked },
    headers: plain.headers.map((row) =>
      isSensitiveHeader(row.name) ? { ...row, value: empty } : row,
    ),
    // Refused where it is in use; where it is not, it may still stand there.
    network: { ...plain.network, proxyUrl: recogniseEndpoint(draft.network.proxyUrl).masked },
  }
}

function changed(draft: WebhookDraft, change: (value: SecretText) => SecretText): WebhookDraft {
  return {
    ...draft,
    endpoint: change(draft.endpoint),
    headers: draft.headers.map((row) => ({ ...row, value: change(row.value) })),
    signing: {
      ...draft.signing,
      secret: change(draft.signing.secret),
      secondSecret: change(draft.signing.secondSecret),
    },
    network: { ...draft.network, proxyCredentials: change(draft.network.proxyCredentials) },
  }
}

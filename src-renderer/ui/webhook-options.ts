/** The webhooks of a select, and what is chosen even where it is none of them any longer. */
import type { Webhook, WebhookId } from '#contract'
import { webhookTitle } from '../state/webhooks.ts'

interface WebhookOption {
  readonly value: WebhookId
  readonly label: string
}

/** A select whose value is no option would show its first one, as if that were chosen. */
export function webhookOptions(
  webhooks: readonly Webhook[],
  chosen: WebhookId | null,
  labelOf: (webhook: Webhook) => string = webhookTitle,
): WebhookOption[] {
  const options = webhooks.map((webhook) => ({ value: webhook.id, label: labelOf(webhook) }))
  if (chosen === null || options.some(({ value }) => value === chosen)) return options
  return [...options, { value: chosen, label: 'A webhook that was deleted' }]
}

/** Those that sign; one that was chosen and signs nothing any longer is named so. */
export function signingOptions(
  webhooks: readonly Webhook[],
  chosen: WebhookId | null,
  labelOf: (webhook: Webhook) => string,
): WebhookOption[] {
  const isOption = ({ id, signing }: Webhook) => signing.scheme !== 'none' || id === chosen
  return webhookOptions(webhooks.filter(isOption), chosen, (webhook) =>
    webhook.signing.scheme === 'none'
      ? `${webhookTitle(webhook)}, which signs nothing`
      : labelOf(webhook),
  )
}

/** Whether each webhook receives an event: by its event, its status, and its target attendees. */
import {
  type AudienceRow,
  catalogueEntry,
  type EventName,
  eventLabel,
  type Target,
  type WebhookId,
  type WebhookStatus,
} from '#contract'
import { matchTarget } from './target.ts'

export interface Candidate {
  readonly id: WebhookId
  readonly name: string
  readonly event: EventName
  readonly status: WebhookStatus
  readonly target: Target
}

/** A row per webhook, in their order. @param envelope the payload as parsed JSON */
export function audienceOf(
  webhooks: readonly Candidate[],
  event: EventName,
  envelope: unknown,
): AudienceRow[] {
  return webhooks.map((webhook) => {
    const base = { webhookId: webhook.id, name: webhook.name }
    if (webhook.event !== event) {
      return { ...base, receives: false, reasons: [`listens to ${eventLabel(webhook.event)}`] }
    }
    const target =
      catalogueEntry(event).type === 'attendee'
        ? matchTarget(webhook.target, envelope)
        : { matches: true, reasons: [] }
    const isActive = webhook.status === 'active'
    return {
      ...base,
      receives: isActive && target.matches,
      reasons: [...(isActive ? [] : ['inactive']), ...target.reasons],
    }
  })
}

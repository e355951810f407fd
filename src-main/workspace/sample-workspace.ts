/**
 * The webhooks that a new workspace starts with: one per event type, aimed at Echo and at the
 * rehearsals of Slack, Teams and Webex, so that all of them can be shown without a network.
 */
import { emptyDraft, type Receiver, type ReceiverKind, type WebhookDraft } from '#contract'

/** @param receivers the built-in ones; where one is missing, so is its sample */
export function sampleWebhooks(receivers: readonly Receiver[]): WebhookDraft[] {
  const base = emptyDraft()
  const aimedAt = (kind: ReceiverKind, change: Partial<WebhookDraft>): WebhookDraft[] => {
    const receiver = receivers.find((each) => each.isBuiltIn && each.kind === kind)
    if (!receiver || (kind !== 'plain' && !receiver.secretUrl)) return []
    const endpoint = receiver.secretUrl ?? { kind: 'plain' as const, text: receiver.url }
    return [{ ...base, ...change, endpoint }]
  }
  return [
    ...aimedAt('slack', {
      name: 'New attendees → Slack',
      event: 'attendee.created',
      format: 'slack',
    }),
    ...aimedAt('plain', { name: 'Booked meetings → Echo', event: 'meeting.booked' }),
    ...aimedAt('webex', {
      name: 'Session joins → Webex',
      event: 'session.joined',
      format: 'webex',
    }),
    ...aimedAt('teams', {
      name: 'Sponsor leads → Teams',
      event: 'sponsor.interested',
      format: 'teams',
    }),
    ...aimedAt('plain', {
      name: 'Poll answers → Echo (form fields)',
      event: 'poll.answered',
      contentType: 'application/x-www-form-urlencoded',
      formEncoding: 'brackets',
      headers: [
        { rowId: 'sample-source', name: 'X-Source', value: { kind: 'plain', text: 'hookstage' } },
      ],
    }),
  ]
}

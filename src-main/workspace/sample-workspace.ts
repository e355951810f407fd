/** The webhooks that a new workspace starts with: one per event type, aimed at the Echo receiver. */
import { emptyDraft, type WebhookDraft } from '#contract'

/** @param echoUrl where Echo listens */
export function sampleWebhooks(echoUrl: string): WebhookDraft[] {
  const base = { ...emptyDraft(), endpoint: { kind: 'plain', text: echoUrl } } as const
  return [
    { ...base, name: 'New attendees → Echo', event: 'attendee.created' },
    { ...base, name: 'Booked meetings → Echo', event: 'meeting.booked' },
    {
      ...base,
      name: 'Session joins → Echo (form)',
      event: 'session.joined',
      contentType: 'application/x-www-form-urlencoded',
    },
    {
      ...base,
      name: 'Sponsor leads → Echo',
      event: 'sponsor.interested',
      headers: [
        { rowId: 'sample-source', name: 'X-Source', value: { kind: 'plain', text: 'hookstage' } },
      ],
    },
    {
      ...base,
      name: 'Poll answers → Echo (form fields)',
      event: 'poll.answered',
      contentType: 'application/x-www-form-urlencoded',
      formEncoding: 'brackets',
    },
  ]
}

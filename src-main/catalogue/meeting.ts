/** Meetings, whose organizer is not among the participants. */
import { type EventData, MEETING_STATUSES, type Meeting } from '#contract'
import { attendees } from './attendee.ts'
import { beforeOpening, meetingPlace, minutesAfter, slot, timeAt } from './conference.ts'
import type { Seeded } from './seeded.ts'

type Name =
  | 'meeting.booked'
  | 'meeting.rescheduled'
  | 'meeting.cancelled'
  | 'meeting.attendee_status_updated'

const TITLES = [
  'Intro: Brightwater × Kestrel',
  'Renewal & pricing for 2028',
  'Demo – "webhooks in 10 minutes"',
  'Coffee ☕ with the platform team',
  'Kennenlernen: Messe München',
  'Partnership roadmap (Q3 + Q4)',
  'Security review, 50% done',
] as const
const NOTES = [
  'Please bring the signed NDA.',
  'We’d like to see the Slack integration live.\nAnd the Teams one, if there is time.',
  'Budget: < €20,000 & > €10,000',
  'مرحبا، نلتقي عند المدخل',
] as const
const REASONS = [
  'Travel delay',
  'Double-booked, sorry!',
  "Can't make it: customer escalation",
] as const

export function meetingData(seeded: Seeded, event: Name): { atMs: number; data: EventData<Name> } {
  const [organizer, ...invited] = attendees(seeded, seeded.int(2, 4))
  if (!organizer) throw new Error('no organizer')
  const { startsAtMs, endsAtMs } = slot(seeded, seeded.pick([15, 30, 45]))
  const bookedAtMs = beforeOpening(seeded, 14)
  const meeting: Meeting = {
    id: seeded.id('mtg'),
    title: seeded.pick(TITLES),
    startsAt: timeAt(startsAtMs),
    endsAt: timeAt(endsAtMs),
    location: meetingPlace(seeded),
    organizer,
    participants: invited.map((attendee) => ({
      attendee,
      status: seeded.pick(['invited', 'accepted', 'tentative']),
    })),
    ...(seeded.oneIn(2) ? { notes: seeded.pick(NOTES) } : {}),
  }
  return dataOf(seeded, event, meeting, { startsAtMs, endsAtMs, bookedAtMs })
}

function dataOf(
  seeded: Seeded,
  event: Name,
  meeting: Meeting,
  times: { startsAtMs: number; endsAtMs: number; bookedAtMs: number },
): { atMs: number; data: EventData<Name> } {
  const { startsAtMs, endsAtMs, bookedAtMs } = times
  switch (event) {
    case 'meeting.booked':
      return { atMs: bookedAtMs, data: { meeting } }
    case 'meeting.rescheduled': {
      const earlierMs = seeded.int(1, 8) * 15 * 60_000
      const previous = {
        startsAt: timeAt(startsAtMs - earlierMs),
        endsAt: timeAt(endsAtMs - earlierMs),
        location: meetingPlace(seeded),
      }
      return { atMs: bookedAtMs, data: { meeting, previous } }
    }
    case 'meeting.cancelled': {
      const cancelledBy = seeded.oneIn(2)
        ? meeting.organizer
        : (meeting.participants[0]?.attendee ?? meeting.organizer)
      const reason = seeded.oneIn(3) ? {} : { reason: seeded.pick(REASONS) }
      const cancelledAt = timeAt(bookedAtMs)
      return { atMs: bookedAtMs, data: { meeting, cancelledBy, ...reason, cancelledAt } }
    }
    case 'meeting.attendee_status_updated': {
      const [first] = meeting.participants
      if (!first) throw new Error('no participant')
      const others = MEETING_STATUSES.filter((status) => status !== 'invited')
      const to = seeded.some(others, 1)[0] ?? 'accepted'
      const isAfter = to === 'attended' || to === 'no_show'
      const participants = meeting.participants.with(0, { ...first, status: to })
      const from = isAfter ? 'accepted' : 'invited'
      const atMs = isAfter ? minutesAfter(seeded, endsAtMs, 1, 30) : bookedAtMs
      const changed = { ...meeting, participants }
      return { atMs, data: { meeting: changed, participant: first.attendee, from, to } }
    }
  }
}

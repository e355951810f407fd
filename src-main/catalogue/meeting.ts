/** Meetings, whose organizer is not among the participants. */
import { type Attendee, type EventData, MEETING_STATUSES, type Meeting } from '#contract'
import { attendees } from './attendee.ts'
import { beforeOpening, meetingPlace, minutesAfter, slot, timeAt } from './conference.ts'
import type { Seeded } from './seeded.ts'
import { MEETING_NOTES, textIn } from './texts.ts'

type Name =
  | 'meeting.booked'
  | 'meeting.rescheduled'
  | 'meeting.cancelled'
  | 'meeting.attendee_status_updated'

const TITLES = [
  'Renewal & pricing for 2028',
  'Demo – "webhooks in 10 minutes"',
  'Coffee ☕ with the platform team',
  'Kennenlernen bei Kaffee & Kuchen',
  'Partnership roadmap (Q3 + Q4)',
  'Security review, 50% done',
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
  const bookedAtMs = beforeOpening(seeded, { from: 0, to: 14 })
  const meeting: Meeting = {
    id: seeded.id('mtg'),
    title: titleOf(seeded, organizer, invited),
    startsAt: timeAt(startsAtMs),
    endsAt: timeAt(endsAtMs),
    location: meetingPlace(seeded, isOnline([organizer, ...invited])),
    organizer,
    participants: invited.map((attendee) => ({
      attendee,
      status: seeded.pick(['invited', 'accepted', 'tentative']),
    })),
    ...(seeded.oneIn(2) ? { notes: textIn(seeded, MEETING_NOTES, organizer.language) } : {}),
  }
  return dataOf(seeded, event, meeting, { startsAtMs, endsAtMs, bookedAtMs })
}

function isOnline(people: readonly Attendee[]): boolean {
  return people.some(({ attendeeType }) => attendeeType === 'Virtual')
}

function titleOf(seeded: Seeded, organizer: Attendee, invited: readonly Attendee[]): string {
  const guest = invited.find(({ company }) => company !== organizer.company)
  return guest && seeded.oneIn(3)
    ? `Intro: ${organizer.company} × ${guest.company}`
    : seeded.pick(TITLES)
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
      const before = slot(seeded, (endsAtMs - startsAtMs) / 60_000, startsAtMs)
      const people = [meeting.organizer, ...meeting.participants.map(({ attendee }) => attendee)]
      const previous = {
        startsAt: timeAt(before.startsAtMs),
        endsAt: timeAt(before.endsAtMs),
        location: seeded.oneIn(2)
          ? { ...meeting.location }
          : meetingPlace(seeded, isOnline(people)),
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
      const to = seeded.other(MEETING_STATUSES, 'invited')
      const isAfter = to === 'attended' || to === 'no_show'
      const participants = meeting.participants.map((participant, index) => {
        if (index === 0) return { ...participant, status: to }
        const status = seeded.pick(['attended', 'no_show', 'declined'])
        return isAfter ? { ...participant, status } : participant
      })
      const from = isAfter ? 'accepted' : 'invited'
      const atMs = isAfter ? minutesAfter(seeded, endsAtMs, 1, 30) : bookedAtMs
      const changed = { ...meeting, participants }
      return { atMs, data: { meeting: changed, participant: first.attendee, from, to } }
    }
  }
}

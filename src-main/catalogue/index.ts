/**
 * Sample events and sample attendees. The same seed gives the same payload on any machine, in any
 * zone and at any date: a generator of our own and word lists, since locale data changes between
 * versions of libraries and costs start time.
 */
import type { Envelope, EventData, EventName } from '#contract'
import { assertNever } from '../errors.ts'
import { attendee, attendeeChanges } from './attendee.ts'
import { beforeOpening, CONFERENCE, timeAt } from './conference.ts'
import { meetingData } from './meeting.ts'
import { pollData } from './poll.ts'
import { createSeeded, type Seeded, seedFor } from './seeded.ts'
import { sessionData } from './session.ts'
import { sponsorData } from './sponsor.ts'

export { sampleAttendees } from './attendee.ts'

interface Occurrence {
  readonly atMs: number
  readonly data: EventData<EventName>
}

const REASONS = [
  'Requested by the attendee',
  'Duplicate of another registration',
  'Refund & cancellation',
] as const

/** @param seed a whole number from 0 to 2,147,483,647 */
export function generateSample(event: EventName, seed: number): Envelope {
  const seeded = createSeeded(seedFor(event, seed))
  const id = seeded.id('evt', 26)
  const { atMs, data } = occurrence(seeded, event)
  return { id, type: event, timestamp: timeAt(atMs), conference: { ...CONFERENCE }, data }
}

function occurrence(seeded: Seeded, event: EventName): Occurrence {
  switch (event) {
    case 'attendee.created':
    case 'attendee.updated':
    case 'attendee.deleted':
      return attendeeData(seeded, event)
    case 'meeting.booked':
    case 'meeting.rescheduled':
    case 'meeting.cancelled':
    case 'meeting.attendee_status_updated':
      return meetingData(seeded, event)
    case 'session.created':
    case 'session.booked':
    case 'session.unbooked':
    case 'session.joined':
    case 'session.watched':
      return sessionData(seeded, event)
    case 'sponsor.product_created':
    case 'sponsor.product_deleted':
    case 'sponsor.product_updated':
    case 'sponsor.product_viewed':
    case 'sponsor.link_clicked':
    case 'sponsor.asset_downloaded':
    case 'sponsor.chat':
    case 'sponsor.interested':
      return sponsorData(seeded, event)
    case 'poll.created':
    case 'poll.answered':
      return pollData(seeded, event)
    default:
      return assertNever(event)
  }
}

function attendeeData(
  seeded: Seeded,
  event: 'attendee.created' | 'attendee.updated' | 'attendee.deleted',
): Occurrence {
  const who = attendee(seeded)
  const registeredAtMs = Date.parse(who.registeredAt)
  const laterMs = beforeOpening(seeded, { from: 0, to: 14 })
  switch (event) {
    case 'attendee.created':
      return { atMs: registeredAtMs, data: { attendee: who } }
    case 'attendee.updated':
      return { atMs: laterMs, data: { attendee: who, changes: attendeeChanges(seeded, who) } }
    case 'attendee.deleted': {
      const reason = seeded.oneIn(3) ? {} : { reason: seeded.pick(REASONS) }
      return { atMs: laterMs, data: { attendee: who, deletedAt: timeAt(laterMs), ...reason } }
    }
  }
}

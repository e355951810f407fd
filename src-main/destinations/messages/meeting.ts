/** Messages of the meeting events. */
import { type DeclaredMessage, optional, value } from './declared.ts'

const ZONE = 'conference.timezone'
const title = value('line', 'data.meeting.title')
const when = value('span', 'data.meeting.startsAt', 'data.meeting.endsAt', ZONE)
const where = value('place', 'data.meeting.location')
const organizer = value('person', 'data.meeting.organizer')
const guests = optional(value('people', 'data.meeting.participants'))
const join = optional(value('link', 'data.meeting.location.url'))

export const MEETING_MESSAGES = {
  'meeting.booked': {
    title: 'Meeting booked',
    values: {
      organizer,
      guests,
      title,
      when,
      where,
      notes: optional(value('block', 'data.meeting.notes')),
      join,
    },
    lead: ['{organizer} booked a meeting', ' with {guests}', '.'],
    facts: [
      ['Meeting', '{title}'],
      ['When', '{when}'],
      ['Where', '{where}'],
    ],
    quote: 'notes',
    link: ['Join the meeting', 'join'],
  },
  'meeting.rescheduled': {
    title: 'Meeting rescheduled',
    values: {
      organizer,
      guests,
      title,
      when: value(
        'moved',
        'data.meeting.startsAt',
        'data.meeting.endsAt',
        ZONE,
        'data.previous.startsAt',
        'data.previous.endsAt',
      ),
      where: value('place', 'data.meeting.location', 'data.previous.location'),
      join,
    },
    lead: ['The meeting of {organizer}', ' with {guests}', ' has moved.'],
    facts: [
      ['Meeting', '{title}'],
      ['When', '{when}'],
      ['Where', '{where}'],
    ],
    link: ['Join the meeting', 'join'],
  },
  'meeting.cancelled': {
    title: 'Meeting cancelled',
    values: {
      canceller: value('person', 'data.cancelledBy'),
      organizer,
      guests,
      title,
      when,
      where,
      reason: optional(value('line', 'data.reason')),
    },
    lead: ['{canceller} cancelled the meeting “{title}”.'],
    facts: [
      ['Was to be', '{when}'],
      ['Where', '{where}'],
      ['Organizer', '{organizer}'],
      ['With', '{guests}'],
      ['Reason', '{reason}'],
    ],
  },
  'meeting.attendee_status_updated': {
    title: 'Meeting status changed',
    values: {
      who: value('person', 'data.participant'),
      before: value('word', 'data.from'),
      now: value('word', 'data.to'),
      title,
      when,
      where,
      organizer,
    },
    lead: ['{who} changed from {before} to {now}.'],
    facts: [
      ['Status', '{before} → {now}'],
      ['Meeting', '{title}'],
      ['When', '{when}'],
      ['Where', '{where}'],
      ['Organizer', '{organizer}'],
    ],
  },
} as const satisfies Record<string, DeclaredMessage>

/** Messages of the attendee events. */
import { type DeclaredMessage, optional, value } from './declared.ts'

const who = value('person', 'data.attendee')
const ticket = value('line', 'data.attendee.ticketType')

export const ATTENDEE_MESSAGES = {
  'attendee.created': {
    title: 'New attendee',
    values: {
      who,
      ticket,
      part: value('line', 'data.attendee.attendeeType'),
      role: value('line', 'data.attendee.jobTitle'),
      language: value('language', 'data.attendee.language'),
      country: value('country', 'data.attendee.country'),
    },
    lead: ['{who} has registered.'],
    facts: [
      ['Ticket', '{ticket}'],
      ['Takes part', '{part}'],
      ['Role', '{role}'],
      ['Language', '{language}'],
      ['Country', '{country}'],
    ],
  },
  'attendee.updated': {
    title: 'Attendee updated',
    values: { who },
    lead: ['The details of {who} have changed.'],
    facts: [],
    changes: 'data.changes',
  },
  'attendee.deleted': {
    title: 'Attendee deleted',
    values: {
      who,
      ticket,
      deleted: value('time', 'data.deletedAt', 'conference.timezone'),
      reason: optional(value('line', 'data.reason')),
    },
    lead: ['{who} is no longer registered.'],
    facts: [
      ['Ticket', '{ticket}'],
      ['Deleted', '{deleted}'],
      ['Reason', '{reason}'],
    ],
  },
} as const satisfies Record<string, DeclaredMessage>

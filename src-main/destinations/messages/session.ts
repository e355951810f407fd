/** Messages of the session events. */
import { type DeclaredMessage, optional, value } from './declared.ts'

const ZONE = 'conference.timezone'
const title = value('line', 'data.session.title')
const when = value('span', 'data.session.startsAt', 'data.session.endsAt', ZONE)
const where = value('place', 'data.session.location')
const speakers = optional(value('people', 'data.session.speakers'))
const who = value('person', 'data.attendee')
const booked = value('line', 'data.session.booked')
const capacity = value('line', 'data.session.capacity')

const BOOKING_FACTS = [
  ['When', '{when}'],
  ['Where', '{where}'],
  ['Booked', '{booked} of {capacity} places'],
] as const

export const SESSION_MESSAGES = {
  'session.created': {
    title: 'New session',
    values: {
      title,
      kind: value('line', 'data.session.format'),
      track: value('line', 'data.session.track'),
      when,
      where,
      speakers,
      capacity,
      join: optional(value('link', 'data.session.location.url')),
    },
    lead: ['“{title}” is new in the programme', ', with {speakers}', '.'],
    facts: [
      ['Format', '{kind}'],
      ['Track', '{track}'],
      ['When', '{when}'],
      ['Where', '{where}'],
      ['Places', '{capacity}'],
    ],
    link: ['Open the session', 'join'],
  },
  'session.booked': {
    title: 'Session booked',
    values: { who, title, when, where, booked, capacity },
    lead: ['{who} booked “{title}”.'],
    facts: BOOKING_FACTS,
  },
  'session.unbooked': {
    title: 'Session booking given up',
    values: { who, title, when, where, booked, capacity },
    lead: ['{who} gave up the booking of “{title}”.'],
    facts: BOOKING_FACTS,
  },
  'session.joined': {
    title: 'Session joined',
    values: {
      who,
      title,
      joined: value('time', 'data.joinedAt', ZONE),
      device: value('word', 'data.device'),
      where,
      speakers,
    },
    lead: ['{who} joined “{title}”.'],
    facts: [
      ['Joined', '{joined}'],
      ['Device', '{device}'],
      ['Where', '{where}'],
      ['Speakers', '{speakers}'],
    ],
  },
  'session.watched': {
    title: 'Session watched',
    values: {
      who,
      title,
      watched: value('duration', 'data.watchedSeconds'),
      length: value('duration', 'data.durationSeconds'),
      percent: value('line', 'data.percent'),
      live: value('live', 'data.live'),
      when,
      track: value('line', 'data.session.track'),
    },
    lead: ['{who} watched {percent} % of “{title}”.'],
    facts: [
      ['Watched', '{watched} of {length}'],
      ['How', '{live}'],
      ['Session', '{when}'],
      ['Track', '{track}'],
    ],
  },
} as const satisfies Record<string, DeclaredMessage>

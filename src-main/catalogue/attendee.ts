/**
 * Attendees: the same person is the same attendee in every sample, with the same id, company and
 * registration, so that events of different seeds tell of one conference.
 */
import { ATTENDEE_TYPES, type Attendee, type Change, TICKET_TYPES } from '#contract'
import { beforeOpening, REGISTRATION, timeAt } from './conference.ts'
import { COMPANIES, PEOPLE, type Person } from './people.ts'
import { createSeeded, idFor, type Seeded, seedFor } from './seeded.ts'

const FORMER_JOBS = ['Intern', 'Sales & Support', 'Freelancer', 'Junior Engineer'] as const
const TAGS = [
  'early-bird',
  'first-time',
  'alumni',
  'R&D',
  'C++',
  'VIP dinner',
  '🎤 open mic',
  'a/b test',
] as const
/** Most come in person. */
const WAYS = ['In person', 'In person', 'Virtual', 'In person', 'Hybrid', 'In person'] as const

function attendeeOf(person: Person, index: number): Attendee {
  const [firstName, lastName, mailName, language, country, company, ticketType, jobTitle] = person
  const [companyName, domain] = COMPANIES[company]
  const seeded = createSeeded(seedFor(mailName, 1))
  return {
    id: idFor('att', mailName),
    firstName,
    lastName,
    email: `${mailName}@${domain}`,
    company: companyName,
    jobTitle,
    ticketType,
    attendeeType: isOnStage(ticketType) ? 'In person' : (WAYS[index % WAYS.length] ?? 'Hybrid'),
    language,
    country,
    tags: seeded.some(TAGS, seeded.int(0, 3)),
    registeredAt: timeAt(beforeOpening(seeded, REGISTRATION)),
  }
}

/** Who runs the conference or speaks at it is there. */
function isOnStage(ticketType: Attendee['ticketType']): boolean {
  return ticketType === 'Staff' || ticketType === 'Speaker'
}

/** The sample attendees that targets are tried on: every ticket type, attendee type and language. */
export function sampleAttendees(): readonly Attendee[] {
  return CAST.map(copyOf)
}

const CAST = PEOPLE.map(attendeeOf)

/** Callers may change what they are given. */
function copyOf(one: Attendee): Attendee {
  return { ...one, tags: [...one.tags] }
}

/** Different people. */
export function attendees(seeded: Seeded, count: number): Attendee[] {
  return seeded.some(CAST, count).map(copyOf)
}

/** @param notOf a company whose people are not to be chosen */
export function attendee(seeded: Seeded, notOf?: string): Attendee {
  const candidates = CAST.filter(({ company }) => company !== notOf)
  const [chosen] = seeded.some(candidates, 1)
  if (!chosen) throw new Error('no attendees')
  return copyOf(chosen)
}

/** The person with a mail name as the programme prints them: the family name first in ja and zh. */
export function speaker(mailName: string): { name: string; company: string } {
  const person = PEOPLE.find(([, , candidate]) => candidate === mailName)
  if (!person) throw new Error(`nobody is called ${mailName}`)
  const [first, last, , language, , company] = person
  const isFamilyFirst = language === 'ja' || language === 'zh-Hans'
  const name = isFamilyFirst ? `${last} ${first}` : `${first} ${last}`
  return { name, company: COMPANIES[company][0] }
}

/** One to four fields whose `to` is the attendee's present value. */
export function attendeeChanges(seeded: Seeded, now: Attendee): Change[] {
  const { jobTitle, ticketType, attendeeType, tags } = now
  const [lost, ...kept] = tags
  const tagsBefore = lost === undefined ? [seeded.pick(TAGS)] : kept
  const candidates: Change[] = [
    { field: 'jobTitle', from: seeded.other(FORMER_JOBS, jobTitle), to: jobTitle },
    { field: 'ticketType', from: seeded.other(TICKET_TYPES, ticketType), to: ticketType },
    { field: 'attendeeType', from: seeded.other(ATTENDEE_TYPES, attendeeType), to: attendeeType },
    { field: 'tags', from: tagsBefore, to: [...tags] },
  ]
  return seeded.some(candidates, seeded.int(1, 4))
}

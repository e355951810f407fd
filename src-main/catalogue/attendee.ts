/** Attendees: names that fit their country and language, also such as break naive encoders. */
import { ATTENDEE_TYPES, type Attendee, type Change, TICKET_TYPES } from '#contract'
import { beforeOpening, timeAt } from './conference.ts'
import { createSeeded, type Seeded, seedFor } from './seeded.ts'

type Person = readonly [
  firstName: string,
  lastName: string,
  mailName: string,
  language: Attendee['language'],
  country: string,
]

const PEOPLE: readonly [Person, ...Person[]] = [
  ['Maya', 'Lindqvist', 'maya.lindqvist', 'en', 'SE'],
  ['Siobhán', "O'Neill", 'siobhan.oneill', 'en', 'IE'],
  ['Théo', 'Lefèvre', 'theo.lefevre', 'fr', 'FR'],
  ['Jürgen', 'Groß', 'juergen.gross', 'de', 'DE'],
  ['Lucía', 'Fernández Núñez', 'lucia.fernandez', 'es', 'ES'],
  ['João', 'Gonçalves', 'joao.goncalves', 'pt-BR', 'BR'],
  ['Giulia', "D'Amico", 'giulia.damico', 'it', 'IT'],
  ['Sanne', 'van der Berg', 'sanne.vanderberg', 'nl', 'NL'],
  ['美咲', '佐藤', 'misaki.sato', 'ja', 'JP'],
  ['ليلى', 'حداد', 'layla.haddad', 'ar', 'AE'],
  ['伟', '张', 'wei.zhang', 'zh-Hans', 'CN'],
  ['Amara', 'Okafor', 'amara.okafor', 'en', 'NG'],
  ['Priya', 'Raman', 'priya.raman', 'en', 'IN'],
  ['Noah', 'Tremblay', 'noah.tremblay', 'fr', 'CA'],
  ['Zofia', 'Wiśniewska', 'zofia.wisniewska', 'en', 'PL'],
  ['Mateo', 'Rojas', 'mateo.rojas', 'es', 'MX'],
]

const COMPANIES = [
  ['Brightwater Labs', 'brightwater.example'],
  ['Fjord & Field', 'fjordfield.example'],
  ['Müller + Söhne GmbH', 'mueller-soehne.example'],
  ['Atelier "Numéro 9"', 'numero9.example'],
  ['Kestrel Analytics', 'kestrel.example'],
  ['Harbour Health', 'harbour-health.example'],
  ['東雲システムズ', 'shinonome.example'],
  ['O’Connell & Daughters', 'oconnell.example'],
  ['Solstice 100% Renewables', 'solstice.example'],
] as const
const JOBS = [
  'Head of Partnerships',
  'Integration Engineer',
  'VP Marketing',
  'Product Manager',
  'Developer Advocate',
  'Procurement & Sourcing',
  'CTO',
  'Journalist',
] as const
const TAGS = [
  'early-bird',
  'press',
  'first-time',
  'alumni',
  'R&D',
  'C++',
  'VIP dinner',
  '🎤 speaker',
  'a/b test',
]

function attendeeOf(seeded: Seeded, person: Person): Attendee {
  const [firstName, lastName, mailName, language, country] = person
  const [company, domain] = seeded.pick(COMPANIES)
  return {
    id: seeded.id('att'),
    firstName,
    lastName,
    email: `${mailName}${seeded.oneIn(6) ? '+events' : ''}@${domain}`,
    company,
    jobTitle: seeded.pick(JOBS),
    ticketType: seeded.pick(TICKET_TYPES),
    attendeeType: seeded.pick(ATTENDEE_TYPES),
    language,
    country,
    tags: seeded.some(TAGS, seeded.int(0, 3)),
    registeredAt: timeAt(beforeOpening(seeded, 90)),
  }
}

export function attendee(seeded: Seeded): Attendee {
  return attendeeOf(seeded, seeded.pick(PEOPLE))
}

/** Different people. */
export function attendees(seeded: Seeded, count: number): Attendee[] {
  return seeded.some(PEOPLE, count).map((person) => attendeeOf(seeded, person))
}

/** One to four fields whose `to` is the attendee's present value. */
export function attendeeChanges(seeded: Seeded, now: Attendee): Change[] {
  const before = attendee(seeded)
  const candidates = (['jobTitle', 'company', 'ticketType', 'attendeeType', 'tags'] as const)
    .map((field): Change => ({ field, from: before[field], to: now[field] }))
    .filter(({ from, to }) => JSON.stringify(from) !== JSON.stringify(to))
  const changes = seeded.some(candidates, seeded.int(1, 4))
  return changes.length > 0
    ? changes
    : [{ field: 'jobTitle', from: `Junior ${now.jobTitle}`, to: now.jobTitle }]
}

const SAMPLE_COUNT = 48

/** The sample attendees that targets are tried on: every ticket type, attendee type and language. */
export function sampleAttendees(): readonly Attendee[] {
  const seeded = createSeeded(seedFor('sample attendees', 1))
  return Array.from({ length: SAMPLE_COUNT }, (_, index) => {
    const person = PEOPLE[index % PEOPLE.length] ?? PEOPLE[0]
    return {
      ...attendeeOf(seeded, person),
      ticketType: TICKET_TYPES[index % TICKET_TYPES.length] ?? 'VIP',
      attendeeType: ATTENDEE_TYPES[index % ATTENDEE_TYPES.length] ?? 'Hybrid',
    }
  })
}

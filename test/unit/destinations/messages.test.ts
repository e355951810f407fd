/** What each event's message says: who, what, when and where, and nothing that nobody needs to read. */
import { describe, expect, it } from 'vitest'
import { catalogueEntry, EVENT_NAMES, type EventName, type EventType } from '#contract'
import { generateSample } from '../../../src-main/catalogue/index.ts'
import { DECLARED, readMessage } from '../../../src-main/destinations/messages/index.ts'

const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8]

function messageOf(payload: unknown, event: EventName) {
  const read = readMessage(payload, event)
  if (!read) throw new Error(`no message of ${event}`)
  return read.message
}

/** All of it as one text. */
function told(payload: unknown, event: EventName): string {
  const { title, lead, facts, changes, quote, link, footer } = messageOf(payload, event)
  const rows = [...facts, ...changes].map(({ label, value }) => `${label}: ${value}`)
  return [title, lead, ...rows, quote?.text, link?.label, link?.url, footer].join('\n')
}

/** Whom and what it is about, by event; each has to be named. */
const ABOUT: Readonly<Record<EventType, readonly string[]>> = {
  attendee: ['attendee.lastName', 'attendee.company'],
  meeting: ['meeting.title', 'meeting.organizer.lastName'],
  session: ['session.title', 'attendee.lastName'],
  sponsor: [
    'sponsor.name',
    'product.name',
    'attendee.lastName',
    'link.label',
    'asset.name',
    'message.text',
  ],
  poll: ['poll.question', 'attendee.lastName'],
}

function textAt(data: unknown, path: string): string[] {
  const found = path
    .split('.')
    .reduce<unknown>((value, step) => (value as Record<string, unknown> | undefined)?.[step], data)
  return typeof found === 'string' ? [found] : []
}

describe.each(EVENT_NAMES)('the message of %s', (event) => {
  it('names whom and what it is about', () => {
    for (const seed of SEEDS) {
      const payload = generateSample(event, seed)
      const about = ABOUT[catalogueEntry(event).type].flatMap((path) => textAt(payload.data, path))
      expect(about.length).toBeGreaterThan(0)
      const text = told(payload, event).replace(/\s+/g, ' ')
      for (const name of about) expect(text).toContain(name.replace(/\s+/g, ' '))
    }
  })

  it('says at which conference and when, in its zone', () => {
    for (const seed of SEEDS) {
      const { footer } = messageOf(generateSample(event, seed), event)
      expect(footer).toMatch(
        /^Northbridge Summit 2027 · \w{3} \d{1,2} \w{3,4} \d{4}, \d\d:\d\d \(Europe\/Amsterdam\)$/,
      )
    }
  })

  it('holds neither e-mail addresses nor ids', () => {
    for (const seed of SEEDS) {
      const text = told(generateSample(event, seed), event)
      expect(text).not.toMatch(/@[\w-]+\.\w|\b(evt|att|mtg|ses|spo|prd|ast|msg|pol|opt)_/)
    }
  })

  it('has its first fact in every sample, five at most, each with a value', () => {
    expect(DECLARED[event].facts.length).toBeLessThanOrEqual(5)
    for (const seed of SEEDS) {
      const { facts, changes } = messageOf(generateSample(event, seed), event)
      const [label] = DECLARED[event].facts[0] ?? []
      expect(facts[0]?.label).toBe(label)
      expect(facts.length + changes.length).toBeGreaterThan(0)
      expect([...facts, ...changes].every(({ value }) => value !== '')).toBe(true)
    }
  })
})

describe('a message', () => {
  const booked = generateSample('meeting.booked', 7)

  it('of a booked meeting is a sentence, when and where, what was noted, and the way to join', () => {
    expect(messageOf(booked, 'meeting.booked')).toEqual({
      title: 'Meeting booked',
      lead: '\u200eياسمين فؤاد (The Courier) booked a meeting with Niccolò De Rossi (Café Dátil) and João Gonçalves (Solstice 100% Renewables).',
      facts: [
        { label: 'Meeting', value: 'Renewal & pricing for 2028' },
        { label: 'When', value: 'Wed 3 Mar 2027, 09:45–10:15 (Europe/Amsterdam)' },
        { label: 'Where', value: 'Online' },
      ],
      changes: [],
      quote: { text: 'مرحبا، نلتقي عند المدخل' },
      link: { label: 'Join the meeting', url: 'https://meet.northbridge.example/gq7csds2xp' },
      footer: 'Northbridge Summit 2027 · Fri 26 Feb 2027, 04:16 (Europe/Amsterdam)',
    })
  })

  it('tells a change from → to', () => {
    const text = told(generateSample('meeting.rescheduled', 7), 'meeting.rescheduled')
    expect(text).toContain(
      'When: Thu 4 Mar 2027, 09:00–09:30 → Wed 3 Mar 2027, 15:15–15:45 (Europe/Amsterdam)',
    )
    const status = told(
      generateSample('meeting.attendee_status_updated', 7),
      'meeting.attendee_status_updated',
    )
    expect(status).toContain('Status: accepted → attended')
  })

  it('keeps private fields of a change to itself', () => {
    const changes = [
      { field: 'email', from: 'old@example.com', to: 'new@example.com' },
      { field: 'workEmail', from: 'old@example.com', to: 'new@example.com' },
      { field: 'companyId', from: 'cmp_1', to: 'cmp_2' },
      { field: 'tags', from: ['a'], to: ['a', 'b'] },
      {
        field: 'price',
        from: { amount: 1200, currency: 'EUR' },
        to: { amount: 1, currency: 'USD' },
      },
    ]
    expect(messageOf({ data: { changes } }, 'attendee.updated').changes).toEqual([
      { label: 'Email', value: 'changed' },
      { label: 'Work email', value: 'changed' },
      { label: 'Company id', value: 'changed' },
      { label: 'Tags', value: 'a → a and b' },
      { label: 'Price', value: '1,200 EUR → 1 USD' },
    ])
  })

  it('says what was there when nothing is or was', () => {
    const changes = [
      { field: 'jobTitle', from: null, to: 'CTO' },
      { field: 'company', from: 'Orbit+', to: '' },
      { field: 'tags', from: [], to: [] },
    ]
    expect(messageOf({ data: { changes } }, 'attendee.updated').changes).toEqual([
      { label: 'Job title', value: 'nothing → CTO' },
      { label: 'Company', value: 'Orbit+ → nothing' },
    ])
  })

  it('of an anonymous answer says somebody', () => {
    const payload = { data: { poll: { question: 'Coffee?' }, answer: { rating: 4 } } }
    expect(told(payload, 'poll.answered')).toContain('Somebody answered “Coffee?”')
    expect(told(payload, 'poll.answered')).toContain('Rating: 4 of 5')
  })

  it('is of the event that the payload names, else of the webhook’s', () => {
    const { type: _type, ...unnamed } = booked
    expect(messageOf(booked, 'poll.created').title).toBe('Meeting booked')
    expect(messageOf(unnamed, 'meeting.cancelled').title).toBe('Meeting cancelled')
  })

  it('leaves out what is not there, and falls back to the event where nobody is named', () => {
    const bare = {
      data: { meeting: { title: 'Coffee', location: { name: 5 }, participants: 'x' } },
    }
    expect(messageOf(bare, 'meeting.booked')).toEqual({
      title: 'Meeting booked',
      lead: 'A meeting is booked.',
      facts: [
        { label: 'Meeting', value: 'Coffee' },
        { label: 'Where', value: '5' },
      ],
      changes: [],
      quote: null,
      link: null,
      footer: '',
    })
  })

  it('is none where nothing can be told', () => {
    for (const payload of [{}, { data: null }, { data: [] }, { id: 'evt_1', data: { foo: 1 } }]) {
      expect(readMessage(payload, 'meeting.booked')).toBe(null)
    }
  })

  it('says what it had to cut or leave out', () => {
    const payload = {
      data: {
        meeting: {
          title: 't'.repeat(300),
          notes: 'n'.repeat(2_000),
          location: { name: 'Wait…', url: 'javascript:alert(1)' },
        },
      },
    }
    expect(readMessage(payload, 'meeting.booked')?.cuts).toEqual([
      '“Meeting” was too long and is cut.',
      'What is quoted was too long and is cut.',
      '“Join the meeting” is left out: its address is too long, or not one of the web.',
    ])
    const changes = Array.from({ length: 9 }, (_, at) => ({ field: `f${at}`, from: 1, to: 2 }))
    expect(readMessage({ data: { changes } }, 'attendee.updated')?.cuts).toEqual([
      'Only 5 of 9 changes are told.',
    ])
  })

  it('counts more people than it names', () => {
    const participants = Array.from({ length: 8 }, (_, at) => ({
      attendee: { firstName: `P${at}` },
    }))
    const meeting = { organizer: { lastName: 'Okafor' }, participants }
    expect(messageOf({ data: { meeting } }, 'meeting.booked').lead).toBe(
      'Okafor booked a meeting with P0, P1, P2, P3, P4 and 3 more.',
    )
  })

  it('takes a zone that there is not for UTC, and names it', () => {
    const meeting = { title: 'x', startsAt: '2027-03-02T09:00:00.000Z', endsAt: 'never' }
    for (const timezone of ['Nowhere/Land', '+01:00', 5, undefined]) {
      const { facts } = messageOf({ conference: { timezone }, data: { meeting } }, 'meeting.booked')
      expect(facts[1]?.value).toBe('Tue 2 Mar 2027, 09:00 (UTC)')
    }
  })
})

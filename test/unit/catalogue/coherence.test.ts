import { describe, expect, it } from 'vitest'
import {
  type Attendee,
  attendeeSchema,
  EVENT_NAMES,
  type EventData,
  type EventName,
  type Location,
} from '#contract'
import { generateSample, sampleAttendees } from '../../../src-main/catalogue/index.ts'

const SEEDS = Array.from({ length: 200 }, (_, seed) => seed)

function samples<Name extends EventName>(event: Name) {
  return SEEDS.map((seed) => {
    const { timestamp, data } = generateSample(event, seed)
    return { timestamp, data: data as EventData<Name> }
  })
}

const MEETING_EVENTS = EVENT_NAMES.filter((event) => event.startsWith('meeting.')) as Extract<
  EventName,
  `meeting.${string}`
>[]
const SESSION_EVENTS = EVENT_NAMES.filter((event) => event.startsWith('session.')) as Extract<
  EventName,
  `session.${string}`
>[]

const ms = (time: string) => Date.parse(time)
const seconds = (span: { startsAt: string; endsAt: string }) =>
  (ms(span.endsAt) - ms(span.startsAt)) / 1000

/** Every object in a sample that looks like an attendee. */
function attendeesIn(value: unknown): Attendee[] {
  if (typeof value !== 'object' || value === null) return []
  const own = attendeeSchema.safeParse(value)
  return own.success ? [own.data] : Object.values(value).flatMap(attendeesIn)
}

/** The ids of all that has a name, a title or a question, by what it is called. */
function identities(value: unknown, into: Map<string, Set<string>>): void {
  if (typeof value !== 'object' || value === null) return
  const text = ['email', 'title', 'question', 'name'].map((key) => Reflect.get(value, key))
  const called = text.find((candidate) => typeof candidate === 'string')
  const id = Reflect.get(value, 'id')
  if (called && typeof id === 'string' && /^(att|ses|spo|prd)_/.test(id)) {
    into.set(called, (into.get(called) ?? new Set()).add(id))
  }
  for (const member of Object.values(value)) identities(member, into)
}

function expectTrueChanges(
  owner: object,
  changes: readonly { field: string; from: unknown; to: unknown }[],
) {
  expect(changes.length).toBeGreaterThan(0)
  expect(new Set(changes.map(({ field }) => field)).size).toBe(changes.length)
  for (const { field, from, to } of changes) {
    expect(to).toEqual(Reflect.get(owner, field))
    expect(from).not.toEqual(to)
    expect(typeof from).toBe(typeof to)
  }
}

const placeFits = ({ kind, url }: Location) => (kind === 'virtual') === (url !== undefined)

describe('samples of one conference', () => {
  it.each(EVENT_NAMES)('of %s happen to people who have registered', (event) => {
    for (const { timestamp, data } of samples(event)) {
      for (const { registeredAt } of attendeesIn(data)) {
        expect(ms(registeredAt)).toBeLessThanOrEqual(ms(timestamp))
      }
    }
  })

  it('know each attendee, session, sponsor and product by one id', () => {
    const ids = new Map<string, Set<string>>()
    for (const event of EVENT_NAMES) {
      for (const { data } of samples(event)) identities(data, ids)
    }
    expect(ids.size).toBeGreaterThan(70)
    expect([...ids].filter(([, different]) => different.size > 1)).toEqual([])
    const cast = new Map(sampleAttendees().map((one) => [one.id, one]))
    const met = EVENT_NAMES.flatMap((event) => samples(event).flatMap(attendeesIn))
    expect(met.filter((one) => one.email !== cast.get(one.id)?.email)).toEqual([])
  })

  it('change fields of attendees and products from what they were to what they are', () => {
    const counts = new Set<number>()
    for (const { data } of samples('attendee.updated')) {
      expectTrueChanges(data.attendee, data.changes)
      counts.add(data.changes.length)
    }
    expect(counts).toEqual(new Set([1, 2, 3, 4]))
    for (const { data } of samples('sponsor.product_updated')) {
      expectTrueChanges(data.product, data.changes)
    }
  })

  it('tell the time of what happened once', () => {
    for (const { timestamp, data } of samples('attendee.created')) {
      expect(data.attendee.registeredAt).toBe(timestamp)
    }
    for (const { timestamp, data } of samples('attendee.deleted')) {
      expect(data.deletedAt).toBe(timestamp)
    }
    for (const { timestamp, data } of samples('sponsor.chat')) {
      expect(data.message.sentAt).toBe(timestamp)
    }
  })
})

describe('sample meetings', () => {
  it.each(MEETING_EVENTS)('of %s end after they start, among different people', (event) => {
    for (const { data } of samples(event)) {
      const { organizer, participants, location } = data.meeting
      expect(seconds(data.meeting)).toBeGreaterThan(0)
      const people = [organizer, ...participants.map(({ attendee }) => attendee)]
      expect(people.length).toBeGreaterThan(1)
      expect(new Set(people.map(({ id }) => id)).size).toBe(people.length)
      expect(placeFits(location)).toBe(true)
      if (people.some(({ attendeeType }) => attendeeType === 'Virtual')) {
        expect(location.kind).toBe('virtual')
      }
    }
  })

  it('move to another time, as long as before', () => {
    for (const { timestamp, data } of samples('meeting.rescheduled')) {
      expect(data.previous.startsAt).not.toBe(data.meeting.startsAt)
      expect(seconds(data.previous)).toBe(seconds(data.meeting))
      expect(ms(timestamp)).toBeLessThan(ms(data.meeting.startsAt))
      expect(placeFits(data.previous.location)).toBe(true)
    }
  })

  it('are cancelled by one of their people before they start', () => {
    for (const { timestamp, data } of samples('meeting.cancelled')) {
      const { meeting, cancelledBy, cancelledAt } = data
      const people = [meeting.organizer, ...meeting.participants.map(({ attendee }) => attendee)]
      expect(people).toContainEqual(cancelledBy)
      expect(cancelledAt).toBe(timestamp)
      expect(ms(cancelledAt)).toBeLessThan(ms(meeting.startsAt))
    }
  })

  it('list the new status of the participant, who attends only what is over', () => {
    for (const { timestamp, data } of samples('meeting.attendee_status_updated')) {
      const { meeting, participant, from, to } = data
      const listed = meeting.participants.find(({ attendee }) => attendee.id === participant.id)
      expect(listed).toEqual({ attendee: participant, status: to })
      expect(from).not.toBe(to)
      const isOver = ms(timestamp) > ms(meeting.endsAt)
      for (const { status } of meeting.participants) {
        if (status === 'attended' || status === 'no_show') expect(isOver).toBe(true)
      }
    }
  })
})

describe('sample sessions', () => {
  it.each(SESSION_EVENTS)('of %s have room, and speakers who attend', (event) => {
    const speakers = sampleAttendees().filter(({ ticketType }) => ticketType === 'Speaker')
    for (const { data } of samples(event)) {
      const { capacity, booked, location, speakers: names } = data.session
      expect(seconds(data.session)).toBeGreaterThan(0)
      expect(booked).toBeLessThanOrEqual(event === 'session.unbooked' ? capacity - 1 : capacity)
      expect(placeFits(location)).toBe(true)
      for (const { name, company } of names) {
        const speaker = speakers.find(
          ({ firstName, lastName }) =>
            name === `${firstName} ${lastName}` || name === `${lastName} ${firstName}`,
        )
        expect(speaker?.company, name).toBe(company)
      }
    }
  })

  it('are booked and given up before they start', () => {
    for (const event of ['session.booked', 'session.unbooked'] as const) {
      for (const { timestamp, data } of samples(event)) {
        expect(ms(timestamp)).toBeLessThan(ms(data.session.startsAt))
      }
    }
  })

  it('are joined while they last, on site only by who can be there', () => {
    const devices = new Set<string>()
    for (const { timestamp, data } of samples('session.joined')) {
      const { session, attendee, joinedAt, device } = data
      expect(joinedAt).toBe(timestamp)
      expect(ms(joinedAt)).toBeGreaterThanOrEqual(ms(session.startsAt))
      expect(ms(joinedAt)).toBeLessThan(ms(session.endsAt))
      devices.add(device)
      if (device !== 'on site') continue
      expect(session.location.kind).toBe('room')
      expect(attendee.attendeeType).not.toBe('Virtual')
    }
    expect(devices.size).toBe(4)
  })

  it('are watched for the percentage of their duration that they say', () => {
    for (const { timestamp, data } of samples('session.watched')) {
      const { watchedSeconds, durationSeconds, percent, session } = data
      expect(percent).toBe(Math.round((watchedSeconds / durationSeconds) * 100))
      expect(watchedSeconds).toBeLessThanOrEqual(durationSeconds)
      expect(durationSeconds).toBe(seconds(session))
      expect(ms(timestamp)).toBeGreaterThanOrEqual(ms(session.endsAt))
    }
  })
})

describe('sample polls', () => {
  it('are answered in the way of their kind, among their options', () => {
    const kinds = new Set<string>()
    for (const { timestamp, data } of samples('poll.answered')) {
      const { poll, answer, answeredAt } = data
      kinds.add(poll.kind)
      expect(answeredAt).toBe(timestamp)
      const part = { single: 'optionIds', multiple: 'optionIds', open: 'text', rating: 'rating' }
      expect(Object.keys(answer)).toEqual([part[poll.kind]])
      expect(poll.options.length > 0).toBe(part[poll.kind] === 'optionIds')
      const chosen = answer.optionIds ?? []
      expect(poll.options.map(({ id }) => id)).toEqual(expect.arrayContaining(chosen))
      expect(new Set(chosen).size).toBe(chosen.length)
      if (poll.kind === 'single') expect(chosen).toHaveLength(1)
      if (poll.kind === 'multiple') expect(chosen.length).toBeGreaterThan(0)
    }
    expect(kinds.size).toBe(4)
  })

  it('that ask about a session name it', () => {
    for (const { data } of samples('poll.created')) {
      if (/this session/.test(data.poll.question)) expect(data.poll.session).toBeDefined()
    }
  })

  it('are at times answered by nobody known', () => {
    const known = samples('poll.answered').filter(({ data }) => data.attendee !== undefined)
    expect(known.length).toBeGreaterThan(50)
    expect(known.length).toBeLessThan(SEEDS.length)
  })
})

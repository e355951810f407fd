import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import {
  ATTENDEE_TYPES,
  EVENT_NAMES,
  type EventData,
  type EventName,
  envelopeSchema,
  LANGUAGES,
  payloadJsonSchema,
  TICKET_TYPES,
} from '#contract'
import { generateSample, sampleAttendees } from '../../../src-main/catalogue/index.ts'

const SEEDS = Array.from({ length: 200 }, (_, seed) => seed)

function samples<Name extends EventName>(event: Name): EventData<Name>[] {
  return SEEDS.map((seed) => generateSample(event, seed).data as EventData<Name>)
}

const ms = (time: string) => Date.parse(time)

describe('sample events', () => {
  it.each(EVENT_NAMES)('of %s are valid for 200 seeds, and differ between them', (event) => {
    const schema = envelopeSchema(event)
    const texts = SEEDS.map((seed) => {
      const sample = generateSample(event, seed)
      expect(schema.safeParse(sample).error?.issues ?? []).toEqual([])
      return JSON.stringify(sample)
    })
    expect(new Set(texts).size).toBe(SEEDS.length)
  })

  it('are the same for a seed, on any machine and in any zone', () => {
    const digest = () =>
      createHash('sha256')
        .update(
          JSON.stringify(
            EVENT_NAMES.flatMap((event) =>
              [1, 2, 2_147_483_647].map((seed) => generateSample(event, seed)),
            ),
          ),
        )
        .digest('hex')
    const zone = process.env.TZ
    const here = digest()
    process.env.TZ = 'Pacific/Auckland'
    const there = digest()
    process.env.TZ = zone ?? ''
    expect(there).toBe(here)
    expect(here).toBe('912588d17fdbf4279eb3393fd1e87e55bd0b78b7ccbd8bff6e8264ebadfcda84')
  })

  it('are coherent', () => {
    for (const { attendee, changes } of samples('attendee.updated')) {
      expect(changes.length).toBeGreaterThan(0)
      for (const { field, from, to } of changes) {
        expect(Reflect.get(attendee, field)).toEqual(to)
        expect(from).not.toEqual(to)
      }
    }
    for (const { meeting, previous } of samples('meeting.rescheduled')) {
      expect(ms(meeting.endsAt)).toBeGreaterThan(ms(meeting.startsAt))
      expect(ms(previous.endsAt) - ms(previous.startsAt)).toBe(
        ms(meeting.endsAt) - ms(meeting.startsAt),
      )
      expect(previous.startsAt).not.toBe(meeting.startsAt)
      expect(meeting.participants.map(({ attendee }) => attendee.id)).not.toContain(
        meeting.organizer.id,
      )
    }
    for (const { meeting, participant, from, to } of samples('meeting.attendee_status_updated')) {
      const listed = meeting.participants.find(({ attendee }) => attendee.id === participant.id)
      expect(listed?.status).toBe(to)
      expect(from).not.toBe(to)
    }
    for (const { watchedSeconds, durationSeconds, percent, session } of samples(
      'session.watched',
    )) {
      expect(percent).toBe(Math.round((watchedSeconds / durationSeconds) * 100))
      expect(durationSeconds).toBe((ms(session.endsAt) - ms(session.startsAt)) / 1000)
      expect(session.booked).toBeLessThanOrEqual(session.capacity)
    }
    for (const { session, joinedAt } of samples('session.joined')) {
      expect(ms(joinedAt)).toBeGreaterThanOrEqual(ms(session.startsAt))
      expect(ms(joinedAt)).toBeLessThan(ms(session.endsAt))
    }
    for (const { product, changes } of samples('sponsor.product_updated')) {
      for (const { field, from, to } of changes) {
        expect(Reflect.get(product, field)).toEqual(to)
        expect(from).not.toEqual(to)
      }
    }
    for (const { poll, answer } of samples('poll.answered')) {
      const ids = poll.options.map(({ id }) => id)
      const parts = {
        single: 'optionIds',
        multiple: 'optionIds',
        open: 'text',
        rating: 'rating',
      } as const
      expect(Object.keys(answer)).toEqual([parts[poll.kind]])
      for (const id of answer.optionIds ?? []) expect(ids).toContain(id)
      if (poll.kind === 'single') expect(answer.optionIds).toHaveLength(1)
    }
  })

  it('hold the texts that break naive encoders', () => {
    const everything = EVENT_NAMES.flatMap((event) => samples(event))
      .map((data) => JSON.stringify(data))
      .join('')
    for (const awkward of [
      "O'Neill",
      '&',
      '+',
      '%',
      '\\"',
      '<b>',
      'é',
      'ß',
      '佐藤',
      'حداد',
      '🎉',
      '\\n',
    ]) {
      expect(everything).toContain(awkward)
    }
  })

  it('name only hosts that nobody owns', () => {
    const everything = EVENT_NAMES.flatMap((event) => samples(event))
      .map((data) => JSON.stringify(data))
      .join('')
    const hosts = [...everything.matchAll(/(?:https?:\/\/|@)([a-z0-9.-]+\.[a-z]+)/g)].map(
      (match) => match[1] ?? '',
    )
    expect(hosts.length).toBeGreaterThan(100)
    expect(hosts.filter((host) => !/\.example$|\bexample\.(com|org)$/.test(host))).toEqual([])
  })
})

describe('sample attendees', () => {
  it('are 48, with every ticket type, attendee type and language among them', () => {
    const all = sampleAttendees()
    expect(all).toHaveLength(48)
    expect(new Set(all.map(({ ticketType }) => ticketType))).toEqual(new Set(TICKET_TYPES))
    expect(new Set(all.map(({ attendeeType }) => attendeeType))).toEqual(new Set(ATTENDEE_TYPES))
    expect(new Set(all.map(({ language }) => language))).toEqual(new Set(LANGUAGES))
    expect(new Set(all.map(({ country }) => country)).size).toBeGreaterThan(9)
    expect(new Set(all.map(({ id }) => id)).size).toBe(48)
  })
})

describe('the JSON Schema of an event', () => {
  it.each(EVENT_NAMES)('of %s describes each of its fields', (event) => {
    const bare: string[] = []
    let fields = 0
    const visit = (schema: unknown, path: string) => {
      if (typeof schema !== 'object' || schema === null) return
      for (const [name, property] of Object.entries(Reflect.get(schema, 'properties') ?? {})) {
        fields += 1
        if (!Reflect.get(Object(property), 'description')) bare.push(`${path}.${name}`)
        visit(property, `${path}.${name}`)
      }
      visit(Reflect.get(schema, 'items'), `${path}[]`)
    }
    visit(payloadJsonSchema(event), event)
    expect(fields).toBeGreaterThan(10)
    expect(bare).toEqual([])
  })
})

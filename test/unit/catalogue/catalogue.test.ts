import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import {
  ATTENDEE_TYPES,
  attendeeSchema,
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

  it('sometimes leave out what is optional, and never say null', () => {
    const isThere = {
      'attendee.deleted': 'reason',
      'meeting.cancelled': 'reason',
      'sponsor.interested': 'note',
      'poll.answered': 'attendee',
    } as const
    for (const [event, field] of Object.entries(isThere)) {
      const has = samples(event as EventName).map((data) => Reflect.has(data, field))
      expect(new Set(has), event).toEqual(new Set([true, false]))
    }
    const texts = EVENT_NAMES.flatMap((event) => samples(event).map((data) => JSON.stringify(data)))
    expect(texts.filter((text) => /:null[,}]/.test(text))).toEqual([])
  })

  it('have an id of 26 Crockford characters and a timestamp in UTC to the millisecond', () => {
    for (const event of EVENT_NAMES) {
      for (const seed of SEEDS) {
        const { id, timestamp } = generateSample(event, seed)
        expect(id).toMatch(/^evt_[0-9A-HJKMNP-TV-Z]{26}$/)
        expect(new Date(timestamp).toISOString()).toBe(timestamp)
      }
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

describe('the schema of an event', () => {
  it.each(EVENT_NAMES)('of %s refuses an unknown field in whichever object', (event) => {
    const schema = envelopeSchema(event)
    for (const seed of SEEDS.slice(0, 20)) {
      const objects = objectsIn(generateSample(event, seed))
      for (let index = 0; index < objects.length; index += 1) {
        const sample = generateSample(event, seed)
        const [path, object] = objectsIn(sample)[index] ?? []
        Reflect.set(Object(object), 'extra', 1)
        expect(schema.safeParse(sample).success, path).toBe(false)
      }
    }
  })
})

/** Each object of a payload but the free values of changes, with its path. */
function objectsIn(value: unknown, path = '$'): [path: string, object: object][] {
  if (typeof value !== 'object' || value === null) return []
  const members = Object.entries(value)
    .filter(([key]) => key !== 'from' && key !== 'to')
    .flatMap(([key, member]) => objectsIn(member, `${path}.${key}`))
  return Array.isArray(value) ? members : [[path, value], ...members]
}

describe('sample attendees', () => {
  it('are 48, with every ticket type, attendee type and language among them', () => {
    const all = sampleAttendees()
    expect(all).toHaveLength(48)
    expect(new Set(all.map(({ ticketType }) => ticketType))).toEqual(new Set(TICKET_TYPES))
    expect(new Set(all.map(({ attendeeType }) => attendeeType))).toEqual(new Set(ATTENDEE_TYPES))
    expect(new Set(all.map(({ language }) => language))).toEqual(new Set(LANGUAGES))
    expect(new Set(all.map(({ country }) => country)).size).toBeGreaterThan(20)
    expect(new Set(all.map(({ company }) => company)).size).toBeGreaterThan(9)
    expect(new Set(all.map(({ id }) => id)).size).toBe(48)
    expect(new Set(all.map(({ email }) => email)).size).toBe(48)
    expect(new Set(all.map(({ lastName }) => lastName)).size).toBe(48)
    expect(all.map(({ lastName }) => lastName)).toContain("O'Neill")
    expect(new Set(all.map(({ tags }) => tags.length)).size).toBeGreaterThan(2)
    expect(all.flatMap((one) => attendeeSchema.safeParse(one).error?.issues ?? [])).toEqual([])
  })
})

describe('the JSON Schema of an event', () => {
  it.each(EVENT_NAMES)('of %s accepts its samples and no field that it does not know', (event) => {
    const schema = z.fromJSONSchema(payloadJsonSchema(event))
    for (const seed of SEEDS.slice(0, 20)) {
      const sample = generateSample(event, seed)
      expect(schema.safeParse(sample).error?.issues ?? []).toEqual([])
      expect(schema.safeParse({ ...sample, extra: 1 }).success).toBe(false)
      expect(schema.safeParse({ ...sample, data: { ...sample.data, extra: 1 } }).success).toBe(
        false,
      )
      expect(schema.safeParse({ ...sample, type: 'attendee.vanished' }).success).toBe(false)
      expect(schema.safeParse({ ...sample, timestamp: undefined }).success).toBe(false)
    }
  })

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

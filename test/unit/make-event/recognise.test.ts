import { describe, expect, it } from 'vitest'
import { EVENT_NAMES, type FormEncoding } from '#contract'
import { generateSample } from '../../../src-main/catalogue/index.ts'
import { encodeBody } from '../../../src-main/encode/index.ts'
import { mapped, recogniseBody } from '../../../src-main/make-event/recognise.ts'

const FORM = 'application/x-www-form-urlencoded'

function head(contentType: string | null) {
  const headers = contentType === null ? [] : [['Content-Type', contentType] as const]
  return { startLine: 'POST / HTTP/1.1', headers }
}

function recognised(contentType: string | null, body: string | Uint8Array) {
  return recogniseBody(head(contentType), Buffer.from(body))
}

function encoded(payload: unknown, formEncoding: FormEncoding, formField = 'payload') {
  const contentType = FORM
  const options = { contentType, formEncoding, formField, jsonStyle: 'compact' } as const
  return encodeBody(JSON.stringify(payload), options).bytes
}

/** As a form has it: leaves are text, what is empty is not there. */
function asText(value: unknown): unknown {
  if (value === null) return ''
  if (Array.isArray(value)) return value.map(asText)
  if (typeof value !== 'object') return typeof value === 'string' ? value : JSON.stringify(value)
  const entries = Object.entries(value).filter(
    ([, child]) =>
      typeof child !== 'object' || child === null || Object.keys(child as object).length > 0,
  )
  return Object.fromEntries(entries.map(([key, child]) => [key, asText(child)]))
}

describe('a body becomes an event', () => {
  it.each(EVENT_NAMES)('%s, however it was encoded', (event) => {
    for (let seed = 0; seed < 12; seed++) {
      const payload: unknown = JSON.parse(JSON.stringify(generateSample(event, seed)))
      const json = recognised('application/json', JSON.stringify(payload))
      expect([json.event, JSON.parse(json.text), json.notes]).toEqual([event, payload, []])

      const field = recognised(`${FORM}; charset=utf-8`, encoded(payload, 'payload', 'body'))
      expect([field.event, JSON.parse(field.text)]).toEqual([event, payload])
      expect(field.encoding).toMatchObject({ formEncoding: 'payload', formField: 'body' })

      const indices = recognised(FORM, encoded(payload, 'indices'))
      expect([indices.event, JSON.parse(indices.text)]).toEqual([event, asText(payload)])

      for (const formEncoding of ['flat', 'brackets'] as const) {
        const read = recognised(FORM, encoded(payload, formEncoding))
        expect([read.event, read.encoding.formEncoding]).toEqual([event, formEncoding])
      }
    }
  })

  it('keeps every token of the JSON, and leaves out a byte order mark with a word', () => {
    const text = '{"type":"poll.created", "n":12345678901234567890.10, "a":1, "a":2, "s":"\\u00e9"}'
    expect(recognised(null, text).text).toBe(text)
    const marked = recognised('text/plain', `\ufeff${text}`)
    expect([marked.text, marked.notes.length]).toEqual([text, 1])
  })

  it('reads the JSON that the members of a flat form hold, and lists as Rails does', () => {
    const flat = recognised(FORM, 'id=x&n=1&o=%7B%22a%22%3A%5B1%5D%7D')
    expect(JSON.parse(flat.text)).toEqual({ id: 'x', n: '1', o: { a: [1] } })
    const lists = recognised(FORM, 'a[][d]=1&a[][e]=2&a[][d]=3&b[]=x&b[]=y&__proto__=z')
    expect(lists.text).toBe('{"a":[{"d":"1","e":"2"},{"d":"3"}],"b":["x","y"],"__proto__":"z"}')
  })

  it('prefers the field that is an event to one called payload, and says what it left out', () => {
    const event = JSON.stringify({ type: 'poll.created', data: {} })
    const body = new URLSearchParams({ token: 'x', payload: '{}', event }).toString()
    const read = recognised(FORM, body)
    expect([read.event, read.encoding.formField]).toEqual(['poll.created', 'event'])
    expect(read.notes.join(' ')).toMatch(/2 other fields/)
  })

  it.each([
    ['nothing', '', /empty/],
    ['text', 'hello', /neither JSON nor a form/],
    ['bytes that are no text', new Uint8Array([0xff, 0xfe, 0]), /not UTF-8/],
  ])('is refused in words for %s', (_what, body, words) => {
    expect(() => recognised('text/plain', body)).toThrow(words)
  })

  it('is refused in words for a form of many megabytes or fields, but not for JSON in one', () => {
    expect(() => recognised(FORM, 'a&'.repeat(20_001))).toThrow(/20,000 fields/)
    const text = 'x'.repeat(3 * 1024 * 1024)
    expect(() => recognised(FORM, `a=${text}`)).toThrow(/more than 2 MB/)
    const json = JSON.stringify({ type: 'poll.created', data: { text } })
    expect(recognised(FORM, json).event).toBe('poll.created')
  })

  it('is mapped by the user where it does not say which event it is', () => {
    const list = recognised('application/json', '[1, 2]')
    expect([list.event, list.isObject]).toEqual([null, false])
    expect(mapped(list, { event: 'poll.created', place: 'payload' })).toBe(
      '{"type":"poll.created","data":[1, 2]}',
    )
    const other = recognised('application/json', '{"ping": 1}')
    expect(mapped(other, { event: 'poll.created', place: 'payload' })).toBe('{"ping": 1}')
    expect(JSON.parse(mapped(other, { event: 'poll.created', place: 'data' }))).toEqual({
      type: 'poll.created',
      data: { ping: 1 },
    })
  })
})

/** What the formats make, the rehearsals take: each event for each chat, and events of hostile text. */
import { describe, expect, it } from 'vitest'
import { CHATS, EVENT_NAMES, type EventName } from '#contract'
import { generateSample } from '../../../src-main/catalogue/index.ts'
import { formatBody } from '../../../src-main/destinations/index.ts'
import { rehearsed } from '../../support/rehearsed.ts'

const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8]
const HOSTILE =
  '<!channel> <@all> [x](javascript:1) **b** _i_ `c`\n# h\n> q\n1. n\u202e\u0000\ud800 '.repeat(
    2_000,
  )

function bodyOf(format: (typeof CHATS)[number], event: EventName, payload: unknown): string {
  return formatBody({ format, template: '', event }, JSON.stringify(payload)).jsonText
}

/** Every text of it is another. */
function hostile(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(hostile)
  if (typeof value !== 'object' || value === null)
    return typeof value === 'string' ? HOSTILE : value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, hostile(inner)]))
}

describe.each(CHATS)('the rehearsal of %s', (chat) => {
  it.each(EVENT_NAMES)('posts the message of %s', (event) => {
    for (const seed of SEEDS) {
      const body = bodyOf(chat, event, generateSample(event, seed))
      const { verdict } = rehearsed(chat, { body })
      expect([seed, verdict.code, verdict.result]).toEqual([seed, '', 'posted'])
    }
  })

  it.each(EVENT_NAMES)('posts the message of %s of hostile text', (event) => {
    const payload = generateSample(event, 1)
    const body = bodyOf(chat, event, { ...payload, data: hostile(payload.data) })
    expect(rehearsed(chat, { body }).verdict).toMatchObject({ result: 'posted', code: '' })
  })

  it('does not post the raw event', () => {
    const body = generateSample('meeting.booked', 1)
    expect(rehearsed(chat, { body }).verdict.result).not.toBe('posted')
  })
})

/** 22 events for three chats, and events of hostile text: each body is one that its chat takes. */
import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { KnownBlock } from '@slack/types'
import * as AdaptiveCards from 'adaptivecards'
import Ajv from 'ajv'
import draft06 from 'ajv/dist/refs/json-schema-draft-06.json' with { type: 'json' }
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CHATS, type Chat, EVENT_NAMES, type EventName } from '#contract'
import { generateSample } from '../../../src-main/catalogue/index.ts'
import { type ChatBody, chatBody } from '../../../src-main/destinations/chat-body.ts'
import { isMessageFor } from '../../../src-main/destinations/chat-message.ts'
import { SLACK_LIMITS, TEAMS_LIMITS, WEBEX_LIMITS } from '../../../src-main/destinations/limits.ts'
import type { SlackMessage } from '../../../src-main/destinations/slack.ts'
import type { TeamsMessage } from '../../../src-main/destinations/teams.ts'
import type { WebexMessage } from '../../../src-main/destinations/webex.ts'

const SEEDS = [1, 2, 3, 5, 8, 13]
/** Microsoft's own schema, where it lies beside the repository or its work trees; any `version` is fine by it. */
const SCHEMA = ['..', '../..']
  .map((beside) => resolve(import.meta.dirname, '../../..', beside, 'shared/data'))
  .map((folder) => resolve(folder, 'adaptive-card-1.4.0.schema.json'))
  .find((path) => existsSync(path))

const cardFaults = SCHEMA === undefined ? parserFaults : schemaFaults(SCHEMA)

function schemaFaults(path: string) {
  // `id` is how drafts before the sixth, which it says it is of, name a schema.
  const { id: _id, ...schema } = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>
  const ajv = new Ajv({ strict: false, validateFormats: false })
  ajv.addMetaSchema(draft06)
  const validate = ajv.compile(schema)
  return (card: object) => (validate(card) ? [] : (validate.errors ?? []).map(String))
}

/** Where the schema is not at hand: what Microsoft's renderer has to say. */
function parserFaults(card: object): string[] {
  const context = new AdaptiveCards.SerializationContext()
  new AdaptiveCards.AdaptiveCard().parse(card, context)
  return Array.from({ length: context.eventCount }, (_, at) => context.getEventAt(at).message)
}

function bodyOf(chat: Chat, payload: unknown, event: EventName): ChatBody | null {
  return chatBody(chat, payload, event)
}

/** Block Kit by the types of Slack's own SDK, and within every limit. */
function expectSlack({ text, blocks }: SlackMessage) {
  const typed: KnownBlock[] = blocks
  expect(text.length).toBeLessThanOrEqual(SLACK_LIMITS.textAdvised)
  expect(text).not.toMatch(/[<>]|&(?!amp;|lt;|gt;)/)
  expect(typed.length).toBeLessThanOrEqual(SLACK_LIMITS.blocks)
  for (const block of typed) expectBlock(block)
}

function expectBlock(block: KnownBlock) {
  if (block.type === 'header') {
    expect(block.text.type).toBe('plain_text')
    expectText(block.text, SLACK_LIMITS.header)
  } else if (block.type === 'section') {
    expect(block.text ?? block.fields).toBeDefined()
    if (block.text) expectText(block.text, SLACK_LIMITS.textObject)
    expect(block.fields?.length ?? 1).toBeGreaterThan(0)
    expect(block.fields?.length ?? 0).toBeLessThanOrEqual(SLACK_LIMITS.fields)
    for (const field of block.fields ?? []) expectText(field, SLACK_LIMITS.field)
  } else if (block.type === 'context') {
    expect(block.elements.length).toBeLessThanOrEqual(SLACK_LIMITS.contextElements)
    for (const element of block.elements) {
      if (element.type === 'image') throw new Error('no images are sent')
      expectText(element, SLACK_LIMITS.textObject)
    }
  } else throw new Error(`no ${block.type} is sent`)
}

/** mrkdwn holds nothing of a payload but an escaped label and an encoded link. */
function expectText({ type, text }: { type: string; text: string }, limit: number) {
  expect(text.length).toBeGreaterThan(0)
  expect(text.length).toBeLessThanOrEqual(limit)
  if (type === 'mrkdwn') {
    expect(text).toMatch(/^(\*[^<>]*\*|<https?:\/\/[^\s<>|]+\|[^<>|]+>)$/)
  }
}

function expectTeams(message: TeamsMessage, faults: (card: object) => string[] = cardFaults) {
  const [attachment] = message.attachments
  expect(message).toMatchObject({
    type: 'message',
    attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive' }],
  })
  expect(attachment?.content.version).toBe('1.4')
  expect(attachment && faults(attachment.content)).toEqual([])
  const elements = JSON.stringify(message).matchAll(/"type":"([\w.]+)"/g)
  const known = /^(message|AdaptiveCard|TextBlock|FactSet|Action\.OpenUrl)$/
  for (const [, type = ''] of elements) expect(type).toMatch(known)
  const bytes = Buffer.byteLength(JSON.stringify(message, null, 2))
  expect(bytes).toBeLessThanOrEqual(TEAMS_LIMITS.messageBytes)
}

function expectWebex({ markdown }: WebexMessage) {
  expect(markdown).not.toContain('<')
  expect(Buffer.byteLength(markdown)).toBeGreaterThan(0)
  expect(Buffer.byteLength(markdown)).toBeLessThanOrEqual(WEBEX_LIMITS.textBytes)
}

function expectTaken(chat: Chat, message: ChatBody['message']) {
  expect(isMessageFor(JSON.stringify(message), chat)).toBe(true)
  expect(JSON.stringify(message).isWellFormed()).toBe(true)
  if (chat === 'slack') expectSlack(message as SlackMessage)
  else if (chat === 'teams') expectTeams(message as TeamsMessage)
  else expectWebex(message as WebexMessage)
}

const BY =
  SCHEMA === undefined
    ? 'the adaptivecards package, as the schema is not at hand'
    : 'Microsoft’s schema of Adaptive Cards 1.4'

describe(`by ${BY}`, () => {
  describe.each(CHATS)('for %s', (chat) => {
    it.each(EVENT_NAMES)('%s is a message that it takes', (event) => {
      for (const seed of SEEDS) {
        const body = bodyOf(chat, generateSample(event, seed), event)
        if (!body) throw new Error('no message')
        expect(body.cuts).toEqual([])
        expectTaken(chat, body.message)
      }
    })
  })

  it('a wrong card is found out', () => {
    const body = chatBody('teams', generateSample('poll.created', 1), 'poll.created')
    const text = JSON.stringify(body?.message).replace('"FactSet"', '"Facts"')
    expect(() => expectTeams(JSON.parse(text) as TeamsMessage)).toThrow()
  })
})

it('cards are read without a complaint by Microsoft’s own renderer too', () => {
  for (const event of EVENT_NAMES) {
    const body = chatBody('teams', generateSample(event, 7), event)
    expectTeams(body?.message as TeamsMessage, parserFaults)
  }
})

/** Pieces that break what is naive, alone and in company. */
const HOSTILE = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '<!channel>',
        '<!here|x>',
        '<@U012|Maya>',
        '<@all>',
        '<@personEmail:a@b.example>',
        '<at>Maya</at>',
        '<https://evil.example|click>',
        '[click](https://evil.example)',
        '<script>alert(1)</script>',
        '&amp;&lt;&#60;',
        '```\n# big\n> quote\n- item\n1. one\n---\n',
        '*b*_i_~s~`c`',
        // biome-ignore lint/suspicious/noTemplateCurlyInString: as Adaptive Cards write templates
        '${data}{{DATE(2017-02-14T06:00:00Z)}}@{triggerBody()}',
        '\u202egnp\u2066\u200b\u0000\ud800',
        '\u{1f469}\u200d\u{1f469}\u200d\u{1f467}',
        'Z\u0300\u0301\u0302\u0303\u0304\u0305',
        '\\',
        '"\'',
        '&'.repeat(3_000),
        '東'.repeat(2_000),
        'a'.repeat(50_000),
      ),
      fc.string({ unit: 'binary', maxLength: 40 }),
    ),
    { minLength: 1, maxLength: 5 },
  )
  .map((pieces) => pieces.join(''))

/** A sample whose texts are hostile, or whose values are of another type, or gone. */
const BROKEN = fc
  .record({
    event: fc.constantFrom(...EVENT_NAMES),
    seed: fc.integer({ min: 0, max: 1_000 }),
    texts: fc.array(HOSTILE, { minLength: 1, maxLength: 4 }),
    chance: fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 7, maxLength: 7 }),
    others: fc.array(fc.jsonValue({ maxDepth: 2 }), { minLength: 1, maxLength: 3 }),
  })
  .map(({ event, seed, texts, chance, others }) => {
    let count = 0
    const mangle = (value: unknown): unknown => {
      count += 1
      const kind = chance[count % chance.length] ?? 0
      if (kind === 0) return others[count % others.length]
      if (kind === 1) return undefined
      if (Array.isArray(value)) return value.map(mangle)
      if (typeof value === 'object' && value !== null) {
        return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, mangle(inner)]))
      }
      return typeof value === 'string' && kind < 8 ? texts[count % texts.length] : value
    }
    const payload = generateSample(event, seed)
    return { event, payload: { ...payload, data: mangle(payload.data) } }
  })

describe.each(CHATS)('a payload of hostile text for %s', (chat) => {
  it('makes a message that it takes, or none', () => {
    fc.assert(
      fc.property(BROKEN, ({ event, payload }) => {
        const body = bodyOf(chat, JSON.parse(JSON.stringify(payload)), event)
        if (body) expectTaken(chat, body.message)
        expect(JSON.stringify(body)).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/)
      }),
      { numRuns: 150 },
    )
  })

  it('of anything at all never fails', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(...EVENT_NAMES), (payload, event) => {
        const body = bodyOf(chat, payload, event)
        if (body) expectTaken(chat, body.message)
      }),
    )
  })
})

it('what does not fit is shortened, and it is said', () => {
  const wide = '東'.repeat(2_000)
  const person = { firstName: wide, lastName: wide, company: wide }
  const meeting = {
    title: wide,
    organizer: person,
    participants: Array.from({ length: 9 }, () => ({ attendee: person })),
    notes: wide,
    location: { name: wide },
  }
  const payload = { conference: { name: wide }, data: { meeting } }
  const webex = chatBody('webex', payload, 'meeting.booked')
  expectWebex(webex?.message as WebexMessage)
  expect(webex?.cuts).toContain('Webex takes no text that long, so one is cut.')
  expectTaken('teams', chatBody('teams', payload, 'meeting.booked')?.message as TeamsMessage)

  const changes = Array.from({ length: 5 }, (_, at) => ({
    field: `field ${at}`,
    from: Array.from({ length: 5 }, () => wide),
    to: Array.from({ length: 5 }, () => wide),
  }))
  const updated = chatBody('webex', { data: { attendee: person, changes } }, 'attendee.updated')
  expectWebex(updated?.message as WebexMessage)
  expect(updated?.cuts).toContain('Webex takes no more at once, so some is left out.')
})

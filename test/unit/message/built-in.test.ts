/** The built-in messages, drawn: all of them is drawn, and text of a payload stands as it is. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CHATS, type Chat, EVENT_NAMES } from '#contract'
import { generateSample } from '../../../src-main/catalogue/index.ts'
import { formatBody } from '../../../src-main/destinations/index.ts'
import { cleanLine } from '../../../src-main/destinations/messages/clean-text.ts'
import type { JsonObject } from '../../../src-renderer/message/json-reading.ts'
import { ADAPTIVE_CARD, parseMarkdown } from '../../../src-renderer/message/markdown.ts'
import { type Block, plainText } from '../../../src-renderer/message/marked-text.ts'
import { readSlack } from '../../../src-renderer/message/read-slack.ts'
import { readTeams } from '../../../src-renderer/message/read-teams.ts'
import { readWebex } from '../../../src-renderer/message/read-webex.ts'
import type { SlackBlock } from '../../../src-renderer/message/slack-message.ts'
import { linksOf } from './trees.ts'

interface Drawn {
  readonly blocks: readonly Block[]
  readonly notes: readonly string[]
}

function drawn(chat: Chat, event: (typeof EVENT_NAMES)[number], payload: unknown): Drawn {
  const { jsonText } = formatBody({ format: chat, template: '', event }, JSON.stringify(payload))
  const message = JSON.parse(jsonText) as JsonObject
  switch (chat) {
    case 'slack': {
      const { blocks, notes } = readSlack(message)
      return { blocks: blocks.flatMap(slackTexts), notes }
    }
    case 'teams': {
      const { cards, notes } = readTeams(message)
      return { blocks: textsIn(cards).flatMap((text) => parseMarkdown(text, ADAPTIVE_CARD)), notes }
    }
    case 'webex':
      return readWebex(message)
  }
}

function slackTexts(block: SlackBlock): readonly Block[] {
  if (block.kind === 'header') {
    return [{ kind: 'paragraph', children: [{ kind: 'text', text: block.text }] }]
  }
  if (block.kind === 'section') return [...block.text, ...block.fields.flat()]
  if (block.kind === 'context') {
    return block.elements.flatMap((one) => (one.kind === 'text' ? one.blocks : []))
  }
  return block.kind === 'text' ? block.blocks : []
}

/** The texts that a card's renderer reads as markdown. */
function textsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(textsIn)
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) =>
    typeof inner === 'string' && /^(text|title|value)$/.test(key) ? [inner] : textsIn(inner),
  )
}

describe.each(CHATS)('a built-in message for %s', (chat) => {
  it.each(EVENT_NAMES)('of %s is drawn whole', (event) => {
    for (const seed of [1, 7, 20]) {
      const { blocks, notes } = drawn(chat, event, generateSample(event, seed))
      expect(plainText(blocks).length).toBeGreaterThan(20)
      expect(notes).toEqual([])
    }
  })

  it('shows text of a payload as it is, whatever marks it has', () => {
    const marks = fc.array(
      fc.oneof(
        fc.constantFrom(
          '*',
          '**',
          '_',
          '__',
          '~',
          '~~',
          '`',
          '```',
          '<',
          '>',
          '&',
          '&lt;',
          '[',
          '](',
          ')',
          '\\',
        ),
        fc.constantFrom('# ', '- ', '1. ', '> ', '<@all>', '<!here>', '<b>', '|', '!', 'word', ' '),
        fc.constantFrom('[a](https://evil.example)', '<https://evil.example|x>', '<at>Ann</at>'),
      ),
      { minLength: 1, maxLength: 12 },
    )
    fc.assert(
      fc.property(marks, (parts) => {
        const title = `x${parts.join('')}`.slice(0, 150)
        const payload = structuredClone(generateSample('meeting.booked', 1))
        Object.assign((payload.data as { meeting: object }).meeting, { title })
        const { blocks } = drawn(chat, 'meeting.booked', payload)
        expect(withoutSpace(plainText(blocks))).toContain(withoutSpace(cleanLine(title, 1_000)))
        // An address in a text may be a link to itself, and never one under other words.
        for (const url of linksOf(blocks)) {
          if (url.includes('evil')) expect(title).toContain(url)
        }
      }),
      { numRuns: 300 },
    )
  })
})

function withoutSpace(text: string): string {
  return text.replace(/\s+/g, '')
}

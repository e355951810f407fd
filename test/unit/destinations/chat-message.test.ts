/** Which chat a recorded body is for. */
import { describe, expect, it } from 'vitest'
import type { Chat } from '#contract'
import { chatMessageIn, chatOf } from '../../../src-main/destinations/index.ts'

const CARD = {
  type: 'message',
  attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content: {} }],
}
const EVENT = { id: 'evt_1', type: 'poll.created', data: { message: { text: 'Hello' } } }

function inJson(body: unknown, known: Chat | null = null) {
  return chatMessageIn({ text: JSON.stringify(body), form: null }, known)?.chat ?? null
}

function inForm(fields: readonly (readonly [string, string])[], known: Chat | null = null) {
  const form = fields.map(([name, value]) => ({ name, value, json: null }))
  return chatMessageIn({ text: '', form }, known)
}

describe('a JSON body', () => {
  it.each([
    [{ blocks: [{ type: 'divider' }] }, 'slack'],
    [{ text: 'a', attachments: [{ fallback: 'b' }] }, 'slack'],
    [CARD, 'teams'],
    [{ '@type': 'MessageCard', text: 'a' }, 'teams'],
    [{ markdown: '**a**' }, 'webex'],
    [{ markdown: '**a**', text: 'a' }, 'webex'],
    [{ text: 'a' }, null],
    [{ blocks: [] }, null],
    [{ blocks: 'many' }, null],
    [{ type: 'message', attachments: null }, null],
    [EVENT, null],
    [[{ text: 'a' }], null],
    ['text', null],
  ])('of an unknown receiver is told by its shape: %j', (body, chat) => {
    expect(inJson(body)).toBe(chat)
  })

  it.each([
    [{ text: 'a' }, 'slack', 'slack'],
    [{ text: 'a' }, 'webex', 'webex'],
    [{ text: 'a' }, 'teams', null],
    [CARD, 'teams', 'teams'],
    [CARD, 'webex', null],
    [{ message: 'a' }, 'slack', null],
    [EVENT, 'slack', null],
  ] as const)('%j for %s is %s', (body, known, chat) => {
    expect(inJson(body, known)).toBe(chat)
  })

  it('that is not whole JSON carries none', () => {
    expect(chatMessageIn({ text: '{"blocks": [{"type"', form: null }, 'slack')).toBe(null)
    expect(chatMessageIn({ text: null, form: null }, 'slack')).toBe(null)
  })

  it('is handed on as it is written', () => {
    const text = '{"text": "a",  "blocks": [{"type": "divider"}]}'
    expect(chatMessageIn({ text, form: null }, null)).toEqual({ chat: 'slack', jsonText: text })
  })
})

describe('a form', () => {
  it('carries a message for Slack in its field payload', () => {
    expect(inForm([['payload', '{"text":"a"}']])).toEqual({
      chat: 'slack',
      jsonText: '{"text":"a"}',
    })
  })

  it('carries none in other fields, in several, or as an event', () => {
    expect(inForm([['body', '{"text":"a"}']])).toBe(null)
    expect(
      inForm([
        ['payload', '{"text":"a"}'],
        ['b', ''],
      ]),
    ).toBe(null)
    expect(inForm([['payload', JSON.stringify(EVENT)]])).toBe(null)
    expect(inForm([['payload', '{"text":"a"}']], 'teams')).toBe(null)
  })
})

describe('the chat of a webhook', () => {
  it('is its endpoint’s, else its format’s', () => {
    expect(chatOf('teams', 'raw')).toBe('teams')
    expect(chatOf('http', 'slack')).toBe('slack')
    expect(chatOf('http', 'template')).toBe(null)
    expect(chatOf('http', 'raw')).toBe(null)
  })
})

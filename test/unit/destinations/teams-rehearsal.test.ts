/** Teams' two generations (learn.microsoft.com, Teams connector; msteams-docs), one case each rule. */
import { describe, expect, it } from 'vitest'
import { OWN_PATHS, rehearsed, short } from '../../support/rehearsed.ts'

const CARD = 'application/vnd.microsoft.card.adaptive'
const card = (change: object = {}) => ({
  type: 'AdaptiveCard',
  version: '1.4',
  body: [{ type: 'TextBlock', text: 'hi' }],
  ...change,
})
const message = (content: unknown = card(), contentType = CARD) => ({
  type: 'message',
  attachments: [{ contentType, contentUrl: null, content }],
})
const without = (name: string) => {
  const url = new URL(OWN_PATHS.teams, 'http://127.0.0.1')
  url.searchParams.delete(name)
  return url.pathname + url.search
}
const flow = (change: Parameters<typeof rehearsed>[1]) => {
  const { answer, verdict } = rehearsed('teams', { body: message(), ...change })
  return `${answer.status} → ${[verdict.result, verdict.code].filter(Boolean).join(' ')}`
}

describe('the trigger of a Teams workflow in rehearsal', () => {
  it('answers 202 with nothing', () => {
    const { answer, verdict } = rehearsed('teams', { body: message() })
    expect(answer).toEqual({ status: 202, headers: [], body: '' })
    expect(verdict).toMatchObject({ result: 'posted', code: '' })
  })

  it.each([
    [{ target: OWN_PATHS.teams.replace('/0a/', '/0b/') }, '404 → refused NotFound'],
    [{ method: 'GET' }, '400 → refused BadRequest'],
    [{ target: without('api-version') }, '400 → refused MissingApiVersionParameter'],
    [{ target: without('sp') }, '401 → refused Unauthorized'],
    [{ target: without('sv') }, '401 → refused Unauthorized'],
    [{ target: without('sig') }, '401 → refused Unauthorized'],
    [{ target: OWN_PATHS.teams.replace('sig=', 'sig=x') }, '401 → refused Unauthorized'],
    [{ hasAuthorization: true }, '401 → refused Unauthorized'],
    [{ mediaType: 'application/x-www-form-urlencoded' }, '400 → refused BadRequest'],
    [{ body: '{' }, '400 → refused BadRequest'],
  ])('%j: %s', (change, expected) => {
    expect(flow(change)).toBe(expected)
    const { answer } = rehearsed('teams', { body: message(), ...change })
    expect(JSON.parse(answer.body)).toMatchObject({
      error: { code: expected.split(' ').at(-1), message: expect.stringMatching(/\w+.*\.$/) },
    })
  })
})

const nested = (depth: number): object =>
  depth === 0 ? { type: 'TextBlock', text: 'x' } : { type: 'Container', items: [nested(depth - 1)] }
const body = (part: object) => message(card({ body: [part] }))
const action = (part: object) => message(card({ actions: [part] }))

describe('the flow of a Teams workflow in rehearsal, after its 202', () => {
  it.each([
    ['an event as it is', { type: 'meeting.booked', data: {} }, 'lost flow_attachments_null'],
    [
      'attachments that are no list',
      { type: 'message', attachments: null },
      'lost flow_attachments_null',
    ],
    [
      'a list without attachments',
      { type: 'message', attachments: [] },
      'lost flow_nothing_posted',
    ],
    ['a MessageCard', { '@type': 'MessageCard', text: 'hi' }, 'posted'],
    [
      'a MessageCard in its envelope',
      message({ text: 'hi' }, 'application/vnd.microsoft.teams.card.o365connector'),
      'posted',
    ],
    ['another content type', message(card(), 'image/png'), 'lost flow_card_invalid'],
    ['an attachment that is no object', { attachments: ['x'] }, 'lost flow_card_invalid'],
    ['no content', message(null), 'lost flow_card_invalid'],
    ['a card without type', message(card({ type: undefined })), 'lost flow_card_invalid'],
    ['a card without version', message(card({ version: undefined })), 'lost flow_card_invalid'],
    ['version 1.6', message(card({ version: '1.6' })), 'posted'],
    ['version 2.0', message(card({ version: '2.0' })), 'lost flow_card_invalid'],
    ['a body that is no list', message(card({ body: {} })), 'lost flow_card_invalid'],
    ['an unknown element', body({ type: 'Marquee' }), 'lost flow_card_invalid'],
    ['a text block without text', body({ type: 'TextBlock' }), 'lost flow_card_invalid'],
    ['an image without URL', body({ type: 'Image' }), 'lost flow_card_invalid'],
    ['facts', body({ type: 'FactSet', facts: [{ title: 'a', value: 'b' }] }), 'posted'],
    [
      'a fact without value',
      body({ type: 'FactSet', facts: [{ title: 'a' }] }),
      'lost flow_card_invalid',
    ],
    [
      'columns',
      body({ type: 'ColumnSet', columns: [{ type: 'Column', items: [nested(0)] }] }),
      'posted',
    ],
    [
      'a wrong element in a column',
      body({ type: 'ColumnSet', columns: [{ type: 'Column', items: [{ type: 'x' }] }] }),
      'lost flow_card_invalid',
    ],
    ['containers', body(nested(5)), 'posted'],
    ['containers without end', body(nested(100)), 'lost flow_card_invalid'],
    [
      'a link',
      action({ type: 'Action.OpenUrl', title: 'Open', url: 'https://example.com' }),
      'posted',
    ],
    [
      'a link to nowhere',
      action({ type: 'Action.OpenUrl', title: 'Open' }),
      'lost flow_card_invalid',
    ],
    [
      'a card that a button shows',
      action({ type: 'Action.ShowCard', card: { type: 'AdaptiveCard', body: [] } }),
      'posted',
    ],
    [
      'a button that submits',
      action({ type: 'Action.Submit', title: 'Yes' }),
      'lost flow_card_invalid',
    ],
    ['28 KB', padded(28 * 1024), 'posted'],
    ['more than 28 KB', padded(28 * 1024 + 1), 'lost flow_too_large'],
  ])('%s', (_, sent, expected) => {
    expect(flow({ body: sent })).toBe(`202 → ${expected}`)
  })

  it('fails when the flow bot has used up its quota', () => {
    expect(flow({ isTooFast: true })).toBe('202 → lost flow_quota')
  })
})

/** A message of exactly so many bytes. */
function padded(bytes: number): unknown {
  const empty = message(card({ fallbackText: '' }))
  return message(card({ fallbackText: 'x'.repeat(bytes - JSON.stringify(empty).length) }))
}

const connector = (change: Parameters<typeof rehearsed>[1]) =>
  short(rehearsed('teams_legacy', change))
const HTTP_ERROR =
  'Webhook message delivery failed with error: Microsoft Teams endpoint returned HTTP error'

describe('a Teams connector in rehearsal', () => {
  it.each([
    [{ body: { text: 'hi' } }, '200 1 → posted'],
    [{ body: { '@type': 'MessageCard', summary: 'hi', sections: [] } }, '200 1 → posted'],
    [{ body: message() }, '200 1 → posted'],
    [{ body: { title: 'hi' } }, '200 Summary or Text is required. → refused summary_required'],
    [{ body: '{' }, '200 Bad payload received by generic incoming webhook. → refused bad_payload'],
    [
      { body: { text: 'hi' }, mediaType: 'text/plain' },
      '200 Bad payload received by generic incoming webhook. → refused bad_payload',
    ],
    [
      { method: 'GET' },
      '200 Bad payload received by generic incoming webhook. → refused bad_payload',
    ],
  ])('%j: %s', (change, expected) => {
    expect(connector(change)).toBe(expected)
  })

  it.each([
    [{ body: { text: 'hi' }, target: '/webhookb2/a@b/IncomingWebhook/cc/ee' }, '404'],
    [{ body: { text: 'hi' }, isTooFast: true }, '429'],
    [{ body: { text: 'x'.repeat(28 * 1024) } }, '413'],
    [{ body: message(card({ version: undefined })) }, '400'],
  ])('%j: 200 with HTTP error %s', (change, status) => {
    const { answer, verdict } = rehearsed('teams_legacy', change)
    expect(answer.status).toBe(200)
    expect(answer.body).toMatch(new RegExp(`^${HTTP_ERROR} ${status} with ContextId tcid=`))
    expect(verdict).toMatchObject({ result: 'refused', code: `error_${status}` })
  })
})

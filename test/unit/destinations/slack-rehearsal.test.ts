/** Slack's rules (docs.slack.dev; api.slack.com changelog of 2016-05-17), one case each. */
import { describe, expect, it } from 'vitest'
import { SLACK_LIMITS } from '../../../src-main/destinations/index.ts'
import { rehearsed, short } from '../../support/rehearsed.ts'

const slack = (change: Parameters<typeof rehearsed>[1]) => short(rehearsed('slack', change))
const FORM = 'application/x-www-form-urlencoded'

describe('a Slack rehearsal', () => {
  it.each([
    [{ body: { text: 'hi' } }, '200 ok → posted'],
    [{ body: { text: 'hi' }, target: '/T1/B1/secret' }, '200 ok → posted'],
    [{ body: { blocks: [{ type: 'divider' }] } }, '200 ok → posted'],
    [{ body: { attachments: [{ text: 'hi' }] } }, '200 ok → posted'],
    [
      { body: `payload=${encodeURIComponent('{"text":"a&b"}')}`, mediaType: FORM },
      '200 ok → posted',
    ],
    [{ body: { text: 'hi' }, target: '/services/T2/B1/secret' }, '404 no_team → refused no_team'],
    [
      { body: { text: 'hi' }, target: '/services/T1/B2/secret' },
      '404 no_service → refused no_service',
    ],
    [
      { body: { text: 'hi' }, target: '/services/T1/B1/other' },
      '403 invalid_token → refused invalid_token',
    ],
    [{ method: 'GET' }, '405 → refused method_not_allowed'],
    [{ body: { text: 'hi' }, isTooFast: true }, '429 rate_limited → refused rate_limited'],
    [{ body: '{"text":' }, '400 invalid_payload → refused invalid_payload'],
    [{ body: '["text"]' }, '400 invalid_payload → refused invalid_payload'],
    [
      { body: { text: 'hi' }, mediaType: 'text/plain' },
      '400 invalid_payload → refused invalid_payload',
    ],
    [{ body: '{"text":"hi"}', mediaType: FORM }, '400 invalid_payload → refused invalid_payload'],
    [{ body: 'payload=hi', mediaType: FORM }, '400 invalid_payload → refused invalid_payload'],
    [{ body: { message: 'hi' } }, '400 no_text → refused no_text'],
    [{ body: { text: '', blocks: [], attachments: [] } }, '400 no_text → refused no_text'],
    [
      { body: {}, settings: { slackNoText: 'missing_text_or_fallback_or_attachments' as const } },
      '400 missing_text_or_fallback_or_attachments → refused missing_text_or_fallback_or_attachments',
    ],
    [
      { body: { attachments: Array.from({ length: 101 }, () => ({ text: 'x' })) } },
      '400 too_many_attachments → refused too_many_attachments',
    ],
    [{ body: { blocks: [{ type: 'nothing' }] } }, '400 invalid_blocks → refused invalid_blocks'],
    [
      { body: { attachments: [{ blocks: [{ type: 'header' }] }] } },
      '400 invalid_blocks → refused invalid_blocks',
    ],
  ])('%j: %s', (change, expected) => {
    expect(slack(change)).toBe(expected)
  })

  it('says Retry-After: 1 to who is too fast', () => {
    const { answer } = rehearsed('slack', { body: { text: 'hi' }, isTooFast: true })
    expect(answer.headers).toContainEqual(['Retry-After', '1'])
  })

  it('says that Slack cuts a long text', () => {
    const { verdict } = rehearsed('slack', { body: { text: 'x'.repeat(SLACK_LIMITS.text + 1) } })
    expect(verdict).toMatchObject({
      result: 'posted',
      words: expect.stringMatching(/cuts the text after 40000/),
    })
  })
})

const plain = (length: number) => ({ type: 'plain_text', text: 'x'.repeat(length) })
const mrkdwn = (length: number) => ({ type: 'mrkdwn', text: 'x'.repeat(length) })
const some = <T>(count: number, part: T): T[] => Array.from({ length: count }, () => part)
const image = { type: 'image', image_url: 'https://example.com/a.png', alt_text: 'a' }
const button = (change: object) => ({ type: 'button', text: plain(75), ...change })
const section = (change: object) => ({ type: 'section', text: mrkdwn(1), ...change })

/** Each limit of Block Kit: what just fits, what does not any more, and where it is said to be wrong. */
describe('Block Kit, as a Slack rehearsal takes it', () => {
  it.each([
    ['50 blocks', some(50, { type: 'divider' }), some(51, { type: 'divider' }), 'blocks has more'],
    [
      'a block_id of 255',
      [section({ block_id: 'x'.repeat(255) })],
      [section({ block_id: 'x'.repeat(256) })],
      'blocks[0].block_id',
    ],
    [
      'block_ids of their own',
      [section({ block_id: 'a' }), section({ block_id: 'b' })],
      [section({ block_id: 'a' }), section({ block_id: 'a' })],
      'blocks[1].block_id',
    ],
    [
      'a section of 3000',
      [{ type: 'section', text: mrkdwn(3_000) }],
      [{ type: 'section', text: mrkdwn(3_001) }],
      'blocks[0].text.text',
    ],
    [
      'a section that has a text',
      [section({})],
      [section({ text: mrkdwn(0) })],
      'blocks[0].text.text is empty',
    ],
    [
      'a section of fields alone',
      [{ type: 'section', fields: [plain(2_000)] }],
      [{ type: 'section', fields: [plain(2_001)] }],
      'blocks[0].fields[0]',
    ],
    [
      '10 fields',
      [section({ fields: some(10, plain(1)) })],
      [section({ fields: some(11, plain(1)) })],
      'blocks[0].fields has more',
    ],
    [
      'a section that has something',
      [section({})],
      [{ type: 'section' }],
      'neither text nor fields',
    ],
    [
      'a header of 150',
      [{ type: 'header', text: plain(150) }],
      [{ type: 'header', text: plain(151) }],
      'blocks[0].text.text',
    ],
    [
      'a header of plain text',
      [{ type: 'header', text: plain(1) }],
      [{ type: 'header', text: mrkdwn(1) }],
      'no plain_text',
    ],
    [
      '10 context elements',
      [{ type: 'context', elements: some(10, mrkdwn(1)) }],
      [{ type: 'context', elements: some(11, mrkdwn(1)) }],
      'elements has more',
    ],
    [
      'a context of images',
      [{ type: 'context', elements: [image] }],
      [{ type: 'context', elements: [{ ...image, alt_text: undefined }] }],
      'alt_text',
    ],
    [
      '25 actions',
      [{ type: 'actions', elements: some(25, button({})) }],
      [{ type: 'actions', elements: some(26, button({})) }],
      'elements has more',
    ],
    [
      'actions at all',
      [{ type: 'actions', elements: [button({})] }],
      [{ type: 'actions', elements: [] }],
      'elements is empty',
    ],
    [
      'a button of 75',
      [section({ accessory: button({}) })],
      [section({ accessory: button({ text: plain(76) }) })],
      'accessory.text',
    ],
    [
      'a button with a URL of 2000',
      [section({ accessory: button({ url: `https://a/${'x'.repeat(1_990)}` }) })],
      [section({ accessory: button({ url: `https://a/${'x'.repeat(1_991)}` }) })],
      'accessory.url',
    ],
    [
      'a button with a URL',
      [section({ accessory: button({ url: 'https://a/' }) })],
      [section({ accessory: button({ url: 'javascript:alert(1)' }) })],
      'is no URL',
    ],
    [
      'a button value of 3000',
      [section({ accessory: button({ value: 'x'.repeat(3_000) }) })],
      [section({ accessory: button({ value: 'x'.repeat(3_001) }) })],
      'accessory.value',
    ],
    [
      'an action_id of 255',
      [section({ accessory: button({ action_id: 'x'.repeat(255) }) })],
      [section({ accessory: button({ action_id: 'x'.repeat(256) }) })],
      'action_id',
    ],
    [
      'a style that there is',
      [section({ accessory: button({ style: 'danger' }) })],
      [section({ accessory: button({ style: 'loud' }) })],
      'style',
    ],
    [
      'an image with alt text of 2000',
      [{ ...image, alt_text: 'x'.repeat(2_000) }],
      [{ ...image, alt_text: 'x'.repeat(2_001) }],
      'alt_text',
    ],
    [
      'an image title of 2000',
      [{ ...image, title: plain(2_000) }],
      [{ ...image, title: plain(2_001) }],
      'title',
    ],
    [
      'a markdown block of 12000',
      [{ type: 'markdown', text: 'x'.repeat(12_000) }],
      [{ type: 'markdown', text: 'x'.repeat(12_001) }],
      'blocks[0].text',
    ],
    [
      'a table of 100 rows',
      [{ type: 'table', rows: some(100, []) }],
      [{ type: 'table', rows: some(101, []) }],
      'rows has more',
    ],
    [
      'a row of 20 cells',
      [{ type: 'table', rows: [some(20, plain(1))] }],
      [{ type: 'table', rows: [some(21, plain(1))] }],
      'rows[0]',
    ],
    [
      '20 column settings',
      [{ type: 'table', rows: [[]], column_settings: some(20, {}) }],
      [{ type: 'table', rows: [[]], column_settings: some(21, {}) }],
      'column_settings',
    ],
    ['a video title under 200', [video(199, 1)], [video(200, 1)], 'title'],
    ['a video author under 50', [video(1, 49)], [video(1, 50)], 'author_name'],
    [
      '100 options',
      [section({ accessory: options('static_select', 100) })],
      [section({ accessory: options('static_select', 101) })],
      'options has more',
    ],
    [
      '5 overflow options',
      [section({ accessory: options('overflow', 5) })],
      [section({ accessory: options('overflow', 6) })],
      'options has more',
    ],
    [
      '10 checkboxes',
      [section({ accessory: options('checkboxes', 10) })],
      [section({ accessory: options('radio_buttons', 11) })],
      'options has more',
    ],
    [
      'an element that there is',
      [section({ accessory: { type: 'datepicker' } })],
      [section({ accessory: { type: 'constructor' } })],
      'no type that Slack has',
    ],
    [
      'a block that there is',
      [{ type: 'rich_text', elements: [{}] }],
      [{ type: 'toString' }],
      'no type that Slack has',
    ],
    ['blocks that are objects', [{ type: 'divider' }], ['divider'], 'blocks[0] is no object'],
  ])('%s', (_, fits, exceeds, place) => {
    const taken = rehearsed('slack', { body: { blocks: fits } })
    expect([taken.answer.body, taken.verdict.words]).toEqual(['ok', ''])
    const { answer, verdict } = rehearsed('slack', { body: { blocks: exceeds } })
    expect(answer).toMatchObject({ status: 400, body: 'invalid_blocks' })
    expect(verdict.words).toContain(place)
  })
})

function video(title: number, author: number) {
  return {
    type: 'video',
    title: plain(title),
    author_name: 'x'.repeat(author),
    alt_text: 'a',
    video_url: 'https://example.com/v',
    thumbnail_url: 'https://example.com/t',
  }
}

function options(type: string, count: number) {
  return { type, options: some(count, { text: plain(1), value: 'a' }) }
}

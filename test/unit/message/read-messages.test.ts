import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../src-renderer/message/json-reading.ts'
import { plainText } from '../../../src-renderer/message/marked-text.ts'
import { readSlack } from '../../../src-renderer/message/read-slack.ts'
import { readTeams } from '../../../src-renderer/message/read-teams.ts'
import { readWebex } from '../../../src-renderer/message/read-webex.ts'
import { PLACEHOLDER } from '../../../src-renderer/message/teams-card.ts'
import {
  MESSAGE_CARD,
  SLACK_MESSAGE,
  TEAMS_MESSAGE,
  WEBEX_MESSAGE,
} from '../../support/chat-messages.ts'
import { outline } from './trees.ts'

const readers = { slack: readSlack, teams: readTeams, webex: readWebex }

describe('a Slack message', () => {
  it('is its blocks and attachments, with the text as the notification', () => {
    const read = readSlack(SLACK_MESSAGE)
    expect(read.blocks.map(({ kind }) => kind)).toEqual([
      'header',
      'section',
      'section',
      'divider',
      'section',
      'image',
      'text',
      'text',
      'actions',
      'context',
    ])
    expect(read.text).toEqual([])
    expect(read.notification).toMatch(/^Meeting booked: Pricing review on Oct \d\d, 2026 at/)
    expect(read.notes).toEqual(['Not drawn here: a block “video”.'])
    expect(read.attachments[0]).toMatchObject({
      colour: '#ecb22e',
      footer: expect.stringContaining('Hall desk | Oct'),
    })
  })

  it('is its text where there are no blocks', () => {
    const { text, notification } = readSlack({ text: '*Booked* by <@U1|Ann>' })
    expect(outline(text)).toBe('[strong Booked] by @(@Ann)')
    expect(notification).toBeNull()
    expect(outline(readSlack({ text: '*Booked*', mrkdwn: false }).text)).toBe('*Booked*')
  })

  it('names what is not drawn, each kind once', () => {
    const blocks = [
      { type: 'video' },
      { type: 'video' },
      { type: '<b>x</b>' },
      'no object',
      { type: 'section', text: { type: 'html', text: 'x' } },
      { type: 'actions', elements: [{ type: 'checkboxes' }] },
    ]
    expect(readSlack({ blocks }).notes).toEqual([
      'Not drawn here: a block “video” (2 times), a block of an unknown type, a block that is no object, a text “html”, an element “checkboxes”.',
    ])
  })

  it('has no link and no button that leads elsewhere than to the web', () => {
    const button = {
      type: 'button',
      text: { type: 'plain_text', text: 'Go' },
      url: 'javascript:alert(1)',
    }
    const { blocks, notes } = readSlack({ blocks: [{ type: 'actions', elements: [button] }] })
    expect(blocks).toEqual([
      { kind: 'actions', elements: [{ kind: 'button', label: 'Go', url: null, style: null }] },
    ])
    expect(notes).toEqual(['A button has an address that is no web address, and leads nowhere.'])
  })
})

describe('a Teams message', () => {
  const typesIn = (value: unknown): unknown[] =>
    Array.isArray(value)
      ? value.flatMap(typesIn)
      : typeof value === 'object' && value !== null
        ? [...('type' in value ? [value.type] : []), ...Object.values(value).flatMap(typesIn)]
        : []

  it('is its cards, with placeholders for images and names for what is left out', () => {
    const { cards, notes } = readTeams(TEAMS_MESSAGE)
    const [first] = cards
    expect(first?.kind).toBe('adaptive')
    const types = typesIn(first)
    expect(types.filter((type) => type === PLACEHOLDER)).toHaveLength(2)
    expect(types).not.toContain('Image')
    expect(types).not.toContain('Input.Text')
    expect(types).not.toContain('Action.Submit')
    expect(notes).toEqual([
      'Not drawn here: an element “Input.Text”, an action “Action.Submit”, which messages of webhooks cannot have.',
    ])
  })

  it('loads nothing and opens nothing but web addresses', () => {
    const card = {
      type: 'AdaptiveCard',
      backgroundImage: 'https://evil.example/bg.png',
      refresh: { action: { type: 'Action.Execute' } },
      body: [
        { type: 'Media', poster: 'https://evil.example/p.png', sources: [] },
        { type: 'Container', backgroundImage: { url: 'https://evil.example/2.png' }, items: [] },
        {
          type: 'TextBlock',
          text: 'x',
          selectAction: { type: 'Action.OpenUrl', url: 'javascript:1' },
        },
      ],
      actions: [
        {
          type: 'Action.OpenUrl',
          title: 'a',
          url: 'data:text/html,x',
          iconUrl: 'https://evil.example/i.png',
        },
      ],
    }
    const { cards, notes } = readTeams({
      type: 'message',
      attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content: card }],
    })
    expect(JSON.stringify(cards)).not.toMatch(/evil|javascript|data:|refresh/)
    expect(notes[0]).toContain('a background image (2 times)')
    expect(notes[0]).toContain('an element “Media”')
  })

  it('shows what stands in for an unknown element', () => {
    const body = [
      { type: 'Chart.Pie', fallback: { type: 'TextBlock', text: 'instead' } },
      { type: 'Chart.Bar', fallback: 'drop' },
    ]
    const content = { type: 'AdaptiveCard', body }
    const { cards, notes } = readTeams({
      type: 'message',
      attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content }],
    })
    expect(JSON.stringify(cards)).toContain('instead')
    expect(notes).toEqual([])
  })

  it('may be a legacy MessageCard, whose buttons are named', () => {
    const { cards, notes } = readTeams(MESSAGE_CARD)
    expect(cards[0]).toMatchObject({
      kind: 'legacy',
      card: { title: 'Meeting booked', colour: '0076D7' },
    })
    expect(notes).toEqual(['Workflows do not show the buttons of a MessageCard: “Open”.'])
  })

  it('says so when there is no card', () => {
    expect(readTeams({ text: 'x' })).toEqual({
      cards: [],
      notes: [
        'The message has a text beside its cards; a workflow posts the cards.',
        'There is nothing to show: the message has no card.',
      ],
    })
  })
})

describe('a Webex message', () => {
  it('is its markdown, or its text as it is typed', () => {
    expect(outline(readWebex(WEBEX_MESSAGE).blocks)).toMatch(
      /^h3\(Meeting booked\) \| \[strong Pricing review\] with/,
    )
    expect(outline(readWebex({ text: '**a**\n<b>' }).blocks)).toBe('**a** / <b>')
    expect(readWebex({}).notes).toEqual([
      'There is nothing to show: the message has no text and no markdown.',
    ])
    expect(readWebex({ markdown: 'a\nb' }).notes[0]).toMatch(/line break/)
  })
})

describe('hostile messages', () => {
  const leaf = fc.oneof(
    fc.string({ maxLength: 20 }),
    fc.constantFrom(
      '',
      'javascript:alert(1)',
      '<img src=x onerror=alert(1)>',
      '\u202eabc',
      'https://a.example',
    ),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
  )
  const TYPES = [
    'header',
    'section',
    'context',
    'actions',
    'divider',
    'image',
    'rich_text',
    'markdown',
    'table',
    'button',
    'static_select',
    'plain_text',
    'mrkdwn',
    'rich_text_section',
    'rich_text_list',
    'rich_text_quote',
    'text',
    'link',
    'emoji',
    'user',
    'date',
    'AdaptiveCard',
    'TextBlock',
    'RichTextBlock',
    'TextRun',
    'FactSet',
    'Container',
    'ColumnSet',
    'Column',
    'Image',
    'ImageSet',
    'Table',
    'TableRow',
    'ActionSet',
    'message',
    'Action.OpenUrl',
    'Action.ShowCard',
    'Action.ToggleVisibility',
    '__proto__',
    'constructor',
  ]
  const KEYS = [
    'text',
    'blocks',
    'attachments',
    'elements',
    'fields',
    'accessory',
    'url',
    'image_url',
    'alt_text',
    'title',
    'content',
    'body',
    'items',
    'columns',
    'rows',
    'cells',
    'facts',
    'inlines',
    'images',
    'actions',
    'card',
    'selectAction',
    'fallback',
    'sections',
    'potentialAction',
    'markdown',
    'value',
    'style',
    'color',
    'ts',
    'targetElements',
    'indent',
    'offset',
    'name',
    'emoji',
    'width',
    'format',
    'timestamp',
    '__proto__',
  ]
  const { message } = fc.letrec<{ node: unknown; message: JsonObject }>((tie) => ({
    node: fc.oneof(
      { maxDepth: 5, depthSize: 'medium' },
      leaf,
      fc.array(tie('node'), { maxLength: 4 }),
      tie('message'),
    ),
    message: fc
      .tuple(
        fc.constantFrom(...TYPES),
        fc.dictionary(fc.constantFrom(...KEYS), tie('node'), { maxKeys: 6 }),
        fc.constantFrom('MessageCard', undefined),
      )
      .map(([type, rest, legacy]) => ({
        ...rest,
        type,
        contentType: 'application/vnd.microsoft.card.adaptive',
        ...(legacy ? { '@type': legacy } : {}),
      })),
  }))

  it.each(Object.entries(readers))('as %s never fail', (_, read) => {
    fc.assert(
      fc.property(message, (value) => {
        const { notes } = read(value)
        expect(JSON.stringify(notes)).not.toMatch(/<img|javascript:/)
      }),
      { numRuns: 300 },
    )
  })

  const deep = (key: string, type: string, levels: number): JsonObject => {
    let inner: JsonObject = { type: 'TextBlock', text: 'deepest' }
    for (let level = 0; level < levels; level += 1) inner = { type, [key]: [inner] }
    return inner
  }

  it('are drawn to a depth, and no deeper', () => {
    const content = { type: 'AdaptiveCard', body: [deep('items', 'Container', 5_000)] }
    const { cards, notes } = readTeams({
      attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content }],
    })
    expect(JSON.stringify(cards)).not.toContain('deepest')
    expect(notes).toEqual(['Boxes lie deeper in boxes than this preview draws them.'])
  })

  it('are drawn to a length, and say where they were cut', () => {
    const text = '*a* '.repeat(750)
    const blocks = Array.from({ length: 60 }, () => ({
      type: 'section',
      text: { type: 'mrkdwn', text },
      fields: Array.from({ length: 10 }, () => ({ type: 'mrkdwn', text })),
    }))
    const read = readSlack({ blocks, text: 'x'.repeat(1_000_000) })
    const drawn = read.blocks.map((block) =>
      block.kind === 'section' ? plainText([...block.text, ...block.fields.flat()]).length : 0,
    )
    expect(read.blocks).toHaveLength(50)
    expect(drawn.reduce((sum, length) => sum + length, 0)).toBeLessThanOrEqual(160_000)
    expect(read.notes).toEqual([
      'The message has more parts than this preview draws; some are left out here.',
      'The text is longer than this preview; its end is left out here.',
    ])
  })

  it('are drawn up to a number of parts', () => {
    const facts = Array.from({ length: 1_000 }, () => ({ title: 'a', value: 'b' }))
    const content = {
      type: 'AdaptiveCard',
      body: Array.from({ length: 1_000 }, () => ({ type: 'FactSet', facts })),
    }
    const { cards } = readTeams({
      attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content }],
    })
    expect(JSON.stringify(cards).match(/"value":"b"/g)?.length).toBeLessThanOrEqual(2_500)
  })
})

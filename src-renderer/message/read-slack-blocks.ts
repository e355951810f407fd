/** Reads Block Kit's blocks. What it does not know is named in the ledger. */
import { emojified } from './emoji.ts'
import {
  asList,
  asObject,
  asObjects,
  asShownText,
  asText,
  type JsonObject,
  type Ledger,
  NO_WEB_ADDRESS,
  typeName,
} from './json-reading.ts'
import { parseMarkdown, SLACK_MARKDOWN } from './markdown.ts'
import { type Block, linkUrl, textNode } from './marked-text.ts'
import { pictureUrl } from './picture-url.ts'
import { readRichText } from './read-slack-rich-text.ts'
import type { SlackBlock, SlackElement, SlackImage, SlackText } from './slack-message.ts'
import { parseMrkdwn } from './slack-mrkdwn.ts'

const MOST_BLOCKS = 50
const MOST_FIELDS = 10
const MOST_ELEMENTS = 25
const MOST_ROWS = 100
const MOST_CELLS = 20

export function readBlocks(value: unknown, ledger: Ledger): SlackBlock[] {
  return ledger.take(asList(value), MOST_BLOCKS).flatMap((one) => {
    const block = asObject(one)
    const read = block ? readBlock(block, ledger) : null
    if (!block) ledger.missing('a block that is no object')
    return read ? [read] : []
  })
}

function readBlock(block: JsonObject, ledger: Ledger): SlackBlock | null {
  switch (block.type) {
    case 'header': {
      const text = plainOf(block.text, ledger)
      return text ? { kind: 'header', text } : null
    }
    case 'section':
      return {
        kind: 'section',
        text: textOf(block.text, ledger),
        fields: ledger
          .take(asObjects(block.fields), MOST_FIELDS)
          .map((field) => textOf(field, ledger)),
        accessory: readElement(asObject(block.accessory), ledger),
      }
    case 'context':
      return {
        kind: 'context',
        elements: ledger
          .take(asObjects(block.elements), MOST_ELEMENTS)
          .flatMap((one) => readContextElement(one, ledger)),
      }
    case 'actions':
      return {
        kind: 'actions',
        elements: ledger
          .take(asObjects(block.elements), MOST_ELEMENTS)
          .map((one) => readElement(one, ledger))
          .filter((one) => one !== null),
      }
    case 'divider':
      return { kind: 'divider' }
    case 'image':
      return readImage(block, ledger)
    case 'rich_text':
      return { kind: 'text', blocks: readRichText(block.elements, ledger) }
    case 'markdown':
      return {
        kind: 'text',
        blocks: parseMarkdown(ledger.clip(asText(block.text) ?? ''), SLACK_MARKDOWN),
      }
    case 'table':
      return { kind: 'table', rows: readRows(block.rows, ledger) }
    default:
      ledger.missing(`a block ${typeName(block.type)}`)
      return null
  }
}

function readContextElement(one: JsonObject, ledger: Ledger): (SlackText | SlackImage)[] {
  if (one.type === 'image') return [readImage(one, ledger)]
  const blocks = textOf(one, ledger)
  return blocks.length > 0 ? [{ kind: 'text', blocks }] : []
}

const CHOICES =
  /^((multi_)?(static|users|conversations|channels|external)_select|(date|time|datetime)picker)$/

function readElement(element: JsonObject | null, ledger: Ledger): SlackElement | null {
  if (!element) return null
  const { type } = element
  if (type === 'image') return readImage(element, ledger)
  if (type === 'button') {
    const { style } = element
    return {
      kind: 'button',
      label: plainOf(element.text, ledger) ?? '',
      url: buttonUrl(element.url, ledger),
      style: style === 'primary' || style === 'danger' ? style : null,
    }
  }
  if (typeof type === 'string' && CHOICES.test(type)) {
    return { kind: 'choice', label: plainOf(element.placeholder, ledger) ?? 'Choose' }
  }
  ledger.missing(`an element ${typeName(type)}`)
  return null
}

function buttonUrl(value: unknown, ledger: Ledger): string | null {
  const text = asText(value)
  const url = text ? linkUrl(text) : null
  if (text && !url) ledger.say(NO_WEB_ADDRESS)
  return url
}

export function readImage(image: JsonObject, ledger: Ledger): SlackImage {
  const file = asObject(image.slack_file)
  return {
    kind: 'image',
    url: pictureUrl(image.image_url) || pictureUrl(file?.url) || pictureUrl(file?.id),
    alt: ledger.clip(asText(image.alt_text) ?? ''),
    title: plainOf(image.title, ledger),
  }
}

function readRows(value: unknown, ledger: Ledger): Block[][][] {
  return ledger.take(asList(value), MOST_ROWS).map((row) =>
    ledger.take(asObjects(row), MOST_CELLS).map((cell) => {
      if (cell.type === 'rich_text') return readRichText(cell.elements, ledger)
      const text = asShownText(cell.text)
      return text ? [{ kind: 'paragraph', children: [textNode(ledger.clip(text))] }] : []
    }),
  )
}

/** A text object, `plain_text` or `mrkdwn`. */
function textOf(value: unknown, ledger: Ledger): Block[] {
  const object = asObject(value)
  const text = ledger.clip(asText(object?.text) ?? '')
  if (!object || text === '') return []
  if (object.type === 'mrkdwn') return parseMrkdwn(text)
  if (object.type === 'plain_text') return textBlocks(emojiIn(object, text), false)
  ledger.missing(`a text ${typeName(object.type)}`)
  return []
}

function plainOf(value: unknown, ledger: Ledger): string | null {
  const object = asObject(value)
  const text = asText(object?.text) ?? asText(value)
  return text ? emojiIn(object ?? {}, ledger.clip(text)) : null
}

function emojiIn(object: JsonObject, text: string): string {
  return object.emoji === false ? text : emojified(text)
}

/** A text as it is typed, or as mrkdwn. */
export function textBlocks(text: string, isMarked: boolean): Block[] {
  if (isMarked) return parseMrkdwn(text)
  const lines = text.split('\n')
  const children = lines.flatMap((line, index) =>
    index === 0 ? [textNode(line)] : [{ kind: 'break' as const }, textNode(line)],
  )
  return [{ kind: 'paragraph', children }]
}

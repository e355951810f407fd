/** Reads the elements of a `rich_text` block into the tree that is drawn. */

import { emojiOf } from './emoji.ts'
import {
  asList,
  asObject,
  asObjects,
  asText,
  type JsonObject,
  type Ledger,
  typeName,
} from './json-reading.ts'
import {
  type Block,
  type Inline,
  type ListBlock,
  linkUrl,
  MOST_NESTED,
  plainText,
  textNode,
} from './marked-text.ts'
import { slackDate } from './slack-date.ts'

const MOST_PARTS = 500

export function readRichText(value: unknown, ledger: Ledger): Block[] {
  return ledger.take(asObjects(value), MOST_PARTS).flatMap((part) => readPart(part, ledger))
}

function readPart(part: JsonObject, ledger: Ledger): Block[] {
  switch (part.type) {
    case 'rich_text_section':
      return [{ kind: 'paragraph', children: readInline(part.elements, ledger) }]
    case 'rich_text_quote':
      return [
        {
          kind: 'quote',
          children: [{ kind: 'paragraph', children: readInline(part.elements, ledger) }],
        },
      ]
    case 'rich_text_preformatted':
      return [{ kind: 'fence', text: plainText(readInline(part.elements, ledger)) }]
    case 'rich_text_list':
      return [readList(part, ledger)]
    default:
      ledger.missing(`a part of rich text ${typeName(part.type)}`)
      return []
  }
}

function readList(part: JsonObject, ledger: Ledger): Block {
  const offset = typeof part.offset === 'number' ? Math.trunc(part.offset) : 0
  const list: ListBlock = {
    kind: 'list',
    start: part.style === 'ordered' ? offset + 1 : null,
    items: ledger
      .take(asObjects(part.elements), MOST_PARTS)
      .map((item) => readPart(item.type === 'rich_text_list' ? {} : item, ledger)),
  }
  const indent = typeof part.indent === 'number' ? Math.min(part.indent, MOST_NESTED) : 0
  let nested = list
  for (let level = 0; level < indent; level += 1) {
    nested = { kind: 'list', start: null, items: [[nested]] }
  }
  return nested
}

function readInline(value: unknown, ledger: Ledger): Inline[] {
  return ledger.take(asList(value), MOST_PARTS).flatMap((one) => {
    const element = asObject(one)
    return element ? styled(readElement(element, ledger), asObject(element.style)) : []
  })
}

function readElement(element: JsonObject, ledger: Ledger): Inline[] {
  const text = ledger.clip(asText(element.text) ?? '')
  switch (element.type) {
    case 'text':
      return lines(text)
    case 'link': {
      const url = linkUrl(asText(element.url) ?? '')
      const shown = textNode(text || (asText(element.url) ?? ''))
      return url ? [{ kind: 'link', url, children: [shown] }] : [shown]
    }
    case 'emoji': {
      const name = asText(element.name) ?? ''
      return [textNode(emojiOf(name) ?? `:${ledger.clip(name)}:`)]
    }
    case 'user':
      return [mention('@', element.user_id, ledger)]
    case 'usergroup':
      return [mention('@', element.usergroup_id, ledger)]
    case 'channel':
      return [mention('#', element.channel_id, ledger)]
    case 'broadcast':
      return [mention('@', element.range, ledger)]
    case 'date':
      return [
        slackDate(
          `!date^${String(element.timestamp)}^${asText(element.format) ?? ''}`,
          asText(element.fallback) ?? '',
        ),
      ]
    default:
      ledger.missing(`a part of rich text ${typeName(element.type)}`)
      return []
  }
}

function mention(sign: string, name: unknown, ledger: Ledger): Inline {
  return { kind: 'mention', text: `${sign}${ledger.clip(asText(name) ?? '')}` }
}

function lines(text: string): Inline[] {
  return text
    .split('\n')
    .flatMap((line, index) =>
      index === 0 ? [textNode(line)] : [{ kind: 'break' as const }, textNode(line)],
    )
}

function styled(nodes: Inline[], style: JsonObject | null): Inline[] {
  if (!style) return nodes
  if (style.code === true) return [{ kind: 'code', text: plainText(nodes) }]
  let shown = nodes
  if (style.bold === true) shown = [{ kind: 'strong', children: shown }]
  if (style.italic === true) shown = [{ kind: 'emphasis', children: shown }]
  if (style.strike === true) shown = [{ kind: 'strike', children: shown }]
  if (style.underline === true) shown = [{ kind: 'underline', children: shown }]
  return shown
}

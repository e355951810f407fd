/** Reads Slack's legacy attachments: a bar of a colour, and beside it a title, texts, fields. */
import {
  asList,
  asObject,
  asObjects,
  asShownText,
  asText,
  type JsonObject,
  type Ledger,
} from './json-reading.ts'
import { type Inline, linkUrl, textNode } from './marked-text.ts'
import { readBlocks, readImage } from './read-slack-blocks.ts'
import { slackDate } from './slack-date.ts'
import type { SlackAttachment, SlackImage } from './slack-message.ts'
import { parseMrkdwn } from './slack-mrkdwn.ts'

const MOST_ATTACHMENTS = 100
const MOST_FIELDS = 50
const NAMED = { good: '#2eb67d', warning: '#ecb22e', danger: '#e01e5a' } as const

export function readAttachments(value: unknown, ledger: Ledger): SlackAttachment[] {
  return ledger.take(asList(value), MOST_ATTACHMENTS).flatMap((one) => {
    const attachment = asObject(one)
    return attachment ? [readAttachment(attachment, ledger)] : []
  })
}

function readAttachment(one: JsonObject, ledger: Ledger): SlackAttachment {
  const marked = (value: unknown) => parseMrkdwn(ledger.clip(asShownText(value) ?? ''))
  const text = marked(one.text)
  const blocks = readBlocks(one.blocks, ledger)
  const isBare = text.length === 0 && blocks.length === 0 && !asText(one.title)
  if (asList(one.actions).length > 0) ledger.missing('buttons of an attachment')
  return {
    colour: colourOf(one.color),
    pretext: marked(one.pretext),
    author: clipped(one.author_name, ledger),
    title: titleOf(one, ledger),
    text: isBare ? marked(one.fallback) : text,
    fields: ledger.take(asObjects(one.fields), MOST_FIELDS).map((field) => ({
      title: clipped(field.title, ledger) ?? '',
      value: marked(field.value),
      isShort: field.short === true,
    })),
    images: [one.image_url, one.thumb_url].flatMap((url) => imageOf(url, ledger)),
    footer: footerOf(one, ledger),
    blocks,
  }
}

function clipped(value: unknown, ledger: Ledger): string | null {
  const text = asShownText(value)
  return text ? ledger.clip(text) : null
}

function titleOf(one: JsonObject, ledger: Ledger): Inline[] {
  const title = clipped(one.title, ledger)
  if (!title) return []
  const url = linkUrl(asText(one.title_link) ?? '')
  return url ? [{ kind: 'link', url, children: [textNode(title)] }] : [textNode(title)]
}

function imageOf(url: unknown, ledger: Ledger): SlackImage[] {
  return asText(url) ? [readImage({ image_url: url }, ledger)] : []
}

function footerOf(one: JsonObject, ledger: Ledger): string | null {
  const date = slackDate(`!date^${asShownText(one.ts) ?? ''}^{date_short} {time}`, '')
  const when = date.kind === 'text' && !date.text.startsWith('!date') ? date.text : null
  const parts = [clipped(one.footer, ledger), when].filter((part) => part !== null)
  return parts.length > 0 ? parts.join(' | ') : null
}

function colourOf(value: unknown): string | null {
  if (value === 'good' || value === 'warning' || value === 'danger') return NAMED[value]
  const hex = /^#?([0-9a-f]{6}|[0-9a-f]{3})$/i.exec(asText(value) ?? '')
  return hex ? `#${hex[1]}` : null
}

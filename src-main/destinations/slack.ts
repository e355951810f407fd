/**
 * A message as Slack's Block Kit, with `text` for notifications. What comes from a payload stands in
 * plain_text, which Slack does not read for mark-up; a link's address is the only exception.
 */
import type { KnownBlock, MrkdwnElement, PlainTextElement } from '@slack/types'
import type { Ink } from './ink.ts'
import { SLACK_LIMITS } from './limits.ts'
import type { Fact, Message } from './messages/index.ts'

export interface SlackMessage {
  /** Escaped; what notifications and screen readers say. */
  readonly text: string
  readonly blocks: KnownBlock[]
}

export function slackMessage(message: Message, ink: Ink): SlackMessage {
  const { title, lead, facts, changes, quote, link, footer } = message
  return {
    text: ink.slack(ink.around(`${title}: `, lead, ''), SLACK_LIMITS.textAdvised),
    blocks: [
      { type: 'header', text: plain(ink, title, SLACK_LIMITS.header) },
      { type: 'section', text: plain(ink, lead) },
      ...factSections(ink, facts),
      ...factSections(ink, changes),
      ...(quote ? ink.parts(quote, [quoteSection(ink, quote)]) : []),
      ...(link ? ink.parts(link, [linkSection(ink, link)]) : []),
      ...(footer ? [footerContext(ink, footer)] : []),
    ],
  }
}

function plain(ink: Ink, text: string, limit: number = SLACK_LIMITS.textObject): PlainTextElement {
  return { type: 'plain_text', text: ink.plain(text, limit) }
}

/** A label and its value side by side: the ten fields that a section takes are five facts. */
function factSections(ink: Ink, facts: readonly Fact[]): KnownBlock[] {
  const fields = facts.flatMap((fact) =>
    ink.parts<MrkdwnElement | PlainTextElement>(fact, [
      {
        type: 'mrkdwn',
        text: ink.around('*', ink.slack(fact.label, SLACK_LIMITS.field - 2), '*'),
      },
      plain(ink, fact.value, SLACK_LIMITS.field),
    ]),
  )
  return fields.length === 0 ? [] : [{ type: 'section', fields }]
}

function quoteSection(ink: Ink, { text }: NonNullable<Message['quote']>): KnownBlock {
  return { type: 'section', text: plain(ink, ink.around('“', text, '”')) }
}

function linkSection(ink: Ink, { label, url }: NonNullable<Message['link']>): KnownBlock {
  const target = ink.slack(url, SLACK_LIMITS.buttonUrl)
  return { type: 'section', text: { type: 'mrkdwn', text: ink.around('<', target, `|${label}>`) } }
}

function footerContext(ink: Ink, footer: string): KnownBlock {
  return { type: 'context', elements: [plain(ink, footer)] }
}

/** A message as Markdown for Webex: a heading, a sentence, a list of facts, and where it happened. */
import type { Ink } from './ink.ts'
import { WEBEX_LIMITS } from './limits.ts'
import type { Fact, Message } from './messages/index.ts'

export interface WebexMessage {
  readonly markdown: string
}

/** Of one text, in bytes; all of them together are measured as well. */
const MOST_TEXT = 2_500

/** The lines that the Markdown is of; each optional one begins with the line break before it. */
export function webexLines(message: Message, ink: Ink): readonly string[] {
  const { title, lead, facts, changes, quote, link, footer } = message
  const text = (value: string) => ink.webex(value, MOST_TEXT)
  const item = (fact: Fact) =>
    ink.parts(fact, [
      ink.around('\n- **', text(fact.label), ':** '),
      ink.around('', text(fact.value), ''),
    ])
  const list = [...facts, ...changes].flatMap(item)
  return [
    ink.around('**', text(title), '**'),
    ink.around('\n\n', text(lead), ''),
    ...(list.length > 0 ? ['\n', ...list] : []),
    ...(quote ? ink.parts(quote, [ink.around('\n\n“', text(quote.text), '”')]) : []),
    ...(link ? ink.parts(link, [ink.around(`\n\n[${link.label}](`, link.url, ')')]) : []),
    ...(footer ? [ink.around('\n\n', text(footer), '')] : []),
  ]
}

export function webexMessage(message: Message, ink: Ink): WebexMessage {
  return { markdown: webexLines(message, ink).join('') }
}

export function isWithinWebex({ markdown }: WebexMessage): boolean {
  return Buffer.byteLength(markdown) <= WEBEX_LIMITS.textBytes
}

/** From an event to the body that a chat takes: shaped, escaped, and fitted into its size. */
import type { Chat, EventName } from '#contract'
import { createInk, type Ink } from './ink.ts'
import { cut } from './messages/clean-text.ts'
import { type Message, type ReadMessage, readMessage } from './messages/index.ts'
import { type SlackMessage, slackMessage } from './slack.ts'
import { isWithinTeams, type TeamsMessage, teamsMessage } from './teams.ts'
import { isWithinWebex, type WebexMessage, webexMessage } from './webex.ts'

export interface ChatBody {
  readonly message: SlackMessage | TeamsMessage | WebexMessage
  /** What was shortened or left out, in words. */
  readonly cuts: readonly string[]
}

/** @returns null when the payload holds nothing that could be told */
export function chatBody(chat: Chat, payload: unknown, event: EventName): ChatBody | null {
  const read = readMessage(payload, event)
  if (!read) return null
  switch (chat) {
    case 'slack':
      return fitted(read, slackMessage, () => true, 'Slack')
    case 'teams':
      return fitted(read, teamsMessage, isWithinTeams, 'Teams')
    case 'webex':
      return fitted(read, webexMessage, isWithinWebex, 'Webex')
  }
}

const SHORTENED_QUOTE = 300

/** Shortened until it fits: first what is quoted, then changes and facts from the last one on. */
function fitted<Body extends ChatBody['message']>(
  { message: whole, cuts }: ReadMessage,
  write: (message: Message, ink: Ink) => Body,
  fits: (body: Body) => boolean,
  name: string,
): ChatBody {
  let message = whole
  for (;;) {
    const notes = new Set(cuts)
    const ink = createInk(() => notes.add(`${name} takes no text that long, so one is cut.`))
    const body = write(message, ink)
    const smaller = fits(body) ? null : shrunk(message)
    if (!smaller) {
      if (message !== whole) notes.add(`${name} takes no more at once, so some is left out.`)
      return { message: body, cuts: [...notes] }
    }
    message = smaller
  }
}

function shrunk(message: Message): Message | null {
  const { quote, changes, facts, lead } = message
  if (quote && quote.text.length > SHORTENED_QUOTE) {
    return { ...message, quote: { text: cut(quote.text, SHORTENED_QUOTE) } }
  }
  if (changes.length > 0) return { ...message, changes: changes.slice(0, -1) }
  if (facts.length > 0) return { ...message, facts: facts.slice(0, -1) }
  if (quote) return { ...message, quote: null }
  return lead.length > SHORTENED_QUOTE ? { ...message, lead: cut(lead, SHORTENED_QUOTE) } : null
}

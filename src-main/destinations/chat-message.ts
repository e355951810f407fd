/**
 * Finds the message for a chat that a body carries, by what it looks like and where it is known to
 * go. Reads any text, and answers null rather than guess between chats.
 */
import type { Chat, ChatMessage, Destination, FormField, MessageFormat } from '#contract'

/** A body as text, secrets masked. */
interface ReadBody {
  readonly text: string | null
  /** The fields of a form; null when it is none. */
  readonly form: readonly FormField[] | null
}

/** The chat that a webhook's requests are for, by its endpoint or else by its format. */
export function chatOf(destination: Destination, format: MessageFormat): Chat | null {
  if (destination !== 'http') return destination
  return format === 'raw' || format === 'template' ? null : format
}

/** @param known where the body goes; null when that is not known */
export function chatMessageIn({ text, form }: ReadBody, known: Chat | null): ChatMessage | null {
  const jsonText = form ? payloadField(form) : text
  const message = jsonText === null ? null : objectIn(jsonText)
  if (jsonText === null || message === null) return null
  const chat = known === null ? guess(message, form !== null) : fits(message, known) ? known : null
  return chat && { chat, jsonText }
}

/** Whether the chat would find something to show in it. */
export function isMessageFor(jsonText: string, chat: Chat): boolean {
  const message = objectIn(jsonText)
  return message !== null && fits(message, chat)
}

/** Slack's convention: one field, `payload`, that holds the message. */
function payloadField(form: readonly FormField[]): string | null {
  const [field] = form
  return form.length === 1 && field?.name === 'payload' ? field.value : null
}

type Message = Readonly<Record<string, unknown>>

function objectIn(text: string): Message | null {
  if (!/^\ufeff?\s*\{/.test(text)) return null
  try {
    return JSON.parse(text.replace(/^\ufeff/, '')) as Message
  } catch {
    return null
  }
}

function fits(message: Message, chat: Chat): boolean {
  switch (chat) {
    case 'slack':
      return (
        isText(message.text) || isObjects(message.blocks) || isSlackAttachments(message.attachments)
      )
    case 'teams':
      return isCardMessage(message) || isMessageCard(message)
    case 'webex':
      return isText(message.markdown) || isText(message.text)
  }
}

/** A bare `{"text": …}` could be for any of them; as a form it is Slack's way alone. */
function guess(message: Message, isForm: boolean): Chat | null {
  if (fits(message, 'teams')) return 'teams'
  if (isForm && fits(message, 'slack')) return 'slack'
  if (isBlocks(message.blocks) || isSlackAttachments(message.attachments)) return 'slack'
  return isText(message.markdown) && !('blocks' in message) ? 'webex' : null
}

const CARD_TYPE = /^application\/vnd\.microsoft\.(card\.adaptive|teams\.card\.)/i

function isCardMessage({ type, attachments }: Message): boolean {
  if (type !== 'message' || !isObjects(attachments)) return false
  return attachments.some(
    ({ contentType }) => typeof contentType === 'string' && CARD_TYPE.test(contentType),
  )
}

function isMessageCard(message: Message): boolean {
  return message['@type'] === 'MessageCard'
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value !== ''
}

function isObjects(value: unknown): value is readonly Message[] {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((item) => typeof item === 'object' && item !== null)
  )
}

function isBlocks(value: unknown): boolean {
  return isObjects(value) && value.every(({ type }) => typeof type === 'string')
}

function isSlackAttachments(value: unknown): boolean {
  return (
    isObjects(value) &&
    value.every(
      ({ fallback, text, pretext, blocks, fields }) =>
        isText(fallback) ||
        isText(text) ||
        isText(pretext) ||
        isBlocks(blocks) ||
        isObjects(fields),
    )
  )
}

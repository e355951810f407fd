/**
 * What a webhook makes of an event before it is encoded, and a message for a chat as a body carries
 * it: what the previews draw and the rehearsals show.
 */
import { z } from 'zod'

/** The event as it is, a message for one of the chats, or whatever a template of the user's makes. */
export const MESSAGE_FORMATS = ['raw', 'slack', 'teams', 'webex', 'template'] as const
export const messageFormatSchema = z.enum(MESSAGE_FORMATS)
export type MessageFormat = z.infer<typeof messageFormatSchema>

export const MESSAGE_FORMAT_LABELS: Readonly<Record<MessageFormat, string>> = {
  raw: 'Raw event',
  slack: 'Slack',
  teams: 'Microsoft Teams',
  webex: 'Webex',
  template: 'Own template',
}

export const CHATS = ['slack', 'teams', 'webex'] as const
export const chatSchema = z.enum(CHATS)
export type Chat = z.infer<typeof chatSchema>

export const chatMessageSchema = z.object({
  chat: chatSchema,
  /**
   * The JSON object that carries it, secrets masked. Slack: `{text?, blocks?, attachments?}`; Teams:
   * `{type: "message", attachments}` or a legacy MessageCard; Webex: `{text?, markdown?}`.
   */
  jsonText: z.string(),
})
export type ChatMessage = z.infer<typeof chatMessageSchema>

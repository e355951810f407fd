/** A message for a chat, as a body carries it: what the previews draw and the rehearsals show. */
import { z } from 'zod'

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

/** The built-in receivers, as the renderer sees them. */
import { z } from 'zod'
import { answerScriptSchema, scriptPositionSchema } from './answer-script.ts'
import { receiverIdSchema } from './ids.ts'
import { messageViewSchema } from './wire.ts'

export const receiverSchema = z.object({
  id: receiverIdSchema,
  name: z.string(),
  url: z.string(),
  listening: z.boolean(),
  /** Why it does not listen, in words. */
  problem: z.string().nullable(),
  /** What it answers, and where it stands in that. */
  script: answerScriptSchema,
  position: scriptPositionSchema,
  /** Requests since the start; the last of them are kept. */
  received: z.number().int(),
})
export type Receiver = z.infer<typeof receiverSchema>

/** A request that a receiver got; kept in memory only, the last 100. */
export const receivedRowSchema = z.object({
  id: z.number().int(),
  receivedAtMs: z.number(),
  /** Secrets masked. */
  startLine: z.string(),
  contentType: z.string().nullable(),
  bodyBytes: z.number().int(),
})
export type ReceivedRow = z.infer<typeof receivedRowSchema>

/** The same with its bytes. */
export const receivedRequestSchema = z.object({
  id: z.number().int(),
  receivedAtMs: z.number(),
  request: messageViewSchema,
})
export type ReceivedRequest = z.infer<typeof receivedRequestSchema>

/** Local endpoints that record what they are sent, as the renderer sees them. */
import { z } from 'zod'
import { answerScriptSchema, scriptPositionSchema } from './answer-script.ts'
import { receiverIdSchema, webhookIdSchema } from './ids.ts'
import { receiverKindSchema, rehearsalSettingsSchema } from './rehearsal.ts'
import { keptSecretSchema, MAX_TYPED_CHARACTERS, secretTextSchema } from './secret.ts'

export const receiverSchema = z.object({
  id: receiverIdSchema,
  kind: receiverKindSchema,
  name: z.string(),
  /** `/in/echo`, on the receivers' port; of a rehearsal masked. */
  path: z.string(),
  /** Of a rehearsal masked; then `secretUrl` is what there is to copy. */
  url: z.string(),
  secretUrl: keptSecretSchema.nullable(),
  /** A port of its own besides, and the URL there. */
  port: z.number().int().nullable(),
  ownUrl: z.string().nullable(),
  /** Echo, and a rehearsal of each kind: they can be stopped but not deleted. */
  isBuiltIn: z.boolean(),
  isStarted: z.boolean(),
  listening: z.boolean(),
  /** Why it does not listen, in words. */
  problem: z.string().nullable(),
  /** What it answers, and where it stands in that. */
  script: answerScriptSchema,
  position: scriptPositionSchema,
  /** How a rehearsal answers; of others it says nothing. */
  rehearsal: rehearsalSettingsSchema,
  /** Where it passes requests on to, instead of answering by its script; an empty text: nowhere. */
  forwardTo: secretTextSchema,
  /** Requests that it recorded and that were not deleted. */
  received: z.number().int(),
})
export type Receiver = z.infer<typeof receiverSchema>

/** Webhooks that are aimed at one of these receivers, at a port that they have left. */
export const strayWebhooksSchema = z.object({
  /** Where the receivers are to stay; null while they have no port. */
  port: z.number().int().nullable(),
  webhooks: z.array(
    z.object({ webhookId: webhookIdSchema, name: z.string(), port: z.number().int() }),
  ),
})
export type StrayWebhooks = z.infer<typeof strayWebhooksSchema>

/** What is left out stays. */
export const receiverChangeSchema = z.object({
  name: z.string().max(MAX_TYPED_CHARACTERS).optional(),
  path: z.string().max(MAX_TYPED_CHARACTERS).optional(),
  port: z.number().nullable().optional(),
  isStarted: z.boolean().optional(),
  forwardTo: secretTextSchema.optional(),
})
export type ReceiverChange = z.infer<typeof receiverChangeSchema>

/** The exact request that a webhook would make, before anything is sent. */
import { z } from 'zod'
import { destinationSchema } from './destination.ts'
import { fieldProblemSchema } from './errors.ts'
import { chatMessageSchema } from './message.ts'
import { conversionLossSchema, wireHeaderSchema } from './wire.ts'

export const requestPreviewSchema = z.object({
  /** Null while the draft cannot be turned into a request; `problems` says why. */
  request: z
    .object({
      startLine: z.string(),
      headers: z.array(
        wireHeaderSchema.extend({
          /** Who puts it there: the connection, Hookstage's defaults, the user, or the signature. */
          origin: z.enum(['connection', 'hookstage', 'user', 'signature']),
        }),
      ),
      headBytes: z.number().int(),
      bodyBytes: z.number().int(),
      /** The encoded body as it will be sent; cut at 256 KB for display. */
      bodyText: z.string(),
      bodyCut: z.boolean(),
    })
    .nullable(),
  /** The message for a chat that the body carries; null when it carries none, or is too long to show. */
  message: chatMessageSchema.nullable(),
  /** What of the message was shortened or left out so that its destination takes it, in words. */
  cuts: z.array(z.string()),
  losses: z.array(conversionLossSchema),
  problems: z.array(fieldProblemSchema),
  /** What of the request is an example that each send replaces, in words. */
  notes: z.array(z.string()),
  destination: destinationSchema,
  /** What the form offers as a name. */
  suggestedName: z.string(),
})
export type RequestPreview = z.infer<typeof requestPreviewSchema>

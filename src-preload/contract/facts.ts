/**
 * What the core tells the renderer unasked: small facts, in the past tense, at most one batch per
 * 16 ms. They say what to look at again; the data itself is fetched.
 */
import { z } from 'zod'
import { deliveryIdSchema } from './ids.ts'

export const factSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('webhooks.changed') }),
  z.object({ kind: z.literal('drafts.changed') }),
  z.object({ kind: z.literal('samples.changed') }),
  z.object({ kind: z.literal('settings.changed') }),
  z.object({ kind: z.literal('status.changed') }),
  z.object({
    kind: z.literal('deliveries.changed'),
    /** Up to 200 of them; `more` says that there were others. */
    ids: z.array(deliveryIdSchema),
    more: z.boolean(),
  }),
  /** A receiver, or what it recorded. */
  z.object({ kind: z.literal('captures.changed') }),
  /** A bulk run, or what it sends. */
  z.object({ kind: z.literal('bulk.changed') }),
])
export type Fact = z.infer<typeof factSchema>

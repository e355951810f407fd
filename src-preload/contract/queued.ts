/** Why a delivery is still queued: looked up when it is asked for, and never stored. */
import { z } from 'zod'
import { destinationSchema } from './destination.ts'

const before = z.number().int()

export const queuedWhySchema = z.discriminatedUnion('kind', [
  /** Sending as a whole is paused. */
  z.object({ kind: z.literal('paused') }),
  /** The run that it belongs to is. */
  z.object({ kind: z.literal('run_paused') }),
  /** The database cannot be written, and nothing is sent that is not recorded. */
  z.object({ kind: z.literal('unwritable') }),
  /** The user has not confirmed yet that requests may go to its host. */
  z.object({ kind: z.literal('unconfirmed') }),
  /** So many go before it to the same endpoint. */
  z.object({ kind: z.literal('turn'), before }),
  /** It is next, but as many as may be under way at once are. */
  z.object({
    kind: z.literal('slots'),
    /** `slow_endpoint`: one that did not answer in time gets one at a time. `all`: everywhere. */
    of: z.enum(['endpoint', 'slow_endpoint', 'origin', 'all']),
  }),
  /** Its destination takes no more at once: the next may start then, by the wall clock. */
  z.object({
    kind: z.literal('pace'),
    destination: destinationSchema,
    untilMs: z.number(),
    before,
  }),
  /** The endpoint asked for a wait (Retry-After): the next may start then, by the stage clock. */
  z.object({ kind: z.literal('retry_after'), untilMs: z.number(), before }),
])
export type QueuedWhy = z.infer<typeof queuedWhySchema>

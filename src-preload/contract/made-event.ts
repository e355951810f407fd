/** What was sent or received, made into an event again: to fire, to keep as a sample, to listen to. */
import { z } from 'zod'
import { eventNameSchema } from './catalogue.ts'
import { captureIdSchema, deliveryIdSchema } from './ids.ts'
import { payloadTextSchema } from './simulator.ts'

export const eventSourceSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('delivery'), deliveryId: deliveryIdSchema }),
  z.object({ kind: z.literal('capture'), captureId: captureIdSchema }),
])
export type EventSource = z.infer<typeof eventSourceSchema>

/** What a body is that does not say which event it is: the whole payload, or its `data`. */
export const bodyPlaceSchema = z.enum(['payload', 'data'])
export type BodyPlace = z.infer<typeof bodyPlaceSchema>

export const eventMappingSchema = z.object({ event: eventNameSchema, place: bodyPlaceSchema })
export type EventMapping = z.infer<typeof eventMappingSchema>

export const madeEventSchema = z.object({
  /** Null when the body does not say: it has to be mapped. */
  event: eventNameSchema.nullable(),
  /** Laid out; no token of it changed. */
  payloadText: payloadTextSchema,
  /** False when the body is JSON but no object: it can only be the data of an event. */
  isObject: z.boolean(),
  /** How it was read, and what did not come back, in words. */
  notes: z.array(z.string()),
})
export type MadeEvent = z.infer<typeof madeEventSchema>

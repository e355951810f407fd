/** event.*: events made of what was sent or received. */
import type { Services } from '../services.ts'
import type { Implementer } from './router.ts'

export function eventHandlers(os: Implementer, { eventMaker }: Services) {
  return {
    make: os.event.make.handler(({ input }) => eventMaker.make(input.source, input.mapping)),
    draftWebhook: os.event.draftWebhook.handler(({ input }) =>
      eventMaker.draftWebhook(input.source, input.event),
    ),
  }
}

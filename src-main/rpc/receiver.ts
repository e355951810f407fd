/** receiver.*: the built-in receivers and what they got. */
import type { Services } from '../services.ts'
import type { Implementer } from './router.ts'

export function receiverHandlers(os: Implementer, { receivers, inspector }: Services) {
  return {
    list: os.receiver.list.handler(() => [receivers.describeEcho()]),
    recent: os.receiver.recent.handler(() => inspector.received(receivers.recent())),
  }
}

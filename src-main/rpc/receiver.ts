/** receiver.*: the built-in receivers and what they got. */
import type { Services } from '../services.ts'
import type { Implementer } from './router.ts'

export function receiverHandlers(os: Implementer, { receivers, inspector }: Services) {
  return {
    list: os.receiver.list.handler(() => [receivers.describeEcho()]),
    setScript: os.receiver.setScript.handler(({ input }) =>
      receivers.setScript(input.receiverId, input.script),
    ),
    restartScript: os.receiver.restartScript.handler(({ input }) =>
      receivers.restartScript(input.receiverId),
    ),
    recent: os.receiver.recent.handler(() => inspector.receivedRows(receivers.recent())),
    request: os.receiver.request.handler(({ input }) =>
      inspector.received(receivers.request(input.requestId), input.whole),
    ),
  }
}

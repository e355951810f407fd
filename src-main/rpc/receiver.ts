/** receiver.*: the local endpoints. */
import type { Services } from '../services.ts'
import type { Implementer } from './router.ts'

export function receiverHandlers(os: Implementer, { receivers }: Services) {
  return {
    list: os.receiver.list.handler(() => receivers.list()),
    create: os.receiver.create.handler(({ input }) => receivers.create(input.name)),
    update: os.receiver.update.handler(({ input }) =>
      receivers.update(input.receiverId, input.change),
    ),
    delete: os.receiver.delete.handler(async ({ input }) => {
      await receivers.delete(input.receiverId)
      return {}
    }),
    restore: os.receiver.restore.handler(async ({ input }) => {
      await receivers.restore(input.receiverId)
      return {}
    }),
    setScript: os.receiver.setScript.handler(({ input }) =>
      receivers.setScript(input.receiverId, input.script),
    ),
    restartScript: os.receiver.restartScript.handler(({ input }) =>
      receivers.restartScript(input.receiverId),
    ),
  }
}

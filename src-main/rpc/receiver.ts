/** receiver.*: the local endpoints. */
import type { Services } from '../services.ts'
import type { Implementer } from './router.ts'

export function receiverHandlers(os: Implementer, { receivers, channels, strays }: Services) {
  return {
    list: os.receiver.list.handler(() => receivers.list()),
    create: os.receiver.create.handler(({ input }) => receivers.create(input.name, input.kind)),
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
    setRehearsal: os.receiver.setRehearsal.handler(({ input }) =>
      receivers.setRehearsal(input.receiverId, input.settings),
    ),
    channel: os.receiver.channel.handler(({ input }) =>
      channels.page(input.receiverId, input.cursor, input.limit),
    ),
    restartScript: os.receiver.restartScript.handler(({ input }) =>
      receivers.restartScript(input.receiverId),
    ),
    strayWebhooks: os.receiver.strayWebhooks.handler(() => strays.list()),
    aimWebhooks: os.receiver.aimWebhooks.handler(async ({ input }) => ({
      aimed: await strays.aim(input.webhookIds),
    })),
  }
}

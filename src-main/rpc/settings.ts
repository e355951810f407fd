/** settings.*: what the user sets for the workspace. */
import type { Services } from '../services.ts'
import type { Implementer } from './router.ts'

export function settingsHandlers(os: Implementer, { store, receivers, hub }: Services) {
  return {
    get: os.settings.get.handler(() => store.settings.get()),
    update: os.settings.update.handler(async ({ input }) => {
      const before = store.settings.get()
      const settings = store.settings.update(input)
      if (settings.receiversPort !== before.receiversPort) {
        await receivers.restart(settings.receiversPort)
        hub.publish({ kind: 'status.changed' })
      }
      hub.publish({ kind: 'settings.changed' })
      return settings
    }),
  }
}

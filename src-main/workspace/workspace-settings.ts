/** The workspace's settings: checked, stored, and put into force at once. */
import type { Settings } from '#contract'
import { retryProblems } from '../encode/index.ts'
import { AppError } from '../errors.ts'
import type { EventHub } from '../event-hub.ts'
import type { Receivers } from '../receivers/index.ts'
import type { Store } from '../store/index.ts'

/** What is undefined stays. */
type SettingsChange = Parameters<Store['settings']['update']>[0]

export interface WorkspaceSettings {
  get(): Settings
  /** @throws AppError `invalid` with the problems */
  update(change: SettingsChange): Promise<Settings>
}

export function createWorkspaceSettings(deps: {
  store: Store
  receivers: Receivers
  hub: EventHub
}): WorkspaceSettings {
  const { store, receivers, hub } = deps
  return {
    get: () => store.settings.get(),
    update: async (change) => {
      const [problem] = change.defaultRetry ? retryProblems(change.defaultRetry) : []
      if (problem) throw new AppError('invalid', problem.message, [problem])
      const before = store.settings.get()
      const settings = store.settings.update(change)
      if (settings.receiversPort !== before.receiversPort) {
        await receivers.restart(settings.receiversPort)
        hub.publish({ kind: 'status.changed' })
      }
      hub.publish({ kind: 'settings.changed' })
      return settings
    },
  }
}

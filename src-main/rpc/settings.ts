/** settings.*: what the user sets for the workspace. */
import type { Services } from '../services.ts'
import type { Implementer } from './router.ts'

export function settingsHandlers(os: Implementer, { settings }: Services) {
  return {
    get: os.settings.get.handler(() => settings.get()),
    authorities: os.settings.authorities.handler(({ input }) =>
      settings.authorities(input.extraCa),
    ),
    update: os.settings.update.handler(({ input }) => settings.update(input)),
  }
}

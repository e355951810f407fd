/** The workspace's settings: checked, stored, and put into force at once. */
import type { Authority, Network, SecretText, Settings } from '#contract'
import type { Vault } from '../authoring/vault.ts'
import type { Route } from '../dispatch/index.ts'
import { retryProblems } from '../encode/index.ts'
import { AppError } from '../errors.ts'
import type { EventHub } from '../event-hub.ts'
import type { Receivers } from '../receivers/index.ts'
import type { Runtime } from '../runtime.ts'
import type { Store } from '../store/index.ts'
import { authoritiesOf, networkProblems, type OwnWay, webhookRoutes } from './network.ts'

/** What is undefined stays. */
type SettingsChange = Parameters<Store['settings']['update']>[0]

export interface WorkspaceSettings {
  get(): Settings
  /** @throws AppError `invalid` with the problems */
  update(change: SettingsChange): Promise<Settings>
  /** The certificates in a PEM text. */
  authorities(extraCa: string): Authority[]
  /** By which way a request of a webhook goes, as the settings are now. */
  routeFor(origin: string, own: OwnWay): Route
}

export function createWorkspaceSettings(deps: {
  store: Store
  vault: Vault
  receivers: Receivers
  runtime: Runtime
  hub: EventHub
  onRetention: () => void
}): WorkspaceSettings {
  const { store, vault, receivers, runtime, hub } = deps
  let current = store.settings.get()
  let routes = currentRoutes()

  async function sealed(network: Network) {
    const { proxyCredentials: text } = network
    if (text.kind === 'kept' || text.text === '') return { network, commit: () => undefined }
    const { kept, commit } = await vault.prepare('proxy', text.text)
    return { network: { ...network, proxyCredentials: kept }, commit }
  }

  function read(text: SecretText): string {
    return text.kind === 'kept' ? (vault.value(text.secretId) ?? '') : text.text
  }

  function currentRoutes() {
    return webhookRoutes(current.network, read(current.network.proxyCredentials), read)
  }

  return {
    get: () => current,
    update: async (change) => {
      const problems = [
        ...(change.defaultRetry ? retryProblems(change.defaultRetry) : []),
        ...(change.network ? networkProblems(change.network) : []),
        ...(change.receiversPort ? receivers.portProblems(change.receiversPort) : []),
      ]
      const [first] = problems
      if (first) throw new AppError('invalid', first.message, problems)
      const secret = change.network ? await sealed(change.network) : null
      const before = current
      current = store.together(() => {
        secret?.commit()
        return store.settings.update({ ...change, network: secret?.network })
      })
      routes = currentRoutes()
      if (current.receiversPort !== before.receiversPort) {
        await receivers.restart(current.receiversPort)
        hub.publish({ kind: 'status.changed' })
      }
      if (change.retention) deps.onRetention()
      hub.publish({ kind: 'settings.changed' })
      return current
    },
    authorities: (extraCa) => authoritiesOf(extraCa, runtime.nowMs()),
    routeFor: (origin, own) => routes(origin, own),
  }
}

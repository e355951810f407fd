/** The core's own state for the status bar, and notices that the user should see once. */
import type { Notice, Status } from '#contract'
import type { Dispatcher } from '../dispatch/index.ts'
import type { EventHub } from '../event-hub.ts'
import type { Receivers } from '../receivers/index.ts'
import type { Store } from '../store/index.ts'
import type { SecretSealer } from '../store/secret-sealer.ts'
import type { ConfirmedHosts } from './confirmed-hosts.ts'

export interface StatusReport {
  read(): Status
  notify(notice: Notice): void
  dismiss(id: string): void
}

/** Told again and again while it lasts; said once. */
function isEqual(known: Notice | undefined, notice: Notice): boolean {
  return known?.title === notice.title && known.message === notice.message
}

export function createStatusReport(deps: {
  version: string
  host: Status['host']
  dataDir: string
  store: Store
  sealer: SecretSealer
  dispatcher: Dispatcher
  receivers: Receivers
  hosts: Pick<ConfirmedHosts, 'asked'>
  hub: EventHub
}): StatusReport {
  const notices = new Map<string, Notice>()
  const changed = () => deps.hub.publish({ kind: 'status.changed' })
  return {
    read: () => {
      const port = deps.receivers.port()
      return {
        version: deps.version,
        host: deps.host,
        dataDir: deps.dataDir,
        databaseBytes: deps.store.databaseBytes(),
        secretsAtRest: deps.sealer.describe(),
        ...deps.dispatcher.counts(),
        queue: deps.dispatcher.state(),
        receivers: { listening: port !== null, port, problem: deps.receivers.problem() },
        askedHosts: deps.hosts.asked(),
        notices: [...notices.values()],
      }
    },
    notify: (notice) => {
      if (isEqual(notices.get(notice.id), notice)) return
      notices.set(notice.id, notice)
      changed()
    },
    dismiss: (id) => {
      if (!notices.delete(id)) return
      changed()
    },
  }
}

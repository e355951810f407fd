/**
 * Hosts to be careful with: what is not this machine is sent to only once the user has confirmed the
 * host, for this workspace. Until then deliveries to it stay queued, and nothing is lost. Addresses
 * that are never connected to need no question: they are refused where connections are opened.
 */
import type { AskedHost, ConfirmedHost } from '#contract'
import { isForbidden } from '../dispatch/index.ts'
import { isLoopback } from '../encode/index.ts'
import type { EventHub } from '../event-hub.ts'
import type { Runtime } from '../runtime.ts'
import type { Store } from '../store/index.ts'

export interface ConfirmedHosts {
  list(): ConfirmedHost[]
  /** Whether requests may leave for `https://example.com:8443`. */
  mayGoTo(origin: string): boolean
  /** The hosts among these origins that have to be confirmed first, each once, in order. */
  unconfirmed(origins: Iterable<string>): string[]
  /** That requests are to be passed on to an origin. @param isNew asks also where that was refused */
  meet(origin: string, isNew: boolean): void
  /** What the user has to decide on. */
  asked(): AskedHost[]
  confirm(hosts: readonly string[]): void
  /** Cancels what waits for them; resolves to how many deliveries that ended. */
  refuse(hosts: readonly string[]): Promise<number>
  forget(host: string): void
}

/** Of the dispatcher: the deliveries that it holds back. */
interface Held {
  held(): { readonly origin: string; readonly count: number }[]
  cancelHeld(origins: ReadonlySet<string>): Promise<number>
  /** To be called when the answer of `mayGoTo` has changed. */
  lookAgain(): void
}

export function createConfirmedHosts(deps: {
  store: Pick<Store, 'hosts'>
  /** Made later, as it asks this. */
  dispatcher: () => Held
  runtime: Runtime
  hub: EventHub
}): ConfirmedHosts {
  const { store, runtime, hub } = deps
  const confirmed = new Set(store.hosts.list().map(({ host }) => host))
  /** By origin: a queue asks for each delivery. */
  let known = new Map<string, boolean>()
  /** Hosts that receivers are to pass requests on to. */
  const met = new Set<string>()
  const refused = new Set<string>()

  function mayGoTo(origin: string): boolean {
    let answer = known.get(origin)
    if (answer === undefined) {
      const host = hostOf(origin)
      answer = isLoopback(host) || isForbidden(host) || confirmed.has(host)
      if (known.size >= MAX_KNOWN) known = new Map()
      known.set(origin, answer)
    }
    return answer
  }

  function changed() {
    known = new Map()
    deps.dispatcher().lookAgain()
    hub.publish({ kind: 'settings.changed' })
    hub.publish({ kind: 'status.changed' })
  }

  return {
    list: () => store.hosts.list(),
    mayGoTo,
    unconfirmed: (origins) => {
      const hosts = [...origins].filter((origin) => !mayGoTo(origin)).map(hostOf)
      return [...new Set(hosts)]
    },
    meet: (origin, isNew) => {
      const host = hostOf(origin)
      if (mayGoTo(origin) || (refused.has(host) && !isNew)) return
      refused.delete(host)
      met.add(host)
      hub.publish({ kind: 'status.changed' })
    },
    asked: () => {
      const counts = new Map<string, number>()
      for (const { origin, count } of deps.dispatcher().held()) {
        const host = hostOf(origin)
        counts.set(host, (counts.get(host) ?? 0) + count)
      }
      for (const host of met) if (!counts.has(host)) counts.set(host, 0)
      return [...counts].map(([host, deliveries]) => ({
        host,
        deliveries,
        isPassedOnTo: met.has(host),
      }))
    },
    confirm: (names) => {
      const hosts = names.map(normal)
      store.hosts.add(hosts, runtime.nowMs())
      for (const host of hosts) {
        confirmed.add(host)
        met.delete(host)
        refused.delete(host)
      }
      changed()
    },
    refuse: async (names) => {
      const hosts = new Set(names.map(normal))
      for (const host of hosts) {
        if (met.delete(host)) refused.add(host)
      }
      const origins = deps
        .dispatcher()
        .held()
        .flatMap(({ origin }) => (hosts.has(hostOf(origin)) ? [origin] : []))
      const cancelled = await deps.dispatcher().cancelHeld(new Set(origins))
      hub.publish({ kind: 'status.changed' })
      return cancelled
    },
    forget: (name) => {
      const host = normal(name)
      store.hosts.remove(host)
      confirmed.delete(host)
      changed()
    },
  }
}

/** More origins than a workspace has; what is beyond is judged anew. */
const MAX_KNOWN = 10_000

function hostOf(origin: string): string {
  return normal(new URL(origin).hostname)
}

function normal(host: string): string {
  return host.toLowerCase().replace(/\.$/, '')
}

/**
 * Hosts that the user is asked about before anything is sent to them. What is asked is fixed while the
 * question stands, so that nobody confirms a host that came in under the pointer; others follow it.
 */
import { create } from 'zustand'
import type { AskedHost, ConfirmedHost } from '#contract'
import { core, onFact } from './core.ts'
import { createPaced } from './paced.ts'
import { readStatus, useStatus } from './status.ts'

const BEAT_MS = 200

interface HostQuestion {
  /** All that are to be decided on. */
  readonly asked: readonly AskedHost[]
  /** Those that the question on the screen is about; none: there is no question. */
  readonly open: readonly string[]
  /** Those that the user wants to decide on later. */
  readonly putOff: readonly string[]
}

export const useHostQuestion = create<HostQuestion>()(() => ({ asked: [], open: [], putOff: [] }))

const { getState: get, setState: set } = useHostQuestion

/** What is on the screen after the core has said what it asks about. */
export function questionAfter(before: HostQuestion, asked: readonly AskedHost[]): HostQuestion {
  const hosts = new Set(asked.map(({ host }) => host))
  const putOff = before.putOff.filter((host) => hosts.has(host))
  const open = before.open.filter((host) => hosts.has(host))
  const next = asked.flatMap(({ host }) => (putOff.includes(host) ? [] : [host]))
  return { asked, putOff, open: open.length > 0 ? open : next }
}

useStatus.subscribe(({ status }) => {
  if (status) set(questionAfter(get(), status.askedHosts))
})

/** `confirm` and `refuse` fail with the core's reason. */
export const hostQuestion = {
  confirm: async (hosts: readonly string[]): Promise<void> => {
    await core().host.confirm({ hosts: [...hosts] })
    await readStatus()
  },
  /** Answers how many deliveries that cancelled. */
  refuse: async (hosts: readonly string[]): Promise<number> => {
    const { cancelled } = await core().host.refuse({ hosts: [...hosts] })
    await readStatus()
    return cancelled
  },
  putOff: (): void => {
    const { open, putOff } = get()
    set({ open: [], putOff: [...new Set([...putOff, ...open])] })
  },
  /** Asks about those that were put off. */
  ask: (): void => set(({ asked }) => ({ putOff: [], open: asked.map(({ host }) => host) })),
}

interface ConfirmedHostsState {
  /** Null until they are read for the first time. */
  readonly hosts: readonly ConfirmedHost[] | null
}

export const useConfirmedHosts = create<ConfirmedHostsState>()(() => ({ hosts: null }))

const beat = createPaced(async () => {
  useConfirmedHosts.setState({ hosts: await core().host.list() })
}, BEAT_MS)

onFact(({ kind }) => {
  if (kind === 'settings.changed') beat.request()
})

/** Asks about it again before the next request. Fails with the core's reason. */
export async function forgetHost(host: string): Promise<void> {
  await core().host.forget({ host })
}

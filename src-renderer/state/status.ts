/** The core's own state: what is in flight, whether receivers listen, and what the user should know. */
import { create } from 'zustand'
import type { Status } from '#contract'
import { core, onFact } from './core.ts'
import { createPaced } from './paced.ts'

const BEAT_MS = 250

interface StatusStore {
  /** Null until it is read for the first time. */
  readonly status: Status | null
}

export const useStatus = create<StatusStore>()(() => ({ status: null }))

/** Reads it now, for whoever has just changed something of it. */
export async function readStatus(): Promise<void> {
  useStatus.setState({ status: await core().app.status() })
}

const beat = createPaced(readStatus, BEAT_MS)

onFact(({ kind }) => {
  if (kind === 'status.changed' || kind === 'deliveries.changed') beat.request()
})

/** Takes a notice away, here and in the core. */
export async function dismissNotice(id: string): Promise<void> {
  const { status } = useStatus.getState()
  if (status) {
    const notices = status.notices.filter((notice) => notice.id !== id)
    useStatus.setState({ status: { ...status, notices } })
  }
  await core().app.dismissNotice({ id })
}

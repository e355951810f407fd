/** Brings the mirrors to life: what the page reads at its start, and what it does when it ends. */
import type { Fact } from '#contract'
import { type ConnectionState, setConnection } from './connection.ts'
import { type CoreClient, openCore, tellAllChanged, tellFacts } from './core.ts'
import { drafts } from './drafts.ts'

/** What the page's connection to the core offers. */
export interface CoreLink {
  readonly client: CoreClient
  onState(listener: (state: ConnectionState) => void): unknown
  onFacts(listener: (facts: readonly Fact[]) => void): unknown
  onReconnected(listener: () => void): unknown
}

export function startState(link: CoreLink): void {
  openCore(link.client)
  link.onState(setConnection)
  link.onFacts(tellFacts)
  link.onReconnected(() => {
    tellAllChanged()
    void drafts.flush()
  })
  tellAllChanged()
  void readDrafts()
  addEventListener('pagehide', () => void drafts.flush())
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') void drafts.flush()
  })
}

async function readDrafts(): Promise<void> {
  try {
    await drafts.read()
  } catch {
    setTimeout(() => void readDrafts(), 1000)
  }
}

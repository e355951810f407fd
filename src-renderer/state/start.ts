/** Brings the mirrors to life: what the page reads when it is connected, and what it does at its end. */
import type { Bridge } from '../bridge/index.ts'
import { setConnection } from './connection.ts'
import { openCore, tellAllChanged, tellFacts } from './core.ts'
import { drafts } from './drafts.ts'
import { notes } from './notes.ts'
import { simulator } from './simulator.ts'

export function startState(bridge: Bridge): void {
  openCore(bridge.client)
  bridge.onFacts(tellFacts)
  bridge.onState((state) => {
    setConnection(state)
    if (state !== 'connected') return
    // The first time as well as after each absence: what was asked meanwhile may have failed.
    tellAllChanged()
    void drafts.read().catch(() => undefined)
    flushAll()
  })
  addEventListener('pagehide', flushAll)
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') flushAll()
  })
}

/** What was typed and is not with the core yet. */
function flushAll(): void {
  void drafts.flush()
  void notes.flush()
  void simulator.flush()
}

/** Whether the core is there. While it is away nothing that was typed is lost; it is tried again. */
import { create } from 'zustand'
import type { BridgeState } from '../bridge/index.ts'

/** `refused`: the host will not have this page, which was opened without the address it printed. */
export type ConnectionState = BridgeState

interface ConnectionStore {
  readonly state: ConnectionState
  /** How often it has come back. */
  readonly returns: number
}

export const useConnection = create<ConnectionStore>()(() => ({ state: 'connecting', returns: 0 }))

export function setConnection(state: ConnectionState): void {
  const before = useConnection.getState()
  if (before.state === state) return
  const isBack = before.state === 'away' && state === 'connected'
  useConnection.setState({ state, returns: before.returns + (isBack ? 1 : 0) })
}

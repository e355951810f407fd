/** Whether the core is there. While it is away nothing that was typed is lost; it is tried again. */
import { create } from 'zustand'
import type { BridgeState } from '../bridge/index.ts'

/** `refused`: the host will not have this page, which was opened without the address it printed. */
export type ConnectionState = BridgeState

interface ConnectionStore {
  readonly state: ConnectionState
}

export const useConnection = create<ConnectionStore>()(() => ({ state: 'connecting' }))

export function setConnection(state: ConnectionState): void {
  if (useConnection.getState().state !== state) useConnection.setState({ state })
}

/** Whether the core is there. While it is away nothing that was typed is lost; it is tried again. */
import { create } from 'zustand'

export type ConnectionState =
  | 'connecting'
  | 'connected'
  /** It was there and will be tried again. */
  | 'away'
  /** It will not have this page: the page was opened without the address that it printed. */
  | 'refused'

interface ConnectionStore {
  readonly state: ConnectionState
}

export const useConnection = create<ConnectionStore>()(() => ({ state: 'connecting' }))

export function setConnection(state: ConnectionState): void {
  if (useConnection.getState().state !== state) useConnection.setState({ state })
}

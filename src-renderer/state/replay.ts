/** Replays: what is being replayed in the dialog, sending, and what comes from the same origin. */
import { useCallback } from 'react'
import { create } from 'zustand'
import type {
  DeliveryId,
  ReplayNode,
  ReplayOriginal,
  ReplayPlace,
  ReplayRequest,
  ReplayReveal,
  ReplaySource,
} from '#contract'
import { core } from './core.ts'
import { ofKinds, useLive } from './live.ts'

const BEAT_MS = 600
const CHANGES = ofKinds('deliveries.changed')

/** What the dialog was opened for. */
export type ReplayAim = 'sign' | 'edit' | 'elsewhere'

interface ReplayStore {
  readonly open: { readonly source: ReplaySource; readonly aim: ReplayAim } | null
}

export const useReplay = create<ReplayStore>()(() => ({ open: null }))

const { setState: set } = useReplay

export const replays = {
  open: (source: ReplaySource, aim: ReplayAim): void => set({ open: { source, aim } }),
  close: (): void => set({ open: null }),
  original: (source: ReplaySource, reveal: ReplayReveal): Promise<ReplayOriginal> =>
    core().replay.original({ source, reveal }),
  /** Fails with the core's reason and the fields that it is about. */
  send: async (request: ReplayRequest): Promise<DeliveryId> =>
    (await core().replay.send(request)).deliveryId,
}

/** To where it went, unchanged but for what the kind says. */
export function plainReplay(source: ReplaySource, kind: 'as_sent' | 'rendered'): ReplayRequest {
  return { source, kind, target: { kind: 'own' }, signing: null, keepsId: true, edited: null }
}

/** All that come from the same origin, it first, live. Whoever shows one of them says why they cannot be read. */
export function useReplayTree(place: ReplayPlace): readonly ReplayNode[] {
  const key = JSON.stringify(place)
  const read = useCallback(
    (signal: AbortSignal) => core().replay.tree(JSON.parse(key) as ReplayPlace, { signal }),
    [key],
  )
  return useLive(key, read, CHANGES, BEAT_MS).value ?? NONE
}

const NONE: readonly ReplayNode[] = []

/** Replays: what is being replayed in the dialog, sending, and what comes from the same origin. */
import { useEffect, useState } from 'react'
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
import { core, onFact } from './core.ts'
import { createPaced } from './paced.ts'

const BEAT_MS = 600

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

/** All that come from the same origin, it first, live. */
export function useReplayTree(place: ReplayPlace): readonly ReplayNode[] {
  const key = JSON.stringify(place)
  const [tree, setTree] = useState<{ of: string; nodes: readonly ReplayNode[] }>()
  useEffect(() => {
    const abort = new AbortController()
    const { signal } = abort
    const read = createPaced(async () => {
      try {
        const nodes = await core().replay.tree(JSON.parse(key) as ReplayPlace, { signal })
        if (!signal.aborted) setTree({ of: key, nodes })
      } catch {
        // The inspector says why the delivery itself cannot be read.
      }
    }, BEAT_MS)
    const stop = onFact((fact) => {
      if (fact.kind === 'deliveries.changed') read.request()
    })
    read.request()
    return () => {
      stop()
      read.cancel()
      abort.abort()
    }
  }, [key])
  return tree?.of === key ? tree.nodes : []
}

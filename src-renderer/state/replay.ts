/** Replays: what is being replayed in the dialog, sending, and what comes from the same origin. */
import { useCallback } from 'react'
import { create } from 'zustand'
import type {
  DeliveryId,
  QueuedWhy,
  ReplayNode,
  ReplayOriginal,
  ReplayPlace,
  ReplayRequest,
  ReplayReveal,
  ReplaySource,
} from '#contract'
import { core } from './core.ts'
import { createFormDrafts, useDraftOf } from './form-drafts.ts'
import { ofKinds, useLive } from './live.ts'
import { type ReplayAim, type ReplayDraft, withoutSecret } from './replay-draft.ts'

const BEAT_MS = 600
const CHANGES = ofKinds('deliveries.changed')

export interface OpenReplay {
  readonly source: ReplaySource
  readonly aim: ReplayAim
}

const CLOSED = { open: null }

interface ReplayStore {
  /** What the dialog shows. */
  readonly open: OpenReplay | null
}

export const useReplay = create<ReplayStore>()(() => CLOSED)

/** What was typed and not sent, by what it is of. */
const drafts = createFormDrafts<ReplayDraft>(withoutSecret)

const { getState: get, setState: set } = useReplay

export const replays = {
  open: (source: ReplaySource, aim: ReplayAim): void => set({ open: { source, aim } }),
  /** What was typed stays, but for secrets. */
  close: (): void => {
    const { open } = get()
    if (open) drafts.leave(draftKey(open))
    set(CLOSED)
  },
  type: (open: OpenReplay, draft: ReplayDraft): void => drafts.type(draftKey(open), draft),
  forget: (open: OpenReplay): void => drafts.forget(draftKey(open)),
  /** It is done with; another one that was opened meanwhile stays. */
  finish: (open: OpenReplay): void => {
    replays.forget(open)
    if (replays.isOpen(open)) set(CLOSED)
  },
  /** Not closed since, and opened again perhaps. */
  isOpen: (open: OpenReplay): boolean => get().open === open,
  draftOf: (open: OpenReplay): ReplayDraft | undefined => drafts.of(draftKey(open)),
  original: (source: ReplaySource, reveal: ReplayReveal): Promise<ReplayOriginal> =>
    core().replay.original({ source, reveal }),
  /** Fails with the core's reason and the fields that it is about. */
  send: async (request: ReplayRequest): Promise<DeliveryId> =>
    (await core().replay.send(request)).deliveryId,
  /** Why it has not been sent yet; null when it has, or that cannot be told. */
  whyQueued: async (deliveryId: DeliveryId): Promise<QueuedWhy | null> => {
    try {
      const [row] = await core().delivery.some({ ids: [deliveryId] })
      return row?.queued ?? null
    } catch {
      return null
    }
  },
}

export function draftKey({ source, aim }: OpenReplay): string {
  return JSON.stringify([source, aim])
}

/** What was typed for it; undefined where nothing is. */
export function useReplayDraft(open: OpenReplay): ReplayDraft | undefined {
  return useDraftOf(drafts, draftKey(open))
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

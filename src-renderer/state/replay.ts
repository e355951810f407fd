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
import { ofKinds, useLive } from './live.ts'
import { type ReplayAim, type ReplayDraft, withoutSecret } from './replay-draft.ts'

const BEAT_MS = 600
const CHANGES = ofKinds('deliveries.changed')

/** Replays that were left half typed are remembered, the latest of them. */
const MOST_DRAFTS = 20

export interface OpenReplay {
  readonly source: ReplaySource
  readonly aim: ReplayAim
}

type Drafts = ReadonlyMap<string, ReplayDraft>

interface ReplayStore {
  /** What the dialog shows. */
  readonly open: OpenReplay | null
  /** What was typed and not sent, by what it is of; kept while the page lives. */
  readonly drafts: Drafts
}

export const useReplay = create<ReplayStore>()(() => ({ open: null, drafts: new Map() }))

const { getState: get, setState: set } = useReplay

export const replays = {
  open: (source: ReplaySource, aim: ReplayAim): void => set({ open: { source, aim } }),
  /** What was typed stays, but for secrets. */
  close: (): void =>
    set(({ open, drafts }) => {
      const draft = open && drafts.get(draftKey(open))
      return draft ? { open: null, drafts: withDraft(drafts, open, withoutSecret(draft)) } : CLOSED
    }),
  type: (open: OpenReplay, draft: ReplayDraft): void =>
    set(({ drafts }) => ({ drafts: withDraft(drafts, open, draft) })),
  forget: (open: OpenReplay): void =>
    set(({ drafts }) => ({ drafts: withDraft(drafts, open, null) })),
  /** It is done with; another one that was opened meanwhile stays. */
  finish: (open: OpenReplay): void => {
    replays.forget(open)
    if (replays.isOpen(open)) set(CLOSED)
  },
  /** Not closed since, and opened again perhaps. */
  isOpen: (open: OpenReplay): boolean => get().open === open,
  draftOf: (open: OpenReplay): ReplayDraft | undefined => get().drafts.get(draftKey(open)),
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

const CLOSED = { open: null }

export function draftKey({ source, aim }: OpenReplay): string {
  return JSON.stringify([source, aim])
}

/** The latest last. @param draft null: none any more */
function withDraft(drafts: Drafts, open: OpenReplay, draft: ReplayDraft | null): Drafts {
  const key = draftKey(open)
  const others = [...drafts].filter(([each]) => each !== key)
  return new Map(draft ? [...others, [key, draft] as const].slice(-MOST_DRAFTS) : others)
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

/**
 * The webhooks that still point at a port that the receivers have left, live while somebody looks,
 * and what became of aiming them at the new one.
 */
import { useEffect } from 'react'
import { create } from 'zustand'
import type { StrayWebhooks } from '#contract'
import { core, faultText, onFact } from './core.ts'
import { createPaced } from './paced.ts'

const BEAT_MS = 250
const NONE: StrayWebhooks = { port: null, webhooks: [] }

interface StraysStore {
  readonly strays: StrayWebhooks
  /** The last that were aimed, until there are strays again. */
  readonly aimed: { readonly count: number; readonly port: number } | null
  /** Why these could not be aimed, in words. */
  readonly problem: string | null
}

export const useStrays = create<StraysStore>()(() => ({ strays: NONE, aimed: null, problem: null }))

const { getState: get, setState: set } = useStrays

const beat = createPaced(async () => {
  const strays = await core().receiver.strayWebhooks()
  if (JSON.stringify(strays) === JSON.stringify(get().strays)) return
  set({ strays, problem: null, ...(strays.webhooks.length > 0 ? { aimed: null } : {}) })
}, BEAT_MS)

let lookers = 0
onFact(({ kind }) => {
  const isTold =
    kind === 'webhooks.changed' || kind === 'settings.changed' || kind === 'status.changed'
  if (lookers > 0 && isTold) beat.request()
})

/** Keeps them up to date; answers how to stop. What became of aiming them is forgotten then. */
export function watchStrays(): () => void {
  lookers += 1
  beat.request()
  return () => {
    lookers -= 1
    if (lookers === 0) set({ aimed: null, problem: null })
  }
}

export function useStrayWebhooks(): StraysStore {
  useEffect(watchStrays, [])
  return useStrays()
}

/** Aims those that are shown at the receivers' port. */
export async function aimStrays(): Promise<void> {
  const { port, webhooks } = get().strays
  if (port === null) return
  const webhookIds = webhooks.map(({ webhookId }) => webhookId)
  try {
    const { aimed } = await core().receiver.aimWebhooks({ webhookIds })
    set({ strays: NONE, aimed: { count: aimed, port }, problem: null })
    beat.request()
  } catch (error) {
    set({ problem: faultText(error) })
  }
}

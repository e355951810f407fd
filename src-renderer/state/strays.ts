/** The webhooks that still point at a port that the receivers have left, live while somebody looks. */
import { useEffect } from 'react'
import { create } from 'zustand'
import type { StrayWebhooks } from '#contract'
import { core, onFact } from './core.ts'
import { createPaced } from './paced.ts'

const BEAT_MS = 250
const NONE: StrayWebhooks = { port: null, webhooks: [] }

const useStrays = create<{ readonly strays: StrayWebhooks }>()(() => ({ strays: NONE }))

const beat = createPaced(async () => {
  useStrays.setState({ strays: await core().receiver.strayWebhooks() })
}, BEAT_MS)

let lookers = 0
onFact(({ kind }) => {
  const isTold =
    kind === 'webhooks.changed' || kind === 'settings.changed' || kind === 'status.changed'
  if (lookers > 0 && isTold) beat.request()
})

export function useStrayWebhooks(): StrayWebhooks {
  useEffect(() => {
    lookers += 1
    beat.request()
    return () => {
      lookers -= 1
    }
  }, [])
  return useStrays((state) => state.strays)
}

/** Aims these at the receivers' port; answers how many. Fails with the core's reason. */
export async function aimStrays({ webhooks }: StrayWebhooks): Promise<number> {
  const webhookIds = webhooks.map(({ webhookId }) => webhookId)
  const { aimed } = await core().receiver.aimWebhooks({ webhookIds })
  useStrays.setState({ strays: NONE })
  beat.request()
  return aimed
}

/**
 * The webhooks, as the core has them. What is done to one shows at once where that is safe, and is
 * read anew when the core says so.
 */
import { create } from 'zustand'
import {
  type EventName,
  eventLabel,
  type Fired,
  type Webhook,
  type WebhookDraft,
  type WebhookId,
  type WebhookStatus,
} from '#contract'
import { core, onFact, readFaultText } from './core.ts'
import { createPaced } from './paced.ts'

const BEAT_MS = 150
/** The last outcome of a webhook follows its deliveries, which may come by the thousand. */
const OUTCOME_BEAT_MS = 1000

interface WebhooksStore {
  readonly webhooks: readonly Webhook[]
  /** The list has been read at least once. */
  readonly isRead: boolean
  /** Why it could not be read, in words. */
  readonly problem: string | null
}

export const useWebhooks = create<WebhooksStore>()(() => ({
  webhooks: [],
  isRead: false,
  problem: null,
}))

const { getState: get, setState: set } = useWebhooks

async function read(): Promise<void> {
  try {
    set({ webhooks: await core().webhook.list(), isRead: true, problem: null })
  } catch (error) {
    set({ problem: readFaultText(error) })
  }
}
const beat = createPaced(read, BEAT_MS)
const outcomeBeat = createPaced(read, OUTCOME_BEAT_MS)

onFact(({ kind }) => {
  if (kind === 'webhooks.changed') beat.request()
  if (kind === 'deliveries.changed') outcomeBeat.request()
})

function lay(webhook: Webhook): Webhook {
  const { webhooks } = get()
  const isThere = webhooks.some(({ id }) => id === webhook.id)
  set({
    webhooks: isThere
      ? webhooks.map((each) => (each.id === webhook.id ? webhook : each))
      : [...webhooks, webhook],
  })
  return webhook
}

/** What can be done with webhooks; each fails with the core's reason. */
export const webhooks = {
  save: async (webhookId: WebhookId | null, draft: WebhookDraft): Promise<Webhook> => {
    return lay(await core().webhook.save({ webhookId, draft }))
  },
  /** How many were made, and how many of the type's actions had one to that endpoint already. */
  createForType: async (
    draft: WebhookDraft,
  ): Promise<{ created: readonly Webhook[]; existing: number }> => {
    const answer = await core().webhook.createForType({ draft })
    beat.request()
    return answer
  },
  setStatus: async (webhookId: WebhookId, status: WebhookStatus): Promise<void> => {
    const before = get().webhooks.find(({ id }) => id === webhookId)
    if (before) lay({ ...before, status })
    try {
      lay(await core().webhook.setStatus({ webhookId, status }))
    } catch (error) {
      if (before) lay(before)
      throw error
    }
  },
  duplicate: async (webhookId: WebhookId): Promise<Webhook> => {
    return lay(await core().webhook.duplicate({ webhookId }))
  },
  delete: async (webhookIds: readonly WebhookId[]): Promise<void> => {
    await core().webhook.delete({ webhookIds: [...webhookIds] })
    set({ webhooks: get().webhooks.filter(({ id }) => !webhookIds.includes(id)) })
  },
  restore: async (webhookIds: readonly WebhookId[]): Promise<void> => {
    await core().webhook.restore({ webhookIds: [...webhookIds] })
    beat.request()
  },
  /** @param payloadText in place of what the seed makes */
  fireSample: (webhookId: WebhookId, seed: number, payloadText?: string): Promise<Fired> => {
    const sample = payloadText === undefined ? { seed } : { seed, payloadText }
    return core().webhook.fireSample({ webhookId, ...sample })
  },
  /** One event of its kind, to whoever listens. */
  fireEvent: async (event: EventName, seed: number): Promise<Fired> => {
    const { payloadText } = await core().simulator.payload({ event, seed })
    return core().simulator.fire({ event, payloadText, stamp: true })
  },
}

/** What a webhook is called where it has no name of its own. */
export function webhookTitle({ name, event }: Pick<WebhookDraft, 'name' | 'event'>): string {
  return name.trim() || eventLabel(event)
}

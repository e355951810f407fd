/**
 * Webhooks that are aimed at a receiver of this workspace, but at a port that the receivers have
 * left: which they are, and aiming them anew.
 */
import type { StrayWebhooks, WebhookId } from '#contract'
import { draftValues } from '../authoring/draft-secrets.ts'
import type { Vault } from '../authoring/vault.ts'
import type { Webhooks } from '../authoring/webhooks.ts'
import type { Receivers } from '../receivers/index.ts'
import type { Store } from '../store/index.ts'

export interface StrayKeeper {
  list(): StrayWebhooks
  /** Aims those that stray still, all in one go; answers how many. */
  aim(ids: readonly WebhookId[]): Promise<number>
}

type Definition = ReturnType<Store['receivers']['list']>[number]

const HERE = /^(http:\/\/(?:127\.0\.0\.1|localhost))(?::(\d+))?((?:[/?#].*)?)$/is

export function createStrayKeeper(deps: {
  store: Store
  vault: Vault
  webhooks: Webhooks
  receivers: Receivers
}): StrayKeeper {
  const { store, vault, webhooks, receivers } = deps

  /** The port to stay at: not one that the receivers have only until the next start. */
  function lastingPort(): number | null {
    return store.settings.get().receiversPort || receivers.port()
  }

  function strays() {
    const wanted = lastingPort()
    const definitions = store.receivers.list()
    const others = new Set(definitions.map(({ port }) => port))
    return store.webhooks.list().flatMap(({ id, draft }) => {
      const { endpoint } = draftValues(vault, draft)
      const [, lead = '', digits = '80', target = ''] = HERE.exec(endpoint.trim()) ?? []
      const port = Number(digits)
      const isStray = lead !== '' && wanted !== null && port !== wanted && !others.has(port)
      return isStray && definitions.some((receiver) => isAt(receiver, target))
        ? [{ webhookId: id, name: draft.name, port, url: `${lead}:${wanted}${target}` }]
        : []
    })
  }

  return {
    list: () => ({
      port: lastingPort(),
      webhooks: strays().map(({ webhookId, name, port }) => ({ webhookId, name, port })),
    }),
    aim: async (ids) => {
      const chosen = strays().filter(({ webhookId }) => ids.includes(webhookId))
      await webhooks.aim(new Map(chosen.map(({ webhookId, url }) => [webhookId, url])))
      return chosen.length
    },
  }
}

/** Whether a receiver takes what is sent to this path and query. */
function isAt({ kind, path }: Definition, target: string): boolean {
  const own = path.split('?')[0] ?? path
  const asked = target.split(/[?#]/)[0] ?? target
  return asked === own || (kind === 'plain' && asked.startsWith(`${own}/`))
}

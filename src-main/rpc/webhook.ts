/** webhook.*, draft.* and secret.*: authoring. */
import type { Services } from '../services.ts'
import type { Implementer } from './router.ts'

export function webhookHandlers(os: Implementer, { webhooks, requests, simulator }: Services) {
  return {
    list: os.webhook.list.handler(() => webhooks.list()),
    save: os.webhook.save.handler(({ input }) => webhooks.save(input.webhookId, input.draft)),
    createForType: os.webhook.createForType.handler(({ input }) =>
      webhooks.createForType(input.draft),
    ),
    setStatus: os.webhook.setStatus.handler(({ input }) =>
      webhooks.setStatus(input.webhookId, input.status),
    ),
    duplicate: os.webhook.duplicate.handler(({ input }) => webhooks.duplicate(input.webhookId)),
    delete: os.webhook.delete.handler(({ input }) => {
      webhooks.delete(input.webhookIds)
      return {}
    }),
    restore: os.webhook.restore.handler(({ input }) => {
      webhooks.restore(input.webhookIds)
      return {}
    }),
    preview: os.webhook.preview.handler(({ input }) => {
      const { draft, event = draft.event, seed } = input
      return requests.preview(draft, input.payloadText ?? simulator.payload(event, seed))
    }),
    builtInTemplate: os.webhook.builtInTemplate.handler(({ input }) => ({
      template: requests.builtInTemplate(input.chat, input.event),
    })),
    matchTarget: os.webhook.matchTarget.handler(({ input }) => simulator.matchTarget(input.target)),
    fireSample: os.webhook.fireSample.handler(({ input }) =>
      simulator.fireSample(input.webhookId, input.seed, input.payloadText),
    ),
  }
}

export function draftHandlers(os: Implementer, { webhooks }: Services) {
  return {
    list: os.draft.list.handler(() => webhooks.drafts()),
    put: os.draft.put.handler(({ input }) => webhooks.putDraft(input.webhookId, input.draft)),
    discard: os.draft.discard.handler(({ input }) => {
      webhooks.discardDraft(input.webhookId)
      return {}
    }),
  }
}

export function secretHandlers(os: Implementer, { vault }: Services) {
  return {
    reveal: os.secret.reveal.handler(({ input }) => ({ value: vault.reveal(input.secretId) })),
  }
}

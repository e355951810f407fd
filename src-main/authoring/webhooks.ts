/** Webhooks and their unsaved forms, as the user handles them: validated, sealed, stored. */
import {
  catalogueEntry,
  eventsOfType,
  type FieldProblem,
  MASK_CHARACTER,
  type StoredDraft,
  type Webhook,
  type WebhookDraft,
  type WebhookId,
  type WebhookStatus,
} from '#contract'
import { recogniseEndpoint, suggestName } from '../destinations/index.ts'
import { endpointFault } from '../encode/index.ts'
import { AppError } from '../errors.ts'
import type { EventHub } from '../event-hub.ts'
import type { Runtime } from '../runtime.ts'
import type { Store } from '../store/index.ts'
import type { StoredWebhook, WebhookRevision } from '../store/webhooks.ts'
import { draftValues, refreshMasks, sealDraft } from './draft-secrets.ts'
import type { Requests } from './requests.ts'
import type { Vault } from './vault.ts'

export interface Webhooks {
  list(): Webhook[]
  /** @throws AppError `invalid` with the fields' problems, `not_found` */
  save(webhookId: WebhookId | null, draft: WebhookDraft): Promise<Webhook>
  createForType(draft: WebhookDraft): Promise<{ created: Webhook[]; existing: number }>
  /** @throws AppError `not_found` */
  setStatus(webhookId: WebhookId, status: WebhookStatus): Webhook
  duplicate(webhookId: WebhookId): Webhook
  delete(ids: readonly WebhookId[]): void
  restore(ids: readonly WebhookId[]): void
  /**
   * Creates a webhook that came from elsewhere, inactive: what it lacks is asked for when it is
   * opened. @throws AppError `invalid` when its URL is none
   */
  addImported(draft: WebhookDraft): Promise<WebhookId>
  /** Gives each a new URL, as a new version, all in one go. @throws AppError `not_found` */
  aim(urls: ReadonlyMap<WebhookId, string>): Promise<void>
  /** Creates webhooks of the sample workspace. */
  addSamples(drafts: readonly WebhookDraft[]): Promise<void>
  removeSamples(): WebhookId[]
  drafts(): StoredDraft[]
  putDraft(webhookId: WebhookId | null, draft: WebhookDraft): Promise<StoredDraft>
  discardDraft(webhookId: WebhookId | null): void
}

export function createWebhooks(deps: {
  store: Store
  vault: Vault
  requests: Requests
  runtime: Runtime
  hub: EventHub
}): Webhooks {
  const { store, vault, requests, runtime, hub } = deps

  const changed = () => hub.publish({ kind: 'webhooks.changed' })
  const toWebhook = ({
    version: _version,
    origin: _origin,
    draft,
    ...rest
  }: StoredWebhook): Webhook => ({
    ...rest,
    ...refreshMasks(vault, draft),
  })

  function find(id: WebhookId): StoredWebhook {
    const webhook = store.webhooks.get(id)
    if (!webhook) throw new AppError('not_found', 'This webhook does not exist any more.')
    return webhook
  }

  async function revise(draft: WebhookDraft): Promise<WebhookRevision & { commit(): void }> {
    const blocking = requests.problems(draft).filter(({ severity }) => severity === 'error')
    if (blocking.length > 0) throw new AppError('invalid', summary(blocking), blocking)
    const { endpoint } = draftValues(vault, draft)
    const sealed = await sealDraft(vault, draft)
    const name = draft.name.trim() || suggestName(draft.event, endpoint)
    return {
      draft: { ...sealed.draft, name },
      destination: recogniseEndpoint(endpoint).destination,
      origin: new URL(endpoint).origin,
      commit: sealed.commit,
    }
  }

  async function create(draft: WebhookDraft, isSample: boolean): Promise<Webhook> {
    const revision = await revise(draft)
    const id = runtime.newId('wh') as WebhookId
    store.together(() => {
      revision.commit()
      store.webhooks.put(id, revision, runtime.nowMs(), isSample)
    })
    changed()
    return toWebhook(find(id))
  }

  async function save(webhookId: WebhookId | null, draft: WebhookDraft): Promise<Webhook> {
    const id = webhookId ?? (runtime.newId('wh') as WebhookId)
    if (webhookId) find(webhookId)
    const revision = await revise(draft)
    store.together(() => {
      revision.commit()
      store.webhooks.put(id, revision, runtime.nowMs(), false)
      store.drafts.discard(webhookId)
    })
    changed()
    hub.publish({ kind: 'drafts.changed' })
    return toWebhook(find(id))
  }

  async function addImported(draft: WebhookDraft): Promise<WebhookId> {
    const { endpoint } = draftValues(vault, draft)
    const fault = endpointFault(endpoint.replaceAll(MASK_CHARACTER, '-'))
    if (fault) throw new AppError('invalid', fault.message)
    const sealed = await sealDraft(vault, { ...draft, status: 'inactive' })
    const name = draft.name.trim() || suggestName(draft.event, endpoint)
    const id = runtime.newId('wh') as WebhookId
    store.together(() => {
      sealed.commit()
      const revision = {
        draft: { ...sealed.draft, name },
        destination: recogniseEndpoint(endpoint).destination,
        origin: new URL(endpoint).origin,
      }
      store.webhooks.put(id, revision, runtime.nowMs(), false)
    })
    changed()
    return id
  }

  async function aim(urls: ReadonlyMap<WebhookId, string>): Promise<void> {
    const aimed: (() => void)[] = []
    for (const [id, text] of urls) {
      const { draft, isSample } = find(id)
      const sealed = await sealDraft(vault, { ...draft, endpoint: { kind: 'plain', text } })
      const { destination } = recogniseEndpoint(text)
      const revision = { draft: sealed.draft, destination, origin: new URL(text).origin }
      aimed.push(() => {
        sealed.commit()
        store.webhooks.put(id, revision, runtime.nowMs(), isSample)
      })
    }
    store.together(() => {
      for (const put of aimed) put()
    })
    changed()
  }

  async function createForType(draft: WebhookDraft) {
    const endpoint = draftValues(vault, draft).endpoint
    const taken = new Set(
      store.webhooks
        .list()
        .filter((webhook) => draftValues(vault, webhook.draft).endpoint === endpoint)
        .map((webhook) => webhook.draft.event),
    )
    const entries = eventsOfType(catalogueEntry(draft.event).type)
    const missing = entries.filter(({ name }) => !taken.has(name))
    const created: Webhook[] = []
    for (const { name, label } of missing) {
      const title = draft.name.trim()
      created.push(
        await create({ ...draft, event: name, name: title && `${title} · ${label}` }, false),
      )
    }
    return { created, existing: entries.length - missing.length }
  }

  function duplicate(webhookId: WebhookId): Webhook {
    const original = find(webhookId)
    const id = runtime.newId('wh') as WebhookId
    const draft = { ...original.draft, name: `${original.draft.name} (copy)` }
    store.webhooks.put(id, { ...original, draft }, runtime.nowMs(), false)
    changed()
    return toWebhook(find(id))
  }

  function markDeleted(ids: readonly WebhookId[], deletedAtMs: number | null) {
    store.webhooks.markDeleted(ids, deletedAtMs)
    vault.referencesChanged()
    changed()
    if (deletedAtMs !== null) hub.publish({ kind: 'drafts.changed' })
  }

  async function putDraft(webhookId: WebhookId | null, draft: WebhookDraft): Promise<StoredDraft> {
    const sealed = await sealDraft(vault, draft)
    const updatedAtMs = runtime.nowMs()
    store.together(() => {
      sealed.commit()
      store.drafts.put(webhookId, sealed.draft, updatedAtMs)
    })
    hub.publish({ kind: 'drafts.changed' })
    return { webhookId, draft: sealed.draft, updatedAtMs }
  }

  return {
    list: () => store.webhooks.list().map(toWebhook),
    save,
    createForType,
    setStatus: (webhookId, status) => {
      find(webhookId)
      store.webhooks.setStatus(webhookId, status, runtime.nowMs())
      changed()
      return toWebhook(find(webhookId))
    },
    duplicate,
    delete: (ids) => markDeleted(ids, runtime.nowMs()),
    restore: (ids) => markDeleted(ids, null),
    addImported,
    aim,
    addSamples: async (drafts) => {
      for (const draft of drafts) await create(draft, true)
    },
    removeSamples: () => {
      const ids = store.webhooks.list().flatMap(({ id, isSample }) => (isSample ? [id] : []))
      markDeleted(ids, runtime.nowMs())
      return ids
    },
    drafts: () =>
      store.drafts
        .list()
        .map((stored) => ({ ...stored, draft: refreshMasks(vault, stored.draft) })),
    putDraft,
    discardDraft: (webhookId) => {
      store.drafts.discard(webhookId)
      vault.referencesChanged()
      hub.publish({ kind: 'drafts.changed' })
    },
  }
}

function summary(problems: readonly FieldProblem[]): string {
  const [first] = problems
  return problems.length === 1 && first
    ? first.message
    : `${problems.length} fields need another look before this can be saved.`
}

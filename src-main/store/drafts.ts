/** Unsaved forms, one per webhook and one for a webhook that does not exist yet. */
import { type StoredDraft, type WebhookDraft, type WebhookId, webhookDraftSchema } from '#contract'
import type { Database } from './database.ts'

export interface DraftStore {
  /** Without those of deleted webhooks, which come back with them. */
  list(): StoredDraft[]
  put(webhookId: WebhookId | null, draft: WebhookDraft, nowMs: number): void
  discard(webhookId: WebhookId | null): void
  /** Discards those of webhooks that do not exist any more. */
  discardOrphans(): void
}

const NEW = 'new'

interface Row {
  key: string
  draft: string
  updated_at_ms: number
}

export function createDraftStore(db: Database): DraftStore {
  const selectAll = db.prepare<[], Row>(
    `SELECT key, draft, updated_at_ms FROM drafts
     WHERE key NOT IN (SELECT id FROM webhooks WHERE deleted_at_ms IS NOT NULL) ORDER BY key`,
  )
  const upsert = db.prepare(
    'INSERT OR REPLACE INTO drafts (key, draft, updated_at_ms) VALUES (?, ?, ?)',
  )
  const remove = db.prepare('DELETE FROM drafts WHERE key = ?')
  const removeOrphans = db.prepare(
    'DELETE FROM drafts WHERE key <> ? AND key NOT IN (SELECT id FROM webhooks)',
  )
  return {
    list: () => selectAll.all().map(toDraft),
    put: (webhookId, draft, nowMs) => {
      upsert.run(webhookId ?? NEW, JSON.stringify(draft), nowMs)
    },
    discard: (webhookId) => {
      remove.run(webhookId ?? NEW)
    },
    discardOrphans: () => {
      removeOrphans.run(NEW)
    },
  }
}

function toDraft(row: Row): StoredDraft {
  return {
    webhookId: row.key === NEW ? null : (row.key as WebhookId),
    draft: webhookDraftSchema.parse(JSON.parse(row.draft)),
    updatedAtMs: row.updated_at_ms,
  }
}

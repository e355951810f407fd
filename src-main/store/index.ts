/**
 * The workspace at rest: opens the data folder's database and hands out one small store per noun.
 * Everything is committed when a call returns, or when its promise resolves.
 */
import { openBeginJournal } from './begin-journal.ts'
import { type BulkEndStore, createBulkEndStore } from './bulk-ends.ts'
import { type BulkItemStore, createBulkItemStore } from './bulk-items.ts'
import { type BulkRunStore, createBulkRunStore } from './bulk-runs.ts'
import { type BulkSources, createBulkSources } from './bulk-sources.ts'
import { type CaptureStore, createCaptureStore } from './captures.ts'
import { type ChannelRows, createChannelRows } from './channel-rows.ts'
import { type ConfirmedHostStore, createConfirmedHostStore } from './confirmed-hosts.ts'
import type { DataFolder } from './data-folder.ts'
import { openDatabase } from './database.ts'
import { createDeliveryLog, type WritableHistory } from './delivery-log.ts'
import { createDraftStore, type DraftStore } from './drafts.ts'
import { createHistoryQuery, type HistoryQuery } from './history-query.ts'
import { createPayloadDraftStore, type PayloadDraftStore } from './payload-drafts.ts'
import { createReceiverStore, type ReceiverStore } from './receivers.ts'
import { createRetentionStore, type RetentionStore } from './retention.ts'
import { createSampleStore, type SampleStore } from './samples.ts'
import { createSecretStore, type SecretStore } from './secrets.ts'
import { createSettingsStore, type SettingsStore } from './settings.ts'
import { createWebhookStore, type WebhookStore } from './webhooks.ts'
import { createWriteBatch } from './write-batch.ts'
import { createWriteLink } from './write-link.ts'
import type { Write } from './write-message.ts'
import { inTurn } from './write-turn.ts'

export type { MadeItem } from './bulk-ends.ts'
export type { DueItem, NewBulkItem, PlannedItem, StoredItem } from './bulk-items.ts'
export type { StoredRun } from './bulk-runs.ts'
export type { CapturedBytes } from './bulk-sources.ts'
export type { CaptureRow, ForwardedCapture, RecordedCapture } from './captures.ts'
export type { Write } from './write-message.ts'

export interface Store {
  readonly webhooks: WebhookStore
  readonly drafts: DraftStore
  readonly samples: SampleStore
  readonly payloadDrafts: PayloadDraftStore
  readonly receivers: ReceiverStore
  readonly captures: CaptureStore
  readonly channels: ChannelRows
  readonly retention: RetentionStore
  readonly secrets: SecretStore
  readonly settings: SettingsStore
  readonly hosts: ConfirmedHostStore
  readonly log: WritableHistory
  readonly history: HistoryQuery
  readonly bulkRuns: BulkRunStore
  readonly bulkItems: BulkItemStore
  readonly bulkEnds: BulkEndStore
  readonly bulkSources: BulkSources
  /** Where a damaged database now lies, when one was found at the start. */
  readonly setAside: string | null
  /** Runs synchronous writes of several stores in one transaction. */
  together<T>(writes: () => T): T
  /** Commits these together, off this thread; resolves when they are. Rejects with SQLite's code. */
  commit(writes: readonly Write[]): Promise<void>
  databaseBytes(): number
  /** Commits what is waiting, folds the write-ahead log in, and closes. */
  close(): void
}

/**
 * @param nowMs names backups and files set aside
 * @throws AppError `unavailable` when the database is from a newer Hookstage, or cannot be used
 */
export function openStore(folder: DataFolder, nowMs: number): Store {
  const stamp = new Date(nowMs).toISOString().replace(/[:.]/g, '-')
  const opened = openDatabase(folder.file('hookstage.sqlite'), stamp)
  const link = createWriteLink(opened.db)
  const batch = createWriteBatch(link)
  const db = inTurn(opened.db, link.turn)
  const journal = openBeginJournal(folder.file('under-way.log'), db)
  const pageBytes = Number(db.pragma('page_size', { simple: true }))
  return {
    webhooks: createWebhookStore(db),
    drafts: createDraftStore(db),
    samples: createSampleStore(db),
    payloadDrafts: createPayloadDraftStore(db),
    receivers: createReceiverStore(db),
    captures: createCaptureStore(db, batch),
    channels: createChannelRows(db),
    retention: createRetentionStore(db),
    secrets: createSecretStore(db),
    settings: createSettingsStore(db),
    hosts: createConfirmedHostStore(db),
    log: createDeliveryLog(db, batch, journal),
    history: createHistoryQuery(db, journal),
    bulkRuns: createBulkRunStore(db),
    bulkItems: createBulkItemStore(db),
    bulkEnds: createBulkEndStore(db, batch),
    bulkSources: createBulkSources(db),
    setAside: opened.setAside,
    together: (writes) => db.transaction(writes)(),
    commit: (writes) => batch.run(...writes),
    databaseBytes: () => Number(db.pragma('page_count', { simple: true })) * pageBytes,
    close: () => {
      try {
        batch.close()
        journal.close()
        db.pragma('wal_checkpoint(TRUNCATE)')
      } finally {
        db.close()
      }
    },
  }
}

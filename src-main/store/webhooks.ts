/**
 * Webhooks and their immutable versions. Saving adds a version; a delivery refers to the version it
 * was decided with, so editing a webhook never rewrites what happened. Status is not part of a version.
 */
import {
  contentTypeSchema,
  type Destination,
  destinationSchema,
  eventNameSchema,
  formEncodingSchema,
  headerRowSchema,
  jsonStyleSchema,
  messageFormatSchema,
  type OutcomeCode,
  outcomeCodeSchema,
  retrySchema,
  type SecretId,
  signingSchema,
  targetSchema,
  type WebhookDraft,
  type WebhookId,
  type WebhookStatus,
  webhookCertificatesSchema,
  webhookNetworkSchema,
  webhookStatusSchema,
} from '#contract'
import type { Database } from './database.ts'
import type { WebhookVersion } from './history-records.ts'

/** What a save writes: secrets already sealed, so every text is `plain` or `kept`. */
export interface WebhookRevision {
  readonly draft: WebhookDraft
  readonly destination: Destination
  /** Of the endpoint: deliveries to one origin share a limit. */
  readonly origin: string
}

export interface StoredWebhook extends WebhookRevision {
  readonly id: WebhookId
  readonly version: WebhookVersion
  readonly isSample: boolean
  readonly createdAtMs: number
  readonly updatedAtMs: number
  readonly last: { code: OutcomeCode; finishedAtMs: number } | null
}

export interface WebhookStore {
  /** Without the deleted ones, oldest first. */
  list(): StoredWebhook[]
  get(id: WebhookId): StoredWebhook | null
  version(version: WebhookVersion): WebhookRevision & { id: WebhookId }
  /** A version of a webhook that no list shows, for a delivery of Hookstage's own. */
  putUnlisted(id: WebhookId, revision: WebhookRevision): WebhookVersion
  put(id: WebhookId, revision: WebhookRevision, nowMs: number, isSample: boolean): void
  setStatus(id: WebhookId, status: WebhookStatus, nowMs: number): void
  markDeleted(ids: readonly WebhookId[], deletedAtMs: number | null): void
  /** Forgets the webhooks deleted before then; their history stays. */
  forgetDeleted(beforeMs: number): void
}

interface VersionRow {
  version: number
  webhook_id: string
  name: string
  event: string
  endpoint: string
  endpoint_secret_id: string | null
  origin: string
  destination: string
  content_type: string
  form_encoding: string
  form_field: string
  json_style: string
  headers: string
  target: string
  format: string
  template: string
  timeout_ms: number
  retry: string
  certificates: string
  network: string
  signing: string
}

interface WebhookRow extends VersionRow {
  status: string
  is_sample: number
  created_at_ms: number
  updated_at_ms: number
  last_code: string | null
  last_finished_at_ms: number | null
}

const SELECT = `
SELECT v.*, w.status, w.is_sample, w.created_at_ms, w.updated_at_ms,
  last.code AS last_code, last.finished_at_ms AS last_finished_at_ms
FROM webhooks AS w JOIN webhook_versions AS v ON v.version = w.version
LEFT JOIN deliveries AS last ON last.seq = (
  SELECT seq FROM deliveries
  WHERE webhook_id = w.id AND finished_at_ms IS NOT NULL ORDER BY seq DESC LIMIT 1)
WHERE w.deleted_at_ms IS NULL`

const MOST_READ_VERSIONS = 500

export function createWebhookStore(db: Database): WebhookStore {
  const selectAll = db.prepare<[], WebhookRow>(`${SELECT} ORDER BY w.created_at_ms, w.id`)
  const selectOne = db.prepare<[string], WebhookRow>(`${SELECT} AND w.id = ?`)
  const selectVersion = db.prepare<[number], VersionRow>(
    'SELECT * FROM webhook_versions WHERE version = ?',
  )
  const insertVersion = db.prepare(`
    INSERT INTO webhook_versions (webhook_id, name, event, endpoint, endpoint_secret_id, origin,
      destination, content_type, form_encoding, form_field, json_style, headers, target, format, template,
      timeout_ms, signing, retry, certificates, network)
    VALUES (@webhook_id, @name, @event, @endpoint, @endpoint_secret_id, @origin,
      @destination, @content_type, @form_encoding, @form_field, @json_style, @headers, @target, @format, @template,
      @timeout_ms, @signing, @retry, @certificates, @network)`)
  const upsert = db.prepare(`
    INSERT INTO webhooks (id, version, status, is_sample, created_at_ms, updated_at_ms)
    VALUES (@id, @version, @status, @isSample, @nowMs, @nowMs)
    ON CONFLICT (id) DO UPDATE SET version = @version, status = @status, is_sample = @isSample, updated_at_ms = @nowMs`)
  const updateStatus = db.prepare('UPDATE webhooks SET status = ?, updated_at_ms = ? WHERE id = ?')
  const updateDeleted = db.prepare('UPDATE webhooks SET deleted_at_ms = ? WHERE id = ?')
  const forget = db.prepare('DELETE FROM webhooks WHERE deleted_at_ms < ?')

  /** Versions never change, and each delivery asks for its own. */
  const versions = new Map<WebhookVersion, WebhookRevision & { id: WebhookId }>()

  const put = db.transaction(
    (id: WebhookId, revision: WebhookRevision, nowMs: number, isSample: boolean) => {
      const version = insertVersion.run(toVersionRow(id, revision)).lastInsertRowid
      const { status } = revision.draft
      upsert.run({ id, version, status, isSample: isSample ? 1 : 0, nowMs })
    },
  )
  const markDeleted = db.transaction((ids: readonly WebhookId[], deletedAtMs: number | null) => {
    for (const id of ids) {
      updateDeleted.run(deletedAtMs, id)
    }
  })

  return {
    list: () => selectAll.all().map(toWebhook),
    get: (id) => {
      const row = selectOne.get(id)
      return row ? toWebhook(row) : null
    },
    version: (version) => {
      const known = versions.get(version)
      if (known) return known
      const row = selectVersion.get(version)
      if (!row) throw new Error(`webhook version ${version} is missing`)
      const revision = { ...toRevision(row, 'active'), id: row.webhook_id as WebhookId }
      if (versions.size >= MOST_READ_VERSIONS) versions.clear()
      versions.set(version, revision)
      return revision
    },
    putUnlisted: (id, revision) =>
      Number(insertVersion.run(toVersionRow(id, revision)).lastInsertRowid) as WebhookVersion,
    put,
    setStatus: (id, status, nowMs) => {
      updateStatus.run(status, nowMs, id)
    },
    markDeleted,
    forgetDeleted: (beforeMs) => {
      forget.run(beforeMs)
    },
  }
}

function toVersionRow(id: WebhookId, revision: WebhookRevision): Omit<VersionRow, 'version'> {
  const { draft } = revision
  return {
    webhook_id: id,
    name: draft.name,
    event: draft.event,
    endpoint: draft.endpoint.kind === 'kept' ? draft.endpoint.mask : draft.endpoint.text,
    endpoint_secret_id: draft.endpoint.kind === 'kept' ? draft.endpoint.secretId : null,
    origin: revision.origin,
    destination: revision.destination,
    content_type: draft.contentType,
    form_encoding: draft.formEncoding,
    form_field: draft.formField,
    json_style: draft.jsonStyle,
    headers: JSON.stringify(draft.headers),
    target: JSON.stringify(draft.target),
    format: draft.format,
    template: draft.template,
    timeout_ms: draft.timeoutMs,
    signing: JSON.stringify(draft.signing),
    retry: JSON.stringify(draft.retry),
    certificates: draft.certificates,
    network: JSON.stringify(draft.network),
  }
}

function toRevision(row: VersionRow, status: WebhookStatus): WebhookRevision {
  const draft: WebhookDraft = {
    name: row.name,
    event: eventNameSchema.parse(row.event),
    contentType: contentTypeSchema.parse(row.content_type),
    formEncoding: formEncodingSchema.parse(row.form_encoding),
    formField: row.form_field,
    jsonStyle: jsonStyleSchema.parse(row.json_style),
    status,
    endpoint:
      row.endpoint_secret_id === null
        ? { kind: 'plain', text: row.endpoint }
        : {
            kind: 'kept',
            secretId: row.endpoint_secret_id as SecretId,
            mask: row.endpoint,
            readable: true,
          },
    headers: headerRowSchema.array().parse(JSON.parse(row.headers)),
    target: targetSchema.parse(JSON.parse(row.target)),
    format: messageFormatSchema.parse(row.format),
    template: row.template,
    signing: signingSchema.parse(JSON.parse(row.signing)),
    retry: retrySchema.parse(JSON.parse(row.retry)),
    certificates: webhookCertificatesSchema.parse(row.certificates),
    network: webhookNetworkSchema.parse(JSON.parse(row.network)),
    timeoutMs: row.timeout_ms,
  }
  return { draft, destination: destinationSchema.parse(row.destination), origin: row.origin }
}

function toWebhook(row: WebhookRow): StoredWebhook {
  return {
    ...toRevision(row, webhookStatusSchema.parse(row.status)),
    id: row.webhook_id as WebhookId,
    version: row.version as WebhookVersion,
    isSample: row.is_sample === 1,
    createdAtMs: row.created_at_ms,
    updatedAtMs: row.updated_at_ms,
    last:
      row.last_code === null || row.last_finished_at_ms === null
        ? null
        : {
            code: outcomeCodeSchema.parse(row.last_code),
            finishedAtMs: row.last_finished_at_ms,
          },
  }
}

/** Sealed secrets by id. Rows are never changed: a new value is a new secret. */
import type { SecretId } from '#contract'
import type { Database } from './database.ts'

export type SecretKind = 'header' | 'endpoint' | 'signing' | 'proxy'

export interface SealedSecret {
  readonly id: SecretId
  readonly kind: SecretKind
  readonly scheme: string
  readonly blob: Uint8Array
  readonly mask: string
}

export interface SecretStore {
  all(): SealedSecret[]
  /** A secret that is stored already stays as it is. */
  insert(secret: SealedSecret, nowMs: number): void
  /** Those that a webhook, a draft, a receiver or something past refers to. */
  inUse(): SecretId[]
  /** Deletes the others, and answers how many. */
  deleteUnused(): number
}

const IN_USE = `
  WITH live (version) AS (
    SELECT version FROM webhooks UNION SELECT version FROM webhook_versions WHERE used = 1
    UNION SELECT template FROM bulk_runs WHERE template IS NOT NULL
  )
  SELECT endpoint_secret_id AS id FROM webhook_versions JOIN live USING (version)
    WHERE endpoint_secret_id IS NOT NULL
  UNION SELECT row.value ->> '$.value.secretId'
    FROM webhook_versions JOIN live USING (version), json_each(webhook_versions.headers) AS row
    WHERE row.value ->> '$.value.secretId' IS NOT NULL
  UNION SELECT leaf.value
    FROM webhook_versions JOIN live USING (version), json_tree(webhook_versions.signing) AS leaf
    WHERE leaf.key = 'secretId'
  UNION SELECT network ->> '$.proxyCredentials.secretId'
    FROM webhook_versions JOIN live USING (version)
    WHERE network ->> '$.proxyCredentials.secretId' IS NOT NULL
  UNION SELECT value ->> '$.network.proxyCredentials.secretId' FROM settings
    WHERE name = 'workspace' AND value ->> '$.network.proxyCredentials.secretId' IS NOT NULL
  UNION SELECT forward_secret_id FROM receivers WHERE forward_secret_id IS NOT NULL
  UNION SELECT url_secret_id FROM receivers WHERE url_secret_id IS NOT NULL
  UNION SELECT secret_id FROM capture_forwards WHERE secret_id IS NOT NULL
  UNION SELECT leaf.value FROM drafts, json_tree(drafts.draft) AS leaf WHERE leaf.key = 'secretId'`

interface Row {
  id: string
  kind: SecretKind
  scheme: string
  blob: Uint8Array
  mask: string
}

export function createSecretStore(db: Database): SecretStore {
  const selectAll = db.prepare<[], Row>('SELECT id, kind, scheme, blob, mask FROM secrets')
  const insert = db.prepare(
    `INSERT INTO secrets (id, kind, scheme, blob, mask, created_at_ms) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO NOTHING`,
  )
  const selectInUse = db.prepare<[], { id: string }>(IN_USE)
  const deleteUnused = db.prepare(`DELETE FROM secrets WHERE id NOT IN (${IN_USE})`)
  return {
    all: () => selectAll.all().map((row) => ({ ...row, id: row.id as SecretId })),
    insert: ({ id, kind, scheme, blob, mask }, nowMs) => {
      insert.run(id, kind, scheme, blob, mask, nowMs)
    },
    inUse: () => selectInUse.all().map(({ id }) => id as SecretId),
    deleteUnused: () => deleteUnused.run().changes,
  }
}

/** The requests of replays, which no webhook renders: written with their deliveries, never changed. */
import type { ReplayKind } from '#contract'
import type { Database } from './database.ts'
import type { WriteBatch } from './write-batch.ts'
import type { Write } from './write-message.ts'

/** What is sent again; `sign` says where the headers of a new signature go. */
export interface StoredRequest {
  readonly method: string
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body: Uint8Array
  readonly sign: { readonly at: number; readonly id: string | null } | null
}

/** What makes a delivery a replay. */
export interface ReplayMark {
  /** A delivery's id, or a capture's. */
  readonly parentId: string
  readonly kind: ReplayKind
  /** Null: it is rendered from its webhook. */
  readonly request: StoredRequest | null
}

interface Row {
  method: string
  headers: string
  body: Uint8Array
  sign: string
}

export function createFixedRequests(db: Database, batch: WriteBatch) {
  // Follows the write of the delivery.
  const add = batch.statement('INSERT INTO fixed_requests VALUES (last_insert_rowid(), ?, ?, ?, ?)')
  const insert = db.prepare('INSERT INTO fixed_requests VALUES (?, ?, ?, ?, ?)')
  const select = db.prepare<[number], Row>(
    'SELECT method, headers, body, sign FROM fixed_requests WHERE seq = ?',
  )
  return {
    /** Within the transaction that records the delivery. */
    put: (seq: number, { method, headers, body, sign }: StoredRequest): void => {
      insert.run(seq, method, JSON.stringify(headers), body, JSON.stringify(sign))
    },
    add: ({ method, headers, body, sign }: StoredRequest): Write =>
      add(method, JSON.stringify(headers), body, JSON.stringify(sign)),
    get: (seq: number): StoredRequest | null => {
      const row = select.get(seq)
      if (!row) return null
      const { method, body } = row
      const headers = JSON.parse(row.headers) as StoredRequest['headers']
      return { method, headers, body, sign: JSON.parse(row.sign) as StoredRequest['sign'] }
    },
  }
}

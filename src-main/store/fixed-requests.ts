/** The requests of replays, which no webhook renders: written with their deliveries, never changed. */
import type { ReplayKind } from '#contract'
import type { Database } from './database.ts'
import type { WriteBatch } from './write-batch.ts'
import type { Write } from './write-message.ts'

/**
 * What is sent again; `sign` says where the headers of a new signature go, `isPathExact` that the
 * endpoint's path goes out as it stands.
 */
export interface StoredRequest {
  readonly method: string
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body: Uint8Array
  readonly isPathExact: boolean
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
  is_path_exact: number
}

export function createFixedRequests(db: Database, batch: WriteBatch) {
  // Follows the write of the delivery.
  const add = batch.statement(
    'INSERT INTO fixed_requests VALUES (last_insert_rowid(), ?, ?, ?, ?, ?)',
  )
  const insert = db.prepare('INSERT INTO fixed_requests VALUES (?, ?, ?, ?, ?, ?)')
  const select = db.prepare<[number], Row>(
    'SELECT method, headers, body, sign, is_path_exact FROM fixed_requests WHERE seq = ?',
  )
  return {
    /** Within the transaction that records the delivery. */
    put: (seq: number, request: StoredRequest): void => {
      insert.run(seq, ...columnsOf(request))
    },
    add: (request: StoredRequest): Write => add(...columnsOf(request)),
    get: (seq: number): StoredRequest | null => {
      const row = select.get(seq)
      if (!row) return null
      const { method, body } = row
      const headers = JSON.parse(row.headers) as StoredRequest['headers']
      const sign = JSON.parse(row.sign) as StoredRequest['sign']
      return { method, headers, body, isPathExact: row.is_path_exact === 1, sign }
    },
  }
}

function columnsOf({ method, headers, body, isPathExact, sign }: StoredRequest) {
  return [method, JSON.stringify(headers), body, JSON.stringify(sign), isPathExact ? 1 : 0] as const
}

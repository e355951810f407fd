/** Hosts that the user allowed requests to. */
import type { ConfirmedHost } from '#contract'
import type { Database } from './database.ts'

export interface ConfirmedHostStore {
  /** By name. */
  list(): ConfirmedHost[]
  /** Keeps the earlier time of one that is there. */
  add(hosts: readonly string[], confirmedAtMs: number): void
  remove(host: string): void
}

interface Row {
  host: string
  confirmed_at_ms: number | null
}

export function createConfirmedHostStore(db: Database): ConfirmedHostStore {
  const select = db.prepare<[], Row>(
    'SELECT host, confirmed_at_ms FROM confirmed_hosts ORDER BY host',
  )
  const insert = db.prepare(
    'INSERT OR IGNORE INTO confirmed_hosts (host, confirmed_at_ms) VALUES (?, ?)',
  )
  const remove = db.prepare('DELETE FROM confirmed_hosts WHERE host = ?')
  return {
    list: () => select.all().map((row) => ({ host: row.host, confirmedAtMs: row.confirmed_at_ms })),
    add: db.transaction((hosts: readonly string[], confirmedAtMs: number) => {
      for (const host of hosts) insert.run(host, confirmedAtMs)
    }),
    remove: (host) => {
      remove.run(host)
    },
  }
}

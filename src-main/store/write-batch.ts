/**
 * Group commit: writes asked for in one turn of the event loop share one transaction. A write's
 * promise resolves only after its commit; when one of a group fails, each is tried on its own, so
 * that it alone is rejected.
 */
import type { Database } from './database.ts'

export interface WriteBatch {
  /** Runs `write` in the next group; resolves when it is committed, rejects when it could not be. */
  run(write: () => void): Promise<void>
  /** Commits what is waiting, now. */
  flush(): void
}

interface Entry {
  readonly write: () => void
  readonly resolve: () => void
  readonly reject: (error: unknown) => void
}

export function createWriteBatch(db: Database): WriteBatch {
  let waiting: Entry[] = []
  const runAll = db.transaction((entries: readonly Entry[]) => {
    for (const entry of entries) entry.write()
  })

  function flush() {
    const entries = waiting
    if (entries.length === 0) return
    waiting = []
    try {
      runAll(entries)
    } catch {
      for (const entry of entries) runAlone(entry)
      return
    }
    for (const entry of entries) entry.resolve()
  }

  function runAlone(entry: Entry) {
    try {
      runAll([entry])
    } catch (error) {
      entry.reject(error)
      return
    }
    entry.resolve()
  }

  return {
    run(write) {
      return new Promise((resolve, reject) => {
        if (waiting.push({ write, resolve, reject }) === 1) setImmediate(flush)
      })
    },
    flush,
  }
}

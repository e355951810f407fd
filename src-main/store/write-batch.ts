/**
 * Group commit: writes asked for within two turns of the event loop share one transaction. A write's
 * promise resolves only after its commit; when one of a group fails, each is tried on its own, so
 * that it alone is rejected.
 */
import type { Database } from './database.ts'

export interface WriteBatch {
  /** Runs `write` in the next group; resolves when it is committed, rejects when it could not be. */
  run(write: () => void): Promise<void>
  /**
   * Runs `prepare` once, within the next group's transaction, before its writes: what it reads costs
   * no transaction of its own, and what it asks to be written joins the group. It must not throw.
   */
  prepare(prepare: () => void): void
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
  let preparations: (() => void)[] = []
  let isScheduled = false
  const runAlone = db.transaction((entry: Entry) => entry.write())

  function runPreparations() {
    const due = preparations
    preparations = []
    for (const prepare of due) prepare()
  }

  const runGroup = db.transaction(() => {
    runPreparations()
    for (const entry of waiting) entry.write()
  })

  function flush() {
    isScheduled = true
    try {
      runGroup()
    } catch {
      runPreparations()
      return settle((entry) => runAlone(entry))
    }
    settle(() => undefined)
  }

  function settle(commit: (entry: Entry) => void) {
    const entries = waiting
    waiting = []
    isScheduled = false
    for (const entry of entries) {
      try {
        commit(entry)
      } catch (error) {
        entry.reject(error)
        continue
      }
      entry.resolve()
    }
  }

  function schedule() {
    if (isScheduled) return
    isScheduled = true
    // Two turns: what the first one's answers lead to joins the group.
    setImmediate(setImmediate, () => {
      // What is waiting may have been flushed by hand meanwhile, and the database closed.
      if (waiting.length + preparations.length > 0) flush()
      else isScheduled = false
    })
  }

  return {
    run: (write) =>
      new Promise((resolve, reject) => {
        waiting.push({ write, resolve, reject })
        schedule()
      }),
    prepare: (prepare) => {
      preparations.push(prepare)
      schedule()
    },
    flush: () => {
      if (waiting.length + preparations.length > 0) flush()
    },
  }
}

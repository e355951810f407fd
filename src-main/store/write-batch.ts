/**
 * Group commit: writes asked for within two turns of the event loop, and while the group before is
 * being committed, share one transaction. A write's promise resolves only after its commit; when one
 * of a group fails, it alone is rejected. The order of writes is kept.
 */
import type { Database } from './database.ts'
import type { WriteLink } from './write-link.ts'
import type { Entry, Refusal, Write, WriteValue } from './write-message.ts'

/** A statement that changes the database, to be given its values. */
export type WriteStatement = (...values: WriteValue[]) => Write

export interface WriteBatch {
  /** @throws when it is none */
  statement(sql: string): WriteStatement
  /** Commits these together in the next group; rejects, with SQLite's code, when it could not be. */
  run(...writes: Write[]): Promise<void>
  /**
   * Runs `prepare` once, before the next group is handed over: what it reads shares a transaction,
   * and what it asks to be written joins the group. It must not throw, nor write by itself.
   */
  prepare(prepare: () => void): void
  /** Commits what is waiting and ends the thread; nothing more is written. */
  close(): void
}

interface Waiting {
  readonly entry: Entry
  readonly resolve: () => void
  readonly reject: (error: unknown) => void
}

/** @param db where preparations read; writes take the link */
export function createWriteBatch(db: Database, link: WriteLink): WriteBatch {
  let waiting: Waiting[] = []
  let preparations: (() => void)[] = []
  let isScheduled = false
  let isCommitting = false
  let isClosed = false

  const runPreparations = db.transaction(() => {
    const due = preparations
    preparations = []
    for (const prepare of due) prepare()
  })

  function flush() {
    isScheduled = false
    if (preparations.length > 0 && !isClosed) runPreparations()
    if (!isCommitting) commit()
  }

  function commit() {
    const group = waiting
    waiting = []
    if (group.length === 0) return
    if (isClosed) return settle(group, new Error('The database is closed.'))
    isCommitting = true
    const entries = group.map(({ entry }) => entry)
    link.post(entries, (answer) => {
      isCommitting = false
      settle(group, answer)
      // While another turn is awaited, more may join.
      if (!isScheduled) commit()
    })
  }

  function schedule() {
    if (isScheduled) return
    isScheduled = true
    // Two turns: what the first one's answers lead to joins the group.
    setImmediate(setImmediate, () => {
      if (isScheduled) flush()
    })
  }

  return {
    statement: (sql) => {
      const statement = link.define(sql)
      return (...values) => ({ statement, values })
    },
    run: (...entry) =>
      new Promise((resolve, reject) => {
        waiting.push({ entry, resolve, reject })
        schedule()
      }),
    prepare: (prepare) => {
      preparations.push(prepare)
      schedule()
    },
    close: () => {
      if (preparations.length > 0) runPreparations()
      isScheduled = false
      commit()
      isClosed = true
      link.close()
    },
  }
}

function settle(group: readonly Waiting[], answer: readonly Refusal[] | Error): void {
  if (answer instanceof Error) {
    for (const { reject } of group) reject(answer)
    return
  }
  for (const { index, message, code } of answer) {
    group[index]?.reject(Object.assign(new Error(message), { code }))
  }
  // Of those that were rejected, too: that changes nothing.
  for (const { resolve } of group) resolve()
}

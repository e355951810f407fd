/**
 * Group commit: writes asked for within two turns of the event loop share one transaction, and those
 * that nobody is kept waiting by those of some milliseconds. A write's promise resolves only after its
 * commit; when one of a group fails, it alone is rejected. The order of writes is kept.
 */
import type { WriteLink } from './write-link.ts'
import type { Entry, Refusal, Write, WriteValue } from './write-message.ts'

/** A statement that changes the database, to be given its values. */
export type WriteStatement = (...values: WriteValue[]) => Write

export interface WriteBatch {
  /** @throws when it is none */
  statement(sql: string): WriteStatement
  /** Commits these together in the next group; rejects, with SQLite's code, when it could not be. */
  run(...writes: Write[]): Promise<void>
  /** The same, but under load it may wait for more to join. */
  runSoon(...writes: Write[]): Promise<void>
  /** Commits what is waiting and ends the thread; nothing more is written. */
  close(): void
}

interface Waiting {
  readonly entry: Entry
  readonly resolve: () => void
  readonly reject: (error: unknown) => void
}

/** From one group to the next, while nobody is kept waiting: the larger a group, the less each costs. */
const APART_MS = 8
/** More at once would hold up the event loop. */
const MAX_GROUP = 256

export function createWriteBatch(link: WriteLink): WriteBatch {
  let waiting: Waiting[] = []
  let next: 'none' | 'soon' | 'now' = 'none'
  let timer: NodeJS.Timeout | undefined
  let lastMs = Number.NEGATIVE_INFINITY
  let isCommitting = false
  let isClosed = false

  function flush() {
    if (next === 'none') return
    next = 'none'
    if (!isCommitting) commit(MAX_GROUP)
  }

  function commit(limit: number) {
    const group = waiting.length > limit ? waiting.splice(0, limit) : waiting
    if (group === waiting) waiting = []
    if (group.length === 0) return
    if (isClosed) return settle(group, new Error('The database is closed.'))
    isCommitting = true
    const entries = group.map(({ entry }) => entry)
    link.post(entries, (answer) => {
      isCommitting = false
      lastMs = performance.now()
      settle(group, answer)
      if (waiting.length > 0) commitNow()
    })
  }

  function commitNow() {
    if (next === 'now') return
    clearTimeout(timer)
    next = 'now'
    // Two turns: what the first one's answers lead to joins the group.
    setImmediate(setImmediate, flush)
  }

  function commitSoon() {
    if (next !== 'none') return
    const waitMs = lastMs + APART_MS - performance.now()
    if (waitMs <= 0) return commitNow()
    next = 'soon'
    timer = setTimeout(flush, waitMs)
  }

  function add(entry: Entry): Promise<void> {
    return new Promise((resolve, reject) => {
      waiting.push({ entry, resolve, reject })
    })
  }

  return {
    statement: (sql) => {
      const statement = link.define(sql)
      return (...values) => ({ statement, values })
    },
    run: (...entry) => {
      commitNow()
      return add(entry)
    },
    runSoon: (...entry) => {
      commitSoon()
      return add(entry)
    },
    close: () => {
      clearTimeout(timer)
      next = 'none'
      commit(waiting.length)
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

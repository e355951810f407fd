/**
 * Whose turn it is to write: the thread that commits the history, or the main one for all else.
 * SQLite takes one writer at a time and answers the other with "busy"; here it waits instead. The
 * main thread goes first, so that it waits at most for the one group that is being written.
 */
import type { Database } from './database.ts'

export interface WriteTurn {
  /** Runs `write` while nobody else writes. */
  during<T>(write: () => T): T
}

export interface MainTurn extends WriteTurn {
  /** The thread died: it writes no more. */
  takeBack(): void
}

/** Two cells: who writes, and whether the main thread wants to. */
const HOLDER = 0
const WANTED = 1
const NOBODY = 0
const MAIN = 1
const THREAD = 2
/** Far beyond what any group takes. */
const PATIENCE_MS = 10_000

export function sharedTurn(): SharedArrayBuffer {
  return new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT)
}

/**
 * What it runs throws an error with SQLite's code for that when the thread does not come to an end.
 * @param onWritten called after each write
 */
export function turnOfMain(shared: SharedArrayBuffer, onWritten: () => void): MainTurn {
  const cells = new Int32Array(shared)
  let isHeld = false

  function take() {
    Atomics.store(cells, WANTED, 1)
    const taken = () => Atomics.compareExchange(cells, HOLDER, NOBODY, MAIN) === NOBODY
    while (!taken()) {
      if (Atomics.wait(cells, HOLDER, THREAD, PATIENCE_MS) !== 'timed-out') continue
      give()
      const message = 'The history is being written, and that does not come to an end.'
      throw Object.assign(new Error(message), { code: 'SQLITE_BUSY' })
    }
    isHeld = true
  }

  function give() {
    if (isHeld) Atomics.store(cells, HOLDER, NOBODY)
    isHeld = false
    Atomics.store(cells, WANTED, 0)
    Atomics.notify(cells, WANTED)
    Atomics.notify(cells, HOLDER)
  }

  return {
    during: (write) => {
      if (isHeld) return write()
      take()
      try {
        return write()
      } finally {
        give()
        onWritten()
      }
    },
    takeBack: () => {
      Atomics.compareExchange(cells, HOLDER, THREAD, NOBODY)
    },
  }
}

export function turnOfThread(shared: SharedArrayBuffer): WriteTurn {
  const cells = new Int32Array(shared)
  return {
    during: (write) => {
      do Atomics.wait(cells, WANTED, 1)
      while (Atomics.compareExchange(cells, HOLDER, NOBODY, THREAD) !== NOBODY)
      try {
        return write()
      } finally {
        Atomics.store(cells, HOLDER, NOBODY)
        Atomics.notify(cells, HOLDER)
      }
    },
  }
}

/** The connection, but what changes the database through it waits for its turn. */
export function inTurn(db: Database, turn: WriteTurn): Database {
  const waiting = Object.create(db) as Database
  waiting.prepare = ((sql: string) => {
    const statement = db.prepare(sql)
    if (statement.readonly) return statement
    const run = statement.run.bind(statement)
    statement.run = (...values: unknown[]) => turn.during(() => run(...values))
    return statement
  }) as Database['prepare']
  waiting.transaction = ((work: (...values: unknown[]) => unknown) => {
    const transaction = db.transaction(work)
    // A lock that is asked for after a read is not waited for.
    return (...values: unknown[]) => turn.during(() => transaction.immediate(...values))
  }) as Database['transaction']
  return waiting
}

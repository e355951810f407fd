/**
 * The thread that commits, over a connection of its own, what write-link.ts sends it, in order, and
 * folds the write-ahead log in when it is told to, so that nobody else waits for the disk.
 */
import { type MessagePort, workerData } from 'node:worker_threads'
import { openBeside } from './database.ts'
import { createCommitter } from './write-commit.ts'
import { type Refusal, unpack, type WriteGroup } from './write-message.ts'
import { turnOfThread } from './write-turn.ts'

export interface ThreadStart {
  readonly databasePath: string
  readonly port: MessagePort
  readonly turn: SharedArrayBuffer
  /** One cell; 1 once the thread has closed its connection. */
  readonly closed: SharedArrayBuffer
}

/** Takes groups, and answers each with what of it was refused; folds the log in when it is told to. */
export type ToThread = WriteGroup | 'fold' | 'close'
export type FromThread = readonly Refusal[] | 'folded'

const start = workerData as ThreadStart
const db = openBeside(start.databasePath)
const committer = createCommitter(db)
const turn = turnOfThread(start.turn)

start.port.on('message', (message: ToThread) => {
  if (message === 'close') return close()
  if (message === 'fold') return answer(fold())
  for (const sql of message.newStatements) committer.define(sql)
  const entries = unpack(message)
  answer(turn.during(() => committer.commit(entries)))
})

function answer(message: FromThread) {
  start.port.postMessage(message)
}

function fold(): FromThread {
  try {
    db.pragma('wal_checkpoint(PASSIVE)')
  } catch {
    // The disk may be full: what is committed stays in the log.
  }
  return 'folded'
}

function close() {
  db.close()
  start.port.close()
  const closed = new Int32Array(start.closed)
  Atomics.store(closed, 0, 1)
  Atomics.notify(closed, 0)
}

/**
 * The thread that commits, over a connection of its own, what write-link.ts sends it, in order. Once
 * it has answered it folds the write-ahead log in, so that nobody waits for that.
 */
import { type MessagePort, workerData } from 'node:worker_threads'
import { openBeside } from './database.ts'
import { createCommitter } from './write-commit.ts'
import { unpack, type WriteGroup } from './write-message.ts'
import { turnOfThread } from './write-turn.ts'

export interface ThreadStart {
  readonly databasePath: string
  readonly port: MessagePort
  readonly turn: SharedArrayBuffer
  /** One cell; 1 once the thread has closed its connection. */
  readonly closed: SharedArrayBuffer
}

/** Takes groups, and answers each with what of it was refused. */
export type ToThread = WriteGroup | 'close'

/** So many pages, of 4 KB, of the write-ahead log are folded in at a time. */
const CHECKPOINT_PAGES = 1_500
const GROUPS_BETWEEN_LOOKS = 16

const start = workerData as ThreadStart
const db = openBeside(start.databasePath)
const committer = createCommitter(db)
const turn = turnOfThread(start.turn)
let groups = 0

start.port.on('message', (message: ToThread) => {
  if (message === 'close') return close()
  for (const sql of message.newStatements) committer.define(sql)
  const entries = unpack(message)
  start.port.postMessage(turn.during(() => committer.commit(entries)))
  groups += 1
  if (groups % GROUPS_BETWEEN_LOOKS === 0) foldIn()
})

function foldIn() {
  try {
    const [state] = db.pragma('wal_checkpoint(NOOP)') as { log: number }[]
    if (state && state.log >= CHECKPOINT_PAGES) db.pragma('wal_checkpoint(PASSIVE)')
  } catch {
    // The disk may be full: what is committed stays in the log.
  }
}

function close() {
  db.close()
  start.port.close()
  const closed = new Int32Array(start.closed)
  Atomics.store(closed, 0, 1)
  Atomics.notify(closed, 0)
}

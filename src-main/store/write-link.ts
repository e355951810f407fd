/**
 * Where groups of writes are committed: small ones here and now, large ones, as under load, on a
 * thread of their own; always in order. The thread also folds the write-ahead log into the database,
 * which waits for the disk: in a lull, or when it has grown long; groups wait until it has, so that the
 * log begins anew. When the thread dies, what it had not answered is refused, so that whoever asked can
 * ask again, and another is started when needed.
 */
import { extname, join } from 'node:path'
import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads'
import type { Database } from './database.ts'
import { createCommitter } from './write-commit.ts'
import { type Entry, pack, type Refusal, type WriteGroup } from './write-message.ts'
import type { FromThread, ThreadStart, ToThread } from './write-thread.ts'
import { sharedTurn, turnOfMain, type WriteTurn } from './write-turn.ts'

/** Hears once what of a group was refused, or the error that refused it whole. */
export type OnAnswer = (answer: readonly Refusal[] | Error) => void

export interface WriteLink {
  /** Answers how groups name a statement with this SQL. @throws when it is none */
  define(sql: string): number
  /** Groups are committed in the order in which they were posted; a small one may be at once. */
  post(group: readonly Entry[], onAnswer: OnAnswer): void
  /** Returns once all that was posted is committed and answered, and the thread's connection closed. */
  close(): void
  /** By which all other writes through the connection have to go. */
  readonly turn: WriteTurn
}

interface Running {
  readonly worker: Worker
  readonly port: MessagePort
  readonly closed: Int32Array<SharedArrayBuffer>
  /** Of groups that were posted, in order. */
  readonly unanswered: OnAnswer[]
  isFolding: boolean
  /** How many statements it was told. */
  told: number
}

/** Beside this file, in the sources and in what is built of them. */
const THREAD_FILE = join(import.meta.dirname, `write-thread${extname(import.meta.filename)}`)
const CLOSING_MS = 30_000
const UNANSWERED = 'The thread that writes the history did not come to an end.'
/** With so many pages, of 4 KB, in the write-ahead log all else waits for it to be folded in. */
const FOLD_PAGES = 12_000
const WRITES_BETWEEN_LOOKS = 8
/** After so long without a write it is folded in with so many in it: a burst need not wait for it. */
const LULL_MS = 250
const LULL_PAGES = 1_000
/** A group of fewer writes, as the ends of some twenty attempts, is sooner done here. */
const FEW = 64

/**
 * @param few writes of a group that is committed on this thread
 * @param foldPages with so many of them in it the write-ahead log is folded in
 */
export function createWriteLink(db: Database, few = FEW, foldPages = FOLD_PAGES): WriteLink {
  const statements: string[] = []
  const shared = sharedTurn()
  const turn = turnOfMain(shared, foldWhenLong)
  const here = createCommitter(db)
  const selectLog = db.prepare<[], { log: number }>('PRAGMA wal_checkpoint(NOOP)')
  let running: Running | null = null
  /** Groups that wait for the end of a fold. */
  const afterFold: (() => void)[] = []
  let isClosed = false
  let writes = 0
  let lull: NodeJS.Timeout | undefined

  function start(): Running {
    const { port1: port, port2 } = new MessageChannel()
    const closed = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT))
    const workerData: ThreadStart = {
      databasePath: db.name,
      port: port2,
      turn: shared,
      closed: closed.buffer,
    }
    const worker = new Worker(THREAD_FILE, {
      workerData,
      transferList: [port2],
      // It holds one group at a time, whose bytes are not in its heap.
      resourceLimits: { maxYoungGenerationSizeMb: 4, maxOldGenerationSizeMb: 128 },
    })
    const thread: Running = { worker, port, closed, unanswered: [], isFolding: false, told: 0 }
    let cause: Error = new Error('The thread that writes the history ended.')
    port.on('message', (message: FromThread) => hear(thread, message))
    worker.on('error', (error: Error) => {
      cause = error
    })
    worker.on('exit', () => {
      if (running !== thread) return
      running = null
      turn.takeBack()
      port.close()
      for (const onAnswer of thread.unanswered.splice(0)) onAnswer(cause)
      goOn()
    })
    // Only an answer that is awaited keeps the process alive.
    worker.unref()
    port.unref()
    return thread
  }

  function hear(thread: Running, message: FromThread) {
    const onAnswer = message === 'folded' ? goOn : thread.unanswered.shift()
    if (message === 'folded') thread.isFolding = false
    else foldWhenLong()
    if (!isBusy(thread)) thread.port.unref()
    onAnswer?.(message === 'folded' ? [] : message)
  }

  function goOn() {
    for (const commit of afterFold.splice(0)) commit()
  }

  /** Its answer is awaited; only then does it keep the process alive. */
  function send(thread: Running, message: ToThread, transfer: ArrayBuffer[] = []) {
    if (!isBusy(thread)) thread.port.ref()
    thread.port.postMessage(message, transfer)
  }

  function foldWhenLong() {
    writes += 1
    lull ??= setTimeout(foldFrom, LULL_MS, LULL_PAGES).unref()
    lull.refresh()
    if (writes % WRITES_BETWEEN_LOOKS === 0) foldFrom(foldPages)
  }

  function foldFrom(pages: number) {
    if (isClosed || running?.isFolding) return
    try {
      if ((selectLog.get()?.log ?? 0) < pages) return
      running ??= start()
      send(running, 'fold')
      running.isFolding = true
    } catch {
      // What is committed stays in the log; it is looked at again after the next writes.
    }
  }

  function commitHere(group: readonly Entry[]): readonly Refusal[] | Error {
    try {
      return turn.during(() => here.commit(group))
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error))
    }
  }

  function handOver(entries: readonly Entry[], onAnswer: OnAnswer) {
    running ??= start()
    let group: WriteGroup
    try {
      group = pack(entries, statements.slice(running.told))
    } catch (error) {
      return onAnswer(error instanceof Error ? error : new Error(String(error)))
    }
    running.told = statements.length
    send(running, group, [group.bytes])
    running.unanswered.push(onAnswer)
  }

  return {
    define: (sql) => {
      here.define(sql)
      return statements.push(sql) - 1
    },
    post: (group, onAnswer) => {
      const isSmall = group.reduce((sum, entry) => sum + entry.length, 0) < few
      const isHere = isSmall && !running?.unanswered.length
      if (afterFold.length > 0 || (isHere && running?.isFolding)) {
        afterFold.push(() => onAnswer(commitHere(group)))
      } else if (isHere) onAnswer(commitHere(group))
      else handOver(group, onAnswer)
    },
    close: () => {
      isClosed = true
      clearTimeout(lull)
      if (!running) return
      const thread = running
      running = null
      thread.port.postMessage('close')
      Atomics.wait(thread.closed, 0, 0, CLOSING_MS)
      for (;;) {
        const received = receiveMessageOnPort(thread.port)
        if (!received) break
        hear(thread, received.message as FromThread)
      }
      thread.port.close()
      for (const onAnswer of thread.unanswered.splice(0)) onAnswer(new Error(UNANSWERED))
      goOn()
    },
    turn,
  }
}

function isBusy({ unanswered, isFolding }: Running): boolean {
  return isFolding || unanswered.length > 0
}

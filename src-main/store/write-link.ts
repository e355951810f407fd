/**
 * Where groups of writes are committed: light ones here and now, those with a long entry, as bulk
 * runs make them, on a thread of their own, which the first of them starts; always in order. When
 * the thread dies, what it had not answered is refused, so that whoever asked can ask again, and
 * another is started when needed.
 */
import { extname, join } from 'node:path'
import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads'
import type { Database } from './database.ts'
import { createCommitter } from './write-commit.ts'
import { type Entry, pack, type Refusal } from './write-message.ts'
import type { ThreadStart } from './write-thread.ts'
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
  /** How many statements it was told. */
  told: number
}

/** Beside this file, in the sources and in what is built of them. */
const THREAD_FILE = join(import.meta.dirname, `write-thread${extname(import.meta.filename)}`)
const CLOSING_MS = 30_000
/**
 * An attempt's begin or end has fewer writes than these, and those of a turn are sooner done here:
 * handed over, all attempts under way would wait for the same group, and the threads work by turns.
 */
const FEW = 16

/** @param few writes of an entry that is committed on this thread */
export function createWriteLink(db: Database, few = FEW): WriteLink {
  const statements: string[] = []
  const shared = sharedTurn()
  const turn = turnOfMain(shared)
  const here = createCommitter(db)
  let running: Running | null = null

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
    const thread: Running = { worker, port, closed, unanswered: [], told: 0 }
    let cause: Error = new Error('The thread that writes the history ended.')
    port.on('message', (refusals: Refusal[]) => answer(thread, refusals))
    worker.on('error', (error: Error) => {
      cause = error
    })
    worker.on('exit', () => {
      if (running !== thread) return
      running = null
      turn.takeBack()
      port.close()
      for (const onAnswer of thread.unanswered.splice(0)) onAnswer(cause)
    })
    // Only an answer that is awaited keeps the process alive.
    worker.unref()
    port.unref()
    return thread
  }

  function answer({ port, unanswered }: Running, refusals: readonly Refusal[]) {
    const onAnswer = unanswered.shift()
    if (unanswered.length === 0) port.unref()
    onAnswer?.(refusals)
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
    const { port, unanswered } = running
    const group = pack(entries, statements.slice(running.told))
    running.told = statements.length
    if (unanswered.length === 0) port.ref()
    unanswered.push(onAnswer)
    port.postMessage(group, [group.bytes])
  }

  return {
    define: (sql) => {
      here.define(sql)
      return statements.push(sql) - 1
    },
    post: (group, onAnswer) => {
      const isLight = group.every((entry) => entry.length <= few)
      if (isLight && !running?.unanswered.length) onAnswer(commitHere(group))
      else handOver(group, onAnswer)
    },
    close: () => {
      if (!running) return
      const thread = running
      running = null
      thread.port.postMessage('close')
      Atomics.wait(thread.closed, 0, 0, CLOSING_MS)
      for (;;) {
        const received = receiveMessageOnPort(thread.port)
        if (!received) break
        answer(thread, received.message as Refusal[])
      }
      thread.port.close()
    },
    turn,
  }
}

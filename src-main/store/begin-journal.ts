/**
 * Which attempts are under way, so that it is known after a crash: each is a line at the end of a file
 * of its own before its first byte may leave, at a fraction of what a commit takes. Once its end is
 * committed the line is of no use; the file is emptied when all of them are, and when it has grown.
 * Like a commit, a line outlives the process; after a power cut the last ones may be missing.
 */
import {
  closeSync,
  existsSync,
  ftruncateSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from 'node:fs'
import type { DeliveryId } from '#contract'
import type { Database } from './database.ts'

export interface Begin {
  readonly id: DeliveryId
  /** Of the attempt. */
  readonly number: number
  /** Wall clock. */
  readonly startedAtMs: number
  /** By the stage clock. */
  readonly stageAtMs: number
}

export interface BeginJournal {
  /**
   * Resolves once it outlives the process. Those of one turn are written together.
   * Rejects with what the file system says; then it has not begun.
   */
  begin(seq: number, begin: Begin): Promise<void>
  /** Its end, or its next state, is committed. */
  ended(seq: number): void
  /** The attempt of this delivery that is under way. */
  get(seq: number): Begin | undefined
  /** Deliveries with an attempt under way. */
  seqs(): number[]
  /** Nothing of it goes on: its deliveries are now marked as being sent in the database. */
  takeIn(): void
  /** What has not ended stays in the file. */
  close(): void
}

/** When it has grown by so much it is written anew, with what is under way alone. */
const GROWTH_BYTES = 1024 * 1024
const LINE = /^(\w+) (\d{1,4}) (\d{1,16}) (\d{1,16})$/

/** First takes what the last process left into the database: those deliveries are then being sent. */
export function openBeginJournal(path: string, db: Database): BeginJournal {
  // Lines of other databases, and of attempts whose end was committed, say nothing.
  const update = db.prepare<[Begin]>(`
    UPDATE deliveries SET state = 'sending', attempts = @number, attempt_started_at_ms = @startedAtMs,
      attempt_stage_at_ms = @stageAtMs
    WHERE id = @id AND state = 'queued' AND attempts < @number`)
  const mark = db.transaction((begins: Iterable<Begin>) => {
    for (const begin of begins) update.run(begin)
  })
  mark(readBegins(path))
  let file = openSync(path, 'a', 0o600)
  ftruncateSync(file, 0)
  let size = 0
  let maxSize = GROWTH_BYTES
  const underWay = new Map<number, Begin>()

  let turn: Promise<void> | null = null
  let lines = ''
  let isClosed = false

  async function append(): Promise<void> {
    // Behind all that begin now.
    await Promise.resolve()
    const text = lines
    lines = ''
    turn = null
    if (isClosed) throw new Error('The journal is closed.')
    if (size > maxSize) writeAnew()
    try {
      size += writeWhole(file, text)
    } catch (error) {
      // Half a line must not spoil the next.
      ftruncateSync(file, size)
      throw error
    }
  }

  function writeAnew() {
    const anew = openSync(`${path}.new`, 'w', 0o600)
    let written = 0
    try {
      written = writeWhole(anew, [...underWay.values()].map(lineOf).join(''))
    } finally {
      closeSync(anew)
    }
    // Windows renames nothing over a file that is open.
    closeSync(file)
    try {
      renameSync(`${path}.new`, path)
      size = written
      maxSize = size + GROWTH_BYTES
    } finally {
      file = openSync(path, 'a')
    }
  }

  function empty() {
    underWay.clear()
    ftruncateSync(file, 0)
    size = 0
  }

  return {
    begin: async (seq, begin) => {
      // At once: the file is not to be emptied between the line and what follows it here.
      underWay.set(seq, begin)
      lines += lineOf(begin)
      turn ??= append()
      try {
        await turn
      } catch (error) {
        underWay.delete(seq)
        throw error
      }
    },
    ended: (seq) => {
      // What is told too late is known at the next start from the attempt that is recorded.
      if (underWay.delete(seq) && underWay.size === 0 && !isClosed) empty()
    },
    get: (seq) => underWay.get(seq),
    seqs: () => [...underWay.keys()],
    takeIn: () => {
      mark(underWay.values())
      empty()
    },
    close: () => {
      isClosed = true
      closeSync(file)
    },
  }
}

function lineOf({ id, number, startedAtMs, stageAtMs }: Begin): string {
  return `${id} ${number} ${startedAtMs} ${stageAtMs}\n`
}

function writeWhole(file: number, text: string): number {
  const written = writeSync(file, text, null, 'latin1')
  if (written === text.length) return written
  throw Object.assign(new Error('The disk is full.'), { code: 'ENOSPC' })
}

function* readBegins(path: string): Generator<Begin> {
  if (!existsSync(path)) return
  for (const line of readFileSync(path, 'latin1').split('\n')) {
    const [, id, number, startedAtMs, stageAtMs] = LINE.exec(line) ?? []
    if (!id) continue
    yield {
      id: id as DeliveryId,
      number: Number(number),
      startedAtMs: Number(startedAtMs),
      stageAtMs: Number(stageAtMs),
    }
  }
}

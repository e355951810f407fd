/**
 * Writes what must not be lost: while the database cannot be written (the disk is full, the folder
 * read-only, another program has it locked) the record stays in memory. One of those that wait is tried
 * again each second, as each try may hold up the event loop; once it is written all others are.
 */
import type { Runtime } from './runtime.ts'
import { storageFault } from './storage-fault.ts'

export interface PatientWriter {
  /** Rejects only once it is closed. */
  write(write: () => Promise<void>): Promise<void>
  /** Something else could not be written either. */
  trouble(error: unknown): void
  /** Something waits for the disk, or for another program that has the database locked. */
  isBehind(): boolean
  /** A last try for what is left; then it is given up. */
  close(): void
}

const TRY_AGAIN_MS = 1_000

/** @param deps.onTrouble hears of each trouble once, and of null once nothing waits any more */
export function createPatientWriter(deps: {
  readonly runtime: Runtime
  readonly onTrouble: (error: unknown) => void
}): PatientWriter {
  /** In the order in which they came. */
  const wakeUps = new Set<() => void>()
  let behind = 0
  let isClosed = false
  /** What SQLite or the system calls it; null while all is well. */
  let known: string | null = null
  let isStorage = false
  let callOff: (() => void) | null = null

  function wait(): Promise<void> {
    return new Promise((resolve) => {
      wakeUps.add(resolve)
      tryLater()
    })
  }

  function tryLater() {
    if (callOff || wakeUps.size === 0) return
    callOff = deps.runtime.after(TRY_AGAIN_MS, () => {
      callOff = null
      const [first] = wakeUps
      if (!first) return
      wakeUps.delete(first)
      first()
    })
  }

  function wakeAll() {
    callOff?.()
    callOff = null
    const all = [...wakeUps]
    wakeUps.clear()
    for (const wake of all) wake()
  }

  function trouble(error: unknown) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error)
    if (code === known) return
    known = code
    isStorage = storageFault(error) !== null
    deps.onTrouble(error)
  }

  function written() {
    if (behind > 0) wakeAll()
    else if (known !== null) {
      known = null
      deps.onTrouble(null)
    }
  }

  const isBehind = () => behind > 0 && isStorage

  return {
    trouble,
    isBehind,
    write: async (write) => {
      // What could not be written before goes first.
      let isLate = isBehind() && !isClosed
      if (isLate) behind += 1
      for (;;) {
        if (isLate) await wait()
        try {
          await write()
        } catch (error) {
          trouble(error)
          if (isClosed) throw error
          if (!isLate) behind += 1
          isLate = true
          continue
        }
        if (isLate) behind -= 1
        written()
        return
      }
    },
    close: () => {
      isClosed = true
      wakeAll()
    },
  }
}

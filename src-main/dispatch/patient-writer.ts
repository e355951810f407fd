/**
 * Writes what must not be lost: while the history cannot be written (the disk is full, the folder
 * read-only) the record stays in memory and is tried again, until it is written or Hookstage closes.
 */
import type { Runtime } from '../runtime.ts'

export interface PatientWriter {
  /** Rejects only once it is closed. */
  write(write: () => Promise<void>): Promise<void>
  /** Something else could not be written either. */
  trouble(error: unknown): void
  /** A last try for what is left; then it is given up. */
  close(): void
}

const TRY_AGAIN_MS = 1_000

/** @param deps.onTrouble hears of every failure, and of null once writing succeeds again */
export function createPatientWriter(deps: {
  readonly runtime: Runtime
  readonly onTrouble: (error: unknown) => void
}): PatientWriter {
  const wakeUps = new Set<() => void>()
  let isClosed = false
  let isInTrouble = false

  function wait(): Promise<void> {
    return new Promise((resolve) => {
      const callOff = deps.runtime.after(TRY_AGAIN_MS, wake)
      function wake() {
        callOff()
        wakeUps.delete(wake)
        resolve()
      }
      wakeUps.add(wake)
    })
  }

  function trouble(error: unknown) {
    isInTrouble = true
    deps.onTrouble(error)
  }

  return {
    trouble,
    write: async (write) => {
      for (;;) {
        try {
          await write()
          if (isInTrouble) deps.onTrouble(null)
          isInTrouble = false
          return
        } catch (error) {
          trouble(error)
          if (isClosed) throw error
        }
        await wait()
      }
    },
    close: () => {
      isClosed = true
      for (const wake of wakeUps) wake()
    },
  }
}

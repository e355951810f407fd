/**
 * Wakes deliveries that wait for their next attempt. The rows are the truth: one timer stands for
 * the first of them, so ten thousand cost no more than one. It looks at the clocks anew every few
 * seconds at least, because a timer stands still while the laptop sleeps.
 */
import type { Runtime } from '../runtime.ts'
import type { QueuedDelivery, WaitingLog } from '../store/history-records.ts'
import type { StageClock } from './stage-clock.ts'

export interface Waiting {
  /** To be called when one began to wait, or the clock was changed. */
  rearm(): void
  close(): void
}

const LOOK_AGAIN_MS = 5_000
/** So many become due in one step; the event loop turns in between. */
const STEP = 500

/** @param deps.onDue takes what is due; what it does not take now stays due */
export function createWaiting(deps: {
  readonly log: WaitingLog
  readonly clock: StageClock
  readonly runtime: Runtime
  /** While it may not, nothing becomes due. */
  readonly mayWake: () => boolean
  readonly onDue: (deliveries: readonly QueuedDelivery[]) => void
  readonly onError: (error: unknown) => void
}): Waiting {
  const { log, clock, runtime } = deps
  let callOff: (() => void) | null = null
  let isClosed = false

  function look() {
    callOff = null
    if (isClosed) return
    try {
      if (deps.mayWake()) wake()
      arm()
    } catch (error) {
      deps.onError(error)
      callOff = runtime.after(LOOK_AGAIN_MS, look)
    }
  }

  function wake() {
    const nowMs = Math.floor(clock.nowMs())
    // Where nothing is due the database need not be free to be written.
    if ((log.nextDueAtMs() ?? Number.POSITIVE_INFINITY) > nowMs) return
    const due = log.takeDue(nowMs, runtime.nowMs(), STEP)
    if (due.length > 0) deps.onDue(due)
  }

  function arm() {
    const dueAtMs = log.nextDueAtMs()
    if (dueAtMs === null) return
    const untilMs = deps.mayWake() ? clock.wallMsUntil(dueAtMs) : LOOK_AGAIN_MS
    callOff = runtime.after(Math.min(Math.ceil(untilMs), LOOK_AGAIN_MS), look)
  }

  return {
    rearm: () => {
      callOff?.()
      callOff = isClosed ? null : runtime.after(0, look)
    },
    close: () => {
      isClosed = true
      callOff?.()
    },
  }
}

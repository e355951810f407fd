/**
 * Keeps the history within what the user chose, in the background: a few dozen deliveries at a
 * time, so that nothing waits for it. Off unless chosen.
 */
import type { Retention } from '#contract'
import type { EventHub } from '../event-hub.ts'
import type { Runtime } from '../runtime.ts'
import type { Store } from '../store/index.ts'

export interface RetentionKeeper {
  /** Looks now, as after a change of the settings. */
  look(): void
  close(): void
}

const STEP = 50
const BETWEEN_STEPS_MS = 20
const LOOK_EVERY_MS = 60_000
const DAY_MS = 24 * 60 * 60 * 1000
const MB = 1024 * 1024

export function createRetentionKeeper(deps: {
  readonly store: Store
  readonly chosen: () => Retention
  readonly runtime: Runtime
  readonly hub: EventHub
  readonly onError: (error: unknown) => void
}): RetentionKeeper {
  const { store, runtime, hub } = deps
  let callOff: (() => void) | null = null
  let isClosed = false

  function step() {
    if (isClosed) return
    let deleted = 0
    try {
      deleted = deleteSome(deps.chosen())
    } catch (error) {
      deps.onError(error)
    }
    if (deleted > 0) {
      hub.manyDeliveriesChanged()
      hub.publish({ kind: 'status.changed' })
    }
    callOff = runtime.after(deleted > 0 ? BETWEEN_STEPS_MS : LOOK_EVERY_MS, step)
  }

  function deleteSome({ maxAgeDays, maxMb }: Retention): number {
    if (maxAgeDays !== null) {
      const beforeMs = runtime.nowMs() - maxAgeDays * DAY_MS
      const deleted = store.retention.deleteOlderThan(beforeMs, STEP)
      if (deleted > 0) return deleted
    }
    const isOver = maxMb !== null && store.retention.usedBytes() > maxMb * MB
    return isOver ? store.retention.deleteOldest(STEP) : 0
  }

  const look = () => {
    callOff?.()
    callOff = isClosed ? null : runtime.after(BETWEEN_STEPS_MS, step)
  }
  return {
    look,
    close: () => {
      isClosed = true
      callOff?.()
    },
  }
}

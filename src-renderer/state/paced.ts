/**
 * Work that is asked for far more often than it is worth doing: however many requests come in, the
 * task runs at most once per interval, never twice at a time, and once more after the last request.
 */

export interface Paced {
  /** Asks for a run, as soon as the pace allows. */
  request(): void
  /** Forgets a run that has been asked for. */
  cancel(): void
}

/** `task` reports its own failures; what it throws is dropped so that the pace goes on. */
export function createPaced(task: () => Promise<void>, intervalMs: number): Paced {
  let timer: ReturnType<typeof setTimeout> | null = null
  let running = false
  let asked = false
  let lastRunAtMs = Number.NEGATIVE_INFINITY

  function schedule(): void {
    if (timer !== null || running || !asked) return
    const waitMs = Math.max(0, lastRunAtMs + intervalMs - performance.now())
    timer = setTimeout(() => void run(), waitMs)
  }

  async function run(): Promise<void> {
    timer = null
    asked = false
    running = true
    lastRunAtMs = performance.now()
    try {
      await task()
    } catch {
      // the task has said so itself
    } finally {
      running = false
      schedule()
    }
  }

  return {
    request() {
      asked = true
      schedule()
    },
    cancel() {
      asked = false
      if (timer !== null) clearTimeout(timer)
      timer = null
    },
  }
}

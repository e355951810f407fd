/**
 * What was typed, on its way to the core: told a moment after each change, so that it survives
 * another screen, a closed window and a crash. One call after the other for each key, so that an
 * older text never overtakes a newer one; what could not be told while the core was away is told
 * again, and what it refused waits for the next change.
 */
import { isRefused } from './core.ts'

const TELL_AFTER_MS = 150
const AGAIN_AFTER_MS = 2000

export interface Outbox<Key> {
  /** The core does not have it as it is here. */
  changed(key: Key): void
  /** Tells the core now; answers why that failed, else null. */
  send(key: Key): Promise<unknown>
  /** The core has it, from elsewhere. */
  forget(key: Key): void
  /** Whether the core may not have it yet as it is here. */
  holds(key: Key): boolean
  /** Tells all; answers when the core has it, or could not be told. */
  flush(): Promise<void>
}

/** @param tell tells the core what stands under the key now, or that nothing does */
export function createOutbox<Key>(tell: (key: Key) => Promise<unknown>): Outbox<Key> {
  const unsent = new Set<Key>()
  const underWay = new Map<Key, Promise<unknown>>()
  let timer: ReturnType<typeof setTimeout> | null = null

  function schedule(afterMs: number): void {
    if (timer !== null) clearTimeout(timer)
    timer = setTimeout(() => void flush(), afterMs)
  }

  async function sendNow(key: Key): Promise<unknown> {
    if (!unsent.delete(key)) return null
    try {
      await tell(key)
      return null
    } catch (error) {
      unsent.add(key)
      if (!isRefused(error)) schedule(AGAIN_AFTER_MS)
      return error
    }
  }

  function queue(key: Key): Promise<unknown> {
    const before = underWay.get(key)
    // Without a predecessor it starts at once: a page that is being closed has no later.
    const mine = before ? before.then(() => sendNow(key)) : sendNow(key)
    underWay.set(key, mine)
    void mine.finally(() => {
      if (underWay.get(key) === mine) underWay.delete(key)
    })
    return mine
  }

  async function flush(): Promise<void> {
    if (timer !== null) clearTimeout(timer)
    timer = null
    await Promise.all([...unsent].map(queue))
    await Promise.all(underWay.values())
  }

  return {
    changed: (key) => {
      unsent.add(key)
      schedule(TELL_AFTER_MS)
    },
    send: (key) => {
      unsent.add(key)
      return queue(key)
    },
    forget: (key) => {
      unsent.delete(key)
    },
    holds: (key) => unsent.has(key) || underWay.has(key),
    flush,
  }
}

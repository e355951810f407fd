/**
 * How many requests of each receiver are being passed on. A circle that goes through another host, a
 * name or a tunnel cannot be seen beforehand, and nothing of ours may stand in what is passed on: but
 * each round holds the one before it, so that counting ends it.
 */
import type { ReceiverId } from '#contract'

/** More than senders keep open at once as a rule. */
const MOST_UNDER_WAY = 64

export interface UnderWay {
  /** Null when too many are under way; else what to call when this one no longer is. */
  begin(id: ReceiverId): (() => void) | null
}

export function createUnderWay(): UnderWay {
  const counts = new Map<ReceiverId, number>()
  return {
    begin: (id) => {
      const count = counts.get(id) ?? 0
      if (count >= MOST_UNDER_WAY) return null
      counts.set(id, count + 1)
      return () => {
        const left = (counts.get(id) ?? 1) - 1
        if (left > 0) counts.set(id, left)
        else counts.delete(id)
      }
    },
  }
}

export const TOO_MANY_UNDER_WAY = `${MOST_UNDER_WAY} requests of this receiver are being passed on already. If what it passes on comes back to it, it goes round in circles.`

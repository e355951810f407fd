/**
 * The channel that a rehearsal would have filled by now, live: the newest part of it, and as much of
 * what came before as was asked for.
 */
import { useCallback, useState } from 'react'
import type { ChannelEntry, ReceiverId } from '#contract'
import { core } from './core.ts'
import { ofKinds, useLive } from './live.ts'

const BEAT_MS = 250
const CHANGES = ofKinds('captures.changed')
const PAGE_ENTRIES = 25
/** Each is drawn as a message: more at once would make the page slow. */
const MOST_ENTRIES = 100

export interface Channel {
  /** The oldest first; null while they are read for the first time. */
  readonly entries: readonly ChannelEntry[] | null
  readonly problem: string | null
  /** Reads what came before; null when there is no more, or no more is drawn. */
  readonly readEarlier: (() => void) | null
}

export function useChannel(receiverId: ReceiverId): Channel {
  const [wanted, setWanted] = useState(PAGE_ENTRIES)
  const read = useCallback(
    async (signal: AbortSignal) => {
      const page = await core().receiver.channel({ receiverId, limit: wanted }, { signal })
      return { entries: page.items.toReversed(), hasMore: page.nextCursor !== null }
    },
    [receiverId, wanted],
  )
  const { value, problem } = useLive(receiverId, read, CHANGES, BEAT_MS)
  const readEarlier = useCallback(
    () => setWanted((count) => Math.min(MOST_ENTRIES, count + PAGE_ENTRIES)),
    [],
  )
  const hasMore = value?.hasMore ?? false
  return {
    entries: value?.entries ?? null,
    problem,
    readEarlier: hasMore && wanted < MOST_ENTRIES ? readEarlier : null,
  }
}

/**
 * The channel that a rehearsal would have filled by now, live: the newest part of it, and as much of
 * what came before as was asked for.
 */
import { useCallback, useEffect, useState } from 'react'
import type { ChannelEntry, ReceiverId } from '#contract'
import { core, faultText, onFact } from './core.ts'
import { createPaced } from './paced.ts'

const BEAT_MS = 250
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
  const [state, setState] = useState<{
    entries: readonly ChannelEntry[] | null
    problem: string | null
    hasMore: boolean
  }>({ entries: null, problem: null, hasMore: false })
  useEffect(() => {
    const abort = new AbortController()
    const { signal } = abort
    const read = createPaced(async () => {
      try {
        const page = await core().receiver.channel({ receiverId, limit: wanted }, { signal })
        if (signal.aborted) return
        const entries = page.items.toReversed()
        setState({ entries, problem: null, hasMore: page.nextCursor !== null })
      } catch (error) {
        if (!signal.aborted) setState((before) => ({ ...before, problem: faultText(error) }))
      }
    }, BEAT_MS)
    const stop = onFact((fact) => {
      if (fact.kind === 'captures.changed') read.request()
    })
    read.request()
    return () => {
      stop()
      read.cancel()
      abort.abort()
    }
  }, [receiverId, wanted])
  const readEarlier = useCallback(
    () => setWanted((count) => Math.min(MOST_ENTRIES, count + PAGE_ENTRIES)),
    [],
  )
  const { entries, problem, hasMore } = state
  return { entries, problem, readEarlier: hasMore && wanted < MOST_ENTRIES ? readEarlier : null }
}

/**
 * What receivers recorded, newest first and live: the rows that were read so far, narrowed down. A
 * fact only says that something is new; the newest page is then read again, a few times a second.
 */
import { useCallback } from 'react'
import { create } from 'zustand'
import type { Capture, CaptureFilter, CaptureId, CaptureSummary } from '#contract'
import { core, faultText, onFact } from './core.ts'
import { type Live, ofKinds, useLive } from './live.ts'
import { createPaced } from './paced.ts'

const BEAT_MS = 400
const CHANGES = ofKinds('captures.changed')
const PAGE_ROWS = 200

interface CapturesState {
  readonly filter: CaptureFilter
  readonly rows: readonly CaptureSummary[]
  /** Null when all are read. */
  readonly nextCursor: number | null
  readonly phase: 'loading' | 'ready' | 'failed'
  /** Why they could not be read, in words. */
  readonly problem: string
  /** Grows whenever the list is read from its beginning. */
  readonly reading: number
}

export const useCaptures = create<CapturesState>()(() => ({
  filter: {},
  rows: [],
  nextCursor: null,
  phase: 'loading',
  problem: '',
  reading: 0,
}))

const { getState: get, setState: set } = useCaptures

let isOpen = false
let isExtending = false
let current = new AbortController()

const beat = createPaced(async () => {
  if (!isOpen || get().phase !== 'ready') return
  const { signal } = current
  const head = await core().capture.list({ filter: get().filter, limit: PAGE_ROWS }, { signal })
  if (!signal.aborted) set(laidOn(get(), head))
}, BEAT_MS)

onFact((fact) => {
  if (isOpen && fact.kind === 'captures.changed') beat.request()
})

/** The newest page over what was read before; where they do not meet, it alone. */
function laidOn(
  { rows, nextCursor }: CapturesState,
  head: { items: CaptureSummary[]; nextCursor: number | null },
): Pick<CapturesState, 'rows' | 'nextCursor'> {
  const oldest = head.items.at(-1)
  if (!oldest || head.nextCursor === null) return { rows: head.items, nextCursor: null }
  const older = rows.filter(({ seq }) => seq < oldest.seq)
  const meets = rows.some(({ seq }) => seq >= oldest.seq)
  return meets
    ? {
        rows: [...head.items, ...older],
        nextCursor: older.length > 0 ? nextCursor : head.nextCursor,
      }
    : { rows: head.items, nextCursor: head.nextCursor }
}

async function reload(): Promise<void> {
  current.abort()
  current = new AbortController()
  const { signal } = current
  set({ phase: 'loading', problem: '' })
  try {
    const { filter } = get()
    const page = await core().capture.list({ filter, limit: PAGE_ROWS }, { signal })
    if (signal.aborted) return
    const { items: rows, nextCursor } = page
    set({ rows, nextCursor, phase: 'ready', reading: get().reading + 1 })
  } catch (error) {
    if (!signal.aborted) set({ phase: 'failed', problem: faultText(error), rows: [] })
  }
}

async function extend(): Promise<void> {
  const { nextCursor, filter, phase } = get()
  if (nextCursor === null || isExtending || phase !== 'ready') return
  const { signal } = current
  isExtending = true
  try {
    const page = await core().capture.list(
      { filter, cursor: nextCursor, limit: PAGE_ROWS },
      { signal },
    )
    if (signal.aborted || get().nextCursor !== nextCursor) return
    set(({ rows }) => ({ rows: [...rows, ...page.items], nextCursor: page.nextCursor }))
  } catch (error) {
    if (!signal.aborted) set({ problem: faultText(error) })
  } finally {
    isExtending = false
  }
}

export const captures = {
  open: (): void => {
    isOpen = true
    void reload()
  },
  close: (): void => {
    isOpen = false
    current.abort()
    beat.cancel()
  },
  reload,
  narrow: (change: CaptureFilter): void => {
    set(({ filter }) => ({ filter: { ...filter, ...change } }))
    void reload()
  },
  /** The rows up to this one are on screen. */
  see: (_first: number, last: number): void => {
    if (last >= get().rows.length - PAGE_ROWS / 2) void extend()
  },
  /** These fail with the core's reason. */
  setKept: async (captureIds: readonly CaptureId[], isKept: boolean): Promise<void> => {
    await core().capture.setKept({ captureIds: [...captureIds], isKept })
    beat.request()
  },
  setNote: async (captureId: CaptureId, note: string): Promise<void> => {
    await core().capture.setNote({ captureId, note })
    beat.request()
  },
  delete: async (captureIds: readonly CaptureId[]): Promise<void> => {
    await core().capture.delete({ captureIds: [...captureIds] })
    const gone = new Set(captureIds)
    set(({ rows }) => ({ rows: rows.filter(({ id }) => !gone.has(id)) }))
  },
  restore: async (captureIds: readonly CaptureId[]): Promise<void> => {
    await core().capture.restore({ captureIds: [...captureIds] })
    void reload()
  },
}

/** One capture with its bytes, live: its answer may still be on its way. */
export function useCapture(captureId: CaptureId, whole: boolean): Live<Capture> {
  const read = useCallback(
    (signal: AbortSignal) => core().capture.get({ captureId, whole }, { signal }),
    [captureId, whole],
  )
  return useLive(captureId, read, CHANGES, BEAT_MS)
}

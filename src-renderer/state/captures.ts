/**
 * What receivers recorded, newest first and live: the rows that were read so far, narrowed down. A
 * fact only says that something is new; the newest page is then read again, a few times a second.
 */
import { useCallback } from 'react'
import { create } from 'zustand'
import type { Capture, CaptureFilter, CaptureId, CaptureSummary } from '#contract'
import { type CaptureRows, changeRows, layHead, layPage } from './capture-rows.ts'
import { core, onFact, readFaultText } from './core.ts'
import { type Live, ofKinds, useLive } from './live.ts'
import { createPaced } from './paced.ts'

const BEAT_MS = 400
const CHANGES = ofKinds('captures.changed')
const PAGE_ROWS = 200

interface CapturesState extends CaptureRows {
  readonly filter: CaptureFilter
  readonly phase: 'loading' | 'searching' | 'ready' | 'failed'
  /** Why they could not be read, in words; once `ready`, why those further down could not. */
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
/** Something changed since the newest page was asked for. */
let hasNews = false
/** The rows on screen. */
let seen = { first: 0, last: 0 }
let current = new AbortController()

const beat = createPaced(async () => {
  const { phase, problem } = get()
  if (!isOpen) return
  if (phase === 'failed') await reload()
  if (phase !== 'ready') return
  const { signal } = current
  hasNews = false
  await readHead(signal)
  if (!signal.aborted) await readSeen(signal)
  if (!signal.aborted && problem !== '') await readOn()
}, BEAT_MS)

onFact((fact) => {
  if (!isOpen || fact.kind !== 'captures.changed') return
  hasNews = true
  beat.request()
})

async function readHead(signal: AbortSignal): Promise<void> {
  const head = await core().capture.list({ filter: get().filter, limit: PAGE_ROWS }, { signal })
  if (!signal.aborted) set(layHead(get(), head))
}

/** What is on screen, where that is further down than the newest page. */
async function readSeen(signal: AbortSignal): Promise<void> {
  const { rows, filter } = get()
  const top = rows[seen.first]
  if (!top || seen.last < PAGE_ROWS) return
  const cursor = top.seq + 1
  const page = await core().capture.list({ filter, cursor, limit: PAGE_ROWS }, { signal })
  if (!signal.aborted) set(layPage(get(), cursor, page))
}

async function reload(): Promise<void> {
  current.abort()
  current = new AbortController()
  const { signal } = current
  const { filter } = get()
  hasNews = false
  set({ phase: filter.text?.trim() ? 'searching' : 'loading', problem: '' })
  try {
    const page = await core().capture.list({ filter, limit: PAGE_ROWS }, { signal })
    if (signal.aborted) return
    const { items: rows, nextCursor } = page
    set({ rows, nextCursor, phase: 'ready', reading: get().reading + 1 })
    if (hasNews) beat.request()
  } catch (error) {
    if (signal.aborted) return
    set({ phase: 'failed', problem: readFaultText(error), rows: [], nextCursor: null })
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
    if (!signal.aborted) set({ problem: readFaultText(error) })
  } finally {
    isExtending = false
  }
}

/** Asks again for what follows and could not be read. */
function readOn(): Promise<void> {
  set({ problem: '' })
  return extend()
}

/** Shows at once what the core has taken in, wherever in the list that is. */
function change(ids: readonly CaptureId[], part: Partial<CaptureSummary>): void {
  const keeps = ({ isKept }: CaptureSummary) => isKept || get().filter.isKept !== true
  set(({ rows }) => ({ rows: changeRows(rows, ids, part, keeps) }))
  beat.request()
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
  readOn,
  /** The rows from the one to the other are on screen. */
  see: (first: number, last: number): void => {
    seen = { first, last }
    if (last >= get().rows.length - PAGE_ROWS / 2) void extend()
  },
  /** With all of its bodies. Fails with the core's reason, as all below do. */
  whole: (captureId: CaptureId): Promise<Capture> => core().capture.get({ captureId, whole: true }),
  setKept: async (captureIds: readonly CaptureId[], isKept: boolean): Promise<void> => {
    await core().capture.setKept({ captureIds: [...captureIds], isKept })
    change(captureIds, { isKept })
  },
  setNote: async (captureId: CaptureId, note: string): Promise<void> => {
    await core().capture.setNote({ captureId, note })
    change([captureId], { note })
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

/**
 * The history as the list shows it: live, narrowed down, in a window of bounded size. Facts only
 * mark what is out of date; what is marked is fetched at a steady pace, so that a burst of
 * thousands costs no more than a few fetches a second. A list that is scrolled down never moves
 * under the reader: what came meanwhile is counted instead.
 */
import { create } from 'zustand'
import type { DeliveryFilter, DeliveryId, DeliverySummary, Fact } from '#contract'
import { core, onFact, readFaultText } from './core.ts'
import { type DeliveryChoice, filterOf, NO_CHOICE } from './delivery-filter.ts'
import {
  type DeliveryWindow,
  EMPTY_WINDOW,
  extendWindow,
  fillPage,
  heldRows,
  layHead,
  letGo,
  missingPages,
  openWindow,
  PAGE_ROWS,
  refreshRows,
  rowAt,
} from './delivery-window.ts'
import { createPaced } from './paced.ts'

/** Two fetches at most per beat: five a second. */
const BEAT_MS = 400
const MOST_IDS = 500
/** A delivery that began this long before a search may still get the bytes that it looks for. */
const SEARCH_MARGIN_MS = 60_000

interface DeliveriesState {
  readonly choice: DeliveryChoice
  readonly window: DeliveryWindow
  readonly phase: 'loading' | 'searching' | 'ready' | 'failed'
  /** Why the list could not be read, in words; once `ready`, why what is further down could not. */
  readonly problem: string
  readonly isExtending: boolean
  /** Grows whenever the list is read from its beginning: it is then shown from its beginning. */
  readonly reading: number
  /** Deliveries that came while the list was scrolled down. */
  readonly newCount: number
  /** There are more new ones than were counted. */
  readonly manyNew: boolean
}

export const useDeliveries = create<DeliveriesState>()(() => ({
  choice: NO_CHOICE,
  window: EMPTY_WINDOW,
  phase: 'loading',
  problem: '',
  isExtending: false,
  reading: 0,
  newCount: 0,
  manyNew: false,
}))

const { getState: get, setState: set } = useDeliveries

let isOpen = false
let isAtTop = true
/** The rows on screen. */
let seen = { first: 0, last: 0 }
let hasUnknown = false
/** When the list was last read from its beginning. */
let readAtMs = 0
let filter: DeliveryFilter = {}
let current = new AbortController()
const stale = new Set<DeliveryId>()
const filling = new Set<number>()

const beat = createPaced(async () => {
  const { phase, problem } = get()
  if (!isOpen) return
  if (phase === 'failed') await reload()
  if (phase !== 'ready') return
  const { signal } = current
  if (hasUnknown) await fetchHead(signal)
  if (stale.size > 0 && !signal.aborted) await fetchStale(signal)
  if (problem !== '' && !signal.aborted) readOn()
  if (stale.size > 0) beat.request()
}, BEAT_MS)

onFact((fact: Fact) => {
  if (!isOpen) return
  if (fact.kind === 'deliveries.changed') mark(fact.ids, fact.more)
  // Why something is still queued may be another reason now.
  else if (fact.kind === 'status.changed' && get().phase === 'ready') markQueued()
  else return
  beat.request()
})

function markQueued(): void {
  const { window } = get()
  for (let index = seen.first; index <= seen.last; index++) {
    const row = rowAt(window, index)
    if (row?.state === 'queued') stale.add(row.id)
  }
}

function mark(ids: readonly DeliveryId[], more: boolean): void {
  const held = new Map(heldRows(get().window).map((row) => [row.id, row]))
  for (const id of ids) {
    if (held.has(id)) stale.add(id)
    else hasUnknown = true
  }
  if (!more) return
  hasUnknown = true
  for (const row of held.values()) if (row.finishedAtMs === null) stale.add(row.id)
}

async function fetchHead(signal: AbortSignal): Promise<void> {
  hasUnknown = false
  const { window } = get()
  const newest = window.pages[0]?.rows?.[0]
  // A search for text looks only through what came since, never through the whole history again.
  const sinceMs = Math.max(newest?.createdAtMs ?? 0, readAtMs - SEARCH_MARGIN_MS)
  const since = filter.text ? { sinceMs: Math.max(filter.sinceMs ?? 0, sinceMs) } : {}
  const head = await core().delivery.list(
    { filter: { ...filter, ...since }, limit: PAGE_ROWS },
    { signal },
  )
  if (signal.aborted) return
  if (isAtTop) {
    const page = filter.text ? { ...head, nextCursor: head.nextCursor ?? window.nextCursor } : head
    const isSubset = Boolean(filter.text) && window.count > 0
    set({
      window: isSubset ? joinHead(window, head.items) : layHead(window, page),
      newCount: 0,
      manyNew: false,
    })
    return
  }
  const newestSeq = window.pages[0] ? window.pages[0].before - 1 : 0
  const newCount = head.items.filter((row) => row.seq > newestSeq).length
  set({ newCount, manyNew: newCount === PAGE_ROWS && head.nextCursor !== null })
}

/** Rows of a search that came on top of those already found. */
function joinHead(window: DeliveryWindow, rows: readonly DeliverySummary[]): DeliveryWindow {
  const held = new Set(heldRows(window).map((row) => row.id))
  const added = rows.filter((row) => !held.has(row.id))
  if (added.length === 0) return window
  const all = [...added, ...heldRows(window)].sort((a, b) => b.seq - a.seq)
  return openWindow({ items: all, nextCursor: window.nextCursor })
}

async function fetchStale(signal: AbortSignal): Promise<void> {
  const ids = [...stale].slice(0, MOST_IDS)
  for (const id of ids) stale.delete(id)
  const rows = await core().delivery.some({ ids }, { signal })
  if (signal.aborted) return
  const fresh = new Map(rows.map((row) => [row.id, row]))
  const { statuses } = get().choice
  const keeps = (row: DeliverySummary) => statuses.length === 0 || statuses.includes(row.status)
  set({ window: refreshRows(get().window, fresh, keeps) })
}

async function reload(): Promise<void> {
  current.abort()
  current = new AbortController()
  const { signal } = current
  readAtMs = Date.now()
  filter = filterOf(get().choice, new Date(readAtMs))
  hasUnknown = false
  stale.clear()
  filling.clear()
  set({ phase: filter.text ? 'searching' : 'loading', problem: '', newCount: 0, manyNew: false })
  try {
    const page = await core().delivery.list({ filter, limit: PAGE_ROWS }, { signal })
    if (signal.aborted) return
    isAtTop = true
    const reading = get().reading + 1
    set({ window: openWindow(page), phase: 'ready', isExtending: false, reading })
    if (hasUnknown || stale.size > 0) beat.request()
  } catch (error) {
    if (signal.aborted) return
    set({ phase: 'failed', problem: readFaultText(error), window: EMPTY_WINDOW })
  }
}

async function extend(): Promise<void> {
  const { window, isExtending, phase } = get()
  if (window.nextCursor === null || isExtending || phase !== 'ready') return
  const { signal } = current
  set({ isExtending: true })
  try {
    const page = await core().delivery.list(
      { filter, cursor: window.nextCursor, limit: PAGE_ROWS },
      { signal },
    )
    // Meanwhile the window may have been cut or replaced: then its end is another one.
    const now = get().window
    if (!signal.aborted && now.nextCursor === window.nextCursor) {
      set({ window: extendWindow(now, page) })
    }
  } catch (error) {
    if (!signal.aborted) set({ problem: readFaultText(error) })
  } finally {
    if (!signal.aborted) set({ isExtending: false })
  }
}

/** Asks again for what is on screen, or follows it, and could not be read. */
function readOn(): void {
  set({ problem: '' })
  deliveries.see(seen.first, seen.last)
}

async function refill(before: number): Promise<void> {
  const page = get().window.pages.find((candidate) => candidate.before === before)
  if (!page || filling.has(before)) return
  const { signal } = current
  filling.add(before)
  try {
    const answer = await core().delivery.list(
      { filter, cursor: before, limit: Math.min(MOST_IDS, page.count) },
      { signal },
    )
    if (signal.aborted) return
    const { window } = get()
    const index = window.pages.findIndex((candidate) => candidate.before === before)
    if (index >= 0) set({ window: fillPage(window, index, answer.items) })
  } catch (error) {
    if (!signal.aborted) set({ problem: readFaultText(error) })
  } finally {
    filling.delete(before)
  }
}

/** What the screen tells the list. */
export const deliveries = {
  /** The screen is shown: the list is read, and is live until `close`. */
  open: (): void => {
    isOpen = true
    isAtTop = true
    void reload()
  },
  close: (): void => {
    isOpen = false
    beat.cancel()
    current.abort()
  },
  /** Narrows the list down anew; a search under way is given up. */
  choose: (change: Partial<DeliveryChoice>): void => {
    set((state) => ({ choice: { ...state.choice, ...change } }))
    isAtTop = true
    if (isOpen) void reload()
  },
  reload,
  readOn,
  /** Back to the newest, with what came meanwhile. */
  showNewest: (): void => {
    isAtTop = true
    void reload()
  },
  /** Which rows are on screen: those far away are let go, those that were are fetched again. */
  see: (first: number, last: number): void => {
    const { window, newCount } = get()
    isAtTop = first <= 0
    seen = { first, last }
    const kept = letGo(window, first, last)
    if (kept !== window) set({ window: kept })
    for (const index of missingPages(kept, first, last)) {
      const page = kept.pages[index]
      if (page) void refill(page.before)
    }
    if (last >= kept.count - PAGE_ROWS / 2) void extend()
    if (isAtTop && newCount > 0) {
      hasUnknown = true
      beat.request()
    }
  },
  /** How many of them were still under way and were cancelled. */
  cancel: async (ids: readonly DeliveryId[]): Promise<number> => {
    const { cancelled } = await core().delivery.cancel({ deliveryIds: [...ids] })
    return cancelled
  },
  /** How many of them waited, and are tried now. */
  retryNow: async (ids: readonly DeliveryId[]): Promise<number> =>
    (await core().delivery.retryNow({ deliveryIds: [...ids] })).retried,
  /** How many of them get no other attempt. */
  stopRetrying: async (ids: readonly DeliveryId[]): Promise<number> =>
    (await core().delivery.stopRetrying({ deliveryIds: [...ids] })).stopped,
  /** Does it to everything that waits and that the filter lets through. */
  forWaiting: (work: (ids: readonly DeliveryId[]) => Promise<number>): Promise<number> =>
    forAll({ ...filter, statuses: ['waiting'] }, work),
  /** Cancels everything that is queued, waiting or being sent. */
  cancelUnderWay: (): Promise<number> =>
    forAll({ statuses: ['queued', 'waiting', 'sending'] }, deliveries.cancel),
}

/** Page by page; answers the sum. */
async function forAll(
  wanted: DeliveryFilter,
  work: (ids: readonly DeliveryId[]) => Promise<number>,
): Promise<number> {
  let total = 0
  let cursor: number | undefined
  for (;;) {
    const page = await core().delivery.list({
      filter: wanted,
      limit: MOST_IDS,
      ...(cursor === undefined ? {} : { cursor }),
    })
    if (page.items.length > 0) total += await work(page.items.map(({ id }) => id))
    if (page.nextCursor === null) return total
    cursor = page.nextCursor
  }
}

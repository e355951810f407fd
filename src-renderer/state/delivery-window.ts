/**
 * The part of the history that the list holds: pages newest first, of which only those near what is
 * on screen keep their rows. The others remember where they begin, so that a list of a hundred
 * thousand rows scrolls back without holding them all. Pure; a page is told from the next by `seq`.
 */
import type { DeliveryId, DeliveryPage, DeliverySummary } from '#contract'

export const PAGE_ROWS = 100
/** Pages kept on each side of what is on screen. */
const KEPT_PAGES = 8
/** Beyond this a list that stands at its top forgets its end. */
const TOP_ROWS = 2_000

interface WindowPage {
  /** The cursor that fetches it: its rows have a smaller `seq`. */
  readonly before: number
  readonly count: number
  /** Null when its rows have been let go. */
  readonly rows: readonly DeliverySummary[] | null
}

export interface DeliveryWindow {
  readonly pages: readonly WindowPage[]
  readonly count: number
  /** Where the list goes on; null at the end of the history. */
  readonly nextCursor: number | null
}

export const EMPTY_WINDOW: DeliveryWindow = { pages: [], count: 0, nextCursor: null }

/** A window that begins with this page. */
export function openWindow(page: DeliveryPage): DeliveryWindow {
  return windowOf([pageOf(page.items)], page.nextCursor)
}

/** The window with the page that follows it. */
export function extendWindow(window: DeliveryWindow, page: DeliveryPage): DeliveryWindow {
  return windowOf([...window.pages, pageOf(page.items)], page.nextCursor)
}

/**
 * The window with the newest page laid over its beginning: rows that came, went or changed there
 * are as the page has them. Where the page does not reach the old rows, it replaces them.
 */
export function layHead(window: DeliveryWindow, head: DeliveryPage): DeliveryWindow {
  const last = head.items.at(-1)
  const newest = window.pages[0]?.rows?.[0]
  if (!last || head.nextCursor === null || !newest || newest.seq < last.seq) return openWindow(head)
  const [first, ...others] = window.pages
  const rest = (first?.rows ?? []).filter((row) => row.seq < last.seq)
  const kept = others.flatMap((page) => {
    if (page.before <= last.seq || !page.rows) return [page]
    const rows = page.rows.filter((row) => row.seq < last.seq)
    return rows.length > 0 ? [pageOf(rows)] : []
  })
  const joined = [...head.items, ...rest]
  const fits = joined.length <= 2 * PAGE_ROWS
  const front = fits ? [joined] : [joined.slice(0, PAGE_ROWS), joined.slice(PAGE_ROWS)]
  return cutEnd(windowOf([...front.map(pageOf), ...kept], window.nextCursor))
}

/** The rows that changed, put in place; rows that `keeps` refuses are taken out. */
export function refreshRows(
  window: DeliveryWindow,
  fresh: ReadonlyMap<DeliveryId, DeliverySummary>,
  keeps: (row: DeliverySummary) => boolean,
): DeliveryWindow {
  const pages = window.pages.map((page) => {
    if (!page.rows?.some((row) => fresh.has(row.id))) return page
    const rows = page.rows.map((row) => fresh.get(row.id) ?? row).filter(keeps)
    return { before: page.before, count: rows.length, rows }
  })
  return windowOf(
    pages.filter((page) => page.count > 0),
    window.nextCursor,
  )
}

/** Gives a page that had let its rows go what was fetched for it. */
export function fillPage(
  window: DeliveryWindow,
  index: number,
  rows: readonly DeliverySummary[],
): DeliveryWindow {
  const pages = window.pages.map((page, at) =>
    at === index ? { before: page.before, count: rows.length, rows } : page,
  )
  return windowOf(
    pages.filter((page) => page.count > 0),
    window.nextCursor,
  )
}

/** Lets go of the rows that are far from those on screen. */
export function letGo(window: DeliveryWindow, first: number, last: number): DeliveryWindow {
  const from = pageIndexOf(window, first) - KEPT_PAGES
  const to = pageIndexOf(window, last) + KEPT_PAGES
  const isFar = (index: number) => index < from || index > to
  if (!window.pages.some((page, index) => page.rows && isFar(index))) return window
  const pages = window.pages.map((page, index) => (isFar(index) ? { ...page, rows: null } : page))
  return { ...window, pages }
}

/** The row at a place of the list; null while it is not held. */
export function rowAt(window: DeliveryWindow, index: number): DeliverySummary | null {
  let left = index
  for (const page of window.pages) {
    if (left < page.count) return page.rows?.[left] ?? null
    left -= page.count
  }
  return null
}

/** Whether a row is there, or may be where no rows are held. */
export function mayHold({ pages, nextCursor }: DeliveryWindow, seq: number): boolean {
  if (nextCursor !== null && seq < nextCursor) return true
  const page = pages.findLast(({ before }) => seq < before)
  if (!page) return false
  return page.rows === null || page.rows.some((row) => row.seq === seq)
}

/** Places of the pages between two rows whose rows have to be fetched again. */
export function missingPages(window: DeliveryWindow, first: number, last: number): number[] {
  const from = pageIndexOf(window, first)
  const to = pageIndexOf(window, last)
  return window.pages.flatMap((page, index) =>
    index >= from && index <= to && !page.rows ? [index] : [],
  )
}

/** The rows that are held, newest first. */
export function heldRows(window: DeliveryWindow): readonly DeliverySummary[] {
  return window.pages.flatMap((page) => page.rows ?? [])
}

function pageIndexOf(window: DeliveryWindow, row: number): number {
  let left = row
  for (const [index, page] of window.pages.entries()) {
    if (left < page.count) return index
    left -= page.count
  }
  return window.pages.length - 1
}

function pageOf(rows: readonly DeliverySummary[]): WindowPage {
  return { before: (rows[0]?.seq ?? 0) + 1, count: rows.length, rows }
}

function windowOf(pages: readonly WindowPage[], nextCursor: number | null): DeliveryWindow {
  return { pages, count: pages.reduce((sum, page) => sum + page.count, 0), nextCursor }
}

function cutEnd(window: DeliveryWindow): DeliveryWindow {
  if (window.count <= TOP_ROWS) return window
  const pages = window.pages.slice(0, 4)
  const last = pages.at(-1)?.rows?.at(-1)
  return last ? windowOf(pages, last.seq) : window
}

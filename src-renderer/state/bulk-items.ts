/**
 * The items of a run, in the order of recording, as far as they were looked at: those on screen are
 * live. Reads follow one another, and each one replaces the part of the list that it covers, so that
 * what no longer matches goes and what is new takes its place.
 */
import { useCallback, useEffect, useRef, useState } from 'react'
import type { BulkAnswer, BulkItem, BulkItemState, BulkRunId } from '#contract'
import { core, onFact, readFaultText } from './core.ts'
import { createPaced } from './paced.ts'

const BEAT_MS = 800
export const PAGE_ROWS = 200

export interface BulkItems {
  readonly rows: readonly BulkItem[]
  readonly isRead: boolean
  readonly problem: string | null
  /** The rows between these are on screen. */
  see(first: number, last: number): void
}

/** Which items of a run are meant; null: whatever they have. */
export interface BulkItemChoice {
  readonly state: BulkItemState | null
  readonly answer: BulkAnswer | null
}

export function useBulkItems(runId: BulkRunId, { state, answer }: BulkItemChoice): BulkItems {
  const key = `${runId} ${state} ${answer}`
  const [held, setHeld] = useState<Held>(NOTHING_HELD)
  const reader = useRef<BulkItemsReader>(null)
  useEffect(() => {
    const wanted = {
      runId,
      limit: PAGE_ROWS,
      ...(state === null ? {} : { state }),
      ...(answer === null ? {} : { answer }),
    }
    const opened = openBulkItems(
      (cursor) => core().bulk.items({ ...wanted, ...(cursor === null ? {} : { cursor }) }),
      (rows, problem) => setHeld({ of: key, rows, problem }),
    )
    reader.current = opened
    return opened.close
  }, [runId, state, answer, key])
  const see = useCallback((first: number, last: number) => reader.current?.see(first, last), [])
  const isRead = held.of === key
  return {
    rows: isRead ? held.rows : [],
    isRead,
    problem: isRead ? held.problem : null,
    see,
  }
}

interface Held {
  readonly of: string
  readonly rows: readonly BulkItem[]
  readonly problem: string | null
}

const NOTHING_HELD: Held = { of: '', rows: [], problem: null }

interface BulkItemsPage {
  readonly items: readonly BulkItem[]
  /** Null where the list ends with them. */
  readonly nextCursor: number | null
}

interface BulkItemsReader {
  see(first: number, last: number): void
  close(): void
}

/** @param read up to `PAGE_ROWS` of them, beyond a position or from the beginning */
export function openBulkItems(
  read: (cursor: number | null) => Promise<BulkItemsPage>,
  tell: (rows: readonly BulkItem[], problem: string | null) => void,
): BulkItemsReader {
  let rows: readonly BulkItem[] = []
  let next: number | null = null
  let seen = { first: 0, last: 0 }
  let isClosed = false
  let isExtending = false
  let turn: Promise<void> = Promise.resolve()

  /** Once the reads before it have ended: each is laid over what these made of the list. */
  function take(cursorNow: () => number | null): Promise<void> {
    turn = takeAfter(turn, cursorNow)
    return turn
  }

  async function takeAfter(before: Promise<void>, cursorNow: () => number | null) {
    await before
    if (isClosed) return
    try {
      const cursor = cursorNow()
      const page = await read(cursor)
      const hasMore = page.nextCursor !== null && rows.some(isBeyond(page.nextCursor))
      rows = laidOver(rows, cursor, page)
      if (!hasMore) next = page.nextCursor
      if (!isClosed) tell(rows, null)
    } catch (error) {
      if (!isClosed) tell(rows, readFaultText(error))
    }
  }

  const refresh = createPaced(
    () => take(() => (rows.length <= PAGE_ROWS ? null : (rows[seen.first - 1]?.position ?? null))),
    BEAT_MS,
  )

  async function extend() {
    if (next === null || isExtending) return
    isExtending = true
    await take(() => next)
    isExtending = false
  }

  const stop = onFact((fact) => {
    if (fact.kind === 'bulk.changed') refresh.request()
  })
  refresh.request()
  return {
    see: (first, last) => {
      const hasMoved = first !== seen.first || last !== seen.last
      seen = { first, last }
      if (last >= rows.length - PAGE_ROWS / 2) void extend()
      // What came on screen may have been read long ago, and no fact tells of it any more.
      if (hasMoved) refresh.request()
    },
    close: () => {
      isClosed = true
      stop()
      refresh.cancel()
    },
  }
}

/** The list with all that a page covers, beyond a position, as the page has it. */
function laidOver(
  rows: readonly BulkItem[],
  cursor: number | null,
  { items, nextCursor }: BulkItemsPage,
): readonly BulkItem[] {
  const above = cursor === null ? [] : rows.filter(({ position }) => position <= cursor)
  const below = nextCursor === null ? [] : rows.filter(isBeyond(nextCursor))
  return [...above, ...asBefore(items, rows), ...below]
}

function isBeyond(cursor: number): (item: BulkItem) => boolean {
  return ({ position }) => position > cursor
}

/** Those that say what they said before are the very same, so that they are not drawn again. */
function asBefore(items: readonly BulkItem[], before: readonly BulkItem[]): readonly BulkItem[] {
  const known = new Map(before.map((item) => [item.position, item]))
  return items.map((item) => {
    const same = known.get(item.position)
    return same && JSON.stringify(same) === JSON.stringify(item) ? same : item
  })
}

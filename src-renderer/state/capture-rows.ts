/** The rows of captures that were read so far, newest first, and what a page that is read again changes in them. Pure. */
import type { CaptureId, CapturePage, CaptureSummary } from '#contract'

export interface CaptureRows {
  readonly rows: readonly CaptureSummary[]
  /** Where the list goes on; null when all are read. */
  readonly nextCursor: number | null
}

/** The newest page over what was read before; where they do not meet, it alone. */
export function layHead({ rows, nextCursor }: CaptureRows, head: CapturePage): CaptureRows {
  const oldest = head.items.at(-1)
  if (!oldest || head.nextCursor === null) return { rows: head.items, nextCursor: null }
  const older = rows.filter(({ seq }) => seq < oldest.seq)
  if (older.length === rows.length) return { rows: head.items, nextCursor: head.nextCursor }
  return {
    rows: [...head.items, ...older],
    nextCursor: older.length > 0 ? nextCursor : head.nextCursor,
  }
}

/** A page from further down, read again: what lies between its ends is as it has it. */
export function layPage(held: CaptureRows, cursor: number, page: CapturePage): CaptureRows {
  const newer = held.rows.filter(({ seq }) => seq >= cursor)
  const oldest = page.items.at(-1)
  if (!oldest || page.nextCursor === null) {
    return { rows: [...newer, ...page.items], nextCursor: null }
  }
  const older = held.rows.filter(({ seq }) => seq < oldest.seq)
  return {
    rows: [...newer, ...page.items, ...older],
    nextCursor: older.length > 0 ? held.nextCursor : page.nextCursor,
  }
}

/** Whether a row is there, or may be further down than was read. */
export function mayHold({ rows, nextCursor }: CaptureRows, seq: number): boolean {
  if (nextCursor !== null && seq < nextCursor) return true
  let [from, to] = [0, rows.length]
  while (from < to) {
    const middle = (from + to) >> 1
    const found = rows[middle]?.seq ?? 0
    if (found === seq) return true
    if (found > seq) from = middle + 1
    else to = middle
  }
  return false
}

/** The rows with a change to some of them; those that `keeps` then refuses are taken out. */
export function changeRows(
  rows: readonly CaptureSummary[],
  ids: readonly CaptureId[],
  change: Partial<CaptureSummary>,
  keeps: (row: CaptureSummary) => boolean,
): readonly CaptureSummary[] {
  const meant = new Set(ids)
  return rows.flatMap((row) => {
    if (!meant.has(row.id)) return [row]
    const changed = { ...row, ...change }
    return keeps(changed) ? [changed] : []
  })
}

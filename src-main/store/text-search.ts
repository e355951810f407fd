/** Searching bytes row by row, in short steps, so that a long search never holds up the rest. */
import { setImmediate as nextTurn } from 'node:timers/promises'

/** How long a search goes on between two turns of the event loop: bodies may be large. */
const SLICE_MS = 10

/** Rows read at once to be searched. */
export const SEARCH_STEP = 1_000

/**
 * SQL that holds when @text is anywhere in the column, whatever the case of ASCII letters. Unlike
 * `LIKE`, it goes on after a NUL, and takes half the time.
 */
export function holdsText(column: string): string {
  return `instr(lower(${column}), @text) > 0`
}

/** What @text is then. */
export function textToFind(text: string): string {
  return text.trim().replace(/[A-Z]/g, (letter) => letter.toLowerCase())
}

/** Those rows for which the test holds. Rejects with the signal's reason once it is aborted. */
export async function searched<Row>(
  rows: readonly Row[],
  holds: (row: Row) => boolean,
  signal: AbortSignal | undefined,
): Promise<Row[]> {
  const matching: Row[] = []
  let turnAtMs = performance.now() + SLICE_MS
  for (const row of rows) {
    if (holds(row)) matching.push(row)
    if (performance.now() < turnAtMs) continue
    await nextTurn()
    signal?.throwIfAborted()
    turnAtMs = performance.now() + SLICE_MS
  }
  return matching
}

/**
 * Keeps a place in a list while rows come and go above it: a row is known by its key, and looked
 * for around where it was. Pure, and quick however long the list is.
 */

/** How far from its old place a row is looked for: further than rows come in one page. */
const REACH_ROWS = 500

/** Tells one row from all others, wherever it is; null while the row is not held. */
export type KeyOf = (index: number) => string | null

export interface Place {
  readonly index: number
  /** Null at the top: of whatever row is there. */
  readonly key: string | null
}

export const AT_TOP: Place = { index: 0, key: null }

/** Where the row of a place is now; where it is gone, the row that took its place. */
export function followed(place: Place, count: number, keyOf: KeyOf): Place {
  const index = Math.min(place.index, count - 1)
  if (index < 0 || (place.key === null && place.index === 0)) return place
  const here = keyOf(index)
  if (here === null || (here === place.key && index === place.index)) return place
  const found = place.key === null ? null : findNear(place.key, index, count, keyOf)
  return found === null ? { index, key: here } : { index: found, key: place.key }
}

/** How many rows further down these stand now: by the first of them that is still there. */
export function movedBy(seen: readonly Place[], count: number, keyOf: KeyOf): number {
  for (const { index, key } of seen) {
    if (key === null) continue
    const found = findNear(key, index, count, keyOf)
    if (found !== null) return found - index
  }
  return 0
}

function findNear(key: string, index: number, count: number, keyOf: KeyOf): number | null {
  for (let step = 0; step <= REACH_ROWS; step++) {
    const [below, above] = [index + step, index - step]
    if (below < count && keyOf(below) === key) return below
    if (above >= 0 && above < count && keyOf(above) === key) return above
    if (below >= count && above < 0) return null
  }
  return null
}

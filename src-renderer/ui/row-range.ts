/**
 * Choosing from one row of a list to another with Shift held: where a range begins, which is the last
 * row that was walked or clicked to without it, wherever that row is by now.
 */
import { useRef } from 'react'
import { followed, type KeyOf, type Place } from './kept-place.ts'

export interface RowRange {
  /** Both are of it, the upper one first. */
  readonly from: number
  readonly to: number
  readonly isTicked: boolean
  /** False while the same range grows or shrinks. */
  readonly isAnother: boolean
}

interface RangeKeeper {
  readonly begin: (place: Place) => void
  /** @param current where the list stands: a range begins there if it was never walked */
  readonly reach: (index: number, current: number, isTicked: boolean) => void
}

export function useRowRange(
  count: number,
  keyOf: KeyOf | undefined,
  onRange: ((range: RowRange) => void) | undefined,
): RangeKeeper {
  const start = useRef<Place | null>(null)
  const isBegun = useRef(false)
  return {
    begin: (place) => {
      start.current = place
      isBegun.current = false
    },
    reach: (index, current, isTicked) => {
      const begin = start.current ?? { index: current, key: keyOf?.(current) ?? null }
      start.current = keyOf ? followed(begin, count, keyOf) : begin
      const isAnother = !isBegun.current
      isBegun.current = true
      const { index: begun } = start.current
      const [from, to] = [Math.min(begun, index), Math.max(begun, index)]
      onRange?.({ from, to, isTicked, isAnother })
    },
  }
}

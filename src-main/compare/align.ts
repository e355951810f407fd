/**
 * Which elements of two lists stand for each other: a longest common subsequence where the lists are
 * short, else what is unique in both, in order, with the gaps between done the same way. Bounded: what
 * would take too long stays unmatched.
 */
import type { Sliced } from './rows.ts'

/** Places in the left and the right list, both rising. */
export type Match = readonly [left: number, right: number]

/** Steps of one table; each takes a few nanoseconds. */
const MAX_TABLE = 1_000_000

/** What lies between two matches, or before the first and after the last. */
export interface Gap {
  readonly left: readonly number[]
  readonly right: readonly number[]
}

/** Equal elements have equal keys. */
export function* align<K>(left: readonly K[], right: readonly K[]): Sliced<Match[]> {
  const matches: Match[] = []
  const work: [number, number, number, number][] = [[0, left.length, 0, right.length]]
  for (let range = work.pop(); range; range = work.pop()) {
    yield
    let [fromLeft, toLeft, fromRight, toRight] = range
    while (fromLeft < toLeft && fromRight < toRight && left[fromLeft] === right[fromRight]) {
      matches.push([fromLeft++, fromRight++])
    }
    while (fromLeft < toLeft && fromRight < toRight && left[toLeft - 1] === right[toRight - 1]) {
      matches.push([--toLeft, --toRight])
    }
    const inner = [fromLeft, toLeft, fromRight, toRight] as const
    if (fromLeft === toLeft || fromRight === toRight) continue
    if ((toLeft - fromLeft) * (toRight - fromRight) <= MAX_TABLE) {
      for (const match of byTable(left, right, inner)) matches.push(match)
      continue
    }
    const anchors = uniqueInBoth(left, right, inner)
    for (const anchor of anchors) matches.push(anchor)
    if (anchors.length > 0) for (const part of between(anchors, inner)) work.push(part)
  }
  return matches.sort(([a], [b]) => a - b)
}

/** In order; empty ones are left out. */
export function gapsOf(matches: readonly Match[], leftLength: number, rightLength: number) {
  const gaps: { before: Match | null; gap: Gap }[] = []
  let [fromLeft, fromRight] = [0, 0]
  for (const match of [...matches, null]) {
    const [toLeft, toRight] = match ?? [leftLength, rightLength]
    const gap = { left: range(fromLeft, toLeft), right: range(fromRight, toRight) }
    gaps.push({ before: match, gap })
    fromLeft = toLeft + 1
    fromRight = toRight + 1
  }
  return gaps
}

function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(to - from, 0) }, (_, index) => from + index)
}

type Range = readonly [fromLeft: number, toLeft: number, fromRight: number, toRight: number]

/** Lengths of the longest common subsequences of all ends, then the way through them. */
function byTable<K>(left: readonly K[], right: readonly K[], range: Range): Match[] {
  const [fromLeft, toLeft, fromRight, toRight] = range
  const rows = toLeft - fromLeft
  const columns = toRight - fromRight
  const width = columns + 1
  const lengths = new Uint32Array((rows + 1) * width)
  const at = (row: number, column: number) => lengths[row * width + column] ?? 0
  for (let row = rows - 1; row >= 0; row--) {
    for (let column = columns - 1; column >= 0; column--) {
      lengths[row * width + column] =
        left[fromLeft + row] === right[fromRight + column]
          ? at(row + 1, column + 1) + 1
          : Math.max(at(row + 1, column), at(row, column + 1))
    }
  }
  const matches: Match[] = []
  for (let row = 0, column = 0; row < rows && column < columns; ) {
    if (left[fromLeft + row] === right[fromRight + column]) {
      matches.push([fromLeft + row++, fromRight + column++])
    } else if (at(row + 1, column) >= at(row, column + 1)) row += 1
    else column += 1
  }
  return matches
}

/** The longest rising run of those that stand once on each side (patience). */
function uniqueInBoth<K>(left: readonly K[], right: readonly K[], range: Range): Match[] {
  const [fromLeft, toLeft, fromRight, toRight] = range
  const inLeft = placesOfUnique(left, fromLeft, toLeft)
  const inRight = placesOfUnique(right, fromRight, toRight)
  const pairs: Match[] = []
  for (const [key, place] of inLeft) {
    const other = inRight.get(key)
    if (place >= 0 && other !== undefined && other >= 0) pairs.push([place, other])
  }
  return longestRising(pairs)
}

/** By key: its place, or -1 when it stands there more than once. In order. */
function placesOfUnique<K>(list: readonly K[], from: number, to: number): Map<K, number> {
  const places = new Map<K, number>()
  for (let at = from; at < to; at++) {
    const key = list[at] as K
    places.set(key, places.has(key) ? -1 : at)
  }
  return places
}

/** @param pairs rising on the left */
function longestRising(pairs: readonly Match[]): Match[] {
  /** By length: the place in `pairs` where the lowest run of it ends. */
  const ends: number[] = []
  const before = new Int32Array(pairs.length).fill(-1)
  const rightOf = (index: number) => pairs[index]?.[1] ?? -1
  pairs.forEach(([, right], index) => {
    let [low, high] = [0, ends.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if (rightOf(ends[middle] ?? 0) < right) low = middle + 1
      else high = middle
    }
    before[index] = low === 0 ? -1 : (ends[low - 1] ?? -1)
    ends[low] = index
  })
  const run: Match[] = []
  for (let index = ends.at(-1) ?? -1; index >= 0; index = before[index] ?? -1) {
    const pair = pairs[index]
    if (pair) run.push(pair)
  }
  return run.reverse()
}

function between(anchors: readonly Match[], [left, toLeft, right, toRight]: Range) {
  const ranges: [number, number, number, number][] = []
  let [fromLeft, fromRight] = [left, right]
  for (const [atLeft, atRight] of [...anchors, [toLeft, toRight] as const]) {
    ranges.push([fromLeft, atLeft, fromRight, atRight])
    fromLeft = atLeft + 1
    fromRight = atRight + 1
  }
  return ranges
}

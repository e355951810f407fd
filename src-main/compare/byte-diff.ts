/** Bytes: what is the same at the beginning and at the end, and what lies between, in lines of hex. */
import type { RowSink, Side, Sliced } from './rows.ts'

const PER_LINE = 16
const BLOCK = 256 * 1024
/** So many lines are compared and kept. */
const MAX_LINES = 500

export interface ByteDifference {
  /** Bytes that are the same from the first one on, and before the last one. */
  readonly sameAtStart: number
  readonly sameAtEnd: number
}

/** @param shown of a range of the bytes, what may be seen of it; null hides them all */
export function* diffBytes(
  left: Uint8Array,
  right: Uint8Array,
  shown: {
    left(from: number, to: number): Uint8Array
    right(from: number, to: number): Uint8Array
  } | null,
  sink: RowSink,
): Sliced<ByteDifference> {
  const shorter = Math.min(left.length, right.length)
  const sameAtStart = yield* sameRun(shorter, (from, to) =>
    isSame(left, from, right, from, to - from),
  )
  const most = shorter - sameAtStart
  const sameAtEnd = yield* sameRun(most, (from, to) =>
    isSame(left, left.length - to, right, right.length - to, to - from),
  )
  if (shown) {
    const first = sameAtStart - (sameAtStart % PER_LINE)
    const end = Math.max(left.length, right.length) - sameAtEnd
    const last = Math.min(end, first + MAX_LINES * PER_LINE)
    const [ones, others] = [shown.left(first, last), shown.right(first, last)]
    yield
    for (let from = first; from < last; from += PER_LINE) {
      const to = Math.min(from + PER_LINE, last)
      const one = lineOf(ones, from - first, to - first, first)
      const other = lineOf(others, from - first, to - first, first)
      const isEqual = Buffer.compare(left.subarray(from, to), right.subarray(from, to)) === 0
      sink.add({ left: one, right: other, isEqual, ruleId: null })
    }
  }
  return { sameAtStart, sameAtEnd }
}

/** @param offset of the first of the bytes */
function lineOf(bytes: Uint8Array, from: number, to: number, offset: number): Side | null {
  const line = Buffer.from(bytes.subarray(from, to))
  if (line.length === 0) return null
  const hex = line.toString('hex').replace(/..(?=.)/g, '$& ')
  const text = line.toString('latin1').replace(/[^\x20-\x7e]/g, '.')
  const label = (offset + from).toString(16).padStart(8, '0')
  return { label, text: `${hex.padEnd(48)} ${text}` }
}

/** How many of `most` are the same, found block by block and then one by one. */
function* sameRun(most: number, isSameRange: (from: number, to: number) => boolean) {
  let same = 0
  while (same < most && isSameRange(same, Math.min(same + BLOCK, most))) {
    same = Math.min(same + BLOCK, most)
    yield
  }
  let [low, high] = [same, Math.min(same + BLOCK, most)]
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if (isSameRange(low, middle)) low = middle
    else high = middle - 1
  }
  return low
}

function isSame(
  left: Uint8Array,
  fromLeft: number,
  right: Uint8Array,
  fromRight: number,
  length: number,
): boolean {
  const one = left.subarray(fromLeft, fromLeft + length)
  const other = right.subarray(fromRight, fromRight + length)
  return Buffer.compare(one, other) === 0
}

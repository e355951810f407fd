/** Lines of text, each difference with the lines around it. */
import { align, gapsOf } from './align.ts'
import type { RowSink, Side, Sliced } from './rows.ts'

/** Equal lines that are kept before and after a difference. */
const CONTEXT = 2
const ROWS_PER_SLICE = 2_000

export function* diffLines(
  ones: readonly string[],
  others: readonly string[],
  sink: RowSink,
): Sliced<void> {
  const matches = yield* align(ones, others)
  /** Equal lines that were passed since the last difference. */
  let passed: [number, number][] = []
  let sinceDifference = Number.POSITIVE_INFINITY
  let rows = 0

  const side = (lines: readonly string[], index: number | undefined): Side | null =>
    index === undefined ? null : { label: String(index + 1), text: visible(lines[index] ?? '') }

  function addEqual(index: number, other: number, isContext: boolean) {
    const row = { left: side(ones, index), right: side(others, other), isEqual: true, ruleId: null }
    if (isContext) sink.addContext(row)
    else sink.add(row)
  }

  function addDifference(index: number | undefined, other: number | undefined) {
    for (const [before, beside] of passed) addEqual(before, beside, true)
    passed = []
    sinceDifference = 0
    sink.add({ left: side(ones, index), right: side(others, other), isEqual: false, ruleId: null })
  }

  for (const { before, gap } of gapsOf(matches, ones.length, others.length)) {
    const count = Math.max(gap.left.length, gap.right.length)
    for (let at = 0; at < count; at++) addDifference(gap.left[at], gap.right[at])
    if (before && sink.wantsEqual) addEqual(...before, false)
    else if (before && sinceDifference < CONTEXT) {
      sinceDifference += 1
      addEqual(...before, true)
    } else if (before) {
      passed.push([...before])
      if (passed.length > CONTEXT) passed.shift()
    }
    rows += count + 1
    if (rows > ROWS_PER_SLICE) {
      rows = 0
      yield
    }
  }
}

/** A carriage return at the end of a line, or a byte order mark, would not be seen. */
function visible(line: string): string {
  const marked = line.startsWith('\ufeff') ? `⟨BOM⟩${line.slice(1)}` : line
  return marked.endsWith('\r') ? `${marked.slice(0, -1)}␍` : marked
}

/**
 * What a comparison is made of: rows, each with what stands on either side. They hold real bytes as
 * text; `shown.ts` makes them fit to leave the core. How many are kept is bounded, how many there were
 * is counted.
 */

/** Hands back the event loop from time to time; whoever drives a comparison decides for how long. */
export type Sliced<T> = Generator<undefined, T>

/** One side of a row. */
export interface Side {
  /** A header's name, a path in the body, a line's number, an offset. */
  readonly label: string
  readonly text: string
}

export interface Row {
  /** Null: there is nothing on this side. */
  readonly left: Side | null
  readonly right: Side | null
  readonly isEqual: boolean
  /** The rule that makes this difference not count. */
  readonly ruleId: string | null
}

/** A part of a comparison: start line, headers or body. */
export interface Section {
  readonly rows: readonly Row[]
  /** Differences that count, kept as rows or not. */
  readonly differences: number
  /** Those that a rule takes out. */
  readonly ignored: number
  /** How many rows were left out. */
  readonly leftOut: number
}

export interface RowSink {
  /** Whether rows without a difference are wanted. */
  readonly wantsEqual: boolean
  add(row: Row): void
  /** Equal, and kept to show where a difference stands. */
  addContext(row: Row): void
  section(): Section
}

/** Of each kind: differences, ignored ones, equal ones. */
const MAX_ROWS = 500

export function createRowSink(wantsEqual: boolean): RowSink {
  const rows: Row[] = []
  const kept = { different: 0, ignored: 0, equal: 0 }
  let differences = 0
  let ignored = 0
  let leftOut = 0

  function keep(kind: keyof typeof kept, row: Row) {
    if (kept[kind] >= MAX_ROWS) leftOut += 1
    else {
      kept[kind] += 1
      rows.push(row)
    }
  }

  return {
    wantsEqual,
    add: (row) => {
      if (row.isEqual) {
        if (wantsEqual) keep('equal', row)
      } else if (row.ruleId !== null) {
        ignored += 1
        keep('ignored', row)
      } else {
        differences += 1
        keep('different', row)
      }
    },
    addContext: (row) => keep('equal', row),
    section: () => ({ rows, differences, ignored, leftOut }),
  }
}

/** The same with its sides changed. */
export function mirrored(section: Section): Section {
  return {
    ...section,
    rows: section.rows.map((row) => ({ ...row, left: row.right, right: row.left })),
  }
}

/**
 * Two recorded messages compared: start line, headers, body. Pure and in slices: whoever drives it
 * gives the event loop back between them.
 */
import type { CompareRule, Comparison } from '#contract'
import { maskSecrets, readHead } from '../encode/index.ts'
import { type BodySide, diffBodies } from './body-diff.ts'
import { diffHeaders, diffStartLines, isSameOrder } from './header-diff.ts'
import { createRowSink, type Section, type Sliced } from './rows.ts'
import { createRules } from './rules.ts'
import { shownRows } from './shown.ts'

export type { Sliced } from './rows.ts'

export interface ComparedMessage {
  readonly head: Uint8Array
  readonly body: Uint8Array
}

/** @param secrets that must not be seen, of both sides */
export function* compareMessages(
  left: ComparedMessage,
  right: ComparedMessage,
  how: {
    readonly rules: readonly CompareRule[]
    readonly withEqual: boolean
    readonly secrets: readonly string[]
  },
): Sliced<Pick<Comparison, 'startLine' | 'headers' | 'body'>> {
  const { secrets, withEqual } = how
  const rules = createRules(how.rules)
  const one = sideOf(left, secrets)
  yield
  const other = sideOf(right, secrets)
  yield
  const lines = createRowSink(withEqual)
  diffStartLines(one.head.startLine, other.head.startLine, lines)
  const names = createRowSink(withEqual)
  yield* diffHeaders(one.head.headers, other.head.headers, rules, names)
  yield
  const body = yield* diffBodies(one, other, rules, withEqual)
  return {
    startLine: yield* shown(lines.section(), secrets, false),
    headers: {
      ...(yield* shown(names.section(), secrets, true)),
      isSameOrder: yield* isSameOrder(one.head.headers, other.head.headers, rules),
    },
    body: { ...body, ...(yield* shown(body, secrets, false)) },
  }
}

function* shown(section: Section, secrets: readonly string[], isHeader: boolean) {
  const { differences, ignored, leftOut } = section
  const rows = yield* shownRows(section.rows, secrets, isHeader)
  return { rows, differences, ignored, leftOut }
}

/** Longer than any secret. */
const MARGIN = 8 * 1024

function sideOf({ head, body }: ComparedMessage, secrets: readonly string[]): BodySide {
  return {
    head: readHead(head),
    body,
    shownBytes: (from, to) => {
      const start = Math.max(from - MARGIN, 0)
      const part = body.subarray(start, to + MARGIN)
      return maskSecrets(part, secrets).subarray(from - start, to - start)
    },
  }
}

/**
 * Forms by field: the values of a name in turn, decoded. A value that is JSON on both sides is
 * compared by its structure.
 */
import { hasMoreFields, searchParams, tryParseJson } from '../encode/index.ts'
import { diffJson, isTooMuch, type JsonText, looksLikeJson } from './json-diff.ts'
import type { RowSink, Sliced } from './rows.ts'
import type { Rules } from './rules.ts'

interface Field {
  readonly name: string
  readonly value: string
  /** `a`, and where a name stands there more than once, `a [2]`. */
  readonly label: string
}

/** More than any form of use has. */
const MAX_FIELDS = 5_000

/** Null when there are more than `MAX_FIELDS`. */
export function readFields(text: string): readonly Field[] | null {
  if (hasMoreFields(text, MAX_FIELDS)) return null
  const pairs = [...searchParams(text)]
  const counts = new Map<string, number>()
  return pairs.map(([name, value]) => {
    const number = (counts.get(name) ?? 0) + 1
    counts.set(name, number)
    return { name, value, label: number === 1 ? name : `${name} [${number}]` }
  })
}

/** @returns false where JSON of a field was compared as text, as there is too much of it */
export function* diffForms(
  left: readonly Field[],
  right: readonly Field[],
  rules: Rules,
  sink: RowSink,
): Sliced<boolean> {
  let areAllRead = true
  const rest = new Map(right.map((field) => [field.label, field]))
  for (const field of left) {
    const other = rest.get(field.label) ?? null
    rest.delete(field.label)
    areAllRead = (yield* diffFields(field, other, rules, sink)) && areAllRead
  }
  for (const field of rest.values()) yield* diffFields(null, field, rules, sink)
  return areAllRead
}

function* diffFields(
  one: Field | null,
  other: Field | null,
  rules: Rules,
  sink: RowSink,
): Sliced<boolean> {
  const name = (one ?? other)?.name ?? ''
  const isEqual = one !== null && other !== null && one.value === other.value
  const both = one && other && !isEqual ? ([one.value, other.value] as const) : null
  const isLong = both?.every(looksLikeJson) === true && both.some(isTooMuch)
  const [left, right] = both && !isLong ? both.map(jsonOf) : []
  if (left && right) {
    const labelOf = (path: readonly string[]) => [one?.label ?? '', pathLabel(path)].join(' → ')
    const ruleOf = (path: readonly string[]) => rules.path(path) ?? rules.path([name, ...path])
    yield* diffJson(left, right, { labelOf, ruleOf, sink })
    return true
  }
  yield
  sink.add({
    left: one && { label: one.label, text: one.value },
    right: other && { label: other.label, text: other.value },
    isEqual,
    ruleId: isEqual ? null : rules.path([name]),
  })
  return !isLong
}

function jsonOf(value: string): JsonText | null {
  const root = looksLikeJson(value) ? tryParseJson(value) : null
  return root && { text: value, root }
}

/** `data.tags[2]`, `data["a.b"]`; of the whole value `(all of it)`. */
export function pathLabel(path: readonly string[]): string {
  if (path.length === 0) return '(all of it)'
  return path
    .map((segment, index) => {
      if (/^\d+$/.test(segment)) return `[${segment}]`
      if (!/^[\p{L}\p{N}_$-]+$/u.test(segment)) return `[${JSON.stringify(segment)}]`
      return index === 0 ? segment : `.${segment}`
    })
    .join('')
}

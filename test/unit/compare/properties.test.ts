/** What holds for whatever is compared. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { align } from '../../../src-main/compare/align.ts'
import { compared, FORM_HEAD, finished, type WrittenMessage } from '../../support/compared.ts'

const json = fc.json({ maxDepth: 4 }).map((body): WrittenMessage => ({ body }))
const text = fc
  .array(fc.constantFrom('a', 'b', 'c', 'd', ''), { maxLength: 30 })
  .map((lines): WrittenMessage => ({ body: lines.join('\n') }))
const form = fc
  .array(fc.tuple(fc.constantFrom('a', 'b', 'c[]'), fc.string({ maxLength: 3 })), { maxLength: 8 })
  .map(
    (fields): WrittenMessage => ({
      head: FORM_HEAD,
      body: new URLSearchParams(fields).toString(),
    }),
  )
const bytes = fc
  .uint8Array({ maxLength: 60 })
  .map((body): WrittenMessage => ({ body: Buffer.from(body) }))
const pairs = fc.oneof(
  fc.tuple(json, json),
  fc.tuple(text, text),
  fc.tuple(form, form),
  fc.tuple(bytes, bytes),
)

describe('a comparison', () => {
  it('of a thing with itself finds nothing', () => {
    fc.assert(
      fc.property(fc.oneof(json, text, form, bytes), (one) => {
        for (const withEqual of [false, true]) {
          const { body, headers, startLine } = compared(one, one, { withEqual })
          expect([body.differences, body.ignored, headers.differences]).toEqual([0, 0, 0])
          expect(startLine.differences).toBe(0)
          expect(body.rows.every(({ isEqual }) => isEqual)).toBe(true)
        }
      }),
    )
  })

  it('says the same with its sides changed', () => {
    fc.assert(
      fc.property(pairs, ([one, other]) => {
        const there = compared(one, other).body
        const back = compared(other, one).body
        const turned = back.rows.map((row) => ({ ...row, left: row.right, right: row.left }))
        expect({ ...back, rows: turned }).toEqual(there)
      }),
    )
  })

  it('finds nothing in JSON exactly when the values are the same', () => {
    fc.assert(
      fc.property(fc.tuple(fc.jsonValue(), fc.jsonValue()), ([one, other]) => {
        const [left, right] = [{ v: one }, { v: other }].map((value) => JSON.stringify(value))
        const { body } = compared({ body: left ?? '' }, { body: right ?? '' })
        const isSame = canonical(JSON.parse(left ?? '')) === canonical(JSON.parse(right ?? ''))
        expect(body.differences === 0).toBe(isSame)
      }),
    )
  })

  it('accounts for every plain value of both sides, once', () => {
    fc.assert(
      fc.property(fc.tuple(fc.jsonValue(), fc.jsonValue()), ([one, other]) => {
        const [left, right] = [{ v: one }, { v: other }]
        const { body } = compared(
          { body: JSON.stringify(left) },
          { body: JSON.stringify(right) },
          { withEqual: true },
        )
        fc.pre(body.leftOut === 0)
        for (const [side, value] of [
          ['left', left],
          ['right', right],
        ] as const) {
          const shown = body.rows.flatMap((row) => {
            const text = row[side]?.text
            return text === undefined ? [] : leavesOf(JSON.parse(text))
          })
          expect(shown.sort()).toEqual(leavesOf(JSON.parse(JSON.stringify(value))).sort())
        }
      }),
    )
  })
})

/** With keys in order, so that what is the same reads the same. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const members = Object.entries(value).map(
    ([key, of]) => `${JSON.stringify(key)}:${canonical(of)}`,
  )
  return `{${members.sort().join()}}`
}

/** Of objects and lists, what is in them: an empty one may have become one that is not. */
function leavesOf(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [JSON.stringify(value)]
  return Object.values(value).flatMap(leavesOf)
}

describe('the alignment of two lists', () => {
  const lists = fc.tuple(
    fc.array(fc.integer({ min: 0, max: 6 }), { maxLength: 40 }),
    fc.array(fc.integer({ min: 0, max: 6 }), { maxLength: 40 }),
  )

  it('matches equal elements, in rising order, as many as there can be', () => {
    fc.assert(
      fc.property(lists, ([left, right]) => {
        const matches = finished(align(left, right))
        expect(matches.every(([one, other]) => left[one] === right[other])).toBe(true)
        const rising = matches.every(([one, other], index) => {
          const before = matches[index - 1]
          return !before || (before[0] < one && before[1] < other)
        })
        expect(rising).toBe(true)
        expect(matches).toHaveLength(longestCommon(left, right))
      }),
    )
  })

  it('of long lists goes by what is unique in both', () => {
    const left = Array.from({ length: 20_000 }, (_, index) => index)
    const right = left.filter((value) => value % 100 !== 0).toSpliced(5_000, 0, -1)
    expect(finished(align(left, right))).toHaveLength(19_800)
    // Nothing stands out here: it ends all the same.
    expect(
      finished(
        align(
          left,
          left.map((value) => -value - 1),
        ),
      ),
    ).toEqual([])
  })
})

function longestCommon(left: readonly number[], right: readonly number[]): number {
  let row = Array.from({ length: right.length + 1 }, () => 0)
  for (const one of left) {
    const next = [0]
    right.forEach((other, index) => {
      const best = Math.max(row[index + 1] ?? 0, next[index] ?? 0)
      next.push(one === other ? (row[index] ?? 0) + 1 : best)
    })
    row = next
  }
  return row.at(-1) ?? 0
}

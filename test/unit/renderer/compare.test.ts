/** How a comparison is put into words, and what is marked in it. */
import { describe, expect, it } from 'vitest'
import type { Comparison, DeliveryId, Fact } from '#contract'
import { changedBytes, changedParts } from '../../../src-renderer/compare/changed-part.ts'
import { pathPatternOf } from '../../../src-renderer/compare/path-pattern.ts'
import { summaryOf } from '../../../src-renderer/compare/summary.ts'
import { mayChange } from '../../../src-renderer/state/compare.ts'

const side = { id: 'x', title: '', atMs: 0, isThere: true, bodyBytes: 1, isCut: false }
const none = { rows: [], differences: 0, ignored: 0, leftOut: 0 }
const SAME: Comparison = {
  left: side,
  right: side,
  startLine: none,
  headers: { ...none, isSameOrder: true },
  body: { ...none, kind: 'same', run: null, note: null },
}

describe('the summary', () => {
  it.each<[Partial<Comparison>, string]>([
    [{}, 'Same body. Same headers.'],
    [
      { headers: { ...none, differences: 2, ignored: 3, isSameOrder: true } },
      'Same body. 2 headers differ; 3 differences ignored by rule.',
    ],
    [
      {
        body: { ...SAME.body, kind: 'json', differences: 1, ignored: 1 },
        headers: { ...none, isSameOrder: false },
      },
      'The bodies differ in 1 place. Same headers in another order; 1 difference ignored by rule.',
    ],
    [
      {
        body: { ...SAME.body, kind: 'form' },
        headers: { ...none, differences: 1, isSameOrder: true },
      },
      'Same values in the body, written differently. 1 header differs.',
    ],
    [
      { body: { ...SAME.body, kind: 'text', differences: 3 } },
      'The bodies differ in 3 lines. Same headers.',
    ],
    [{ body: { ...SAME.body, kind: 'bytes', differences: 9 } }, 'The bodies differ. Same headers.'],
    [{ body: { ...SAME.body, kind: 'none' } }, 'No body on either side. Same headers.'],
  ])('%#: %o', (change, words) => {
    expect(summaryOf({ ...SAME, ...change }, 'request')).toBe(words)
  })

  it('names the parts of the start line that differ', () => {
    const row = (label: string) => ({
      left: { label, text: 'a' },
      right: { label, text: 'b' },
      isEqual: false,
      ruleId: null,
      isHidden: false,
    })
    const startLine = { ...none, differences: 2, rows: [row('Method'), row('Path')] }
    expect(summaryOf({ ...SAME, startLine }, 'request')).toBe(
      'Same body. The method and path differ. Same headers.',
    )
  })

  it('says on which side there is something', () => {
    const right = { ...side, isThere: false }
    expect(summaryOf({ ...SAME, right }, 'response')).toBe('Only the left side has an answer.')
    expect(summaryOf({ ...SAME, left: right }, 'request')).toBe(
      'Only the right side has a request.',
    )
    expect(summaryOf({ ...SAME, left: right, right }, 'response')).toBe(
      'There is no answer on either side.',
    )
  })
})

describe('the part of a value that is marked', () => {
  it.each<[string, string, [string, string] | null]>([
    ['"booked"', '"cancelled"', ['book', 'cancell']],
    ['abc', 'abcd', ['', 'd']],
    ['1', '2', null],
    ['same 🎟', 'same 🎫', ['🎟', '🎫']],
  ])('of %s and %s', (left, right, marked) => {
    const parts = changedParts(left, right)
    expect(parts?.map(({ changed }) => changed) ?? null).toEqual(marked)
    for (const [text, part] of [
      [left, parts?.[0]],
      [right, parts?.[1]],
    ] as const) {
      if (part) expect(part.before + part.changed + part.after).toBe(text)
    }
  })
})

describe('the bytes of a line of hex that are marked', () => {
  const line = (hex: string, text: string) => `${hex.padEnd(48)} ${text}`

  it.each<[string, string, [string, string] | null]>([
    ['7b 22 69 64 22 7d', '7b 22 61 22 3a 00 ff 7d', ['69 64 22 7d', '61 22 3a 00 ff 7d']],
    ['7b 22 69 22 7d', '7b 22 61 22 7d', ['69', '61']],
    ['7b 22 69', '7b 22', ['69', '']],
    ['61', '62', null],
  ])('%s and %s', (left, right, marked) => {
    const lines = [line(left, 'left'), line(right, 'right')] as const
    const parts = changedBytes(...lines)
    expect(parts?.map(({ changed }) => changed) ?? null).toEqual(marked)
    for (const [at, { before, changed, after }] of (parts ?? []).entries()) {
      expect(before + changed + after).toBe(lines[at])
    }
  })
})

describe('ignoring what a row shows', () => {
  it.each([
    ['data.items[2].id', 'data.items[*].id'],
    ['payload → a.b', 'a.b'],
    ['["a.b"].c', null],
    ['(all of it)', null],
  ])('at %s is the rule %s', (label, pattern) => {
    const left = { label, text: '1' }
    const row = { left, right: null, isEqual: false, ruleId: null, isHidden: false }
    expect(pathPatternOf(row)).toBe(pattern)
  })
})

describe('a comparison is made again', () => {
  const live = (value: Comparison | null, problem: string | null = null) => ({
    value,
    problem,
    isGone: false,
  })
  const changed = (id: string, more = false): Fact => ({
    kind: 'deliveries.changed',
    ids: [id as DeliveryId],
    more,
  })
  const whole = live({ ...SAME, left: { ...side, id: 'a' }, right: { ...side, id: 'b' } })
  const half = live({ ...SAME, left: { ...side, id: 'a' }, right: { ...side, isThere: false } })

  it.each<[string, Fact, ReturnType<typeof live>, boolean]>([
    ['when one of its sides has changed', changed('b'), whole, true],
    ['not when others have, however many', changed('c', true), whole, false],
    ['while a side is not there, with whatever comes', changed('c'), half, true],
    ['for a capture whose answer is on its way', { kind: 'captures.changed' }, half, true],
    ['not for captures once both are there', { kind: 'captures.changed' }, whole, false],
    ['when it could not be made', changed('c'), live(whole.value, 'It is busy.'), true],
    ['not for anything else', { kind: 'webhooks.changed' }, half, false],
  ])('%s', (_when, fact, now, isMade) => {
    expect(mayChange(fact, now)).toBe(isMade)
  })
})

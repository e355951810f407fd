/** The rows of captures that were read so far, and pages of them that are read again. */
import { expect, test } from 'vitest'
import type { CaptureId, CaptureSummary } from '#contract'
import {
  type CaptureRows,
  layHead,
  layPage,
  mayHold,
} from '../../../src-renderer/state/capture-rows.ts'
import { stillListed, withRows } from '../../../src-renderer/ui/ticks.ts'

const row = (seq: number) => ({ id: `cap_${seq}` as CaptureId, seq }) as CaptureSummary
const page = (...seqs: number[]) => ({ items: seqs.map(row), nextCursor: seqs.at(-1) ?? null })
const seqs = ({ rows }: CaptureRows) => rows.map(({ seq }) => seq)

const HELD: CaptureRows = { rows: [9, 8, 6, 5, 3, 2].map(row), nextCursor: 2 }

test('the newest page lies over the beginning, and alone where it does not reach the rest', () => {
  const met = layHead(HELD, page(10, 9, 6))
  expect([seqs(met), met.nextCursor]).toEqual([[10, 9, 6, 5, 3, 2], 2])
  const apart = layHead(HELD, page(20, 19))
  expect([seqs(apart), apart.nextCursor]).toEqual([[20, 19], 19])
  const all = layHead(HELD, { ...page(9, 8), nextCursor: null })
  expect([seqs(all), all.nextCursor]).toEqual([[9, 8], null])
})

test('a page from further down replaces what lies between its ends', () => {
  const middle = layPage(HELD, 7, page(5, 4, 3))
  expect([seqs(middle), middle.nextCursor]).toEqual([[9, 8, 5, 4, 3, 2], 2])
  const end = layPage(HELD, 4, { ...page(3, 1), nextCursor: null })
  expect([seqs(end), end.nextCursor]).toEqual([[9, 8, 6, 5, 3, 1], null])
})

test('a tick goes with its row, and stays where the row may be further down', () => {
  const ticks = new Map([
    ['there', 6],
    ['gone', 7],
    ['below', 1],
  ])
  const left = stillListed(ticks, (seq) => mayHold(HELD, seq))
  expect([...left.keys()]).toEqual(['there', 'below'])
  expect(stillListed(left, (seq) => mayHold(HELD, seq))).toBe(left)
  const none = { rows: [], nextCursor: null }
  expect(stillListed(ticks, (seq) => mayHold(none, seq)).size).toBe(0)
})

test('rows are ticked and unticked together, and what else is ticked stays', () => {
  const some = withRows(
    new Map([['a', 9]]),
    [
      { id: 'a', seq: 9 },
      { id: 'b', seq: 8 },
    ],
    true,
  )
  expect([...some]).toEqual([
    ['a', 9],
    ['b', 8],
  ])
  expect([
    ...withRows(
      some,
      [
        { id: 'a', seq: 9 },
        { id: 'c', seq: 7 },
      ],
      false,
    ),
  ]).toEqual([['b', 8]])
})

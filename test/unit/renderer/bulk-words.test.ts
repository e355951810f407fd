/** How the counts of a bulk replay are told. */
import { expect, it } from 'vitest'
import { endWords, progressOf, statusCounts } from '../../../src-renderer/bulk/bulk-words.ts'

it('what a cancelled run never sent counts as cancelled, beside what it took back', () => {
  const states = { same: 11, broken: 1, cancelled: 22, excluded: 1 }
  const codes = { ok: 9, accepted: 2, destination_refused: 1, cancelled: 2 }
  expect(statusCounts({ total: 35, states, codes })).toEqual([
    ['delivered', 9],
    ['accepted', 2],
    ['refused', 1],
    ['cancelled', 22],
  ])
  expect(statusCounts({ total: 1, states: { same: 1 }, codes: { ok: 1 } })).toEqual([
    ['delivered', 1],
  ])
})

it('the end of a run names all that it came to, and nothing that it did not', () => {
  const total = 1_240
  expect(endWords({ total, states: { unknown: 1_240 }, codes: {} })).toBe(
    '1\u202f240 with nothing to compare',
  )
  const states = { excluded: 4, broken: 2, same: 30, cancelled: 1, fixed: 0 }
  expect(endWords({ total, states, codes: {} })).toBe(
    '30 as before, 2 newly broken, 1 cancelled, 4 excluded',
  )
})

it('a cancelled run came as far as it was sent', () => {
  const states = { same: 30, broken: 5, cancelled: 565, excluded: 4 }
  expect(progressOf({ counts: { total: 604, states, codes: {} } })).toEqual({ over: 35, all: 600 })
})

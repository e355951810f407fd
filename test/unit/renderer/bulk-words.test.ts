/** How the counts of a bulk replay are told. */
import { expect, it } from 'vitest'
import { statusCounts } from '../../../src-renderer/bulk/bulk-words.ts'

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

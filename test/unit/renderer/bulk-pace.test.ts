import { describe, expect, it } from 'vitest'
import { FIRST_PACE, paceOf, paceProblem } from '../../../src-renderer/state/bulk-pace.ts'

describe('the pace of a bulk replay as it is typed', () => {
  it('is taken once the number is whole, however it came to be so', () => {
    const paces = ['', '0', '0.', '0.5'].map((factor) =>
      paceOf({ ...FIRST_PACE, spacing: 'recorded', factor }),
    )
    expect(paces).toEqual([
      null,
      null,
      null,
      { order: 'recorded', spacing: { kind: 'recorded', factor: 0.5 }, atOnce: 8 },
    ])
  })

  it('says what is wanted where it does not fit', () => {
    const typed = { ...FIRST_PACE, atOnce: '33', perSecond: '1e2', factor: '-1' }
    expect(paceProblem(typed, 'atOnce')).toBe('From 1 to 32.')
    expect(paceProblem(typed, 'perSecond')).toBe('From 0.01 to 1000.')
    expect(paceProblem(typed, 'factor')).toBe('From 0.001 to 1000.')
    expect(paceProblem({ ...typed, atOnce: '1.5' }, 'atOnce')).not.toBeNull()
    expect(paceProblem(FIRST_PACE, 'atOnce')).toBeNull()
  })

  it('needs no number that does not count', () => {
    expect(paceOf({ ...FIRST_PACE, perSecond: '', factor: '' })?.spacing).toEqual({ kind: 'fast' })
    expect(paceOf({ ...FIRST_PACE, atOnce: '' })).toBeNull()
  })
})

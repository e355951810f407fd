import { describe, expect, it } from 'vitest'
import type { BulkAnswers } from '#contract'
import { choiceThatCounts, statesToChoose } from '../../../src-renderer/bulk/report-choice.ts'

const answers = (state: BulkAnswers['state']): BulkAnswers => ({
  state,
  compared: 0,
  total: 1,
  counts: { same: 0, differs: 0, nothing: 0 },
  revision: 1,
})

describe('what is chosen of a report', () => {
  it('is not narrowed down by answers while none are compared, and is so again afterwards', () => {
    const choice = { state: 'same', answer: 'differs' } as const
    expect(choiceThatCounts(choice, answers('not_yet'))).toEqual({ state: 'same', answer: null })
    expect(choiceThatCounts(choice, answers('working'))).toEqual(choice)
    expect(choiceThatCounts(choice, answers('done'))).toEqual(choice)
  })

  it('can be seen also when there are none of it any more', () => {
    const counts = { total: 3, states: { same: 3 }, codes: {} }
    expect(statesToChoose(counts, null)).not.toContain('interrupted')
    expect(statesToChoose(counts, 'interrupted')).toContain('interrupted')
    expect(statesToChoose({ ...counts, states: { made: 1 } }, null)).toContain('made')
  })
})

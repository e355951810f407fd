/** What of a report can be chosen, and what of a choice counts: nothing counts that cannot be seen. */
import { BULK_ITEM_STATES, type BulkAnswers, type BulkCounts, type BulkItemState } from '#contract'
import type { BulkItemChoice } from '../state/bulk-items.ts'

/** What a report is read for; the others show where there are any. */
const ALWAYS: readonly BulkItemState[] = ['same', 'fixed', 'broken', 'different', 'excluded']

/** @param chosen shows also when there are none of it by now */
export function statesToChoose(
  { states }: BulkCounts,
  chosen: BulkItemState | null,
): readonly BulkItemState[] {
  return BULK_ITEM_STATES.filter(
    (each) => ALWAYS.includes(each) || each === chosen || (states[each] ?? 0) > 0,
  )
}

/** An answer that was chosen rests while nothing is compared, as when some are sent again. */
export function choiceThatCounts(
  choice: BulkItemChoice,
  answers: BulkAnswers | null,
): BulkItemChoice {
  return answers?.state === 'not_yet' ? { ...choice, answer: null } : choice
}

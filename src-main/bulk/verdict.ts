/** How the end of an item compares with the end of what it is a replay of. Pure. */
import { type BulkItemState, type OutcomeCode, outcomeStatus } from '#contract'

interface End {
  readonly code: OutcomeCode | null
  readonly httpStatus: number | null
}

/** By outcome and status alone; what the answers say is for a comparison of the two. */
export function verdictOf(original: End, end: End & { readonly code: OutcomeCode }): BulkItemState {
  if (end.code === 'cancelled' || end.code === 'interrupted') return end.code
  const { code } = original
  if (code === null || code === 'cancelled' || code === 'interrupted') return 'unknown'
  const wasGood = isGood(code)
  if (wasGood !== isGood(end.code)) return wasGood ? 'broken' : 'fixed'
  return code === end.code && original.httpStatus === end.httpStatus ? 'same' : 'different'
}

function isGood(code: OutcomeCode): boolean {
  const status = outcomeStatus(code)
  return status === 'delivered' || status === 'accepted'
}

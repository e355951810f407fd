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
  const [was, is] = [outcomeStatus(code), outcomeStatus(end.code)]
  // What becomes of what is accepted is not known: that is neither a cure nor a fault.
  const isKnown = was !== 'accepted' && is !== 'accepted'
  if (isKnown && (was === 'delivered') !== (is === 'delivered')) {
    return was === 'delivered' ? 'broken' : 'fixed'
  }
  return code === end.code && original.httpStatus === end.httpStatus ? 'same' : 'different'
}

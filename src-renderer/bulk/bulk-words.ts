/** Bulk replays in words. */
import {
  type BulkAnswer,
  type BulkAnswers,
  type BulkItemState,
  type BulkPace,
  type BulkRun,
  type BulkRunState,
  DELIVERY_STATUSES,
  type DeliveryStatus,
  type OutcomeCode,
  outcomeStatus,
} from '#contract'
import { counted, formatCount } from '../ui/bytes.ts'

export const VERDICT_WORDS: Readonly<Record<BulkItemState, string>> = {
  pending: 'To be sent',
  made: 'Under way',
  same: 'Same outcome',
  fixed: 'Fixed',
  broken: 'Newly broken',
  different: 'Different',
  unknown: 'Nothing to compare',
  interrupted: 'Interrupted',
  cancelled: 'Cancelled',
  excluded: 'Excluded',
}

export const VERDICT_MEANINGS: Readonly<Record<BulkItemState, string>> = {
  pending: 'It waits for its turn.',
  made: 'It is queued or on its way.',
  same: 'It ended as the original had.',
  fixed: 'The original had failed; this did not.',
  broken: 'The original had been taken; this was not.',
  different: 'It ended otherwise than the original, no better and no worse.',
  unknown: 'Nothing is known of how the original ended.',
  interrupted: 'Hookstage ended while it was on its way. It may have arrived.',
  cancelled: 'It was cancelled: before it was sent, or while its answer was awaited.',
  excluded: 'It was not sent.',
}

export const ANSWER_WORDS: Readonly<Record<BulkAnswer, string>> = {
  same: 'Same answer',
  differs: 'Answer differs',
  nothing: 'No two answers',
}

export const ANSWER_MEANINGS: Readonly<Record<BulkAnswer, string>> = {
  same: 'Status, headers and body are the same, but for what the rules ignore.',
  differs: 'The status, a header or the body is another one, and no rule ignores it.',
  nothing: 'One of the two has no answer, or only its beginning was kept.',
}

/** How far the comparison of the answers is, or what it stands on. */
export function answersWords({ state, compared, total }: BulkAnswers): string {
  switch (state) {
    case 'not_yet':
      return 'The answers are compared once the run has ended.'
    case 'working':
      return `Comparing the answers: ${formatCount(compared)} of ${formatCount(total)}…`
    case 'failed':
      return 'The answers could not be compared. The log says why.'
    case 'done':
      return 'Answers compared by status, headers and body, but for what is ignored.'
  }
}

export const RUN_STATE_WORDS: Readonly<Record<BulkRunState, string>> = {
  gathering: 'Reading',
  planned: 'Not started',
  running: 'Running',
  paused: 'Paused',
  cancelling: 'Cancelling',
  cancelled: 'Cancelled',
  done: 'Done',
}

/** `312 captures, as received`. */
export function runTitle({ of, kind, counts }: BulkRun): string {
  return `${things(of, counts.total)}, ${kindWords(of, kind)}`
}

function kindWords(of: BulkRun['of'], kind: BulkRun['kind']): string {
  if (kind === 're_signed') return 'signed anew'
  if (kind === 'rendered') return 'rendered again'
  return of === 'captures' ? 'as received' : 'as sent'
}

export function things(of: BulkRun['of'], count: number): string {
  return of === 'captures'
    ? counted(count, 'capture', 'captures')
    : counted(count, 'delivery', 'deliveries')
}

/** `in the order of recording, 50 a second, 8 at once`. */
export function paceWords({ order, spacing, atOnce }: BulkPace): string {
  const by = order === 'recorded' ? 'the oldest first' : 'the newest first'
  return `${by}, ${spacingWords(spacing)}, ${atOnce} at once`
}

function spacingWords(spacing: BulkPace['spacing']): string {
  switch (spacing.kind) {
    case 'fast':
      return 'as fast as allowed'
    case 'rate':
      return `${spacing.perSecond} a second`
    case 'recorded':
      return spacing.factor === 1 ? 'spaced as recorded' : `spaced as recorded × ${spacing.factor}`
  }
}

/** How many were sent and have ended, of those that are not excluded; what was cancelled did not. */
export function progressOf({ counts: { total, states } }: Pick<BulkRun, 'counts'>): {
  readonly over: number
  readonly all: number
} {
  const all = total - (states.excluded ?? 0)
  const { pending = 0, made = 0, cancelled = 0 } = states
  return { over: all - pending - made - cancelled, all }
}

/** Counts by what a person calls an outcome, none of them 0; what was cancelled unsent is cancelled, too. */
export function statusCounts({ codes, states }: BulkRun['counts']): [DeliveryStatus, number][] {
  const counts = new Map<DeliveryStatus, number>()
  for (const [code, count] of Object.entries(codes) as [OutcomeCode, number][]) {
    const status = outcomeStatus(code)
    counts.set(status, (counts.get(status) ?? 0) + count)
  }
  counts.set('cancelled', Math.max(counts.get('cancelled') ?? 0, states.cancelled ?? 0))
  return DELIVERY_STATUSES.flatMap((status): [DeliveryStatus, number][] => {
    const count = counts.get(status) ?? 0
    return count > 0 ? [[status, count]] : []
  })
}

/** `3 400 of 10 000 · 12 newly broken`. */
export function progressWords(run: BulkRun): string {
  const { over, all } = progressOf(run)
  const { broken = 0 } = run.counts.states
  const worse = broken === 0 ? '' : ` · ${formatCount(broken)} newly broken`
  return `${formatCount(over)} of ${formatCount(all)}${worse}`
}

const END_WORDS: Readonly<Record<BulkItemState, string>> = {
  same: 'as before',
  fixed: 'fixed',
  broken: 'newly broken',
  different: 'different',
  unknown: 'with nothing to compare',
  interrupted: 'interrupted',
  cancelled: 'cancelled',
  excluded: 'excluded',
  pending: 'to be sent',
  made: 'under way',
}

/** `40 as before, 3 fixed, 2 with nothing to compare`: all that there are, and nothing that is not. */
export function endWords({ states }: BulkRun['counts']): string {
  const words = (Object.keys(END_WORDS) as BulkItemState[]).flatMap((state) => {
    const count = states[state] ?? 0
    return count > 0 ? [`${formatCount(count)} ${END_WORDS[state]}`] : []
  })
  return words.join(', ')
}

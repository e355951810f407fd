/** What stands against saving a retry schedule of one's own. */
import {
  type FieldProblem,
  MAX_JITTER,
  MAX_RETRIES,
  MAX_RETRY_DELAY_MS,
  type OwnSchedule,
  type Retry,
} from '#contract'

const DAYS = MAX_RETRY_DELAY_MS / 86_400_000

/** Fields: `retry.own.delaysMs`, `.firstMs`, `.factor`, `.capMs`, `.retries`, `.jitter`. */
export function retryProblems({ preset, own }: Retry): FieldProblem[] {
  if (preset !== 'own') return []
  const problems = own.kind === 'list' ? listProblems(own) : exponentialProblems(own)
  const jitter = within(own.jitter, 0, MAX_JITTER)
    ? []
    : [problem('jitter', `The spread goes from 0 to ${MAX_JITTER * 100} %.`)]
  return [...problems, ...jitter]
}

function listProblems({ delaysMs }: OwnSchedule): FieldProblem[] {
  if (delaysMs.length === 0) {
    return [problem('delaysMs', 'Enter at least one wait, such as 5 s, or choose None.')]
  }
  if (delaysMs.length > MAX_RETRIES) {
    return [problem('delaysMs', `A schedule has at most ${MAX_RETRIES} retries.`)]
  }
  return delaysMs.every((ms) => within(ms, 0, MAX_RETRY_DELAY_MS))
    ? []
    : [problem('delaysMs', `Each wait is from 0 s to ${DAYS} days.`)]
}

function exponentialProblems({ firstMs, factor, capMs, retries }: OwnSchedule): FieldProblem[] {
  const isDelay = (ms: number) => within(ms, 1, MAX_RETRY_DELAY_MS)
  return [
    ...(isDelay(firstMs) ? [] : [problem('firstMs', `The first wait is at most ${DAYS} days.`)]),
    ...(within(factor, 1, 10) ? [] : [problem('factor', 'The factor is from 1 to 10.')]),
    ...(isDelay(capMs) ? [] : [problem('capMs', `The longest wait is at most ${DAYS} days.`)]),
    ...(within(retries, 1, MAX_RETRIES) && Number.isInteger(retries)
      ? []
      : [problem('retries', `A schedule has 1 to ${MAX_RETRIES} retries.`)]),
  ]
}

function within(value: number, least: number, most: number): boolean {
  return value >= least && value <= most
}

function problem(field: string, message: string): FieldProblem {
  return { field: `retry.own.${field}`, severity: 'error', message }
}

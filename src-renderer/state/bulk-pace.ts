/** The pace of a bulk replay as it is typed: half a number is kept as it stands, and none until it fits. */
import { type BulkPace, FIRST_PACE as FIRST, MAX_AT_ONCE } from '#contract'

export interface TypedPace {
  readonly order: BulkPace['order']
  readonly spacing: BulkPace['spacing']['kind']
  /** Numbers as they stand in their fields. */
  readonly atOnce: string
  readonly perSecond: string
  readonly factor: string
}

export type PaceNumber = 'atOnce' | 'perSecond' | 'factor'

export const FIRST_PACE: TypedPace = {
  order: FIRST.order,
  spacing: FIRST.spacing.kind,
  atOnce: String(FIRST.atOnce),
  perSecond: '10',
  factor: '1',
}

const RANGES: Readonly<Record<PaceNumber, readonly [least: number, most: number]>> = {
  atOnce: [1, MAX_AT_ONCE],
  perSecond: [0.01, 1_000],
  factor: [0.001, 1_000],
}

/** The range of a number, for the arrows of its field. */
export function paceRange(which: PaceNumber): { readonly min: number; readonly max: number } {
  const [min, max] = RANGES[which]
  return { min, max }
}

/** Null while a number that counts does not fit. */
export function paceOf(typed: TypedPace): BulkPace | null {
  const { order } = typed
  const atOnce = numberOf(typed, 'atOnce')
  const spacing = spacingOf(typed)
  return atOnce === null || spacing === null ? null : { order, spacing, atOnce }
}

function spacingOf(typed: TypedPace): BulkPace['spacing'] | null {
  if (typed.spacing === 'fast') return { kind: 'fast' }
  if (typed.spacing === 'rate') {
    const perSecond = numberOf(typed, 'perSecond')
    return perSecond === null ? null : { kind: 'rate', perSecond }
  }
  const factor = numberOf(typed, 'factor')
  return factor === null ? null : { kind: 'recorded', factor }
}

/** Why a number does not fit, in words; null when it does. */
export function paceProblem(typed: TypedPace, which: PaceNumber): string | null {
  if (numberOf(typed, which) !== null) return null
  const [least, most] = RANGES[which]
  return `From ${least} to ${most}.`
}

function numberOf(typed: TypedPace, which: PaceNumber): number | null {
  const text = typed[which].trim()
  const [least, most] = RANGES[which]
  const form = which === 'atOnce' ? /^\d+$/ : /^(\d+\.?\d*|\.\d+)$/
  const number = form.test(text) ? Number(text) : Number.NaN
  return number >= least && number <= most ? number : null
}

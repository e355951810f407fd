/**
 * The phases of an attempt, worked out from its marks: what happened, from when to when. A phase
 * that never came to pass is left out rather than shown as nothing; one that had begun when the
 * attempt ended runs to the end and says so.
 */
import type { Attempt } from '#contract'

export const PHASES = ['queued', 'dns', 'connect', 'tls', 'send', 'wait', 'receive'] as const
export type PhaseName = (typeof PHASES)[number]

export const PHASE_LABELS: Readonly<Record<PhaseName, string>> = {
  queued: 'Queued',
  dns: 'DNS lookup',
  connect: 'Connect',
  tls: 'TLS handshake',
  send: 'Send',
  wait: 'Wait for the answer',
  receive: 'Receive',
}

export interface Phase {
  readonly name: PhaseName
  /** Milliseconds since the attempt started; negative for the queue. */
  readonly fromMs: number
  readonly toMs: number
}

/** The phases in the order in which they happened. */
export function phasesOf(attempt: Attempt): readonly Phase[] {
  const { marks } = attempt
  const phases: Phase[] = []
  const add = (name: PhaseName, fromMs: number | null, toMs: number | null) => {
    if (fromMs !== null && toMs !== null && toMs >= fromMs) phases.push({ name, fromMs, toMs })
  }
  if (marks.queuedMs !== null && marks.queuedMs < 0) add('queued', marks.queuedMs, 0)
  add('dns', 0, marks.dnsMs)
  add('connect', marks.dnsMs ?? 0, marks.connectMs)
  add('tls', marks.connectMs ?? 0, marks.tlsMs)
  add('send', marks.firstByteOutMs, marks.lastByteOutMs)
  add('wait', marks.lastByteOutMs, marks.firstByteInMs ?? endOf(attempt))
  add('receive', marks.firstByteInMs, marks.lastByteInMs)
  return phases
}

/** Where the attempt's own time ends: its last mark, or when it was given up. */
export function endOf(attempt: Attempt): number | null {
  if (attempt.marks.lastByteInMs !== null) return attempt.marks.lastByteInMs
  return attempt.finishedAtMs === null ? null : attempt.finishedAtMs - attempt.startedAtMs
}

/** The axis that holds all phases: from the earliest to the latest, never empty. */
export function spanOf(phases: readonly Phase[]): { fromMs: number; toMs: number } {
  const fromMs = Math.min(0, ...phases.map((phase) => phase.fromMs))
  const toMs = Math.max(...phases.map((phase) => phase.toMs), fromMs + 0.001)
  return { fromMs, toMs }
}

/**
 * When the next item of a run is due. Pure but for what it remembers; times are the monotonic clock's,
 * ms. What comes late is never made up for by a burst: the time that was lost is left out.
 */
import type { BulkPace } from '#contract'

export interface Pacer {
  /** When an item that was recorded at that time may be sent, if it is the next. */
  dueMs(recordedAtMs: number, nowMs: number): number
  /** It is sent now. */
  sent(recordedAtMs: number, nowMs: number): void
  /** From now on time does not count, until `goOn`. */
  hold(nowMs: number): void
  goOn(nowMs: number): void
}

/** A timer may be this late without the next one being moved. */
const TOLERANCE_MS = 50

export function createPacer(spacing: BulkPace['spacing']): Pacer {
  /** The last one that was sent: when it was due, and when it had been recorded. */
  let last: { dueMs: number; readonly recordedAtMs: number } | null = null
  let heldAtMs: number | null = null

  function gapMs(fromMs: number, toMs: number): number {
    switch (spacing.kind) {
      case 'recorded':
        return Math.abs(toMs - fromMs) * spacing.factor
      case 'rate':
        return 1000 / spacing.perSecond
      case 'fast':
        return 0
    }
  }

  function dueMs(recordedAtMs: number, nowMs: number): number {
    return last ? last.dueMs + gapMs(last.recordedAtMs, recordedAtMs) : nowMs
  }

  return {
    dueMs,
    sent: (recordedAtMs, nowMs) => {
      const due = dueMs(recordedAtMs, nowMs)
      last = { dueMs: nowMs - due > TOLERANCE_MS ? nowMs : due, recordedAtMs }
    },
    hold: (nowMs) => {
      heldAtMs ??= nowMs
    },
    goOn: (nowMs) => {
      if (last && heldAtMs !== null) last.dueMs += nowMs - heldAtMs
      heldAtMs = null
    },
  }
}

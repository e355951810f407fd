/**
 * Notes of captures on their way to the core: told a moment after each change, so that one survives
 * a pane that closes, another screen and an absence of the host. Until the core has it, what was
 * typed here is what counts.
 */
import type { CaptureId } from '#contract'
import { captures } from './captures.ts'
import { isRefused } from './core.ts'
import { createOutbox } from './outbox.ts'

const typed = new Map<CaptureId, string>()

const outbox = createOutbox<CaptureId>(async (captureId) => {
  const note = typed.get(captureId)
  if (note === undefined) return
  await captures.setNote(captureId, note)
  if (typed.get(captureId) === note) typed.delete(captureId)
})

export const notes = {
  /** What was typed and the core may not have; undefined when it has all. */
  typed: (captureId: CaptureId): string | undefined => typed.get(captureId),
  edit: (captureId: CaptureId, note: string): void => {
    typed.set(captureId, note)
    outbox.changed(captureId)
  },
  /** Tells the core now; fails when it refuses. While it is away it is told again later. */
  save: async (captureId: CaptureId): Promise<void> => {
    if (!typed.has(captureId)) return
    const failure = await outbox.send(captureId)
    if (isRefused(failure)) throw failure
  },
  /** Sends what has not been sent yet; answers when the core has it. */
  flush: outbox.flush,
}

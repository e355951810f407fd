/**
 * The payload of each event as the user left it: which seed or sample it came from and what was
 * changed since. The core keeps those that are worth it.
 */
import type { EventName, PayloadDraft as KeptDraft } from '#contract'

export interface PayloadDraft extends Omit<KeptDraft, 'event' | 'original'> {
  /** What the seed made or the sample held; null until it has been fetched. */
  readonly original: string | null
}

export type PayloadDrafts = { readonly [E in EventName]?: PayloadDraft | undefined }

export const FIRST_SEED = 7

export function newDraft(seed: number): PayloadDraft {
  return { seed, sampleId: null, original: null, text: '' }
}

/** Whether the user has changed the payload. */
export function isEdited(draft: PayloadDraft): boolean {
  return draft.original !== null && draft.text !== draft.original
}

/** What is to be kept of it; null when it is as the first seed made it. */
export function toKeep(event: EventName, draft: PayloadDraft | undefined): KeptDraft | null {
  if (!draft || draft.original === null) return null
  const isWorthKeeping = isEdited(draft) || draft.seed !== FIRST_SEED || draft.sampleId !== null
  return isWorthKeeping ? { ...draft, event, original: draft.original } : null
}

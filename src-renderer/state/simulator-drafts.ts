/**
 * The payload of each event as the user left it: which seed or sample it came from and what was
 * changed since. Kept over a reload in the browser's own storage, bounded: a payload too long for
 * it lives as long as the window.
 */
import { EVENT_NAMES, type EventName, type SampleId } from '#contract'

export interface PayloadDraft {
  readonly seed: number
  /** The kept sample it was loaded from; null when the seed made it. */
  readonly sampleId: SampleId | null
  /** What the seed made or the sample held; null until it has been fetched. */
  readonly original: string | null
  readonly text: string
}

export type PayloadDrafts = { readonly [E in EventName]?: PayloadDraft | undefined }

export const FIRST_SEED = 7
const KEY = 'hookstage.simulator.drafts'
const MOST_CHARACTERS = 200_000

export function newDraft(seed: number): PayloadDraft {
  return { seed, sampleId: null, original: null, text: '' }
}

/** Whether the user has changed the payload. */
export function isEdited(draft: PayloadDraft): boolean {
  return draft.original !== null && draft.text !== draft.original
}

/** What an earlier page left behind; what cannot be read is dropped. */
export function readDrafts(storage: Storage): PayloadDrafts {
  const drafts: Partial<Record<EventName, PayloadDraft>> = {}
  for (const event of EVENT_NAMES) {
    const draft = draftOf(storage.getItem(`${KEY}.${event}`))
    if (draft) drafts[event] = draft
  }
  return drafts
}

/** Keeps a draft; forgets it when it is as the seed made it, or too long. */
export function keepDraft(storage: Storage, event: EventName, draft: PayloadDraft): void {
  const key = `${KEY}.${event}`
  const isWorthKeeping = isEdited(draft) || draft.seed !== FIRST_SEED || draft.sampleId !== null
  const json = JSON.stringify(draft)
  try {
    if (isWorthKeeping && json.length <= MOST_CHARACTERS) storage.setItem(key, json)
    else storage.removeItem(key)
  } catch {
    // full or forbidden: the draft then lives as long as the window
  }
}

function draftOf(json: string | null): PayloadDraft | null {
  if (json === null) return null
  try {
    const value: unknown = JSON.parse(json)
    return isDraft(value) ? value : null
  } catch {
    return null
  }
}

function isDraft(value: unknown): value is PayloadDraft {
  if (typeof value !== 'object' || value === null) return false
  const { seed, text, original } = value as Partial<Record<keyof PayloadDraft, unknown>>
  return Number.isInteger(seed) && typeof text === 'string' && typeof original === 'string'
}

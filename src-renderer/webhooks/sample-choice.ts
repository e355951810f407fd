/**
 * The sample that a webhook's request is shown with: of any event, as a seed makes it, or the event
 * that the form was made of. Another event is looked at until the form's own changes.
 */
import { useState } from 'react'
import type { EventName } from '#contract'
import { type RecordedSample, useDrafts } from '../state/drafts.ts'

const FIRST_SEED = 7

export interface SampleChoice {
  readonly event: EventName
  readonly seed: number
  /** In place of what the seed makes. */
  readonly payloadText: string | undefined
  /** Which event the form was made of, if any: it can be chosen. */
  readonly recordedEvent: EventName | null
  readonly chooseEvent: (event: EventName) => void
  readonly chooseRecorded: () => void
  readonly chooseSeed: (seed: number) => void
  /** The form is being saved, and is then made of nothing any more: here it still is. */
  readonly keep: () => void
}

interface Choice {
  /** The form's event when it was made. */
  readonly of: EventName
  readonly event: EventName
  readonly isRecorded: boolean
}

/** @param isNew whether the form is of a webhook that does not exist yet */
export function useSampleChoice(own: EventName, isNew: boolean): SampleChoice {
  const [seed, chooseSeed] = useState(FIRST_SEED)
  const [choice, setChoice] = useState<Choice | null>(null)
  const [kept, setKept] = useState<RecordedSample | null>(null)
  const ofNew = useDrafts((state) => state.recorded)
  const recorded = isNew ? ofNew : kept
  const { event, isRecorded } =
    choice?.of === own ? choice : { event: own, isRecorded: recorded?.event === own }
  return {
    event,
    seed,
    payloadText: isRecorded ? recorded?.payloadText : undefined,
    recordedEvent: recorded?.event ?? null,
    chooseEvent: (chosen) => setChoice({ of: own, event: chosen, isRecorded: false }),
    chooseRecorded: () =>
      recorded && setChoice({ of: own, event: recorded.event, isRecorded: true }),
    chooseSeed,
    keep: () => isNew && setKept(ofNew),
  }
}

/** Importing: what the core finds in what is given, and what is kept of that, with the way back. */
import {
  type EventMapping,
  IMPORTED_RECEIVER,
  type Imported,
  type ImportPreview,
  type SampleId,
} from '#contract'
import { type Asked, useAsked } from './asked.ts'
import { captures } from './captures.ts'
import { core } from './core.ts'
import { type Given, givenOf, importDialog, useImportDialog } from './import-dialog.ts'
import { ofKinds, useLive } from './live.ts'
import { goTo } from './route.ts'
import { simulator } from './simulator.ts'

const READ_AFTER_MS = 250
const BEAT_MS = 400
const CHANGES = ofKinds('captures.changed')

export const importing = {
  /** Fails with the core's reason; what was given stays then. */
  save: async ({ given, chosen, ...choice }: ImportChoice): Promise<Imported> => {
    const question = { ...choice, source: given.source, chosen: [...chosen] }
    const imported = await core().import.save(question)
    importDialog.clear(given.version)
    return imported
  },
  /** Takes back what an import made. */
  undo: async ({ captureIds, sampleIds, webhookIds }: Imported): Promise<void> => {
    if (captureIds.length > 0) await captures.delete(captureIds)
    for (const sampleId of sampleIds) await core().sample.delete({ sampleId })
    if (webhookIds.length > 0) await core().webhook.delete({ webhookIds: [...webhookIds] })
  },
  /** Opens a sample that was imported as the payload of its event. */
  openSample: async (sampleId: SampleId): Promise<void> => {
    const sample = (await core().sample.list()).find(({ id }) => id === sampleId)
    if (sample) await simulator.take(sample.event, sample.payloadText)
    goTo('simulator')
  },
  /** Shows the event that a sample is kept of, among whose samples it is. */
  showSample: async (sampleId: SampleId): Promise<void> => {
    const sample = (await core().sample.list()).find(({ id }) => id === sampleId)
    if (sample) simulator.select(sample.event)
  },
  /** Goes to where the imported things are now. */
  show: ({ captureIds: [captureId], webhookIds: [webhookId] }: Imported): void => {
    if (captureId !== undefined) {
      captures.narrow({ receiverId: IMPORTED_RECEIVER })
      goTo('captures', captureId)
    } else if (webhookId === undefined) goTo('simulator')
    else goTo('webhooks', webhookId)
  },
}

export interface ImportChoice {
  readonly given: Given
  readonly passphrase: string | null
  readonly chosen: readonly number[]
  readonly mapping: EventMapping | null
}

interface Question {
  /** Of what is given: that itself may be too much to be compared. */
  readonly version: number
  readonly passphrase: string | null
}

async function recognise({ version, passphrase }: Question, signal: AbortSignal) {
  const given = givenOf(useImportDialog.getState())
  if (given?.version !== version) return null
  return core().import.recognise({ source: given.source, passphrase }, { signal })
}

/** What the core finds in what is given, asked anew a moment after each change. */
export function useRecognised(question: Question): Asked<ImportPreview, Question> {
  return useAsked<Question, ImportPreview>(question, recognise, READ_AFTER_MS)
}

/** How many imported requests there are, live; null until it is known. The list beside it says why it cannot be. */
export function useImportedCount(): number | null {
  return useLive('imported', countImported, CHANGES, BEAT_MS).value
}

async function countImported(signal: AbortSignal): Promise<number> {
  return (await core().import.count(undefined, { signal })).requests
}

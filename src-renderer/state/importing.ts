/** Importing: what the core finds in what is given, and what is kept of that, with the way back. */
import { useEffect, useState } from 'react'
import {
  type EventMapping,
  IMPORTED_RECEIVER,
  type Imported,
  type ImportPreview,
  type ImportSource,
  type SampleId,
} from '#contract'
import { captures } from './captures.ts'
import { core, type Fault, faultOf } from './core.ts'
import { type Given, importDialog } from './import-dialog.ts'
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

export interface Preview {
  readonly value: ImportPreview | null
  readonly fault: Fault | null
  /** The value is not of what stands there now. */
  readonly isStale: boolean
}

/** What the core finds in a source, asked anew a moment after each change; null of none. */
export function usePreview(source: ImportSource | null, passphrase: string | null): Preview {
  const [found, setFound] = useState<
    Omit<Preview, 'isStale'> & { source: ImportSource; passphrase: string | null }
  >()
  useEffect(() => {
    if (source === null) return undefined
    const abort = new AbortController()
    const { signal } = abort
    const ask = async () => {
      const about = { source, passphrase }
      try {
        const value = await core().import.recognise(about, { signal })
        if (!signal.aborted) setFound({ ...about, value, fault: null })
      } catch (error) {
        if (!signal.aborted) setFound({ ...about, value: null, fault: faultOf(error) })
      }
    }
    const timer = setTimeout(() => void ask(), READ_AFTER_MS)
    return () => {
      clearTimeout(timer)
      abort.abort()
    }
  }, [source, passphrase])
  if (source === null) return { value: null, fault: null, isStale: false }
  const isStale = found?.source !== source || found.passphrase !== passphrase
  return { value: found?.value ?? null, fault: found?.fault ?? null, isStale }
}

/** How many imported requests there are, live; null until it is known. The list beside it says why it cannot be. */
export function useImportedCount(): number | null {
  return useLive('imported', countImported, CHANGES, BEAT_MS).value
}

async function countImported(signal: AbortSignal): Promise<number> {
  return (await core().import.count(undefined, { signal })).requests
}

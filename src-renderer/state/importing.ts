/**
 * The import that is being looked at: what was pasted (kept while the page lives, whatever is closed)
 * or a file, what the core found in it, and what is chosen of that.
 */
import { useEffect, useState } from 'react'
import { create } from 'zustand'
import {
  type EventMapping,
  IMPORTED_RECEIVER,
  type Imported,
  type ImportPreview,
  type ImportSource,
  MAX_IMPORT_BYTES,
  type SampleId,
} from '#contract'
import { captures } from './captures.ts'
import { core, type Fault, faultOf } from './core.ts'
import { ofKinds, useLive } from './live.ts'
import { goTo } from './route.ts'
import { simulator } from './simulator.ts'

const READ_AFTER_MS = 250
const BEAT_MS = 400
const CHANGES = ofKinds('captures.changed')

export interface ImportedFile {
  readonly name: string
  readonly bytes: number
  readonly source: ImportSource
}

interface ImportingStore {
  readonly isOpen: boolean
  readonly text: string
  /** In place of the text. */
  readonly file: ImportedFile | null
  /** Why a file could not be taken, in words. */
  readonly problem: string | null
}

export const useImporting = create<ImportingStore>()(() => ({
  isOpen: false,
  text: '',
  file: null,
  problem: null,
}))

const { getState: get, setState: set } = useImporting

export const importing = {
  open: (): void => set({ isOpen: true }),
  close: (): void => set({ isOpen: false, problem: null }),
  type: (text: string): void => set({ text, problem: null }),
  /** Opens the dialog with a file that was chosen or dropped; what was pasted stays. */
  openFile: async (file: File): Promise<void> => {
    set({ isOpen: true, problem: null })
    if (file.size > MAX_IMPORT_BYTES) {
      set({
        problem: `“${file.name}” is larger than 40 MB, the most that can be imported at once.`,
      })
      return
    }
    try {
      const source = await sourceOf(file)
      set({ file: { name: file.name, bytes: file.size, source } })
    } catch {
      set({ problem: `“${file.name}” could not be read.` })
    }
  },
  dropFile: (): void => set({ file: null, problem: null }),
  /** Fails with the core's reason; the text stays then. */
  save: async (question: ImportChoice): Promise<Imported> => {
    const imported = await core().import.save({ ...question, chosen: [...question.chosen] })
    set(get().file ? { file: null } : { text: '' })
    set({ isOpen: false })
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
  readonly source: ImportSource
  readonly passphrase: string | null
  readonly chosen: readonly number[]
  readonly mapping: EventMapping | null
}

async function sourceOf(file: File): Promise<ImportSource> {
  const bytes = await file.arrayBuffer()
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
    return { kind: 'text', text }
  } catch {
    return { kind: 'bytes', base64: await base64Of(file) }
  }
}

function base64Of(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.addEventListener('error', () => reject(reader.error ?? new Error('unreadable')))
    reader.addEventListener('load', () => {
      // `data:…;base64,` stands before it.
      const url = typeof reader.result === 'string' ? reader.result : ''
      resolve(url.slice(url.indexOf(',') + 1))
    })
    reader.readAsDataURL(file)
  })
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

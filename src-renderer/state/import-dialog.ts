/**
 * What stands in the import dialog: what was pasted (kept while the page lives, whatever is closed),
 * or a file in its place. Reading a file takes a while: what is chosen later wins, and what was
 * imported leaves only if it still stands there.
 */
import { create } from 'zustand'
import { type ImportSource, MAX_IMPORT_BYTES } from '#contract'

export interface ImportedFile {
  readonly name: string
  readonly bytes: number
  readonly source: ImportSource
}

interface ImportDialogStore {
  readonly isOpen: boolean
  readonly text: string
  /** In place of the text. */
  readonly file: ImportedFile | null
  /** Why a file could not be taken, in words. */
  readonly problem: string | null
  /** Another one with each change of what is to be imported. */
  readonly version: number
}

export const useImportDialog = create<ImportDialogStore>()(() => ({
  isOpen: false,
  text: '',
  file: null,
  problem: null,
  version: 0,
}))

const { getState: get, setState: set } = useImportDialog

/** What there is to import, and which version of it that is. */
export interface Given {
  readonly version: number
  readonly source: ImportSource
}

/** Null when there is nothing. */
export function givenOf({
  file,
  text,
  version,
}: Pick<ImportDialogStore, 'file' | 'text' | 'version'>): Given | null {
  if (file) return { version, source: file.source }
  return text.trim() === '' ? null : { version, source: { kind: 'text', text } }
}

let latestReading = 0

function put(given: Partial<Pick<ImportDialogStore, 'text' | 'file'>>): void {
  set({ ...given, problem: null, version: get().version + 1 })
}

export const importDialog = {
  open: (): void => set({ isOpen: true }),
  close: (): void => set({ isOpen: false, problem: null }),
  type: (text: string): void => put({ text }),
  /** Opens the dialog with a file that was chosen or dropped; what was pasted stays. */
  openFile: async (file: File): Promise<void> => {
    latestReading += 1
    const reading = latestReading
    set({ isOpen: true, problem: null })
    if (file.size > MAX_IMPORT_BYTES) {
      set({
        problem: `“${file.name}” is larger than 40 MB, the most that can be imported at once.`,
      })
      return
    }
    try {
      const source = await sourceOf(file)
      if (reading === latestReading) put({ file: { name: file.name, bytes: file.size, source } })
    } catch {
      if (reading === latestReading) set({ problem: `“${file.name}” could not be read.` })
    }
  },
  /** Back to what was pasted; a file that is being read is not waited for. */
  dropFile: (): void => {
    latestReading += 1
    put({ file: null })
  },
  /** Closes with what was imported gone; stays open where something else stands there already. */
  clear: (version: number): void => {
    if (version !== get().version) return
    put(get().file ? { file: null } : { text: '' })
    set({ isOpen: false })
  },
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

/** The export that is being chosen: of what, and the writing of the file, which can be given up. */
import { create } from 'zustand'
import type { ExportPiece, ExportRequest, ExportSource } from '#contract'
import { core } from './core.ts'
import { useDeliveries } from './deliveries.ts'
import { filterOf } from './delivery-filter.ts'

interface ExportingStore {
  readonly subject: ExportSubject | null
}

export interface ExportSubject {
  readonly source: ExportSource
  /** What is exported, in words: `3 deliveries`. */
  readonly words: string
}

export const useExporting = create<ExportingStore>()(() => ({ subject: null }))

export const exporting = {
  open: (subject: ExportSubject): void => useExporting.setState({ subject }),
  close: (): void => useExporting.setState({ subject: null }),
}

/** All deliveries that the list is narrowed down to. */
export function exportListed(): void {
  const filter = filterOf(useDeliveries.getState().choice, new Date())
  exporting.open({
    source: { kind: 'matching_deliveries', filter },
    words: 'the listed deliveries',
  })
}

export type ExportEnd = Extract<ExportPiece, { kind: 'end' }>

export interface ExportedFile {
  readonly end: ExportEnd
  readonly blob: Blob
}

/**
 * Reads the file piece by piece. Rejects with the core's reason, or the signal's.
 * @param onProgress characters so far
 */
export async function readExport(
  request: ExportRequest,
  onProgress: (characters: number) => void,
  signal: AbortSignal,
): Promise<ExportedFile> {
  const parts: string[] = []
  let characters = 0
  for await (const piece of await core().export.write(request, { signal })) {
    signal.throwIfAborted()
    if (piece.kind === 'end') {
      return { end: piece, blob: new Blob(parts, { type: piece.mediaType }) }
    }
    parts.push(piece.text)
    characters += piece.text.length
    onProgress(characters)
  }
  throw new Error('the file ended before its end')
}

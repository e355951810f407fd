/** What an imported text was read as. */
import { z } from 'zod'

export const IMPORT_KINDS = ['curl', 'har', 'raw', 'json', 'hookstage'] as const
export const importKindSchema = z.enum(IMPORT_KINDS)
export type ImportKind = z.infer<typeof importKindSchema>
export const IMPORT_KIND_LABELS: Readonly<Record<ImportKind, string>> = {
  curl: 'cURL',
  har: 'HAR',
  raw: 'raw HTTP',
  json: 'JSON',
  hookstage: 'a Hookstage file',
}

/**
 * Bringing requests, events and webhooks in from elsewhere, and taking them out. What was recognised
 * is shown before anything is kept; nothing here holds a secret that was not asked for.
 */
import { z } from 'zod'
import { eventNameSchema } from './catalogue.ts'
import { captureIdSchema, sampleIdSchema, webhookIdSchema } from './ids.ts'
import { eventMappingSchema } from './made-event.ts'

/** What a text was read as. */
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

/** Of what is pasted or dropped; its base64 may be a third longer. */
export const MAX_IMPORT_BYTES = 40 * 1024 * 1024
const MAX_BASE64 = Math.ceil(MAX_IMPORT_BYTES / 3) * 4

export const importSourceSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('text'), text: z.string().max(MAX_IMPORT_BYTES) }),
  /** A file that is not text. */
  z.object({ kind: z.literal('bytes'), base64: z.string().max(MAX_BASE64) }),
])
export type ImportSource = z.infer<typeof importSourceSchema>

export const MAX_PASSPHRASE_CHARACTERS = 1_000
const passphraseSchema = z.string().max(MAX_PASSPHRASE_CHARACTERS)

export const importItemSchema = z.object({
  /** Where it stands in the whole; `import.save` takes it. */
  index: z.number().int(),
  kind: z.enum(['request', 'event', 'sample', 'webhook', 'refused']),
  /** `POST`; empty for what is no request. */
  method: z.string(),
  /** The URL with its secret parts masked, or a name. */
  title: z.string(),
  event: eventNameSchema.nullable(),
  contentType: z.string().nullable(),
  headers: z.number().int(),
  bodyBytes: z.number().int(),
  /** Of the answer that came with it. */
  status: z.number().int().nullable(),
  sentAtMs: z.number().nullable(),
  /** What could not be kept, or why nothing can, in words. */
  lost: z.array(z.string()),
  /** Worth importing as a rule. */
  isSuggested: z.boolean(),
})
export type ImportItem = z.infer<typeof importItemSchema>

export const importPreviewSchema = z.object({
  from: importKindSchema,
  items: z.array(importItemSchema),
  /** What is to be said of the whole. */
  notes: z.array(z.string()),
  /** It is sealed, and no passphrase or a wrong one was given. */
  needsPassphrase: z.boolean(),
})
export type ImportPreview = z.infer<typeof importPreviewSchema>

export const importQuestionSchema = z.object({
  source: importSourceSchema,
  passphrase: passphraseSchema.nullable(),
})
export type ImportQuestion = z.infer<typeof importQuestionSchema>

export const importRequestSchema = importQuestionSchema.extend({
  /** By their index. */
  chosen: z.array(z.number().int().min(0)).max(10_000),
  /** Which event those are that do not say so. */
  mapping: eventMappingSchema.nullable(),
})
export type ImportRequest = z.infer<typeof importRequestSchema>

export const importedSchema = z.object({
  captureIds: z.array(captureIdSchema),
  sampleIds: z.array(sampleIdSchema),
  webhookIds: z.array(webhookIdSchema),
})
export type Imported = z.infer<typeof importedSchema>

/**
 * Bringing requests, events and webhooks in from elsewhere, and taking them out. What was recognised
 * is shown before anything is kept; nothing here holds a secret that was not asked for.
 */
import { z } from 'zod'
import { captureFilterSchema } from './capture.ts'
import { eventNameSchema } from './catalogue.ts'
import { deliveryFilterSchema } from './delivery.ts'
import { captureIdSchema, deliveryIdSchema, sampleIdSchema, webhookIdSchema } from './ids.ts'
import { importKindSchema } from './import-kind.ts'
import { eventMappingSchema } from './made-event.ts'

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

export const EXPORT_FORMATS = ['har', 'curl', 'hookstage'] as const
export const exportFormatSchema = z.enum(EXPORT_FORMATS)
export type ExportFormat = z.infer<typeof exportFormatSchema>

/** More than this is not written into one file. */
export const MAX_EXPORTED = 10_000
export const MAX_EXPORT_BYTES = 256 * 1024 * 1024

/** What there is to export: those that were chosen, or all that a filter lets through. */
export const exportSourceSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('deliveries'), ids: z.array(deliveryIdSchema).max(MAX_EXPORTED) }),
  z.object({ kind: z.literal('captures'), ids: z.array(captureIdSchema).max(MAX_EXPORTED) }),
  z.object({ kind: z.literal('matching_deliveries'), filter: deliveryFilterSchema }),
  z.object({ kind: z.literal('matching_captures'), filter: captureFilterSchema }),
  /** No requests: webhooks and samples alone. */
  z.object({ kind: z.literal('workspace') }),
])
export type ExportSource = z.infer<typeof exportSourceSchema>

export const exportRequestSchema = z.object({
  source: exportSourceSchema,
  format: exportFormatSchema,
  /** False masks them. */
  withSecrets: z.boolean(),
  /** A Hookstage file with secrets is sealed with it; for the others null. */
  passphrase: passphraseSchema.nullable(),
  /** Into a Hookstage file, beside the requests. */
  webhooks: z.boolean(),
  samples: z.boolean(),
})
export type ExportRequest = z.infer<typeof exportRequestSchema>

/** A file in pieces; the last one says what is in it. */
export const exportPieceSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('text'), text: z.string() }),
  z.object({
    kind: z.literal('end'),
    fileName: z.string(),
    mediaType: z.string(),
    requests: z.number().int(),
    webhooks: z.number().int(),
    samples: z.number().int(),
    /** Requests of which something was hidden. */
    masked: z.number().int(),
    /** What is not in it, and why, in words. */
    leftOut: z.array(z.object({ count: z.number().int(), why: z.string() })),
  }),
])
export type ExportPiece = z.infer<typeof exportPieceSchema>

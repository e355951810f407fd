/** Requests that a receiver recorded, as the renderer sees them: secrets masked, bytes in views. */
import { z } from 'zod'
import { outcomeCodeSchema } from './delivery.ts'
import { captureIdSchema, type ReceiverId, receiverIdSchema } from './ids.ts'
import { importKindSchema } from './import-kind.ts'
import { messageViewSchema } from './wire.ts'

export const MAX_NOTE_CHARACTERS = 10_000

/** Stands for the receiver of what was imported. */
export const IMPORTED_RECEIVER = 'imported' as ReceiverId

/** Of a request that was imported. */
export const importMarkSchema = z.object({
  from: importKindSchema,
  /** Where it was for, secrets masked; empty where nothing said so. */
  url: z.string(),
  /** When it was sent, where that was known. */
  sentAtMs: z.number().nullable(),
})

export const captureSummarySchema = z.object({
  id: captureIdSchema,
  /** Grows with every capture; the list's order and cursor. */
  seq: z.number().int(),
  receiverId: receiverIdSchema,
  receivedAtMs: z.number(),
  /** `POST /in/echo HTTP/1.1`; secrets masked. */
  startLine: z.string(),
  contentType: z.string().nullable(),
  bodyBytes: z.number().int(),
  /** The status that it was answered with; null when there was no answer, or none yet. */
  status: z.number().int().nullable(),
  /** Why it is no whole request, in words; null when it is one. */
  problem: z.string().nullable(),
  /** Kept until the user deletes it. */
  isKept: z.boolean(),
  note: z.string(),
  /** Null of one that a receiver recorded. */
  imported: importMarkSchema.nullable(),
})
export type CaptureSummary = z.infer<typeof captureSummarySchema>

/** `POST /in/echo` of `POST /in/echo HTTP/1.1`. */
export function withoutVersion(startLine: string): string {
  return startLine.replace(/ HTTP\/[\d.]+$/, '')
}

export const captureSchema = captureSummarySchema.extend({
  /** The body came in chunks; it is kept without their framing. */
  isChunked: z.boolean(),
  request: messageViewSchema.nullable(),
  /** What was answered; null when nothing was. */
  response: messageViewSchema.nullable(),
  /** What passing it on came to; null when it was not passed on. */
  forwarded: z
    .object({
      /** `https://example.com` */
      origin: z.string(),
      code: outcomeCodeSchema,
      reason: z.string(),
      request: messageViewSchema.nullable(),
      response: messageViewSchema.nullable(),
    })
    .nullable(),
})
export type Capture = z.infer<typeof captureSchema>

export const captureFilterSchema = z.object({
  receiverId: receiverIdSchema.optional(),
  isKept: z.boolean().optional(),
  sinceMs: z.number().optional(),
  untilMs: z.number().optional(),
  /** Found in heads and bodies of either direction, or in the note; ASCII case ignored. */
  text: z.string().max(500).optional(),
})
export type CaptureFilter = z.infer<typeof captureFilterSchema>

export const capturePageSchema = z.object({
  items: z.array(captureSummarySchema),
  /** Pass it back for the next page; null at the end. */
  nextCursor: z.number().int().nullable(),
})
export type CapturePage = z.infer<typeof capturePageSchema>

/**
 * An HTTP message as the inspector shows it. Everything here is derived from recorded bytes, with
 * secrets masked; nothing here is ever used to build a request.
 */
import { z } from 'zod'
import { chatMessageSchema } from './message.ts'

export const wireHeaderSchema = z.object({
  name: z.string(),
  value: z.string(),
  /** Part of the value is masked. */
  masked: z.boolean(),
})
export type WireHeader = z.infer<typeof wireHeaderSchema>

/** A field of a decoded form, in order. */
export const formFieldSchema = z.object({
  name: z.string(),
  value: z.string(),
  /** The value, laid out, when it is a JSON object or array. */
  json: z.string().nullable(),
})
export type FormField = z.infer<typeof formFieldSchema>

export const messageViewSchema = z.object({
  /** `POST /in/echo HTTP/1.1`, or `HTTP/1.1 200 OK`. */
  startLine: z.string(),
  headers: z.array(wireHeaderSchema),
  headBytes: z.number().int(),
  /** Size of the body as recorded, before any masking. */
  bodyBytes: z.number().int(),
  /** The recording stopped at the limit; the rest is not there. */
  truncated: z.boolean(),
  contentType: z.string().nullable(),
  /** `gzip` and the like, as the header says; the raw and hex views show the encoded bytes. */
  contentEncoding: z.string().nullable(),
  body: z.object({
    /** The first `shownBytes` bytes of the body as recorded, secrets masked, in base64. */
    base64: z.string(),
    shownBytes: z.number().int(),
    /** The body after content decoding as text; null when it is not UTF-8. */
    text: z.string().nullable(),
    /** JSON laid out token by token (numbers and key order as sent); null when it is not JSON. */
    pretty: z.string().nullable(),
    form: z.array(formFieldSchema).nullable(),
    /** What could not be decoded, in words. */
    note: z.string().nullable(),
  }),
  /** The message for a chat that the body carries; null when it carries none that can be told. */
  message: chatMessageSchema.nullable(),
  /** Somewhere in the message a secret is masked. */
  hasSecrets: z.boolean(),
})
export type MessageView = z.infer<typeof messageViewSchema>

/** Both directions of one attempt; a side is null when not a byte of it was seen. */
export const exchangeViewSchema = z.object({
  request: messageViewSchema.nullable(),
  response: messageViewSchema.nullable(),
})
export type ExchangeView = z.infer<typeof exchangeViewSchema>

/** A value that a form encoding cannot carry as it is. */
export const conversionLossSchema = z.object({
  /** `data.attendee.tags` */
  path: z.string(),
  /** What becomes of it, in words. */
  note: z.string(),
})
export type ConversionLoss = z.infer<typeof conversionLossSchema>

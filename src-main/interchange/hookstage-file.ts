/**
 * Hookstage's own file: webhooks, samples and requests with their exact bytes. Version 1 is JSON,
 * `{"hookstage": {"version": 1, "secrets": "left_out" | "sealed", …}}` beside what it carries. With
 * secrets all of it is sealed with a passphrase (see `sealed-content.ts`); without, they are masked.
 */
import { z } from 'zod'
import {
  emptySigning,
  eventNameSchema,
  MASK_CHARACTER,
  NO_RETRY,
  payloadTextSchema,
  retrySchema,
  signingSchema,
  webhookDraftSchema,
} from '#contract'
import { readHead } from '../encode/index.ts'
import {
  bounded,
  type ImportedItem,
  type ImportedWebhook,
  importFault,
  MAX_IMPORTED_BODY_BYTES,
  type Recognised,
} from './imported.ts'
import { type SealedContent, sealedContentSchema } from './sealed-content.ts'

const FILE_VERSION = 1

/** A request as a file carries it; byte arrays are base64. */
export interface FileRequest {
  readonly origin: string
  readonly head: string
  readonly body: string
  readonly isChunked: boolean
  readonly sentAtMs: number | null
  readonly note: string
  readonly answer: {
    readonly status: number | null
    readonly head: string
    readonly body: string
  } | null
}

const bytesSchema = z
  .string()
  .regex(/^[A-Za-z0-9+/]*={0,2}$/)
  .transform((text) => new Uint8Array(Buffer.from(text, 'base64')))
  .refine((bytes) => bytes.length <= MAX_IMPORTED_BODY_BYTES)
const statusSchema = z.number().int().min(100).max(999)
/** The last moment that a date can say. */
const MAX_TIME_MS = 8.64e15

/** `https://example.com:8443`, without credentials; or empty. */
function isOrigin(text: string): boolean {
  if (text === '') return true
  return /^https?:/.test(text) && URL.canParse(text) && new URL(text).origin === text
}

const requestSchema = z.object({
  origin: z.string().max(2_000).refine(isOrigin),
  head: bytesSchema,
  body: bytesSchema,
  isChunked: z.boolean(),
  sentAtMs: z.number().int().min(0).max(MAX_TIME_MS).nullable(),
  note: z.string().max(10_000),
  answer: z
    .object({ status: statusSchema.nullable(), head: bytesSchema, body: bytesSchema })
    .nullable(),
})
const sampleSchema = z.object({
  event: eventNameSchema,
  name: z.string().trim().min(1).max(200),
  payloadText: payloadTextSchema,
})
/** A setting of a later Hookstage that is not known here is left to its default, and that is said. */
const webhookSchema = webhookDraftSchema.extend({
  signing: signingSchema.catch(emptySigning()),
  retry: retrySchema.catch(NO_RETRY),
})
const contentSchema = z.object({
  webhooks: z.array(z.unknown()).default([]),
  samples: z.array(z.unknown()).default([]),
  requests: z.array(z.unknown()).default([]),
})
const markSchema = z.object({
  hookstage: z.object({ version: z.number(), secrets: z.enum(['left_out', 'sealed']).optional() }),
})

export function isHookstage(value: unknown): boolean {
  return markSchema.safeParse(value).success
}

/** What a file begins with: the members of its contents follow, then `}`. */
export function fileStart(app: string, writtenAtMs: number): string {
  const mark = {
    version: FILE_VERSION,
    app,
    writtenAt: new Date(writtenAtMs).toISOString(),
    secrets: 'left_out',
  }
  return `{"hookstage":${JSON.stringify(mark)}`
}

export function sealedFile(app: string, writtenAtMs: number, sealed: SealedContent): string {
  const mark = {
    version: FILE_VERSION,
    app,
    writtenAt: new Date(writtenAtMs).toISOString(),
    secrets: 'sealed',
  }
  return `${JSON.stringify({ hookstage: mark, sealed })}\n`
}

/**
 * What is in a file, or what has to be opened with a passphrase first.
 * @throws AppError `invalid` when it is from a newer Hookstage, or empty
 */
export function fromHookstage(value: unknown): Recognised | { readonly sealed: SealedContent } {
  const { version } = markSchema.parse(value).hookstage
  if (!Number.isInteger(version) || version < 1) throw importFault('The file names no version.')
  if (version > FILE_VERSION) {
    throw importFault(
      `This file was written by a newer Hookstage (file version ${version}; this one reads ${FILE_VERSION}). Update Hookstage to read it.`,
    )
  }
  const sealed = z.object({ sealed: sealedContentSchema }).safeParse(value)
  return sealed.success ? { sealed: sealed.data.sealed } : fromContent(value, true)
}

/** @param isMasked its secrets were left out */
export function fromContent(value: unknown, isMasked: boolean): Recognised {
  const content = contentSchema.safeParse(value)
  if (!content.success) throw importFault('The file holds nothing that can be read.')
  const { webhooks, samples, requests } = content.data
  const all = [
    ...webhooks.map((each, index) => webhookItem(each, `webhook ${index + 1}`)),
    ...samples.map((each, index) => sampleItem(each, `sample ${index + 1}`)),
    ...requests.map((each, index) => requestItem(each, `request ${index + 1}`)),
  ]
  if (all.length === 0) throw importFault('The file is empty.')
  const { kept, notes } = bounded(all, 'things')
  const words = isMasked ? ['Secrets were left out of this file, or masked in it.'] : []
  return { from: 'hookstage', items: kept, notes: [...notes, ...words] }
}

function refused(what: string, error: z.ZodError): ImportedItem {
  const [issue] = error.issues
  const place = issue?.path.join('.') || 'form'
  return { kind: 'refused', what, why: `Its ${place} is not as a Hookstage file has it.` }
}

function webhookItem(value: unknown, what: string): ImportedItem {
  const webhook = webhookSchema.safeParse(value)
  if (!webhook.success) return refused(what, webhook.error)
  const draft = { ...webhook.data, status: 'inactive' as const }
  const { endpoint, signing, network } = draft
  const texts = [endpoint, signing.secret, signing.secondSecret, network.proxyCredentials]
  if ([...texts, ...draft.headers.map((row) => row.value)].some(({ kind }) => kind === 'kept')) {
    return { kind: 'refused', what, why: 'It refers to a secret of another workspace.' }
  }
  return { kind: 'webhook', draft, lost: [...missingOf(draft), ...unreadIn(value)] }
}

const settingsSchema = z.object({ signing: z.unknown().optional(), retry: z.unknown().optional() })

/** Settings that are there and were left to their defaults. */
function unreadIn(webhook: unknown): string[] {
  const { signing, retry } = settingsSchema.parse(webhook)
  return [
    ...(signing === undefined || signingSchema.safeParse(signing).success ? [] : [UNREAD_SIGNING]),
    ...(retry === undefined || retrySchema.safeParse(retry).success ? [] : [UNREAD_RETRY]),
  ]
}

const UNREAD_SIGNING =
  'This version does not know how it is signed, so it is not signed: choose how.'
const UNREAD_RETRY =
  'This version does not know its retry schedule, so it is not sent again: choose one.'

/** Secrets that were left out leave an empty text, or a mask in the URL. */
function missingOf({ endpoint, headers, signing, network }: ImportedWebhook['draft']): string[] {
  const isEmpty = (text: typeof endpoint) => text.kind !== 'kept' && text.text === ''
  const isMaskedUrl = endpoint.kind !== 'kept' && endpoint.text.includes(MASK_CHARACTER)
  return [
    'It is inactive until you switch it on.',
    ...(isMaskedUrl ? ['The secret part of its URL is not in the file: enter it.'] : []),
    ...headers
      .filter(({ value }) => value.kind === 'secret' && isEmpty(value))
      .map(({ name }) => `The value of its header ${name} is not in the file: enter it.`),
    ...(signing.scheme !== 'none' && isEmpty(signing.secret)
      ? ['Its signing secret is not in the file: enter it.']
      : []),
    ...(network.proxy === 'own' && isEmpty(network.proxyCredentials)
      ? ['It goes through a proxy of its own: enter user and password where that asks for them.']
      : []),
  ]
}

function sampleItem(value: unknown, what: string): ImportedItem {
  const sample = sampleSchema.safeParse(value)
  return sample.success ? { kind: 'sample', ...sample.data, lost: [] } : refused(what, sample.error)
}

function requestItem(value: unknown, what: string): ImportedItem {
  const request = requestSchema.safeParse(value)
  if (!request.success) return refused(what, request.error)
  const { startLine } = readHead(request.data.head)
  if (!/^[^ \t\r\n]+ [^ \t\r\n]+ HTTP\/\d/.test(startLine)) {
    return { kind: 'refused', what, why: 'It has no request line.' }
  }
  return { kind: 'request', ...request.data, lost: [], isSuggested: true }
}

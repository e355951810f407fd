/**
 * A webhook as the user authors it. A draft is deliberately lax (a half-filled form is worth
 * keeping); what makes a draft savable is decided by the core, which answers with field problems.
 */
import { z } from 'zod'
import { eventNameSchema } from './catalogue.ts'
import { outcomeCodeSchema } from './delivery.ts'
import { destinationSchema } from './destination.ts'
import { webhookIdSchema } from './ids.ts'
import { messageFormatSchema } from './message.ts'
import { WORKSPACE_NETWORK, webhookCertificatesSchema, webhookNetworkSchema } from './network.ts'
import { NO_RETRY, retrySchema } from './retry.ts'
import { MAX_TYPED_CHARACTERS, secretTextSchema } from './secret.ts'
import { emptySigning, signingSchema } from './signing.ts'

export const CONTENT_TYPES = ['application/json', 'application/x-www-form-urlencoded'] as const
export const contentTypeSchema = z.enum(CONTENT_TYPES)
export type ContentType = z.infer<typeof contentTypeSchema>

/** How JSON becomes form fields: one field that holds all of it, or a field per member or leaf. */
export const FORM_ENCODINGS = ['payload', 'flat', 'brackets', 'indices'] as const
export const formEncodingSchema = z.enum(FORM_ENCODINGS)
export type FormEncoding = z.infer<typeof formEncodingSchema>

export const jsonStyleSchema = z.enum(['compact', 'pretty'])
export type JsonStyle = z.infer<typeof jsonStyleSchema>

export const webhookStatusSchema = z.enum(['active', 'inactive'])
export type WebhookStatus = z.infer<typeof webhookStatusSchema>

export const headerRowSchema = z.object({
  /** Identifies the row while it is edited; not part of the request. */
  rowId: z.string().min(1).max(64),
  name: z.string().max(MAX_TYPED_CHARACTERS),
  value: secretTextSchema,
})
export type HeaderRow = z.infer<typeof headerRowSchema>

export const TARGET_FIELDS = [
  'ticketType',
  'attendeeType',
  'language',
  'country',
  'company',
  'tags',
] as const

export const TARGET_OPERATORS = [
  'is',
  'is_not',
  'is_any_of',
  'is_none_of',
  'contains',
  'starts_with',
  'exists',
] as const
export const targetOperatorSchema = z.enum(TARGET_OPERATORS)
export type TargetOperator = z.infer<typeof targetOperatorSchema>

export const targetConditionSchema = z.object({
  /** One of TARGET_FIELDS (of the attendee), or a path into the envelope such as `data.reason`. */
  field: z.string().max(MAX_TYPED_CHARACTERS),
  operator: targetOperatorSchema,
  /** One value, several for the `any of` kinds, none for `exists`. */
  values: z.array(z.string().max(MAX_TYPED_CHARACTERS)).max(100),
})
export type TargetCondition = z.infer<typeof targetConditionSchema>

/** Which attendees an attendee webhook is for. No condition: every attendee. */
export const targetSchema = z.object({
  join: z.enum(['all', 'any']),
  conditions: z.array(targetConditionSchema).max(50),
})
export type Target = z.infer<typeof targetSchema>

/** What may be saved; a form keeps more of it. */
export const MAX_TEMPLATE_CHARACTERS = 100_000

export const TIMEOUT_PRESETS_MS = [3_000, 10_000, 15_000, 30_000] as const
export const DEFAULT_TIMEOUT_MS = 15_000
export const MIN_TIMEOUT_MS = 1_000
export const MAX_TIMEOUT_MS = 120_000

export const webhookDraftSchema = z.object({
  name: z.string().max(MAX_TYPED_CHARACTERS),
  event: eventNameSchema,
  contentType: contentTypeSchema,
  formEncoding: formEncodingSchema,
  /** The field's name under the `payload` encoding. */
  formField: z.string().max(MAX_TYPED_CHARACTERS),
  jsonStyle: jsonStyleSchema,
  status: webhookStatusSchema,
  endpoint: secretTextSchema,
  headers: z.array(headerRowSchema).max(200),
  target: targetSchema,
  format: messageFormatSchema,
  /** Liquid that makes the whole body of the event, used under the `template` format. */
  template: z.string().max(MAX_TYPED_CHARACTERS).default(''),
  signing: signingSchema,
  timeoutMs: z.number().int(),
  certificates: webhookCertificatesSchema,
  network: webhookNetworkSchema.default(WORKSPACE_NETWORK),
  retry: retrySchema,
})
export type WebhookDraft = z.infer<typeof webhookDraftSchema>

export const webhookSchema = webhookDraftSchema.extend({
  id: webhookIdSchema,
  destination: destinationSchema,
  /** One of the sample workspace's, which can be removed together. */
  isSample: z.boolean(),
  createdAtMs: z.number(),
  updatedAtMs: z.number(),
  last: z.object({ code: outcomeCodeSchema, finishedAtMs: z.number() }).nullable(),
})
export type Webhook = z.infer<typeof webhookSchema>

/** The form's starting point. */
export function emptyDraft(): WebhookDraft {
  return {
    name: '',
    event: 'attendee.created',
    contentType: 'application/json',
    formEncoding: 'payload',
    formField: 'payload',
    jsonStyle: 'compact',
    status: 'active',
    endpoint: { kind: 'plain', text: '' },
    headers: [],
    target: { join: 'all', conditions: [] },
    format: 'raw',
    template: '',
    signing: emptySigning(),
    timeoutMs: DEFAULT_TIMEOUT_MS,
    certificates: 'workspace',
    network: WORKSPACE_NETWORK,
    retry: NO_RETRY,
  }
}

/** An unsaved form: of a saved webhook, or of one that does not exist yet (`webhookId` null). */
export const storedDraftSchema = z.object({
  webhookId: webhookIdSchema.nullable(),
  draft: webhookDraftSchema,
  updatedAtMs: z.number(),
})
export type StoredDraft = z.infer<typeof storedDraftSchema>

/**
 * Deliveries and their attempts: what was decided, what went over the wire, and what came of it.
 * Bytes stay in the core; what is here is metadata and masks.
 */
import { z } from 'zod'
import { eventNameSchema } from './catalogue.ts'
import { attemptIdSchema, deliveryIdSchema, eventIdSchema, webhookIdSchema } from './ids.ts'
import { queuedWhySchema } from './queued.ts'
import { waitReasonSchema } from './retry.ts'

export const DELIVERY_STATES = [
  'queued',
  'sending',
  'waiting',
  'succeeded',
  'accepted',
  'failed',
  'cancelled',
] as const
export const deliveryStateSchema = z.enum(DELIVERY_STATES)
export type DeliveryState = z.infer<typeof deliveryStateSchema>

export const OUTCOME_CODES = [
  'ok',
  'accepted',
  'http_status',
  'destination_refused',
  'dns_not_found',
  'connect_refused',
  'connect_timeout',
  'tls_failed',
  'reset',
  'closed_early',
  'deadline',
  'bad_response',
  'response_too_large',
  'bad_request',
  'network_error',
  'proxy_failed',
  'address_refused',
  'host_unconfirmed',
  'cancelled',
  'interrupted',
] as const
export const outcomeCodeSchema = z.enum(OUTCOME_CODES)
/**
 * `bad_request`: the saved webhook could not be turned into a request, so nothing was sent.
 * `host_unconfirmed`: not passed on, as the user has not confirmed its host.
 * `address_refused`: a link-local or cloud metadata address, which is never connected to.
 * `network_error`: the operating system's own reason, none of the named ones.
 */
export type OutcomeCode = z.infer<typeof outcomeCodeSchema>

/** What a person wants to know of a delivery; each has its own icon, word and colour. */
export const DELIVERY_STATUSES = [
  'queued',
  'sending',
  'waiting',
  'delivered',
  'accepted',
  'refused',
  'failed',
  'cancelled',
  'interrupted',
] as const
export const deliveryStatusSchema = z.enum(DELIVERY_STATUSES)
export type DeliveryStatus = z.infer<typeof deliveryStatusSchema>

/** The status that an outcome stands for. */
export function outcomeStatus(code: OutcomeCode): DeliveryStatus {
  switch (code) {
    case 'ok':
      return 'delivered'
    case 'accepted':
    case 'cancelled':
    case 'interrupted':
      return code
    case 'http_status':
    case 'destination_refused':
      return 'refused'
    case 'dns_not_found':
    case 'connect_refused':
    case 'connect_timeout':
    case 'tls_failed':
    case 'reset':
    case 'closed_early':
    case 'deadline':
    case 'bad_response':
    case 'response_too_large':
    case 'bad_request':
    case 'network_error':
    case 'proxy_failed':
    case 'address_refused':
    case 'host_unconfirmed':
      return 'failed'
  }
}

/** How a replay was made. */
export const REPLAY_KINDS = ['as_sent', 're_signed', 'rendered', 'edited'] as const
export const replayKindSchema = z.enum(REPLAY_KINDS)
export type ReplayKind = z.infer<typeof replayKindSchema>

export const deliverySummarySchema = z.object({
  id: deliveryIdSchema,
  /** Grows with every delivery; the list's order and cursor. */
  seq: z.number().int(),
  /** Null for a replay of a capture that names no event. */
  event: eventNameSchema.nullable(),
  eventId: eventIdSchema,
  webhookId: webhookIdSchema,
  webhookName: z.string(),
  /** Secret parts masked. */
  endpoint: z.string(),
  status: deliveryStatusSchema,
  state: deliveryStateSchema,
  code: outcomeCodeSchema.nullable(),
  /** The reason in words; empty while it is under way. */
  reason: z.string(),
  httpStatus: z.number().int().nullable(),
  attempts: z.number().int(),
  /** Set while it waits for its next attempt. */
  waiting: z
    .object({
      /** By the stage clock. */
      dueAtMs: z.number(),
      /** How long it waits in all, by the stage clock. */
      waitMs: z.number(),
      why: waitReasonSchema,
    })
    .nullable(),
  /** Why it is still queued; null when it is not, or is about to start. */
  queued: queuedWhySchema.nullable(),
  /** First byte out to last byte in of the last attempt. */
  durationMs: z.number().nullable(),
  createdAtMs: z.number(),
  finishedAtMs: z.number().nullable(),
  /** What it is a replay of: a delivery's id, or a capture's; null when it is none. */
  replayOf: z.string().nullable(),
  replayKind: replayKindSchema.nullable(),
})
export type DeliverySummary = z.infer<typeof deliverySummarySchema>

/** Milliseconds since the attempt started; null where it never came to that. */
export const attemptMarksSchema = z.object({
  /** Negative: how long it had been queued when it started. */
  queuedMs: z.number().nullable(),
  dnsMs: z.number().nullable(),
  connectMs: z.number().nullable(),
  tlsMs: z.number().nullable(),
  firstByteOutMs: z.number().nullable(),
  lastByteOutMs: z.number().nullable(),
  firstByteInMs: z.number().nullable(),
  lastByteInMs: z.number().nullable(),
})
export type AttemptMarks = z.infer<typeof attemptMarksSchema>

/** Of an attempt that never came to anything. */
export const NO_MARKS: AttemptMarks = {
  queuedMs: null,
  dnsMs: null,
  connectMs: null,
  tlsMs: null,
  firstByteOutMs: null,
  lastByteOutMs: null,
  firstByteInMs: null,
  lastByteInMs: null,
}

export const tlsInfoSchema = z.object({
  protocol: z.string().nullable(),
  authorized: z.boolean(),
  /** Why the certificate was not trusted. */
  fault: z.string().nullable(),
  /** It was used although it was not trusted, as the user wanted. */
  ignored: z.boolean(),
  /** SHA-256 of the server's certificate, `AB:CD:…`. */
  fingerprint: z.string().nullable(),
  /** The authority of the user's own by which it is trusted: its subject. */
  authority: z.string().nullable().default(null),
})
export type TlsInfo = z.infer<typeof tlsInfoSchema>

export const attemptSchema = z.object({
  id: attemptIdSchema,
  number: z.number().int(),
  startedAtMs: z.number(),
  finishedAtMs: z.number().nullable(),
  /** What it waited for since the attempt before it; null for the first. */
  waited: z
    .object({
      /** By the schedule; the wall clock may have seen less of it. */
      waitMs: z.number(),
      why: waitReasonSchema,
    })
    .nullable(),
  /** When the stage clock says that it started; `startedAtMs` is the wall clock's. */
  stageAtMs: z.number(),
  marks: attemptMarksSchema,
  /** True when it went over a connection that an earlier attempt had opened. */
  reusedConnection: z.boolean(),
  remoteAddress: z.string().nullable(),
  /** The proxy that it went through: `proxy.example.com:3128`. */
  proxy: z.string().nullable(),
  tls: tlsInfoSchema.nullable(),
  httpVersion: z.string().nullable(),
  httpStatus: z.number().int().nullable(),
  code: outcomeCodeSchema.nullable(),
  reason: z.string(),
  requestHeadBytes: z.number().int(),
  requestBodyBytes: z.number().int(),
  responseHeadBytes: z.number().int(),
  responseBodyBytes: z.number().int(),
})
export type Attempt = z.infer<typeof attemptSchema>

export const deliverySchema = deliverySummarySchema.extend({ attemptList: z.array(attemptSchema) })
export type Delivery = z.infer<typeof deliverySchema>

export const deliveryFilterSchema = z.object({
  statuses: z.array(deliveryStatusSchema).max(20).optional(),
  events: z.array(eventNameSchema).max(30).optional(),
  webhookId: webhookIdSchema.optional(),
  sinceMs: z.number().optional(),
  untilMs: z.number().optional(),
  /** Found in heads and bodies of either direction, in the webhook's name or the endpoint; ASCII case ignored. */
  text: z.string().max(500).optional(),
})
export type DeliveryFilter = z.infer<typeof deliveryFilterSchema>

export const deliveryPageSchema = z.object({
  items: z.array(deliverySummarySchema),
  /** Pass it back for the next page; null at the end. */
  nextCursor: z.number().int().nullable(),
})
export type DeliveryPage = z.infer<typeof deliveryPageSchema>

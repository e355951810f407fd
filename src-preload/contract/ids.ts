/** Identifiers, branded so that one kind is never passed for another. */
import { z } from 'zod'

export const webhookIdSchema = z.string().min(1).max(64).brand<'WebhookId'>()
export type WebhookId = z.infer<typeof webhookIdSchema>

export const deliveryIdSchema = z.string().min(1).max(64).brand<'DeliveryId'>()
export type DeliveryId = z.infer<typeof deliveryIdSchema>

/** One HTTP exchange of a delivery. */
export const attemptIdSchema = z.string().min(1).max(64).brand<'AttemptId'>()
export type AttemptId = z.infer<typeof attemptIdSchema>

export const sampleIdSchema = z.string().min(1).max(64).brand<'SampleId'>()
export type SampleId = z.infer<typeof sampleIdSchema>

export const secretIdSchema = z.string().min(1).max(64).brand<'SecretId'>()
export type SecretId = z.infer<typeof secretIdSchema>

export const receiverIdSchema = z.string().min(1).max(64).brand<'ReceiverId'>()
export type ReceiverId = z.infer<typeof receiverIdSchema>

export const captureIdSchema = z.string().min(1).max(64).brand<'CaptureId'>()
export type CaptureId = z.infer<typeof captureIdSchema>

/** The `id` of an event's envelope: its idempotency key. A user may set it, so any text will do. */
export const eventIdSchema = z.string().min(1).max(256).brand<'EventId'>()
export type EventId = z.infer<typeof eventIdSchema>

/**
 * What an import finds, whatever it was read from: requests with the bytes that they would have gone
 * out as, events, samples and webhooks; each with what of it could not be kept, in words that hold
 * nothing secret.
 */
import type { EventName, ImportKind, WebhookDraft } from '#contract'
import { AppError } from '../errors.ts'

export interface ImportedAnswer {
  readonly status: number | null
  readonly head: Uint8Array
  readonly body: Uint8Array
}

export interface ImportedRequest {
  readonly kind: 'request'
  /** `https://example.com:8443`; empty where nothing says where it was for. */
  readonly origin: string
  readonly head: Uint8Array
  /** Without the framing of chunks. */
  readonly body: Uint8Array
  readonly isChunked: boolean
  readonly sentAtMs: number | null
  readonly answer: ImportedAnswer | null
  /** The user's own words on it. */
  readonly note: string
  /** What could not be kept, and what was put in its place. */
  readonly lost: readonly string[]
  /** False for what is rarely wanted, such as the pictures of a page. */
  readonly isSuggested: boolean
}

export interface ImportedEvent {
  readonly kind: 'event'
  /** Null where it does not say. */
  readonly event: EventName | null
  /** JSON, as it was written. */
  readonly text: string
  readonly lost: readonly string[]
}

export interface ImportedSample {
  readonly kind: 'sample'
  readonly event: EventName
  readonly name: string
  readonly payloadText: string
  readonly lost: readonly string[]
}

export interface ImportedWebhook {
  readonly kind: 'webhook'
  readonly draft: WebhookDraft
  readonly lost: readonly string[]
}

/** Something that was recognised and cannot be imported. */
export interface RefusedImport {
  readonly kind: 'refused'
  /** What it is: `command 2`, `entry 17`. */
  readonly what: string
  readonly why: string
}

export type ImportedItem =
  | ImportedRequest
  | ImportedEvent
  | ImportedSample
  | ImportedWebhook
  | RefusedImport

export interface Recognised {
  readonly from: ImportKind
  readonly items: readonly ImportedItem[]
  /** What is to be said of the whole. */
  readonly notes: readonly string[]
}

/** More than this is not read of one text. */
export const MAX_ITEMS = 2_000
export const MAX_IMPORTED_BODY_BYTES = 25 * 1024 * 1024
export const MAX_IMPORTED_HEADERS = 1_000
/** Four times what a receiver takes: lists show each head, and megabytes of one hold them up. */
export const MAX_IMPORTED_HEAD_BYTES = 1024 * 1024

/** What stands in the way of reading it at all. */
export function importFault(message: string): AppError {
  return new AppError('invalid', message)
}

/** As many as may be, and what to say of the rest. */
export function bounded<T>(
  all: readonly T[],
  words: string,
): { readonly kept: readonly T[]; readonly notes: readonly string[] } {
  if (all.length <= MAX_ITEMS) return { kept: all, notes: [] }
  const rest = all.length - MAX_ITEMS
  return {
    kept: all.slice(0, MAX_ITEMS),
    notes: [
      `Only the first ${MAX_ITEMS.toLocaleString('en')} ${words} are read; ${rest.toLocaleString('en')} are left out.`,
    ],
  }
}

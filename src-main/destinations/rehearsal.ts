/**
 * What rehearsals share: the request as rules see it, rules as a table of which the first that is
 * broken decides, and what comes out: an answer, and a verdict on what the channel would show.
 */
import type { RehearsalVerdict } from '#contract'

export interface RehearsedRequest {
  readonly method: string
  /** Without query. */
  readonly path: string
  readonly query: URLSearchParams
  /** `application/json`, in lower case, without parameters; empty when there is none. */
  readonly mediaType: string
  readonly hasAuthorization: boolean
  readonly body: Uint8Array
}

export interface RehearsalAnswer {
  readonly status: number
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body: string
}

export interface Rehearsed {
  readonly answer: RehearsalAnswer
  readonly verdict: RehearsalVerdict
}

/** Takes one of what may be had in a time; false when it is used up. */
export type TakeTurn = () => boolean

/** What most rules are about. */
export interface Call {
  readonly request: RehearsedRequest
  /** Where the webhook is. */
  readonly ownPath: string
  /** The body read as JSON; undefined when it is none. */
  readonly message: unknown
  readonly take: TakeTurn
}

export function callOf(request: RehearsedRequest, ownPath: string, take: TakeTurn): Call {
  return { request, ownPath, message: jsonIn(textOf(request.body)), take }
}

export interface Rule<T> {
  readonly code: string
  /** Why a request breaks it, in a sentence; null when it does not. */
  readonly objection: (subject: T) => string | null
}

export interface Objection {
  readonly code: string
  readonly words: string
}

export function firstObjection<T>(rules: readonly Rule<T>[], subject: T): Objection | null {
  for (const { code, objection } of rules) {
    const words = objection(subject)
    if (words !== null) return { code, words }
  }
  return null
}

export const POSTED: RehearsalVerdict = { result: 'posted', code: '', words: '', isTold: false }

export function refused({ code, words }: Objection): RehearsalVerdict {
  return { result: 'refused', code, words, isTold: false }
}

export function lost({ code, words }: Objection): RehearsalVerdict {
  return { result: 'lost', code, words, isTold: false }
}

const TEXT = ['Content-Type', 'text/plain; charset=utf-8'] as const
const JSON_TEXT = ['Content-Type', 'application/json; charset=utf-8'] as const

export function textAnswer(
  status: number,
  body: string,
  headers: RehearsalAnswer['headers'] = [],
): RehearsalAnswer {
  return { status, headers: [TEXT, ...headers], body }
}

export function jsonAnswer(
  status: number,
  body: unknown,
  headers: RehearsalAnswer['headers'] = [],
): RehearsalAnswer {
  return { status, headers: [JSON_TEXT, ...headers], body: JSON.stringify(body) }
}

export function emptyAnswer(
  status: number,
  headers: RehearsalAnswer['headers'] = [],
): RehearsalAnswer {
  return { status, headers, body: '' }
}

export const isJsonType = (mediaType: string): boolean =>
  /^application\/([\w.-]+\+)?json$/.test(mediaType)

export type JsonObject = Readonly<Record<string, unknown>>

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Undefined when the text is no JSON. */
export function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''))
  } catch {
    return undefined
  }
}

export const textOf = (body: Uint8Array): string => new TextDecoder().decode(body)

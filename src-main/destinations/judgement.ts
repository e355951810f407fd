/**
 * What judges of answers share: what they are given, what they say, and how they read and quote a
 * body that may hold anything. A quotation is short, one line, without secrets and without characters
 * that change how a line is read.
 */
import type { OutcomeCode } from '#contract'
import { decodeContent, readHead } from '../encode/index.ts'

/** An answer that came whole. */
export interface Answer {
  readonly httpStatus: number
  readonly head: Uint8Array
  /** As received: still content-coded. */
  readonly body: Uint8Array
}

export interface Judgement {
  readonly code: OutcomeCode
  /** What happened and what to do next; holds nothing that may be secret. */
  readonly reason: string
  /** The same request would be refused again, whenever it came. */
  readonly isFinal?: boolean
  /** The status that is meant, where another one was answered. */
  readonly meantStatus?: number
}

export type Judge = (answer: Answer) => Judgement

/** Hides the secrets in a text. */
export type Mask = (text: string) => string

/** No answer of these destinations is near as long. */
const MAX_BODY_BYTES = 256 * 1024
const MAX_QUOTED_CHARACTERS = 240
/** Read before it is masked, so that a secret is not cut in two by the end of the quotation. */
const READ_CHARACTERS = 4_096

/** The body as text, its content coding undone; empty when it is too long or cannot be read. */
export function answerText({ head, body }: Answer): string {
  const { bytes } = decodeContent(body, readHead(head).headers, MAX_BODY_BYTES)
  return bytes === null || bytes.length > MAX_BODY_BYTES
    ? ''
    : new TextDecoder().decode(bytes).trim()
}

/** The object that a text is the JSON of; null when it is none. */
export function jsonObject(text: string): Readonly<Record<string, unknown>> | null {
  if (!text.startsWith('{')) return null
  try {
    return memberObject(JSON.parse(text))
  } catch {
    return null
  }
}

export function memberObject(value: unknown): Readonly<Record<string, unknown>> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : null
}

/** “Its own words”, as the end of a sentence; empty when there are none. */
export function quoted(text: unknown, mask: Mask): string {
  const plain = quotable(text, mask)
  if (plain === '') return ''
  return /[.!?…]$/.test(plain) ? `“${plain}”` : `“${plain}”.`
}

/** The same without the marks around it, as names of errors are shown. */
export function quotable(text: unknown, mask: Mask): string {
  if (typeof text !== 'string') return ''
  const line = mask(text.slice(0, READ_CHARACTERS)).replace(UNQUOTABLE, ' ').trim()
  const characters = [...line]
  return characters.length > MAX_QUOTED_CHARACTERS
    ? `${characters.slice(0, MAX_QUOTED_CHARACTERS).join('')}…`
    : line
}

/** White space, control characters, and what changes the direction of a line or is not seen. */
const UNQUOTABLE = /[\s\p{Cc}\p{Cf}]+/gu

/** Sentences, with one space between those that are not empty. */
export function sentences(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(' ')
}

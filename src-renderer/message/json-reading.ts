/**
 * Reading JSON that anyone may have written: each question answers with a value of the kind asked
 * for or with none, and what is read is counted against a budget, so that drawing has an end.
 */
export type JsonObject = Readonly<Record<string, unknown>>

export function asObject(value: unknown): JsonObject | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as JsonObject)
    : null
}

export function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as readonly unknown[]) : []
}

/** Objects of a list; what is none is left out. */
export function asObjects(value: unknown): readonly JsonObject[] {
  return asList(value)
    .map(asObject)
    .filter((one) => one !== null)
}

export function asText(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}

/** Numbers where texts are asked for are shown as they are written. */
export function asShownText(value: unknown): string | null {
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : asText(value)
}

/** Characters of one message that are drawn; the longest that the chats take is 40,000 per text. */
const MOST_CHARACTERS = 160_000

/** Parts of one message that are drawn: blocks, fields, facts, cells, runs of text. */
const MOST_PARTS = 2_500

/** Collects what cannot be drawn, each kind once with its count, and how much was drawn. */
export interface Ledger {
  /** `blocks of the type “video”`: what is not drawn. */
  missing(what: string): void
  /** A sentence of its own. */
  say(sentence: string): void
  /** The text, or as much of it as is still drawn. */
  clip(text: string): string
  /** The first of a list, as many as are still drawn. */
  take<T>(list: readonly T[], most: number): readonly T[]
  notes(): string[]
}

export function createLedger(): Ledger {
  const missing = new Map<string, number>()
  const sentences = new Set<string>()
  let left = MOST_CHARACTERS
  let partsLeft = MOST_PARTS
  let isClipped = false
  return {
    missing: (what) => missing.set(what, (missing.get(what) ?? 0) + 1),
    say: (sentence) => sentences.add(sentence),
    clip(text) {
      const shown = text.length > left ? wholeCharacters(text, left) : text
      left -= shown.length
      if (shown.length < text.length) isClipped = true
      return shown
    },
    take(list, most) {
      const taken = list.slice(0, Math.min(most, partsLeft))
      partsLeft -= taken.length
      if (taken.length < list.length) {
        sentences.add('The message has more parts than this preview draws; some are left out here.')
      }
      return taken
    },
    notes() {
      const named = [...missing]
        .slice(0, 12)
        .map(([what, count]) => (count > 1 ? `${what} (${count} times)` : what))
      if (missing.size > 12) named.push(`${missing.size - 12} other kinds`)
      return [
        ...(named.length > 0 ? [`Not drawn here: ${named.join(', ')}.`] : []),
        ...sentences,
        ...(isClipped ? ['The text is longer than this preview; its end is left out here.'] : []),
      ]
    },
  }
}

function wholeCharacters(text: string, length: number): string {
  const last = text.charCodeAt(length - 1)
  return text.slice(0, last >= 0xd800 && last < 0xdc00 ? length - 1 : length)
}

/** A type as it is named in a note: short, and nothing that could pass for our own words. */
export function typeName(value: unknown): string {
  const name = typeof value === 'string' ? value : ''
  if (name === '') return 'without a type'
  return /^[\w.:-]{1,40}$/.test(name) ? `“${name}”` : 'of an unknown type'
}

/** Of buttons whose address nobody would open. */
export const NO_WEB_ADDRESS = 'A button has an address that is no web address, and leads nowhere.'

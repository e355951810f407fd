/**
 * Two bodies: JSON and forms by what they say, other text by lines, the rest by bytes. What would
 * take too long falls back to the next simpler way, and a sentence says so.
 */
import { decodeContent, headerValue, type ReadHead, tryParseJson } from '../encode/index.ts'
import { type ByteDifference, diffBytes } from './byte-diff.ts'
import { diffForms, pathLabel, readFields } from './form-diff.ts'
import { diffJson, isTooMuch, looksLikeJson } from './json-diff.ts'
import { createRowSink, mirrored, type Section, type Sliced } from './rows.ts'
import type { Rules } from './rules.ts'
import { diffLines } from './text-diff.ts'

export interface BodySide {
  readonly head: ReadHead
  readonly body: Uint8Array
  /** Part of the body as it may be shown, of the same length. */
  readonly shownBytes: (from: number, to: number) => Uint8Array
}

export type BodyKind = 'none' | 'same' | 'json' | 'form' | 'text' | 'bytes'

export interface BodyDifference extends Section {
  /** How it was compared. `same`: byte for byte; `none`: neither has one. */
  readonly kind: BodyKind
  /** Of bytes. */
  readonly run: ByteDifference | null
  /** Why it was not compared by what it says, or what else is to know. */
  readonly note: string | null
}

/** Each side; JSON is read at once, so that this bounds how long nothing else runs. */
const MAX_STRUCTURED_BYTES = 256 * 1024
const MAX_TEXT_BYTES = 2 * 1024 * 1024
const MAX_LINES = 30_000
const MAX_CODED_BYTES = 1024 * 1024

export function* diffBodies(
  left: BodySide,
  right: BodySide,
  rules: Rules,
  wantsEqual: boolean,
): Sliced<BodyDifference> {
  if (left.body.length === 0 && right.body.length === 0) return nothing('none')
  const order = Buffer.compare(left.body, right.body)
  if (order === 0 && !wantsEqual) return nothing('same')
  yield
  const how = { rules, wantsEqual, isSame: order === 0 }
  // So that changing the sides changes nothing but the sides.
  if (order <= 0) return yield* diffOrdered(left, right, how)
  const difference = yield* diffOrdered(right, left, how)
  return { ...difference, ...mirrored(difference) }
}

function* diffOrdered(
  left: BodySide,
  right: BodySide,
  { rules, wantsEqual, isSame }: { rules: Rules; wantsEqual: boolean; isSame: boolean },
): Sliced<BodyDifference> {
  const sink = createRowSink(wantsEqual)
  const done = (kind: BodyKind, note: string | null = null): BodyDifference => ({
    ...sink.section(),
    kind: isSame ? 'same' : kind,
    run: null,
    note,
  })
  function* byBytes(note: string | null, isHidden = false): Sliced<BodyDifference> {
    const shown = isHidden ? null : { left: left.shownBytes, right: right.shownBytes }
    const run = yield* diffBytes(left.body, right.body, shown, sink)
    const section = sink.section()
    const differences = isSame ? 0 : Math.max(section.differences, 1)
    return { ...section, differences, kind: isSame ? 'same' : 'bytes', run, note }
  }

  const decoded = [decodedOf(left), decodedOf(right)] as const
  const [ones, others] = decoded
  if (ones === 'coded' || others === 'coded') return yield* byBytes(NOT_DECODED, true)
  const longest = Math.max(ones.length, others.length)
  if (longest > MAX_TEXT_BYTES) return yield* byBytes(TOO_LONG_FOR_TEXT)
  yield
  const [text, other] = [textOf(ones), textOf(others)]
  if (text === null || other === null) return yield* byBytes(null, isCoded(left) || isCoded(right))
  if (longest <= MAX_STRUCTURED_BYTES) {
    if (looksLikeJson(text) && looksLikeJson(other) && (isTooMuch(text) || isTooMuch(other)))
      return yield* byLines(text, other, TOO_MANY_VALUES)
    const [json, otherJson] = [yield* jsonOf(text), yield* jsonOf(other)]
    if (json && otherJson) {
      yield* diffJson(json, otherJson, { labelOf: pathLabel, ruleOf: rules.path, sink })
      return done('json', sink.section().differences === 0 ? differentlyWritten(isSame) : null)
    }
    const [form, otherForm] = [formOf(left, text), formOf(right, other)]
    if (form && otherForm) {
      const areAllRead = yield* diffForms(form, otherForm, rules, sink)
      if (!areAllRead) return done('form', TOO_MANY_IN_FIELD)
      return done('form', sink.section().differences === 0 ? differentlyWritten(isSame) : null)
    }
  }
  return yield* byLines(text, other, longest > MAX_STRUCTURED_BYTES ? TOO_LONG_FOR_STRUCTURE : null)

  function* byLines(ones: string, others: string, why: string | null): Sliced<BodyDifference> {
    yield
    const [lines, otherLines] = [linesOf(ones), linesOf(others)]
    if (Math.max(lines.length, otherLines.length) > MAX_LINES) return yield* byBytes(TOO_MANY_LINES)
    yield* diffLines(lines, otherLines, sink)
    const isSameText = !isSame && sink.section().differences === 0
    return done('text', why ?? (isSameText ? SAME_ONCE_DECODED : null))
  }
}

const NOT_DECODED =
  'At least one side is compressed and too large to be compared by what it says, so only the bytes are compared.'
const TOO_LONG_FOR_TEXT = 'At least one side is larger than 2 MB, so the bytes are compared.'
const TOO_MANY_LINES = 'At least one side has more than 30,000 lines, so the bytes are compared.'
const TOO_LONG_FOR_STRUCTURE =
  'At least one side is larger than 256 KB, so the lines are compared, not the values.'
const TOO_MANY_VALUES =
  'At least one side has more than 10,000 values, so the lines are compared, not the values.'
const TOO_MANY_IN_FIELD =
  'At least one field holds more than 10,000 values, so its text is compared, not its values.'
const SAME_ONCE_DECODED = 'Decompressed, the texts are the same; the compressed bytes differ.'
const WRITTEN_DIFFERENTLY =
  'What does not count aside, the values are the same. The bytes differ, be it in white space, in the order of keys or fields, or in how characters are escaped.'

function differentlyWritten(isSame: boolean): string | null {
  return isSame ? null : WRITTEN_DIFFERENTLY
}

function nothing(kind: 'none' | 'same'): BodyDifference {
  return { rows: [], differences: 0, ignored: 0, leftOut: 0, kind, run: null, note: null }
}

function isCoded({ head }: BodySide): boolean {
  const coding = headerValue(head, 'content-encoding')?.trim().toLowerCase()
  return coding !== undefined && coding !== '' && coding !== 'identity'
}

/** `coded`: it cannot be undone, or would be too long. */
function decodedOf(side: BodySide): Uint8Array | 'coded' {
  const { head, body } = side
  if (!isCoded(side)) return body
  if (body.length > MAX_CODED_BYTES) return 'coded'
  return decodeContent(body, head.headers, MAX_TEXT_BYTES).bytes ?? 'coded'
}

function textOf(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return null
  }
}

function* jsonOf(text: string) {
  yield
  const json = text.replace(/^\ufeff/, '')
  const root = looksLikeJson(json) ? tryParseJson(json) : null
  return root && { text: json, root }
}

/** Of a text with too many of them, so many that it shows. */
function linesOf(text: string): string[] {
  return text.split('\n', MAX_LINES + 1)
}

const FORM_TYPE = /^application\/x-www-form-urlencoded\s*(;|$)/i

function formOf({ head }: BodySide, text: string) {
  return FORM_TYPE.test(headerValue(head, 'content-type') ?? '') ? readFields(text) : null
}

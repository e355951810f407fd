/**
 * Rows made fit to leave the core: secrets masked, long texts cut to what is around the first
 * difference. Whether the sides differ was decided before, on what they really are.
 */
import type { CompareRow } from '#contract'
import { isSensitiveHeader, maskInText, maskSecrets, maskText } from '../encode/index.ts'
import type { Row, Side, Sliced } from './rows.ts'

const MAX_LABEL = 300
const MAX_TEXT = 2_000
const BEFORE_DIFFERENCE = 200
/** Longer than any secret: masked as well, then cut off, so that no part of a secret is left at an end. */
const MARGIN = 8 * 1024
const ROWS_PER_SLICE = 20
const BLOCK = 4 * 1024

/** @param isHeader values of sensitive headers are masked whatever they hold */
export function* shownRows(
  rows: readonly Row[],
  secrets: readonly string[],
  isHeader: boolean,
): Sliced<CompareRow[]> {
  const shown: CompareRow[] = []
  for (const row of rows) {
    if (shown.length % ROWS_PER_SLICE === 0) yield
    shown.push(shownRow(row, secrets, isHeader))
  }
  return shown
}

function shownRow(row: Row, secrets: readonly string[], isHeader: boolean): CompareRow {
  const at = firstDifference(row.left?.text ?? '', row.right?.text ?? '')
  const side = (of: Side | null) => {
    if (!of) return null
    const isSensitive = isHeader && isSensitiveHeader(of.label)
    const text = isSensitive ? maskText(of.text) : excerpt(of.text, at, secrets)
    return { label: shownLabel(of.label, secrets), text }
  }
  const [left, right] = [side(row.left), side(row.right)]
  const looksEqual = left?.text === right?.text && left?.label === right?.label
  const { isEqual, ruleId } = row
  return { left, right, isEqual, ruleId, isHidden: !isEqual && looksEqual }
}

function firstDifference(left: string, right: string): number {
  const shorter = Math.min(left.length, right.length)
  let at = 0
  while (at < shorter && left.startsWith(right.slice(at, at + BLOCK), at)) at += BLOCK
  at = Math.min(at, shorter)
  while (at < shorter && left.charCodeAt(at) === right.charCodeAt(at)) at += 1
  return at
}

function shownLabel(label: string, secrets: readonly string[]): string {
  const masked = maskInText(label.slice(0, MARGIN), secrets)
  return masked.length > MAX_LABEL ? `${masked.slice(0, MAX_LABEL)}…` : masked
}

function excerpt(text: string, difference: number, secrets: readonly string[]): string {
  if (text.length <= MAX_TEXT) return maskInText(text, secrets)
  const from = startOfCharacter(
    text,
    Math.max(Math.min(difference, text.length) - BEFORE_DIFFERENCE, 0),
  )
  const to = startOfCharacter(text, Math.min(from + MAX_TEXT, text.length))
  const start = startOfCharacter(text, Math.max(from - MARGIN, 0))
  const end = startOfCharacter(text, Math.min(to + MARGIN, text.length))
  const before = Buffer.byteLength(text.slice(start, from))
  const length = Buffer.byteLength(text.slice(from, to))
  const masked = Buffer.from(maskSecrets(Buffer.from(text.slice(start, end)), secrets))
  const piece = masked.subarray(before, before + length).toString()
  return `${from > 0 ? '…' : ''}${piece}${to < text.length ? '…' : ''}`
}

/** Not between the halves of a surrogate pair. */
function startOfCharacter(text: string, at: number): number {
  const code = text.charCodeAt(at)
  return code >= 0xdc00 && code <= 0xdfff ? at - 1 : at
}

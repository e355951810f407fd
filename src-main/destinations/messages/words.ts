/**
 * How each kind of value of a payload is put into words. These are the filters of templates too.
 * Payloads are edited by hand: whatever is not what it should be becomes an empty text, never an
 * error. Each text is clean and of a bounded length.
 */

import { cleanBlock, cleanLine } from './clean-text.ts'
import { movedInZone, spanInZone, timeInZone } from './zone-time.ts'

/** @param args what a template writes after the filter's colon */
export type Word = (value: unknown, ...args: readonly unknown[]) => string

const LINE = 200
const BLOCK = 1_500
const NAME = 80
const MOST_NAMES = 5
const MOST_URL = 2_000

/** A text or number in one line. */
const line: Word = (value) => cleanLine(asText(value), LINE)

/** A text of several lines. */
const block: Word = (value) => cleanBlock(asText(value), BLOCK)

/** `Maya Lindqvist (Fjord & Field)`, of an attendee, a participant or a speaker. */
const person: Word = (value) => leftToRight(personIn(value))

const personIn: Word = (value) => {
  const who = recordOf(recordOf(value).attendee ?? value)
  const name = nameOf(who)
  const company = cleanLine(asText(who.company), NAME)
  return name === '' || company === '' ? name : `${name} (${company})`
}

/** `Maya Lindqvist (Fjord & Field), Amara Okafor (Harbour Health) and 3 more` */
const people: Word = (value) => {
  const all = listOf(value).flatMap((one) => personIn(one) || [])
  return leftToRight(joined(all, MOST_NAMES))
}

/** What the place is called. */
const place: Word = (value, before) => {
  const [is, was] = [placeName(value), placeName(before)]
  return was !== '' && is !== '' && was !== is ? `${was} → ${is}` : is
}

/** `no_show` as `no show`. */
const word: Word = (value) => cleanLine(asText(value).replaceAll('_', ' '), LINE)

/** `jobTitle` as `Job title`. */
const field: Word = (value) => {
  const words = cleanLine(asText(value), NAME)
    .replace(/(?<=[a-z\d])(?=[A-Z])/g, ' ')
    .replace(/[_.]+/g, ' ')
    .toLowerCase()
    .trim()
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** Fields whose values a channel does not need to read. */
const PRIVATE = /e-?mail|phone|token|secret|passw/i
const IDENTIFIER = /(^|_)id$|[a-z]Id$/

/** `General Admission → VIP`, of a change; only that it changed where the values are private. */
const change: Word = (value) => {
  const { field: name, from, to } = recordOf(value)
  const called = asText(name)
  if (PRIVATE.test(called) || IDENTIFIER.test(called)) return 'changed'
  const [was, is] = [shown(from), shown(to)]
  return was === '' && is === '' ? '' : `${was || 'nothing'} → ${is || 'nothing'}`
}

/** `1,200 EUR` */
const money: Word = (value) => {
  const { amount, currency } = recordOf(value)
  if (typeof amount !== 'number' || !Number.isFinite(amount)) return ''
  const number = amount.toLocaleString('en', { maximumFractionDigits: 2 })
  return `${number} ${cleanLine(asText(currency), 10)}`.trim()
}

/** `180 KB` */
const filesize: Word = (value) => {
  if (typeof value !== 'number' || !(value >= 0) || !Number.isFinite(value)) return ''
  const units = ['bytes', 'KB', 'MB', 'GB']
  const power = Math.min(Math.floor(Math.log2(Math.max(value, 1)) / 10), units.length - 1)
  const digits = power > 1 ? 1 : 0
  const number = (value / 1024 ** power).toLocaleString('en', { maximumFractionDigits: digits })
  return `${number} ${units[power]}`
}

/** `1 h 5 min`, of seconds. */
const duration: Word = (value) => {
  if (typeof value !== 'number' || !(value >= 0) || value > 1e9) return ''
  if (value < 60) return `${Math.round(value)} s`
  const minutes = Math.round(value / 60)
  const hours = Math.floor(minutes / 60)
  if (hours === 0) return `${minutes} min`
  return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`
}

/** `4 of 5` */
const rating: Word = (value) => (typeof value === 'number' ? `${line(value)} of 5` : '')

/** `Brightwater Labs (Gold, booth B12)` */
const sponsor: Word = (value) => {
  const { name, tier, booth } = recordOf(value)
  const called = cleanLine(asText(name), NAME)
  const stand = cleanLine(asText(booth), NAME)
  const rest = [cleanLine(asText(tier), NAME), stand && `booth ${stand}`].filter(Boolean)
  return called === '' || rest.length === 0 ? called : `${called} (${rest.join(', ')})`
}

const POLL_KINDS = new Map([
  ['single', 'one choice'],
  ['multiple', 'several choices'],
  ['open', 'open question'],
  ['rating', 'rating from 1 to 5'],
])

/** How a poll is answered. */
const poll_kind: Word = (value) => POLL_KINDS.get(asText(value)) ?? word(value)

/** `live`, or `as a recording` */
const live: Word = (value) =>
  typeof value === 'boolean' ? (value ? 'live' : 'as a recording') : ''

/** The labels of a poll's options. */
const options: Word = (value) =>
  joined(
    listOf(value).flatMap((option) => cleanLine(asText(recordOf(option).label), NAME) || []),
    8,
    ' / ',
  )

/** What was chosen of a poll's options, by their labels. */
const chosen: Word = (value, all) => {
  const ids = new Set(listOf(value))
  return options(listOf(all).filter((option) => ids.has(recordOf(option).id)))
}

const language: Word = (value) => named(value, LANGUAGE_NAMES)
const country: Word = (value) => named(value, COUNTRY_NAMES)

/** A web address as it can stand in any link; empty for anything else. */
const link: Word = (value) => {
  const typed = asText(value).trim()
  if (!/^https?:\/\//i.test(typed) || typed.length > MOST_URL || !URL.canParse(typed)) return ''
  const url = new URL(typed)
  if (url.username !== '' || url.password !== '') return ''
  const href = url.href.replace(/[()|<>"'`\\*_~[\]{}]/g, percent)
  return href.replaceAll('&', '&amp;').length > MOST_URL ? '' : href
}

export const WORDS = {
  line,
  block,
  person,
  people,
  place,
  word,
  field,
  change,
  money,
  filesize,
  duration,
  rating,
  sponsor,
  options,
  chosen,
  poll_kind,
  live,
  language,
  country,
  link,
  time: (value, zone) => timeInZone(value, zone),
  span: (start, end, zone) => spanInZone(start, end, zone),
  moved: (start, end, zone, startBefore, endBefore) =>
    movedInZone([start, end], [startBefore, endBefore], zone),
} as const satisfies Record<string, Word>
export type WordName = keyof typeof WORDS

const LANGUAGE_NAMES = new Intl.DisplayNames('en', { type: 'language' })
const COUNTRY_NAMES = new Intl.DisplayNames('en', { type: 'region' })

function named(value: unknown, names: Intl.DisplayNames): string {
  const code = cleanLine(asText(value), NAME)
  try {
    return names.of(code) ?? code
  } catch {
    return code
  }
}

/** Letters of the scripts that are written from right to left. */
const FROM_RIGHT = /^[^\p{L}]*[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/u
const LEFT_TO_RIGHT_MARK = '\u200e'

/** A sentence of ours that begins with a name keeps its own direction, whatever script the name is in. */
function leftToRight(text: string): string {
  return FROM_RIGHT.test(text) ? LEFT_TO_RIGHT_MARK + text : text
}

/** The family name comes first in Japanese and Chinese, as in the programme. */
function nameOf(who: Readonly<Record<string, unknown>>): string {
  const [first, last] = [asText(who.firstName), asText(who.lastName)]
  const isFamilyFirst = /^(ja|zh)\b/.test(asText(who.language))
  const both = isFamilyFirst ? `${last} ${first}` : `${first} ${last}`
  return cleanLine(both, NAME) || cleanLine(asText(who.name), NAME)
}

function placeName(value: unknown): string {
  const { name, kind } = recordOf(value)
  return cleanLine(asText(name), NAME) || cleanLine(asText(kind), NAME)
}

function joined(all: readonly string[], most: number, comma = ', '): string {
  const names = all.slice(0, most)
  const rest = all.length - names.length
  if (rest > 0) return `${names.join(comma)} and ${rest} more`
  if (comma !== ', ' || names.length < 2) return names.join(comma)
  return `${names.slice(0, -1).join(comma)} and ${names.at(-1)}`
}

/** Any value of a changed field. */
function shown(value: unknown): string {
  if (Array.isArray(value)) return joined(value.map(shown), MOST_NAMES)
  if (typeof value !== 'object' || value === null) return cleanLine(asText(value), NAME)
  return money(value) || personIn(value) || placeName(value)
}

function asText(value: unknown): string {
  if (typeof value === 'string') return value
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  return ''
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

/** Own members only; nothing for what is no object. */
export function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? { __proto__: null, ...value }
    : {}
}

function percent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`
}

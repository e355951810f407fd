/**
 * Markdown as the chats take it, read into a tree: a subset of CommonMark, never HTML, which stays as
 * it is typed. Each chat takes another part of it, and what it does not take stays as it is typed.
 */

import { parseInline } from './markdown-inline.ts'
import { type Block, type Inline, type ListBlock, MOST_NESTED } from './marked-text.ts'

/** What a chat takes beside paragraphs, emphasis, lists and links. */
export interface MarkdownFlavour {
  readonly code: boolean
  readonly headings: boolean
  readonly quotes: boolean
  readonly strike: boolean
  /** `<@personEmail:…|name>` */
  readonly mentions: boolean
  /** `<at>name</at>` */
  readonly cardMentions: boolean
  /** A web address is a link without any mark. */
  readonly bareLinks: boolean
  /** `:tada:` is an emoji. */
  readonly shortCodes: boolean
  /** A single line break is one; else it takes two spaces before it, and without them is a space. */
  readonly breaks: boolean
  /** Told of line breaks that were typed and are spaces. */
  readonly onSoftBreak?: () => void
}

const FULL = { code: true, headings: true, quotes: true, strike: true }

const PLAIN = {
  bareLinks: false,
  mentions: false,
  cardMentions: false,
  shortCodes: false,
  breaks: false,
}

/** developer.webex.com, "Formatting messages"; what it says nothing of is as in CommonMark. */
export const WEBEX: MarkdownFlavour = { ...FULL, ...PLAIN, mentions: true, bareLinks: true }
export const SLACK_MARKDOWN: MarkdownFlavour = {
  ...FULL,
  ...PLAIN,
  bareLinks: true,
  shortCodes: true,
  breaks: true,
}
/** learn.microsoft.com/adaptive-cards/authoring-cards/text-features: what is not there is not taken. */
export const ADAPTIVE_CARD: MarkdownFlavour = {
  code: false,
  headings: false,
  quotes: false,
  strike: false,
  ...PLAIN,
  cardMentions: true,
}
/** learn.microsoft.com, "Format cards": line breaks are taken for `\n\n`, not for `\n`. */
export const MESSAGE_CARD: MarkdownFlavour = { ...FULL, ...PLAIN }

const ITEM = /^( {0,15})([-*+•]|\d{1,9}[.)])[ \t]+(?=\S)/
const FENCE = /^ {0,3}(`{3,}|~{3,})/
const HEADING = /^ {0,3}(#{1,6})[ \t]+(.*)$/
const RULE = /^ {0,3}([-*_])(?:[ \t]*\1){2,}[ \t]*$/
const QUOTE = /^ {0,3}> ?/

export function parseMarkdown(source: string, flavour: MarkdownFlavour): Block[] {
  return parseLines(source.replace(/\r\n?/g, '\n').split('\n'), flavour, 0)
}

interface Reading {
  readonly lines: readonly string[]
  readonly flavour: MarkdownFlavour
  readonly depth: number
  at: number
}

function parseLines(lines: readonly string[], flavour: MarkdownFlavour, depth: number): Block[] {
  const reading: Reading = { lines, flavour, depth, at: 0 }
  const blocks: Block[] = []
  while (reading.at < lines.length) {
    const block = nextBlock(reading)
    if (block) blocks.push(block)
  }
  return blocks
}

function nextBlock(reading: Reading): Block | null {
  const { lines, flavour, depth } = reading
  const line = lines[reading.at] ?? ''
  if (line.trim() === '') {
    reading.at += 1
    return null
  }
  if (flavour.code && FENCE.test(line)) return fence(reading)
  const heading = flavour.headings ? HEADING.exec(line) : null
  if (heading) {
    reading.at += 1
    const children = parseInline(withoutClosing(heading[2] ?? ''), flavour)
    return { kind: 'heading', level: heading[1]?.length ?? 1, children }
  }
  if (flavour.headings && RULE.test(line)) {
    reading.at += 1
    return { kind: 'rule' }
  }
  if (depth < MOST_NESTED) {
    if (flavour.quotes && QUOTE.test(line)) return quote(reading)
    if (ITEM.test(line)) return list(reading)
  }
  return paragraph(reading)
}

/** Marks at the end of a heading, set apart from its words, are not shown. */
function withoutClosing(heading: string): string {
  const text = heading.trimEnd()
  const end = lengthWithout(text, '#')
  return /[ \t]/.test(text.charAt(end - 1)) ? text.slice(0, end).trimEnd() : text
}

/** A pattern that ends in `+$` would take quadratic time. */
function lengthWithout(text: string, last: string): number {
  let end = text.length
  while (text[end - 1] === last) end -= 1
  return end
}

function fence(reading: Reading): Block {
  const { lines } = reading
  const mark = FENCE.exec(lines[reading.at] ?? '')?.[1] ?? '```'
  const ends = (line: string) => line.trim().startsWith(mark) && /^ {0,3}[`~]+\s*$/.test(line)
  let until = reading.at + 1
  while (until < lines.length && !ends(lines[until] ?? '')) until += 1
  const text = lines.slice(reading.at + 1, until).join('\n')
  reading.at = until + 1
  return { kind: 'fence', text }
}

function quote(reading: Reading): Block {
  const { lines, flavour, depth } = reading
  const inner: string[] = []
  while (reading.at < lines.length) {
    const line = lines[reading.at] ?? ''
    if (!QUOTE.test(line)) break
    inner.push(line.replace(QUOTE, ''))
    reading.at += 1
  }
  return { kind: 'quote', children: parseLines(inner, flavour, depth + 1) }
}

function list(reading: Reading): ListBlock {
  const { lines, flavour, depth } = reading
  const first = ITEM.exec(lines[reading.at] ?? '')
  const indent = first?.[1]?.length ?? 0
  const number = Number.parseInt(first?.[2] ?? '', 10)
  const isNumbered = !Number.isNaN(number)
  const items: string[][] = []
  while (reading.at < lines.length) {
    const line = lines[reading.at] ?? ''
    const found = ITEM.exec(line)
    const isItem = found !== null && (found[1]?.length ?? 0) <= indent + 1
    if (isItem && /\d/.test(found[2] ?? '') !== isNumbered) break
    if (isItem) items.push([line.slice(found[0].length)])
    else if (line.trim() === '' ? !goesOn(lines[reading.at + 1], indent) : endsItem(line, reading))
      break
    else items.at(-1)?.push(line.slice(Math.min(indent + 2, leadingSpaces(line))))
    reading.at += 1
  }
  return {
    kind: 'list',
    start: isNumbered ? number : null,
    items: items.map((item) => parseLines(item, flavour, depth + 1)),
  }
}

/** After a blank line only an item or what is indented belongs to the list. */
function goesOn(next: string | undefined, indent: number): boolean {
  return next !== undefined && (ITEM.test(next) || leadingSpaces(next) >= indent + 2)
}

function endsItem(line: string, { flavour }: Reading): boolean {
  if (leadingSpaces(line) >= 2) return false
  const { code, headings, quotes } = flavour
  return (
    (code && FENCE.test(line)) ||
    (headings && (HEADING.test(line) || RULE.test(line))) ||
    (quotes && QUOTE.test(line))
  )
}

function paragraph(reading: Reading): Block {
  const { lines, flavour, depth } = reading
  const text: string[] = []
  while (reading.at < lines.length) {
    const line = lines[reading.at] ?? ''
    const startsOther =
      line.trim() === '' || endsItem(line, reading) || (depth < MOST_NESTED && ITEM.test(line))
    if (text.length > 0 && startsOther) break
    text.push(line)
    reading.at += 1
  }
  return { kind: 'paragraph', children: joinedLines(text, flavour) }
}

function joinedLines(lines: readonly string[], flavour: MarkdownFlavour): Inline[] {
  const text = lines.map((line, index) => {
    const isBroken = flavour.breaks || line.endsWith('  ') || line.endsWith('\\')
    const isLast = index === lines.length - 1
    if (!isLast && !isBroken) flavour.onSoftBreak?.()
    const end = isLast ? '' : isBroken ? '\n' : ' '
    return withoutBreak(line).trimStart() + end
  })
  return parseInline(text.join(''), flavour)
}

/** Without what breaks a line at its end: a backslash, or two spaces and more. */
function withoutBreak(line: string): string {
  if (line.endsWith('\\')) return line.slice(0, -1)
  return line.endsWith('  ') ? line.slice(0, lengthWithout(line, ' ')) : line
}

function leadingSpaces(line: string): number {
  return /^ */.exec(line)?.[0].length ?? 0
}

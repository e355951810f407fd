/**
 * The markdown within a paragraph: emphasis, strikes, code, links, mentions, escapes. Each search
 * ends at a near border, so that a text of brackets or backticks alone costs no more than another.
 */
import { emojiOf } from './emoji.ts'
import type { MarkdownFlavour } from './markdown.ts'
import { createInlineBuilder, type Inline, linkUrl, textNode } from './marked-text.ts'

const SPECIAL = /[\\`*_~[<&\nh:]/g
/** Named ones that people use; the rest stay as they are typed. */
const ENTITY = /&(?:(amp|lt|gt|quot|apos|nbsp)|#(\d{1,7})|#x([0-9a-f]{1,6}));/iy
const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
}
const WORD = /[\p{L}\p{N}]/u
const PUNCTUATION = /[!-/:-@[-`{-~]/
const LINK =
  /\[([^[\]\n]{0,2000})\]\(\s{0,4}<?([^\s<>()]{0,2000}(?:\([^\s<>()]{0,200}\)[^\s<>()]{0,500})?)>?(?:\s+"[^"\n]{0,300}")?\s{0,4}\)/y
const ANGLED_URL = /<((?:https?:\/\/|mailto:)[^\s<>]{1,2000})>/iy
const MENTION = /<@(personEmail|personId|all|roleId):?([^<>|\n]{0,300})(?:\|([^<>|\n]{0,300}))?>/iy
/** A name that a Teams card mentions; the card lists whom it means beside its text. */
const CARD_MENTION = /<at>([^<>\n]{1,200})<\/at>/iy
const BARE_URL =
  /https?:\/\/(?:[^\s<>*`[\]()\\]|\\[!-/:-@[-`{-~]|\([^\s<>*`[\]()\\]{0,200}\)){1,2000}/y
const SHORT_CODE = /:([a-z0-9_+'-]{1,50}):/y
const TICKS = /`+/y
const STARS = /\*+/y
const UNDERLINES = /_+/y

interface Leaf {
  readonly length: number
  readonly nodes: readonly Inline[]
}

export function parseInline(text: string, flavour: MarkdownFlavour): Inline[] {
  return parse(text, flavour, true)
}

function parse(text: string, flavour: MarkdownFlavour, withLinks: boolean): Inline[] {
  const builder = createInlineBuilder()
  const missingTicks = new Set<number>()
  let at = 0
  let textFrom = 0
  const flush = (to: number) => {
    builder.text(text.slice(textFrom, at))
    at = to
    textFrom = to
  }
  while (at < text.length) {
    SPECIAL.lastIndex = at
    const next = SPECIAL.exec(text)
    if (!next) break
    at = next.index
    const leaf = leafAt(text, at, flavour, withLinks, missingTicks)
    if (leaf) {
      flush(at + leaf.length)
      for (const node of leaf.nodes) {
        if (node.kind === 'text') builder.text(node.text)
        else builder.node(node)
      }
      continue
    }
    const run = runAt(text, at, flavour)
    if (run) {
      const start = at
      flush(at + run.length)
      putMarks(builder, run, text, start)
    } else at += 1
  }
  at = text.length
  flush(at)
  return builder.end()
}

function leafAt(
  text: string,
  at: number,
  flavour: MarkdownFlavour,
  withLinks: boolean,
  missingTicks: Set<number>,
): Leaf | null {
  switch (text.charAt(at)) {
    case '\n':
      return { length: 1, nodes: [{ kind: 'break' }] }
    case '\\': {
      const next = text[at + 1] ?? ''
      return PUNCTUATION.test(next) ? { length: 2, nodes: [textNode(next)] } : null
    }
    case '`':
      return flavour.code ? codeAt(text, at, missingTicks) : null
    case '&': {
      const entity = matchAt(ENTITY, text, at)
      return entity ? { length: entity[0].length, nodes: [textNode(entityText(entity))] } : null
    }
    case '[':
      return withLinks ? linkAt(text, at, flavour) : null
    case '<':
      return angledAt(text, at, flavour)
    case ':': {
      const code = flavour.shortCodes ? matchAt(SHORT_CODE, text, at) : null
      const emoji = code ? emojiOf(code[1] ?? '') : null
      return code && emoji ? { length: code[0].length, nodes: [textNode(emoji)] } : null
    }
    case 'h':
      return withLinks && flavour.bareLinks ? bareUrlAt(text, at) : null
    default:
      return null
  }
}

function entityText([whole, name, decimal, hex]: RegExpExecArray): string {
  if (name) return ENTITIES[name.toLowerCase()] ?? whole
  const code = decimal ? Number.parseInt(decimal, 10) : Number.parseInt(hex ?? '', 16)
  const isText = code > 0 && code < 0x110000 && (code < 0xd800 || code > 0xdfff)
  return isText ? String.fromCodePoint(code) : '\ufffd'
}

function codeAt(text: string, at: number, missing: Set<number>): Leaf | null {
  const ticks = matchAt(TICKS, text, at)?.[0] ?? '`'
  const literal: Leaf = { length: ticks.length, nodes: [textNode(ticks)] }
  if (missing.has(ticks.length)) return literal
  let end = text.indexOf(ticks, at + ticks.length)
  while (end >= 0) {
    const run = matchAt(TICKS, text, end)?.[0].length ?? ticks.length
    if (run === ticks.length) {
      const code = text.slice(at + ticks.length, end).replaceAll('\n', ' ')
      const isPadded = code.startsWith(' ') && code.endsWith(' ') && code.trim() !== ''
      return {
        length: end + run - at,
        nodes: [{ kind: 'code', text: isPadded ? code.slice(1, -1) : code }],
      }
    }
    end = text.indexOf(ticks, end + run)
  }
  missing.add(ticks.length)
  return literal
}

function linkAt(text: string, at: number, flavour: MarkdownFlavour): Leaf | null {
  const found = matchAt(LINK, text, at)
  if (!found) return null
  const label = parse(found[1] || (found[2] ?? ''), flavour, false)
  const url = linkUrl(found[2] ?? '')
  // An address that no chat makes a link of: its words are left.
  return { length: found[0].length, nodes: url ? [{ kind: 'link', url, children: label }] : label }
}

function angledAt(text: string, at: number, flavour: MarkdownFlavour): Leaf | null {
  const mention = flavour.mentions ? matchAt(MENTION, text, at) : null
  if (mention) {
    const name = mention[3] || mention[2] || 'all'
    return { length: mention[0].length, nodes: [{ kind: 'mention', text: name }] }
  }
  const named = flavour.cardMentions ? matchAt(CARD_MENTION, text, at) : null
  if (named) return { length: named[0].length, nodes: [{ kind: 'mention', text: named[1] ?? '' }] }
  const url = matchAt(ANGLED_URL, text, at)
  return url ? { length: url[0].length, nodes: [link(url[1] ?? '')] } : null
}

function bareUrlAt(text: string, at: number): Leaf | null {
  if (at > 0 && WORD.test(text[at - 1] ?? '')) return null
  const typed = matchAt(BARE_URL, text, at)?.[0].replace(/(?:\\?[.,;:!?'"_~*\]])+$/, '')
  if (!typed || typed.length < 10) return null
  return { length: typed.length, nodes: [link(typed.replace(/\\(?=[!-/:-@[-`{-~])/g, ''))] }
}

function link(url: string): Inline {
  return { kind: 'link', url, children: [textNode(url.replace(/^mailto:/i, ''))] }
}

/** A run of marks: `**`, `_`, `~~`. */
function runAt(text: string, at: number, flavour: MarkdownFlavour): string | null {
  switch (text.charAt(at)) {
    case '*':
      return matchAt(STARS, text, at)?.[0] ?? null
    case '_':
      return matchAt(UNDERLINES, text, at)?.[0] ?? null
    case '~':
      return flavour.strike && text.startsWith('~~', at) ? '~~' : null
    default:
      return null
  }
}

function putMarks(
  builder: ReturnType<typeof createInlineBuilder>,
  run: string,
  text: string,
  at: number,
): void {
  const before = text[at - 1] ?? ' '
  const after = text[at + run.length] ?? ' '
  const isWithin = run.startsWith('_') && WORD.test(before) && WORD.test(after)
  const canOpen = !/\s/.test(after) && !isWithin
  const canClose = !/\s/.test(before) && !isWithin
  const one = run.charAt(0)
  const closesFirst = canClose && !canOpen
  if (run === '~~') {
    builder.mark(run, 'strike', canOpen, canClose)
    return
  }
  if (run.length > 3) {
    builder.text(run)
    return
  }
  // `***both***` opens strong within emphasis, and closes them the other way round.
  if (run.length === 3 && closesFirst) {
    builder.mark(one + one, 'strong', canOpen, canClose)
    builder.mark(one, 'emphasis', canOpen, canClose)
    return
  }
  if (run.length % 2 === 1) builder.mark(one, 'emphasis', canOpen, canClose)
  if (run.length > 1) builder.mark(one + one, 'strong', canOpen, canClose)
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at
  return pattern.exec(text)
}

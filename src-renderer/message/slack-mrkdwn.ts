/**
 * Slack's mrkdwn, read into a tree: `*bold*`, `_italic_`, `~strike~`, code, fences, quotes, links,
 * mentions, dates and emoji. `&amp;`, `&lt;` and `&gt;` are the only escapes there are; lists stay
 * as they are typed.
 * Source: docs.slack.dev, "Formatting message text".
 */
import { emojiOf } from './emoji.ts'
import {
  type Block,
  createInlineBuilder,
  type Emphasis,
  type Inline,
  linkUrl,
  textNode,
} from './marked-text.ts'
import { slackDate } from './slack-date.ts'

const MARKS: Readonly<Record<string, Emphasis>> = { '*': 'strong', _: 'emphasis', '~': 'strike' }
const WORD = /[\p{L}\p{N}]/u
/** Anything in angle brackets, on one line; a bracket within ends the search, so all is linear. */
const ANGLED = /<([^<>\n]+)>/y
const SHORT_CODE = /:([a-z0-9_+'-]{1,50}):/y
const BARE_URL = /https?:\/\/[^\s<>|*`]{1,2000}/y
const RUN = /\*+|_+|~+/y
const SPECIAL = /[*_~`<:h]/g

export function parseMrkdwn(source: string): Block[] {
  const parts = source.replace(/\r\n?/g, '\n').split('```')
  // A fence that is never closed is text.
  if (parts.length % 2 === 0) {
    const rest = parts.pop() ?? ''
    parts.push(`${parts.pop() ?? ''}\`\`\`${rest}`)
  }
  return parts.flatMap((part, index) => {
    if (index % 2 === 0) return parseLines(trimmedAround(part, index, parts.length))
    const text = unescaped(part.replace(/^\n/, '').replace(/\n$/, ''))
    return text === '' ? [] : [{ kind: 'fence' as const, text }]
  })
}

/** The line breaks beside a fence are the fence's own. */
function trimmedAround(part: string, index: number, count: number): string {
  const start = index > 0 ? part.replace(/^\n/, '') : part
  return index < count - 1 ? start.replace(/\n$/, '') : start
}

function parseLines(text: string): Block[] {
  if (text === '') return []
  const blocks: { isQuote: boolean; lines: string[] }[] = []
  let quotesAll = false
  for (const line of text.split('\n')) {
    const quote = /^(?:>|&gt;){3}/.exec(line) ?? /^(?:>|&gt;) ?/.exec(line)
    if (!quotesAll && quote && quote[0].replaceAll('&gt;', '>').startsWith('>>>')) quotesAll = true
    const isQuote = quotesAll || quote !== null
    const rest = quote ? line.slice(quote[0].length) : line
    const last = blocks.at(-1)
    if (last?.isQuote === isQuote) last.lines.push(rest)
    else blocks.push({ isQuote, lines: [rest] })
  }
  return blocks.map(({ isQuote, lines }) => {
    const paragraph = { kind: 'paragraph' as const, children: joined(lines.map(parseMrkdwnLine)) }
    return isQuote ? { kind: 'quote', children: [paragraph] } : paragraph
  })
}

function joined(lines: readonly Inline[][]): Inline[] {
  return lines.flatMap((line, index) =>
    index === 0 ? line : [{ kind: 'break' as const }, ...line],
  )
}

/** Emphasis never reaches over the end of a line. */
function parseMrkdwnLine(line: string): Inline[] {
  const builder = createInlineBuilder()
  let at = 0
  let textFrom = 0
  const take = (length: number, node: Inline | null, put?: () => void) => {
    builder.text(unescaped(line.slice(textFrom, at)))
    if (node) builder.node(node)
    put?.()
    at += length
    textFrom = at
  }
  while (at < line.length) {
    SPECIAL.lastIndex = at
    const next = SPECIAL.exec(line)
    if (!next) break
    at = next.index
    const found = leafAt(line, at)
    const kind = MARKS[next[0]]
    const run = matchAt(RUN, line, at)?.[0].length ?? 1
    if (found) take(found.length, found.node)
    // Two marks together mark nothing.
    else if (kind && run > 1) at += run
    else if (kind) {
      const { canOpen, canClose } = flanks(line, at)
      take(1, null, () => builder.mark(next[0], kind, canOpen, canClose))
    } else at += 1
  }
  at = line.length
  take(0, null)
  return builder.end()
}

interface Leaf {
  readonly node: Inline
  readonly length: number
}

function leafAt(line: string, at: number): Leaf | null {
  switch (line.charAt(at)) {
    case '`': {
      const end = line.indexOf('`', at + 1)
      if (end <= at + 1) return null
      return {
        node: { kind: 'code', text: unescaped(line.slice(at + 1, end)) },
        length: end + 1 - at,
      }
    }
    case '<': {
      const body = matchAt(ANGLED, line, at)
      return body ? { node: angled(body[1] ?? ''), length: body[0].length } : null
    }
    case ':': {
      const code = matchAt(SHORT_CODE, line, at)
      const emoji = code ? emojiOf(code[1] ?? '') : null
      return code && emoji ? { node: textNode(emoji), length: code[0].length } : null
    }
    case 'h':
      return bareUrl(line, at)
    default:
      return null
  }
}

function bareUrl(line: string, at: number): Leaf | null {
  if (at > 0 && WORD.test(line[at - 1] ?? '')) return null
  const url = matchAt(BARE_URL, line, at)?.[0].replace(/(?:[.,;:!?)\]}'"_~]|&gt;|&lt;)+$/, '')
  if (!url || url.length < 10) return null
  const shown = unescaped(url)
  return { node: { kind: 'link', url: shown, children: [textNode(shown)] }, length: url.length }
}

/** `<url|label>`, `<@U…|name>`, `<#C…|name>`, `<!here>`, `<!subteam^S…|name>`, `<!date^…|else>`. */
function angled(body: string): Inline {
  const bar = body.indexOf('|')
  const target = bar < 0 ? body : body.slice(0, bar)
  const label = bar < 0 ? '' : unescaped(body.slice(bar + 1))
  if (target.startsWith('@')) return mention('@', label || unescaped(target.slice(1)))
  if (target.startsWith('#')) return mention('#', label || unescaped(target.slice(1)))
  if (target.startsWith('!date^')) return slackDate(unescaped(target), label)
  if (target.startsWith('!')) {
    return mention('@', label || unescaped(target.slice(1)).replace(/^subteam\^/, ''))
  }
  const url = linkUrl(unescaped(target))
  const shown = textNode(label || unescaped(target).replace(/^mailto:/i, ''))
  // What is no link for Slack either stays as it was typed.
  return url ? { kind: 'link', url, children: [shown] } : textNode(unescaped(`<${body}>`))
}

function mention(sign: string, name: string): Inline {
  return { kind: 'mention', text: name.startsWith(sign) ? name : sign + name }
}

function flanks(line: string, at: number): { canOpen: boolean; canClose: boolean } {
  const before = line[at - 1] ?? ' '
  const after = line[at + 1] ?? ' '
  return {
    canOpen: !WORD.test(before) && !/\s/.test(after),
    canClose: !/\s/.test(before) && !WORD.test(after),
  }
}

function matchAt(pattern: RegExp, line: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at
  return pattern.exec(line)
}

/** In one pass, so that `&amp;lt;` is `&lt;`. */
export function unescaped(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(/&(amp|lt|gt);/g, (_, name: string) =>
    name === 'amp' ? '&' : name === 'lt' ? '<' : '>',
  )
}

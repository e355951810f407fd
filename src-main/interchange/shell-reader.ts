/**
 * Reads what was meant for a shell, as POSIX and bash split it into commands and words; it runs
 * nothing. Text here is Latin-1: one character is one byte of the UTF-8 that was pasted. Variables
 * and `$(…)` stay as they stand, but for `$(printf '…')`, which is only a way to write bytes.
 */
import { expansionNote, hereText } from './here-document.ts'
import { importFault } from './imported.ts'
import { ansiQuoted, formatted, unescaped } from './shell-escapes.ts'

export interface ShellCommand {
  readonly words: readonly string[]
  /** What a pipe or a here-document gives it; null when that is not known. */
  readonly stdin: string | null
  /** What a shell would have put in the place of something, in words. */
  readonly notes: readonly string[]
  /** Where it begins, from 1. */
  readonly line: number
}

interface Placed {
  readonly text: string
  readonly line: number
  readonly endLine: number
}
interface Word extends Placed {
  readonly kind: 'word'
  /** Without quotes. */
  readonly isPlain: boolean
}
type Token = Word | (Placed & { readonly kind: 'operator' | 'stdin' })

/** One whose body is still to come. */
interface HereDocument {
  readonly end: string
  readonly isIndented: boolean
  /** Its end has quotes, so that nothing in it means anything. */
  readonly isLiteral: boolean
  readonly into: Token[]
}

const OPERATOR = /\d?>>?(?:&\d)?|&>|\|\||\|&?|&&|;;?|&|\(|\)|<<<|<<-?|</y
/** Of one line; the rest would say the same. */
const MOST_NOTES = 20
/** What ends a word, but in quotes: blanks and operators, all of them ASCII. Other bytes belong to it. */
const WORD_END = /[ \t\r\n;|&<>()]/
/** Of a word, what stands for itself; A0 is looked at. */
const PLAIN = /[^ \t\r\n;|&<>()'"\\$`\xa0]*/y
const HARD_SPACE =
  'A non-breaking space is no space to a shell: it belongs to the word that it stands in.'
const AS_BASH = 'echo and printf are read as bash has them: other shells may take a \\ otherwise.'
/** Escapes that printf has in bash and not in POSIX. */
const BASH_ALONE = /\\[xuUeE]/
const NAME = /\$(?:\w+|\{[^}]*\}|[@*#?$!-])/y

/** @throws AppError `invalid`, saying where, when a quote is never closed */
export function readShell(text: string): ShellCommand[] {
  const reader = createReader(text)
  return commandsOf(reader.tokens(), reader.notes)
}

function createReader(text: string) {
  let at = 0
  const notes = new Map<number, Set<string>>()
  const heres: HereDocument[] = []
  let lineAt = 0
  let line = 1

  function lineOf(offset: number): number {
    for (; lineAt < offset; lineAt++) if (text[lineAt] === '\n') line++
    return line
  }

  function note(words: string, here = lineOf(at)) {
    const known = notes.get(here) ?? new Set()
    if (known.size < MOST_NOTES) notes.set(here, known.add(words))
  }

  /** Up to the closing character, which is passed over. */
  function until(close: string, opened: number): string {
    const end = text.indexOf(close, at)
    if (end < 0) throw unclosed(close, opened)
    const inside = text.slice(at, end)
    at = end + 1
    return inside
  }

  function unclosed(quote: string, opened: number): Error {
    const before = text.slice(0, opened).split('\n')
    return importFault(
      `Line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}: the ${quote} that begins here is never closed.`,
    )
  }

  function doubleQuoted(opened: number): string {
    let word = ''
    for (;;) {
      const character = text[at]
      if (character === undefined) throw unclosed('"', opened)
      if (character === '"') {
        at++
        return word
      }
      if (character === '\\') word += escapedInQuotes()
      else if (character === '$' || character === '`') word += expansion()
      else {
        word += character
        at++
      }
    }
  }

  function escapedInQuotes(): string {
    const next = text[at + 1] ?? ''
    const break_ = /^\r?\n/.exec(text.slice(at + 1, at + 3))?.[0]
    at += break_ ? 1 + break_.length : 2
    if (break_) return ''
    return '$`"\\'.includes(next) && next !== '' ? next : `\\${next}`
  }

  /** `$(…)`, backticks and variables, as they stand. */
  function expansion(): string {
    const opened = at
    if (text.startsWith('$(', at)) {
      const inside = substitution()
      const bytes = /^[ \t]*printf[ \t]+'([^']*)'[ \t]*$/.exec(inside)?.[1]
      const written = bytes === undefined ? null : formatted(bytes)
      if (bytes !== undefined && BASH_ALONE.test(bytes)) note(AS_BASH)
      if (written !== null) return written.replace(/\n+$/, '').replaceAll('\0', '')
      note(expansionNote('$('))
      return text.slice(opened, at)
    }
    if (text[at] === '`') {
      at++
      until('`', opened)
      note(expansionNote('`'))
      return text.slice(opened, at)
    }
    NAME.lastIndex = at
    const name = NAME.exec(text)?.[0]
    at += name?.length ?? 1
    if (name === undefined) return '$'
    note(expansionNote(name))
    return name
  }

  /** What stands in `$(…)`, quotes in it passed over. */
  function substitution(): string {
    const opened = at
    at += 2
    const from = at
    for (let depth = 1; ; at++) {
      const character = text[at]
      if (character === undefined) throw unclosed('$(', opened)
      if (character === '(') depth++
      if (character === ')' && --depth === 0) break
      if (character === "'" || character === '"') at = closing(character, at)
    }
    at++
    return text.slice(from, at - 1)
  }

  function closing(quote: string, opened: number): number {
    const end = text.indexOf(quote, opened + 1)
    if (end < 0) throw unclosed(quote, opened)
    return end
  }

  function word(): Word {
    const began = lineOf(at)
    let value = ''
    let isPlain = true
    for (;;) {
      const character = text[at]
      if (character === undefined || WORD_END.test(character)) break
      const opened = at
      if (character === "'") {
        at++
        value += until("'", opened)
      } else if (character === '"' || text.startsWith('$"', at)) {
        at += character === '"' ? 1 : 2
        value += doubleQuoted(opened)
      } else if (text.startsWith("$'", at)) {
        const quoted = ansiQuoted(text, at + 2)
        if (!quoted) throw unclosed("$'", opened)
        value += quoted.text
        at = quoted.end
      } else if (character === '\\') {
        const break_ = /^\\\r?\n/.exec(text.slice(at, at + 3))?.[0]
        value += break_ ? '' : (text[at + 1] ?? '')
        at += break_?.length ?? 2
        if (break_) continue
      } else if (character === '$' || character === '`') {
        value += expansion()
        continue
      } else {
        if (character === '\xa0' && text[at - 1] === '\xc2') note(HARD_SPACE)
        PLAIN.lastIndex = at + 1
        const plain = character + (PLAIN.exec(text)?.[0] ?? '')
        value += plain
        at += plain.length
        continue
      }
      isPlain = false
    }
    return { kind: 'word', text: value, line: began, endLine: lineOf(at), isPlain }
  }

  /** Blanks and joined lines, one by one: a pattern for all of them runs out of stack at some millions. */
  function skipBlank() {
    for (;;) {
      if (text[at] === ' ' || text[at] === '\t') at += 1
      else if (text.startsWith('\\\n', at)) at += 2
      else if (text.startsWith('\\\r\n', at)) at += 3
      else return
    }
  }

  /** The bodies of here-documents begin after the line that names them. */
  function hereDocuments() {
    for (const { end, isIndented, isLiteral, into } of heres.splice(0)) {
      const lines: string[] = []
      while (at < text.length) {
        const next = isLiteral ? hereLine() : joinedLines()
        const shown = isIndented ? next.replace(/^\t+/, '') : next
        if (shown.replace(/\r?\n?$/, '') === end) break
        lines.push(shown.endsWith('\n') ? shown : `${shown}\n`)
      }
      // The line that ends it, not the one behind it.
      const endLine = lineOf(at - 1)
      const body = lines.join('')
      const read = isLiteral ? { text: body, notes: [] } : hereText(body)
      for (const words of read.notes) note(words, endLine)
      into.push({ kind: 'stdin', text: read.text, line: endLine, endLine })
    }
  }

  /** With its line feed. */
  function hereLine(): string {
    const stop = text.indexOf('\n', at)
    const from = at
    at = stop < 0 ? text.length : stop + 1
    return text.slice(from, at)
  }

  /** A backslash at the end of a line joins the next one to it, before the end is looked for. */
  function joinedLines(): string {
    let line = ''
    for (;;) {
      const next = hereLine()
      const bare = next.replace(/\r?\n$/, '')
      let slashes = 0
      while (bare[bare.length - 1 - slashes] === '\\') slashes++
      if (slashes % 2 === 0 || bare.length === next.length) return line + next
      line += bare.slice(0, -1)
    }
  }

  function tokens(): Token[][] {
    // Each line's tokens apart, so that a here-document joins the command that asked for it.
    const lines: Token[][] = [[]]
    const current = () => lines.at(-1) ?? []
    for (;;) {
      skipBlank()
      const character = text[at]
      if (character === undefined) return lines
      if (character === '\n' || character === '\r') {
        at++
        if (character === '\n') hereDocuments()
        if (current().length > 0) lines.push([])
        continue
      }
      if (character === '#') {
        const end = text.indexOf('\n', at)
        at = end < 0 ? text.length : end
        continue
      }
      OPERATOR.lastIndex = at
      const operator = OPERATOR.exec(text)?.[0]
      if (operator === undefined) {
        current().push(word())
        continue
      }
      const opened = lineOf(at)
      at += operator.length
      if (!operator.startsWith('<<') || operator === '<<<') {
        current().push({ kind: 'operator', text: operator, line: opened, endLine: opened })
        continue
      }
      while (/[ \t]/.test(text[at] ?? '')) at++
      const { text: end, isPlain } = word()
      heres.push({ end, isIndented: operator === '<<-', isLiteral: !isPlain, into: current() })
    }
  }

  return { tokens, notes }
}

interface Building {
  words: string[]
  stdin: Written | null
  line: number
  /** The operator whose target comes next. */
  redirect: string | null
}

/** Puts the tokens of each line together to commands; what `printf` and `echo` write reaches the next of a pipe. */
function commandsOf(
  lines: readonly (readonly Token[])[],
  notes: ReadonlyMap<number, ReadonlySet<string>>,
): ShellCommand[] {
  const commands: ShellCommand[] = []
  let piped: Written | null = null
  let group: Written | null = null
  for (const tokens of lines) {
    let now: Building = { words: [], stdin: piped, line: tokens[0]?.line ?? 1, redirect: null }
    let written: Written | null = null
    const end = (lastLine: number) => {
      written = writtenBy(now.words)
      if (now.words.length > 0 && written === null) {
        const { words, stdin, line } = now
        const said = new Set(stdin?.notes)
        for (let at = line; at <= lastLine; at++)
          for (const each of notes.get(at) ?? []) said.add(each)
        commands.push({ words, stdin: stdin?.text ?? null, line, notes: [...said] })
      } else if (group !== null && written !== null) group = joined(group, written)
      now = { words: [], stdin: null, line: lastLine, redirect: null }
    }
    for (const token of tokens) {
      if (token.kind === 'stdin') now.stdin = { text: token.text, notes: [] }
      else if (token.kind === 'word') {
        if (now.redirect !== null) {
          if (now.redirect === '<<<') now.stdin = { text: `${token.text}\n`, notes: [] }
          now.redirect = null
        } else if (token.isPlain && token.text === '{' && now.words.length === 0)
          group = { text: '', notes: [] }
        else if (token.isPlain && token.text === '}' && now.words.length === 0) {
          written = group
          group = null
        } else {
          if (now.words.length === 0) now.line = token.line
          now.words.push(token.text)
        }
      } else if (/[<>]/.test(token.text)) now.redirect = /&\d$/.test(token.text) ? null : token.text
      else {
        if (now.words.length > 0) end(token.line)
        if (token.text === '|') now.stdin = written
      }
    }
    // A line that ends in a pipe goes on in the next one.
    piped = now.words.length === 0 ? now.stdin : null
    if (now.words.length > 0) end(lastLine(tokens))
  }
  return commands
}

/** Where the last word of a line ends: it may go on over several. */
function lastLine(tokens: readonly Token[]): number {
  return Math.max(1, ...tokens.slice(-2).map(({ endLine }) => endLine))
}

function joined(first: Written, second: Written): Written {
  return { text: first.text + second.text, notes: [...first.notes, ...second.notes] }
}

/** What a command writes, and what is to be said of that. */
interface Written {
  readonly text: string
  readonly notes: readonly string[]
}

/** Null of a command that is not understood. */
function writtenBy(words: readonly string[]): Written | null {
  const [name, ...rest] = words
  if (name === 'echo') return echoed(rest)
  if (name !== 'printf') return null
  const [format = '', ...more] = rest[0] === '--' ? rest.slice(1) : rest
  const isOption = rest[0] !== '--' && format.startsWith('-')
  const text = more.length > 0 || isOption ? null : formatted(format)
  return text === null ? null : { text, notes: BASH_ALONE.test(format) ? [AS_BASH] : [] }
}

function echoed(words: readonly string[]): Written {
  const options = words.findIndex((word) => !/^-[neE]+$/.test(word))
  const given = words.slice(0, options < 0 ? words.length : options)
  const letters = given.join('')
  const plain = words.slice(given.length).join(' ')
  const isEscaped = letters.lastIndexOf('e') > letters.lastIndexOf('E')
  const { text, isCut } = isEscaped ? unescaped(plain) : { text: plain, isCut: false }
  return {
    text: letters.includes('n') || isCut ? text : `${text}\n`,
    notes: /e/i.test(letters) || plain.includes('\\') ? [AS_BASH] : [],
  }
}

/**
 * Reads a command that was written for the Windows command line, as browsers copy it: first what
 * `cmd` does with carets, then how programs split their argument (Microsoft, “Parsing C command-line
 * arguments”). Text here is Latin-1: one character is one byte.
 */
import type { ShellCommand } from './shell-reader.ts'

/** The first `curl`, with what only the Windows command line has right behind it: a quote with a caret. */
const FIRST_CURL = /(?:^|[\s/\\"])curl(?:\.exe)?"?[ \t]+(\^")?/i

/**
 * Told by what stands outside of double quotes: carets that begin words or end lines, and nothing that
 * only other shells have: words that begin with `'`, lines that end in a backslash.
 */
export function isWindowsCommand(text: string): boolean {
  if (FIRST_CURL.exec(text)?.[1] !== undefined) return true
  let hasCaret = false
  let isQuoted = false
  for (let at = 0; at < text.length; at++) {
    const character = text[at]
    if (character === '"') isQuoted = !isQuoted
    else if (character === '\\') {
      if (!isQuoted && isLineEnd(text, at + 1)) return false
      // The caret of ^\^" stands between the backslash and what it escapes.
      at += text[at + 1] === '^' ? 2 : 1
    } else if (isQuoted) continue
    else if ((character === "'" || text.startsWith("$'", at)) && beginsWord(text, at)) return false
    else if (character === '^') {
      hasCaret ||= isLineEnd(text, at + 1) || (text[at + 1] === '"' && beginsWord(text, at))
    }
  }
  return hasCaret
}

function beginsWord(text: string, at: number): boolean {
  return at === 0 || /[ \t\r\n]/.test(text[at - 1] ?? '')
}

function isLineEnd(text: string, at: number): boolean {
  return text[at] === '\n' || text.startsWith('\r\n', at)
}

export function readWindowsCommands(text: string): ShellCommand[] {
  return linesOf(text).flatMap(({ text: line, at }): ShellCommand[] => {
    const words = splitArguments(line)
    return words.length > 0 ? [{ words, stdin: null, notes: [], line: at }] : []
  })
}

/** Commands without their carets; a caret before a line's end joins the next line to it. */
function linesOf(text: string): { text: string; at: number }[] {
  const lines: { text: string; at: number }[] = []
  let line = ''
  let began = 1
  let number = 1
  let isQuoted = false
  for (let at = 0; at < text.length; at++) {
    const character = text[at] ?? ''
    const next = text[at + 1] ?? ''
    if (character === '^' && !isQuoted) {
      const break_ = /^\^\r?\n/.exec(text.slice(at, at + 3))?.[0]
      at += break_ ? break_.length - 1 : 1
      if (break_) number++
      // A line's end that is escaped twice is one that the argument holds.
      else line += next
      if (break_ && /^\r?\n/.test(text.slice(at + 1, at + 3))) {
        line += '\n'
        at += text[at + 1] === '\r' ? 2 : 1
        number++
      }
      continue
    }
    if (character === '"') isQuoted = !isQuoted
    const isEnd = character === '\n' || (character === '&' && !isQuoted)
    if (!isEnd) {
      line += character
      continue
    }
    lines.push({ text: line, at: began })
    if (character === '\n') number++
    line = ''
    began = number
    isQuoted = false
  }
  lines.push({ text: line, at: began })
  return lines
}

function splitArguments(line: string): string[] {
  const words: string[] = []
  let word: string | null = null
  let isQuoted = false
  for (let at = 0; at < line.length; at++) {
    const character = line[at] ?? ''
    const run = /\\*/y
    run.lastIndex = at
    const slashes = run.exec(line)?.[0].length ?? 0
    if (slashes > 0) {
      const isBeforeQuote = line[at + slashes] === '"'
      word = (word ?? '') + '\\'.repeat(isBeforeQuote ? Math.floor(slashes / 2) : slashes)
      at += slashes - 1
      if (isBeforeQuote && slashes % 2 === 1) {
        word += '"'
        at++
      }
    } else if (character === '"') {
      // Two in a row within quotes are one.
      if (isQuoted && line[at + 1] === '"') {
        word = `${word ?? ''}"`
        at++
      } else {
        isQuoted = !isQuoted
        word ??= ''
      }
    } else if (/[ \t\r]/.test(character) && !isQuoted) {
      if (word !== null) words.push(word)
      word = null
    } else word = (word ?? '') + character
  }
  if (word !== null) words.push(word)
  return words
}

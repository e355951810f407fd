/**
 * A request as someone pastes it: start line or none, heads with LF or CRLF, whatever stood around
 * them. The body is what follows the first empty line, and not a byte of it is altered.
 */
import type { HeaderPair } from './sign.ts'

export interface PastedRequest {
  readonly headers: readonly HeaderPair[]
  readonly body: Uint8Array
}

/** Many times what servers take; what is longer is no head. */
const MOST_HEAD_CHARACTERS = 1_000_000

const START_LINE = /^[A-Z]+ \S+( HTTP\/\d(\.\d)?)?[ \t]*$/
const HEADER = /^[ \t]*([^\s:]+)[ \t]*:(.*)$/

export function readPastedRequest(text: string): PastedRequest {
  const from = firstLineOf(text)
  const end = /\r?\n\r?\n/g
  end.lastIndex = from
  const gap = end.exec(text)
  const head = text.slice(from, gap?.index ?? text.length)
  const body = gap ? text.slice(gap.index + gap[0].length) : ''
  return {
    headers: readHeaders(head.slice(0, MOST_HEAD_CHARACTERS)),
    body: Buffer.from(body, 'utf8'),
  }
}

/** Where the first line begins that has more than blanks. */
function firstLineOf(text: string): number {
  const blanks = text.length - text.trimStart().length
  return text.lastIndexOf('\n', blanks) + 1
}

function readHeaders(head: string): HeaderPair[] {
  const lines = head.split(/\r?\n/)
  const fields = START_LINE.test(lines[0] ?? '') ? lines.slice(1) : lines
  return fields.flatMap((line): HeaderPair[] => {
    const [, name, value] = HEADER.exec(line) ?? []
    return name === undefined || value === undefined ? [] : [[name, value.trim()]]
  })
}

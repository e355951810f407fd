/** Which part of a text is different from another one: what is left without their common ends. */

export interface Parts {
  readonly before: string
  readonly changed: string
  readonly after: string
}

/** Null where marking a part would say nothing: hardly anything is the same. */
export function changedParts(left: string, right: string): readonly [Parts, Parts] | null {
  const shorter = Math.min(left.length, right.length)
  let start = 0
  while (start < shorter && left[start] === right[start]) start += 1
  if (isSecondHalf(left, start) || isSecondHalf(right, start)) start -= 1
  let end = 0
  while (end < shorter - start && left.at(-1 - end) === right.at(-1 - end)) end += 1
  if (isSecondHalf(left, left.length - end) || isSecondHalf(right, right.length - end)) end -= 1
  if (start + end < MIN_COMMON) return null
  const parts = (text: string): Parts => ({
    before: text.slice(0, start),
    changed: text.slice(start, text.length - end),
    after: text.slice(text.length - end),
  })
  return [parts(left), parts(right)]
}

const MIN_COMMON = 3

/** The same for lines of hex with their text behind: whole bytes, in the hex alone. */
export function changedBytes(left: string, right: string): readonly [Parts, Parts] | null {
  const [a, b] = [bytesOf(left), bytesOf(right)]
  const shorter = Math.min(a.length, b.length)
  let start = 0
  while (start < shorter && a[start] === b[start]) start += 1
  let end = 0
  // In lines of two lengths the ends do not stand at the same offset.
  while (a.length === b.length && end < shorter - start && a.at(-1 - end) === b.at(-1 - end)) {
    end += 1
  }
  if (start + end === 0) return null
  const parts = (text: string, { length }: readonly string[]): Parts => {
    const from = start * BYTE_CHARACTERS
    const to = Math.max(from, (length - end) * BYTE_CHARACTERS - 1)
    return {
      before: text.slice(0, from),
      changed: text.slice(from, to),
      after: text.slice(to),
    }
  }
  return [parts(left, a), parts(right, b)]
}

/** Two digits and a space. */
const BYTE_CHARACTERS = 3
const BYTES_IN_LINE = 16

function bytesOf(line: string): string[] {
  return line
    .slice(0, BYTES_IN_LINE * BYTE_CHARACTERS)
    .trimEnd()
    .split(' ')
}

function isSecondHalf(text: string, at: number): boolean {
  const code = text.charCodeAt(at)
  return code >= 0xdc00 && code <= 0xdfff
}

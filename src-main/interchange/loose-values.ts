/** Where values end in text that is no JSON, or no whole JSON: one pass over what they hold. */

/**
 * A value in quotes, which may be escaped themselves: `"a"`, `'a'`, `\"a\"`. Without an end it goes to
 * that of the text. @returns what is between the quotes; null when none begins here
 */
export function quoted(
  text: string,
  from: number,
): { readonly start: number; readonly end: number } | null {
  let start = from
  while (text[start] === '\\') start += 1
  const escapes = start - from
  const quote = text[start]
  if (quote !== '"' && quote !== "'") return null
  start += 1
  for (let at = text.indexOf(quote, start); at >= 0; at = text.indexOf(quote, at + 1)) {
    let before = at
    while (before > start && text[before - 1] === '\\') before -= 1
    // Each backslash of the value is written as twice as many as escape its quotes, and two.
    if ((at - before) % (2 * (escapes + 1)) === escapes) return { start, end: at - escapes }
  }
  return { start, end: text.length }
}

/** Behind the bracket that closes the one here; null when none is here. */
export function bracketed(text: string, from: number): number | null {
  if (text[from] !== '[' && text[from] !== '{') return null
  let depth = 0
  let isInString = false
  for (let at = from; at < text.length; at++) {
    const character = text[at]
    if (character === '\\') at += 1
    else if (character === '"') isInString = !isInString
    else if (isInString) continue
    else if (character === '[' || character === '{') depth += 1
    else if (character === ']' || character === '}') depth -= 1
    if (depth === 0) return at + 1
  }
  return text.length
}

/** @param pattern sticky */
export function bareValue(text: string, from: number, pattern = /[^\s,&"'<>}\]]+/y): number {
  pattern.lastIndex = from
  return from + (pattern.exec(text)?.[0].length ?? 0)
}

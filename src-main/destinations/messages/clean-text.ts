/**
 * Text from a payload made fit to stand in a message: without what cannot be seen or turns the
 * direction of what follows, in one line or several, and cut between characters as people see them.
 * Nothing here knows mark-up; the writers escape.
 */

/** Controls, soft hyphens, joiners of no width, annotations, tags, and all that embeds or overrides a direction. */
const UNSEEN =
  /(?![\n\t])[\p{Cc}\u00ad\u115f\u1160\u180e\u200b\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu
/** Marks piled onto one letter reach into the lines above and below. */
const PILED_MARKS = /(\p{M}{4})\p{M}+/gu
/** What may be dropped on the way is looked at as well, so that it does not count. */
const SPARE = 256

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** One line without white space around it, at most `limit` UTF-16 code units long. */
export function cleanLine(text: string, limit: number): string {
  return cut(seen(text, limit).replace(/\s+/gu, ' ').trim(), limit)
}

/** Several lines, never more than one of them empty between two. */
export function cleanBlock(text: string, limit: number): string {
  const lines = seen(text, limit)
    .split('\n')
    .map((line) => line.replace(/\s+/gu, ' ').trim())
  const joined = lines.join('\n').replace(/\n{3,}/g, '\n\n')
  return cut(joined.trim(), limit)
}

function seen(text: string, limit: number): string {
  return text
    .slice(0, limit * 4 + SPARE)
    .toWellFormed()
    .replace(/\r\n?|[\x85\u2028\u2029]/g, '\n')
    .replace(UNSEEN, '')
    .replace(PILED_MARKS, '$1')
}

const ELLIPSIS = '…'

/** At most `limit` UTF-16 code units; what was cut ends in an ellipsis and never in half a character. */
export function cut(text: string, limit: number): string {
  if (text.length <= limit) return text
  const room = Math.max(limit - ELLIPSIS.length, 0)
  const end = graphemes.segment(text.slice(0, room + SPARE)).containing(room)?.index ?? 0
  return limit === 0 ? '' : text.slice(0, end).trimEnd() + ELLIPSIS
}

/**
 * Escaped, and not longer than `limit` when it is: as much of the text as fits, then an ellipsis.
 * @param measure how long an escaped text is
 */
export function cutEscaped(
  text: string,
  limit: number,
  withEscapes: (text: string) => string,
  measure: (escaped: string) => number = ({ length }) => length,
): string {
  // No escape is shorter than what it stands for: what is longer already need not be tried.
  if (text.length > limit) return cutEscaped(cut(text, limit), limit, withEscapes, measure)
  const whole = withEscapes(text)
  if (measure(whole) <= limit) return whole
  let fits = 0
  let tooLong = text.length
  while (tooLong - fits > 1) {
    const middle = (fits + tooLong) >> 1
    if (measure(withEscapes(cut(text, middle))) <= limit) fits = middle
    else tooLong = middle
  }
  return withEscapes(cut(text, fits))
}

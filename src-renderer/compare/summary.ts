/** What a comparison comes to, in a line. */
import type { ComparePart, Comparison } from '#contract'
import { counted } from '../ui/bytes.ts'

/** `Same body. 2 headers differ; 3 differences ignored by rule.` */
export function summaryOf(comparison: Comparison, part: ComparePart): string {
  const { left, right, startLine, headers, body } = comparison
  const what = part === 'request' ? 'request' : 'answer'
  if (!left.isThere && !right.isThere) return `There is no ${what} on either side.`
  if (!left.isThere || !right.isThere) {
    return `Only the ${left.isThere ? 'left' : 'right'} side has a${part === 'request' ? '' : 'n'} ${what}.`
  }
  const ignored = startLine.ignored + headers.ignored + body.ignored
  const ends =
    ignored === 0 ? '.' : `; ${counted(ignored, 'difference', 'differences')} ignored by rule.`
  return [`${bodyWords(body)}.`, linesWords(startLine), headerWords(headers) + ends]
    .filter((sentence) => sentence !== '')
    .join(' ')
}

function bodyWords({ kind, differences }: Comparison['body']): string {
  if (kind === 'same') return 'Same body'
  if (kind === 'none') return 'No body on either side'
  if (kind === 'bytes') return 'The bodies differ'
  if (differences === 0) return 'Same values in the body, written differently'
  const places =
    kind === 'text'
      ? counted(differences, 'line', 'lines')
      : counted(differences, 'place', 'places')
  return `The bodies differ in ${places}`
}

function linesWords({ rows, differences }: Comparison['startLine']): string {
  if (differences === 0) return ''
  const labels = rows.flatMap(({ left, right, isEqual }) =>
    isEqual ? [] : [left?.label ?? right?.label ?? ''],
  )
  const words = labels.map((label) => label.toLowerCase()).join(' and ')
  return `The ${words} ${labels.length === 1 ? 'differs' : 'differ'}.`
}

function headerWords({ differences, isSameOrder }: Comparison['headers']): string {
  if (differences > 0) return counted(differences, 'header differs', 'headers differ')
  return isSameOrder ? 'Same headers' : 'Same headers in another order'
}

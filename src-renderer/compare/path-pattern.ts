/** From where a difference stands to the rule that takes it out. */
import type { CompareRow } from '#contract'

/** A path as a rule names it, with every place of a list meant; null where it cannot be written so. */
export function pathPatternOf({ left, right }: CompareRow): string | null {
  const label = (left ?? right)?.label ?? ''
  const path = label.split(' → ').at(-1) ?? ''
  if (/\["|^\(|…$/.test(path) || path === '') return null
  return path.replace(/\[\d+\]/g, '[*]')
}

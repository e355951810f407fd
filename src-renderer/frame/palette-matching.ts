/** Which entries of the palette a query finds, and which of them stands first. */
import type { SpotlightActionData, SpotlightActionGroupData } from '@mantine/spotlight'

export type PaletteEntry = SpotlightActionData | SpotlightActionGroupData

/**
 * Those whose words hold every word of the query, in their groups. What is called as the query
 * begins comes first, and its group with it: Enter then goes to “Deliveries” for `deliveries`, not
 * to something that is done to them.
 */
export function matching(query: string, all: readonly PaletteEntry[]): PaletteEntry[] {
  const typed = query.trim().toLowerCase()
  const wanted = typed.split(/\s+/)
  const isMatch = ({ label, description, keywords }: SpotlightActionData) => {
    const text = [label, description, keywords].flat().join(' ').toLowerCase()
    return wanted.every((word) => text.includes(word))
  }
  const isNamed = ({ label }: SpotlightActionData) =>
    typed !== '' && (label ?? '').toLowerCase().startsWith(typed)
  const isNamedIn = (each: PaletteEntry) =>
    'actions' in each ? each.actions.some(isNamed) : isNamed(each)
  const found = all.flatMap((each): PaletteEntry[] => {
    if (!('actions' in each)) return isMatch(each) ? [each] : []
    const actions = firstOf(each.actions.filter(isMatch), isNamed)
    return actions.length > 0 ? [{ ...each, actions }] : []
  })
  return firstOf(found, isNamedIn)
}

/** In the same order, but for those that come first. */
function firstOf<T>(all: readonly T[], isFirst: (each: T) => boolean): T[] {
  return [...all.filter(isFirst), ...all.filter((each) => !isFirst(each))]
}

/**
 * What a here-document holds whose end stands without quotes: to a shell a backslash escapes there what
 * would be expanded, and nothing else (POSIX, 2.7.4). Text is Latin-1: one character is one byte.
 */

const SPECIAL = /\\([\\$`])|`|\$(?:\(|\w+|\{[^}\n]{0,100}\}?|[@*#?$!-])/g
const MOST_NOTES = 20

/** @param text whose joined lines are joined already */
export function hereText(text: string): { readonly text: string; readonly notes: Set<string> } {
  const notes = new Set<string>()
  const read = text.replace(SPECIAL, (found: string, escaped?: string) => {
    if (escaped !== undefined) return escaped
    if (notes.size < MOST_NOTES) notes.add(expansionNote(found))
    return found
  })
  return { text: read, notes }
}

/** @param expansion its beginning, as far as the name of a variable goes */
export function expansionNote(expansion: string): string {
  if (expansion.startsWith('$(')) return '$(…) would be run by a shell: it stands as it is.'
  if (expansion.startsWith('`')) return '`…` would be run by a shell: it stands as it is.'
  return `${expansion.slice(0, 40)} is a variable of the shell: it stands as it is.`
}

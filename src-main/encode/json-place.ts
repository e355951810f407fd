/** Places in JSON text: where a value stands, and putting another there without touching the rest. */
import { AppError } from '../errors.ts'
import { type JsonNode, parseJsonText } from './json-text.ts'

/**
 * Where the value at each path stands, or the innermost part of the path that exists.
 * @returns character offsets; null for each when the text is not JSON
 */
export function jsonOffsets(
  text: string,
  paths: readonly (readonly string[])[],
): (number | null)[] {
  try {
    const root = parseJsonText(text)
    return paths.map((path) => offsetIn(root, path))
  } catch (error) {
    if (error instanceof AppError) return paths.map(() => null)
    throw error
  }
}

function offsetIn(root: JsonNode, path: readonly string[]): number {
  let node = root
  for (const step of path) {
    const next: JsonNode | undefined =
      node.kind === 'object'
        ? node.members.findLast(({ key }) => key === step)?.value
        : node.kind === 'array'
          ? node.items[Number(step)]
          : undefined
    if (!next) break
    node = next
  }
  return node.start
}

/**
 * The text of an object with some members given new values in place; what is missing comes first.
 * @param members JSON text by member name
 * @throws AppError `invalid` when the text is not a JSON object
 */
export function replaceMembers(text: string, members: Readonly<Record<string, string>>): string {
  const root = parseJsonText(text)
  if (root.kind !== 'object') throw new AppError('invalid', 'The payload has to be a JSON object.')
  let result = text
  for (const { key, value } of root.members.toReversed()) {
    const replacement = Object.hasOwn(members, key) ? members[key] : undefined
    if (replacement === undefined) continue
    result = result.slice(0, value.start) + replacement + result.slice(value.end)
  }
  const present = new Set(root.members.map(({ key }) => key))
  const missing = Object.entries(members).filter(([key]) => !present.has(key))
  if (missing.length === 0) return result
  const added = missing.map(([key, value]) => `${JSON.stringify(key)}: ${value}`).join(', ')
  const rest = root.members.length > 0 ? ', ' : ''
  return `${result.slice(0, root.start + 1)}${added}${rest}${result.slice(root.start + 1)}`
}

/**
 * What a form cannot carry of a JSON value, in words: by the encoding's own nature, and by what the
 * common receivers (PHP, and qs under Express) make of a name or a number of fields unless told
 * otherwise. Their limits were measured with qs 6.17 and are documented for PHP's parse_str.
 */
import type { ConversionLoss } from '#contract'
import type { JsonNode } from './json-text.ts'

/** Of a payload of thousands of leaves, the list stays readable. */
const MAX_LISTED = 200
const MAX_PATH = 1_000
const QS_MAX_LIST = 20
const QS_MAX_BRACKETS = 5
const MAX_FIELDS = 1_000
const LIST_INDEX = /^(0|[1-9]\d*)$/

/** Losses of the value of one field. */
export function scalarLosses(path: string, node: JsonNode): ConversionLoss[] {
  switch (node.kind) {
    case 'number':
      return [{ path, note: `the number ${node.raw} becomes text` }]
    case 'boolean':
      return [{ path, note: `${node.raw} becomes text` }]
    case 'null':
      return [{ path, note: 'null becomes an empty text' }]
    case 'string':
      return node.text.isWellFormed()
        ? []
        : [{ path, note: 'half of a surrogate pair becomes the character �' }]
    case 'object':
    case 'array':
      return []
  }
}

/** Losses of the names directly inside an object. @param base its path, empty for the whole */
export function nameLosses(base: string, keys: readonly string[]): ConversionLoss[] {
  const seen = new Set<string>()
  return keys.flatMap((key) => {
    const path = joined(base, key)
    const isRepeated = seen.has(key)
    seen.add(key)
    const notes = [
      isRepeated && 'the name occurs twice: receivers make a list of both or keep one',
      key === '' && 'without a name it is dropped, or read as a list item',
      /[[\]]/.test(key) && 'the brackets in its name read as nesting',
      base === '' && /[. ]/.test(key) && 'PHP reads dots and spaces in its name as _',
      Object.hasOwn(Object.prototype, key) && 'qs drops this name, because every object has it',
      !key.isWellFormed() && 'half of a surrogate pair in its name becomes the character �',
    ]
    return notes.flatMap((note) => (note === false ? [] : [{ path, note }]))
  })
}

/** Losses of an object or list that is written as a field per leaf. @param depth 0 for a top-level field */
export function nestingLosses(
  path: string,
  node: JsonNode,
  depth: number,
  encoding: 'brackets' | 'indices',
): ConversionLoss[] {
  const isList = node.kind === 'array'
  const size = isList ? node.items.length : node.kind === 'object' ? node.members.length : 0
  if (size === 0) {
    const what = isList ? 'an empty list' : 'an empty object'
    return [{ path, note: `${what} has no field, so it vanishes` }]
  }
  const notes = [
    depth === QS_MAX_BRACKETS && 'qs reads names no deeper than five brackets unless told to',
    isList && size > QS_MAX_LIST && `qs reads a list of more than ${QS_MAX_LIST} as an object`,
    isList &&
      encoding === 'brackets' &&
      node.items.some(isNested) &&
      'items of this list can run together or apart: [] does not number them',
    node.kind === 'object' &&
      node.members.every(({ key }) => LIST_INDEX.test(key)) &&
      'its members are numbered, so it reads as a list',
  ]
  return notes.flatMap((note) => (note === false ? [] : [{ path, note }]))
}

/** Losses of the payload as a whole. */
export function rootLosses(root: JsonNode, fieldCount: number): ConversionLoss[] {
  const size = root.kind === 'object' ? root.members.length : 0
  const notes = [
    root.kind === 'object' && size === 0 && 'an empty object has no fields',
    root.kind === 'array' && root.items.length > 0 && 'the list becomes numbered fields',
    root.kind === 'array' && root.items.length === 0 && 'an empty list has no fields',
    !isNested(root) && 'only an object has fields, so nothing is sent',
    fieldCount > MAX_FIELDS && 'qs and PHP read the first 1,000 fields unless told otherwise',
  ]
  return notes.flatMap((note) => (note === false ? [] : [{ path: '', note }]))
}

/** The list, cut where it stops being readable; the last entry then says how many there are more. */
export function listed(losses: readonly ConversionLoss[]): readonly ConversionLoss[] {
  const shown = losses.slice(0, MAX_LISTED).map(({ path, note }) => ({ path: cut(path), note }))
  const more = losses.length - shown.length
  return more === 0 ? shown : [...shown, { path: '', note: `and ${more} more like these` }]
}

function cut(path: string): string {
  return path.length <= MAX_PATH ? path : `${path.slice(0, MAX_PATH).toWellFormed()}…`
}

export function isNested(node: JsonNode): boolean {
  return node.kind === 'object' || node.kind === 'array'
}

export function joined(base: string, key: string): string {
  return base === '' ? key : `${base}.${key}`
}

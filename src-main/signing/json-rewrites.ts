/**
 * The ways in which common libraries write JSON that they have read. A signature over one of these
 * does not fit the bytes that were there before, though the value is the same.
 */
import { type JsonNode, parseJsonText, prettyLength } from '../encode/json-text.ts'

interface Style {
  /** Completes “written anew …”. */
  readonly name: string
  readonly between: string
  readonly afterKey: string
  /** Of one level; laid out over lines when not empty. */
  readonly indent: string
  readonly escape: (json: string) => string
  readonly sorted: boolean
  /** As they were written, or as JavaScript writes their value (1.0 becomes 1). */
  readonly numbers: 'written' | 'javascript'
}

export interface JsonRewrite {
  readonly name: string
  /** Null when it is nested so deeply that nobody lays it out: a megabyte becomes hundreds. */
  write(): string | null
}

const MOST_LAID_OUT = 16_000_000

const asIs = (json: string) => json
const escapedUnit = (unit: string) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
const ascii = (json: string) => json.replace(/[^\0-\x7f]/g, escapedUnit)
const php = (json: string) => ascii(json.replaceAll('/', '\\/'))
const go = (json: string) => json.replace(/[<>&\u2028\u2029]/g, escapedUnit)

const COMPACT: Style = {
  name: 'compactly, as JavaScript does',
  between: ',',
  afterKey: ':',
  indent: '',
  escape: asIs,
  sorted: false,
  numbers: 'javascript',
}
const WRITTEN: Style = { ...COMPACT, numbers: 'written' }
const LINES: Style = { ...COMPACT, afterKey: ': ' }

const STYLES: readonly Style[] = [
  COMPACT,
  { ...WRITTEN, name: 'compactly, numbers as they stood' },
  { ...WRITTEN, name: 'as Python’s json.dumps does', between: ', ', afterKey: ': ', escape: ascii },
  {
    ...WRITTEN,
    name: 'as Python’s json.dumps does without ASCII escapes',
    between: ', ',
    afterKey: ': ',
  },
  { ...WRITTEN, name: 'compactly, with ASCII escapes', escape: ascii },
  { ...WRITTEN, name: 'as PHP’s json_encode does', escape: php },
  { ...WRITTEN, name: 'with sorted keys', sorted: true },
  { ...WRITTEN, name: 'as Go does from a map', sorted: true, escape: go },
  { ...LINES, name: 'with two spaces of indentation', indent: '  ' },
  { ...LINES, name: 'with four spaces of indentation', indent: '    ' },
  { ...LINES, name: 'with tabs for indentation', indent: '\t' },
]

/** None when the text is not JSON. */
export function jsonRewrites(text: string): JsonRewrite[] {
  let root: JsonNode
  try {
    root = parseJsonText(text)
  } catch {
    return []
  }
  const isBurden = prettyLength(root) > MOST_LAID_OUT
  return STYLES.map((style) => ({
    name: style.name,
    write: () => (style.indent !== '' && isBurden ? null : written(root, style, '\n')),
  }))
}

/** @param line the line break with the indentation of the level that the node stands on */
function written(node: JsonNode, style: Style, line: string): string {
  switch (node.kind) {
    case 'object': {
      const pairs = style.sorted ? [...node.members].sort(byKey) : node.members
      const inner = line + style.indent
      const texts = pairs.map(
        ({ key, value }) => `${text(key, style)}${style.afterKey}${written(value, style, inner)}`,
      )
      return enclosed('{', texts, '}', style, line)
    }
    case 'array': {
      const texts = node.items.map((item) => written(item, style, line + style.indent))
      return enclosed('[', texts, ']', style, line)
    }
    case 'string':
      return text(node.text, style)
    case 'number':
      return style.numbers === 'written' ? node.raw : JSON.stringify(Number(node.raw))
    case 'boolean':
    case 'null':
      return node.raw
  }
}

function enclosed(
  open: string,
  texts: readonly string[],
  close: string,
  style: Style,
  line: string,
): string {
  if (style.indent === '' || texts.length === 0) return open + texts.join(style.between) + close
  const inner = line + style.indent
  return `${open}${inner}${texts.join(`,${inner}`)}${line}${close}`
}

function text(value: string, style: Style): string {
  return style.escape(JSON.stringify(value))
}

function byKey(a: { readonly key: string }, b: { readonly key: string }): number {
  return a.key < b.key ? -1 : a.key > b.key ? 1 : 0
}

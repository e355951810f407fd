/**
 * JSON as text with places: numbers, escapes, key order and duplicate keys stay as they were
 * written, so that laying a payload out anew changes white space and nothing else (RFC 8259).
 */
import { AppError } from '../errors.ts'

interface Span {
  /** Character offsets into the text. */
  readonly start: number
  readonly end: number
}

export interface JsonMember {
  readonly key: string
  readonly keyRaw: string
  readonly value: JsonNode
}

export type JsonNode = Span &
  (
    | { readonly kind: 'object'; readonly members: readonly JsonMember[] }
    | { readonly kind: 'array'; readonly items: readonly JsonNode[] }
    | { readonly kind: 'string'; readonly raw: string; readonly text: string }
    | { readonly kind: 'number' | 'boolean' | 'null'; readonly raw: string }
  )

/** Deeper than any payload of use, shallow enough for the stack. */
const MAX_DEPTH = 256

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
// A string is read run by run: one pattern for all of it runs out of stack at some millions of characters.
const RUN = /[\x20\x21\x23-\x5b\x5d-\uffff]*/y
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y
const LITERAL = /true|false|null/y
const SPACE = /[ \t\n\r]*/y

/** The text is not JSON: where, and what is there instead of what, in words. */
export class JsonFault extends AppError {
  readonly offset: number
  readonly detail: string

  constructor(text: string, offset: number, detail: string) {
    const { line, column } = positionOf(text, offset)
    super('invalid', `The payload is not JSON. Line ${line}, column ${column}: ${detail}.`)
    this.offset = offset
    this.detail = detail
  }
}

/** @throws JsonFault with line and column when the text is not JSON */
export function parseJsonText(text: string): JsonNode {
  let at = 0

  function fail(expected: string): never {
    const detail = `expected ${expected}, found ${shownAt(text, at)}`
    throw new JsonFault(text, at, detail)
  }

  function match(pattern: RegExp): string | null {
    pattern.lastIndex = at
    const found = pattern.exec(text)?.[0] ?? null
    if (found !== null) at += found.length
    return found
  }

  function skipSpace(): void {
    // Most tokens follow one another directly.
    if (text.charCodeAt(at) <= 0x20) match(SPACE)
  }

  function take(character: string): boolean {
    skipSpace()
    if (text[at] !== character) return false
    at += 1
    return true
  }

  function string(): { raw: string; text: string } {
    const start = at
    at += 1
    do match(RUN)
    while (text[at] === '\\' && match(ESCAPE) !== null)
    if (text[at] !== '"') fail(text[at] === '\\' ? 'a known escape' : 'the rest of the string')
    at += 1
    const raw = text.slice(start, at)
    return { raw: sendable(raw), text: String(JSON.parse(raw)) }
  }

  function object(start: number, depth: number): JsonNode {
    const members: JsonMember[] = []
    if (take('}')) return { kind: 'object', members, start, end: at }
    do {
      skipSpace()
      if (text[at] !== '"') fail('a member name in double quotes')
      const { raw, text: key } = string()
      if (!take(':')) fail('a colon')
      members.push({ key, keyRaw: raw, value: value(depth + 1) })
    } while (take(','))
    if (!take('}')) fail('a comma or the closing }')
    return { kind: 'object', members, start, end: at }
  }

  function array(start: number, depth: number): JsonNode {
    const items: JsonNode[] = []
    if (take(']')) return { kind: 'array', items, start, end: at }
    do items.push(value(depth + 1))
    while (take(','))
    if (!take(']')) fail('a comma or the closing ]')
    return { kind: 'array', items, start, end: at }
  }

  function value(depth: number): JsonNode {
    if (depth > MAX_DEPTH) fail(`at most ${MAX_DEPTH} levels`)
    skipSpace()
    const start = at
    if (take('{')) return object(start, depth)
    if (take('[')) return array(start, depth)
    if (text[at] === '"') {
      const read = string()
      return { kind: 'string', raw: read.raw, text: read.text, start, end: at }
    }
    const literal = match(LITERAL)
    if (literal !== null) {
      return { kind: literal === 'null' ? 'null' : 'boolean', raw: literal, start, end: at }
    }
    const number = match(NUMBER)
    if (number !== null) return { kind: 'number', raw: number, start, end: at }
    return fail('a value')
  }

  const root = value(0)
  skipSpace()
  if (at < text.length) fail('the end')
  return root
}

/** JSON without halves of surrogate pairs, which have no bytes in UTF-8: only their escapes can be sent. */
export function sendable(raw: string): string {
  return raw.isWellFormed()
    ? raw
    : raw.replace(/\p{Surrogate}/gu, (half) => `\\u${half.charCodeAt(0).toString(16)}`)
}

/** `"}"`, or in words what cannot be seen. */
function shownAt(text: string, offset: number): string {
  const code = text.codePointAt(offset)
  if (code === undefined) return 'the end'
  const character = String.fromCodePoint(code)
  if (character === '\n' || character === '\r') return 'a line break'
  return /[\p{C}\p{Z}]/u.test(character)
    ? `the character U+${code.toString(16).toUpperCase().padStart(4, '0')}`
    : `"${character}"`
}

/** Both from 1; columns count UTF-16 code units. */
export function positionOf(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset)
  const lines = before.split('\n')
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 }
}

/** The node's JSON without white space between tokens. */
export function compactJson(node: JsonNode): string {
  switch (node.kind) {
    case 'object':
      return `{${node.members.map(({ keyRaw, value }) => `${keyRaw}:${compactJson(value)}`).join(',')}}`
    case 'array':
      return `[${node.items.map(compactJson).join(',')}]`
    case 'string':
    case 'number':
    case 'boolean':
    case 'null':
      return node.raw
  }
}

/** The node's JSON laid out with two spaces a level, as `JSON.stringify(…, null, 2)` does it. */
export function prettyJson(node: JsonNode, indent = ''): string {
  const inner = `${indent}  `
  const block = (open: string, lines: readonly string[], close: string) =>
    lines.length === 0
      ? open + close
      : `${open}\n${lines.map((line) => inner + line).join(',\n')}\n${indent}${close}`
  switch (node.kind) {
    case 'object':
      return block(
        '{',
        node.members.map(({ keyRaw, value }) => `${keyRaw}: ${prettyJson(value, inner)}`),
        '}',
      )
    case 'array':
      return block(
        '[',
        node.items.map((item) => prettyJson(item, inner)),
        ']',
      )
    case 'string':
    case 'number':
    case 'boolean':
    case 'null':
      return node.raw
  }
}

/** How long `prettyJson` would be: of deeply nested JSON hundreds of times the text. */
export function prettyLength(node: JsonNode, indent = 0): number {
  const inner = indent + 2
  const block = (lengths: readonly number[]) =>
    lengths.length === 0
      ? 2
      : lengths.reduce((sum, length) => sum + inner + length + 2, 0) - 2 + 4 + indent
  switch (node.kind) {
    case 'object':
      return block(
        node.members.map(({ keyRaw, value }) => keyRaw.length + 2 + prettyLength(value, inner)),
      )
    case 'array':
      return block(node.items.map((item) => prettyLength(item, inner)))
    case 'string':
    case 'number':
    case 'boolean':
    case 'null':
      return node.raw.length
  }
}

/** What may be added for the layout of a text from outside. */
const MOST_GROWTH = 4
const FREE_GROWTH = 64 * 1024

/** Null when the text is not JSON. */
export function tryParseJson(text: string): JsonNode | null {
  try {
    return parseJsonText(text)
  } catch (error) {
    if (error instanceof AppError) return null
    throw error
  }
}

/** The text laid out; null when it is not JSON, or nested so deeply that its layout is a burden. */
export function tryPrettyJson(text: string): string | null {
  const root = tryParseJson(text)
  if (!root) return null
  const isBurden = prettyLength(root) > text.length * MOST_GROWTH + FREE_GROWTH
  return isBurden ? null : prettyJson(root)
}

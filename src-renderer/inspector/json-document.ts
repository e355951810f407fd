/**
 * JSON as it was written: a tree of spans over the text, so that numbers, key order, duplicate keys
 * and layout can be shown and edited without being re-made. Strict RFC 8259; never throws for bad
 * input, answers with the first fault and where it is. Nesting beyond 512 levels is a fault.
 */

interface Span {
  /** Offset of the first character. */
  readonly start: number
  /** Offset after the last one. */
  readonly end: number
}

export interface JsonMember extends Span {
  readonly name: string
  readonly nameEnd: number
  readonly value: JsonNode
}

export interface JsonObject extends Span {
  readonly kind: 'object'
  readonly members: readonly JsonMember[]
}
export interface JsonArray extends Span {
  readonly kind: 'array'
  readonly items: readonly JsonNode[]
}
export interface JsonString extends Span {
  readonly kind: 'string'
  readonly value: string
}
export interface JsonBare extends Span {
  readonly kind: 'number' | 'boolean' | 'null'
}
export type JsonNode = JsonObject | JsonArray | JsonString | JsonBare

export interface JsonFault {
  readonly message: string
  readonly offset: number
  /** From 1. */
  readonly line: number
  readonly column: number
}

export type JsonDocument =
  | { readonly ok: true; readonly root: JsonNode }
  | { readonly ok: false; readonly fault: JsonFault }

const MAX_DEPTH = 512
const WHITESPACE = /[ \t\r\n]*/y
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON forbids them in strings
const PLAIN = /[^"\\\u0000-\u001f]*/y // oxlint-disable-line no-control-regex
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y
const WORD = /true|false|null/y

class Unexpected extends Error {
  readonly offset: number
  constructor(message: string, offset: number) {
    super(message)
    this.offset = offset
  }
}

/** Reads a whole text; what stands after the value is a fault too. */
export function readJson(text: string): JsonDocument {
  try {
    const reader = createReader(text)
    return { ok: true, root: reader.document() }
  } catch (error) {
    if (!(error instanceof Unexpected)) throw error
    return { ok: false, fault: { ...placeOf(text, error.offset), message: error.message } }
  }
}

/** Line and column, both from 1, of an offset. */
function placeOf(text: string, offset: number): { offset: number; line: number; column: number } {
  const before = text.slice(0, offset)
  const lineStart = before.lastIndexOf('\n') + 1
  return { offset, line: before.split('\n').length, column: offset - lineStart + 1 }
}

function createReader(text: string) {
  let at = 0

  const match = (pattern: RegExp): string | null => {
    pattern.lastIndex = at
    const found = pattern.exec(text)
    if (!found) return null
    at += found[0].length
    return found[0]
  }
  const skip = () => match(WHITESPACE)
  const take = (character: string): boolean => {
    if (text[at] !== character) return false
    at += 1
    return true
  }
  const fail = (expected: string): never => {
    const found = at >= text.length ? 'the text ends' : `there is “${text[at] ?? ''}”`
    throw new Unexpected(`${expected} is expected, but ${found}`, at)
  }

  // In steps: one pattern for a whole text overflows on a long one.
  const string = (expected: string): string => {
    const start = at
    if (!take('"')) return fail(expected)
    do match(PLAIN)
    while (match(ESCAPE) !== null)
    if (take('"')) return JSON.parse(text.slice(start, at)) as string
    throw new Unexpected('This text in quotes is not closed or escaped', start)
  }

  const member = (depth: number): JsonMember => {
    const start = at
    const name = string('A name in double quotes')
    const nameEnd = at
    skip()
    if (!take(':')) fail('A colon')
    skip()
    const value = node(depth + 1)
    return { start, end: at, name, nameEnd, value }
  }

  const object = (depth: number): JsonObject => {
    const start = at
    at += 1
    const members: JsonMember[] = []
    skip()
    if (take('}')) return { kind: 'object', start, end: at, members }
    for (;;) {
      skip()
      members.push(member(depth))
      skip()
      if (take('}')) return { kind: 'object', start, end: at, members }
      if (!take(',')) fail('A comma or }')
    }
  }

  const array = (depth: number): JsonArray => {
    const start = at
    at += 1
    const items: JsonNode[] = []
    skip()
    if (take(']')) return { kind: 'array', start, end: at, items }
    for (;;) {
      skip()
      items.push(node(depth + 1))
      skip()
      if (take(']')) return { kind: 'array', start, end: at, items }
      if (!take(',')) fail('A comma or ]')
    }
  }

  const node = (depth: number): JsonNode => {
    if (depth > MAX_DEPTH) throw new Unexpected(`It is nested deeper than ${MAX_DEPTH} levels`, at)
    const start = at
    const first = text[at]
    if (first === '{') return object(depth)
    if (first === '[') return array(depth)
    if (first === '"') return { kind: 'string', start, value: string('A value'), end: at }
    const word = match(WORD)
    if (word !== null) return { kind: word === 'null' ? 'null' : 'boolean', start, end: at }
    if (match(NUMBER) !== null) return { kind: 'number', start, end: at }
    return fail('A value')
  }

  return {
    document(): JsonNode {
      skip()
      const root = node(0)
      skip()
      if (at < text.length) fail('The end')
      return root
    },
  }
}

/**
 * JSON by structure: members by key whatever their order, list items by what they hold, numbers as
 * they are written, strings by what they mean.
 */
import type { JsonNode } from '../encode/index.ts'
import { align, type Gap, gapsOf } from './align.ts'
import type { RowSink, Side, Sliced } from './rows.ts'
import type { Rules } from './rules.ts'

export interface JsonText {
  readonly text: string
  readonly root: JsonNode
}

/** What is read and compared at once takes some milliseconds. */
const MAX_VALUES = 10_000

/** Whether JSON holds more values than are compared; commas in its strings count too. */
export function isTooMuch(text: string): boolean {
  let count = 1
  for (let at = 0; at < text.length && count <= MAX_VALUES; at++) {
    const code = text.charCodeAt(at)
    if (code === COMMA || code === BRACKET || code === BRACE) count += 1
  }
  return count > MAX_VALUES
}

const [COMMA, BRACKET, BRACE] = [0x2c, 0x5b, 0x7b]

/** Whether it begins as an object or array does. */
export function looksLikeJson(text: string): boolean {
  return /^\ufeff?\s*[[{]/.test(text)
}

type Path = readonly string[]

/** A value and where it stands. */
interface Placed {
  readonly node: JsonNode
  readonly path: Path
}

/** @param labelOf a path as it is shown; @param ruleOf the rule that takes a path out */
export function* diffJson(
  left: JsonText,
  right: JsonText,
  how: {
    readonly labelOf: (path: Path) => string
    readonly ruleOf: Rules['path']
    readonly sink: RowSink
  },
): Sliced<void> {
  const { labelOf, ruleOf, sink } = how
  const identities = createIdentities(ruleOf)
  let steps = 0

  const sideOf = (text: string, { node, path }: Placed): Side => ({
    label: labelOf(path),
    text: text.slice(node.start, node.end),
  })

  function add(one: Placed | null, other: Placed | null, ruleId: string | null, isEqual = false) {
    sink.add({
      left: one && sideOf(left.text, one),
      right: other && sideOf(right.text, other),
      isEqual,
      ruleId: isEqual ? null : ruleId,
    })
  }

  function* walk(one: Placed | null, other: Placed | null, above: string | null): Sliced<void> {
    steps += 1
    if (steps % STEPS_PER_SLICE === 0) yield
    const ruleId = above ?? (one && ruleOf(one.path)) ?? (other && ruleOf(other.path))
    if (!one || !other) return add(one, other, ruleId)
    const [a, b] = [one.node, other.node]
    if (a.kind === 'object' && b.kind === 'object' && hasAny(a.members, b.members)) {
      for (const [first, second] of memberPairs(one.path, a.members, other.path, b.members)) {
        yield* walk(first, second, ruleId)
      }
    } else if (a.kind === 'array' && b.kind === 'array' && hasAny(a.items, b.items)) {
      const pairs = yield* itemPairs(itemsOf(one.path, a.items), itemsOf(other.path, b.items))
      for (const [first, second] of pairs) yield* walk(first, second, ruleId)
    } else add(one, other, ruleId, isSameScalar(a, b))
  }

  function* itemPairs(ones: readonly Placed[], others: readonly Placed[]) {
    const [ours, theirs] = [yield* identities.of(ones), yield* identities.of(others)]
    const pairs: [Placed | null, Placed | null][] = []
    for (const { before, gap } of gapsOf(yield* align(ours, theirs), ones.length, others.length)) {
      for (const pair of gapPairs(gap, ones, others)) pairs.push(pair)
      if (before) pairs.push([ones[before[0]] ?? null, others[before[1]] ?? null])
    }
    return pairs
  }

  yield* walk({ node: left.root, path: [] }, { node: right.root, path: [] }, null)
}

const STEPS_PER_SLICE = 100

function hasAny(ones: readonly unknown[], others: readonly unknown[]): boolean {
  return ones.length > 0 || others.length > 0
}

function isSameScalar(a: JsonNode, b: JsonNode): boolean {
  if (a.kind !== b.kind) return false
  if (a.kind === 'string' && b.kind === 'string') return a.text === b.text
  if ('raw' in a && 'raw' in b) return a.raw === b.raw
  // Both are empty objects, or empty lists.
  return true
}

type Members = Extract<JsonNode, { kind: 'object' }>['members']

function itemsOf(path: Path, items: readonly JsonNode[]): Placed[] {
  return items.map((node, index) => ({ node, path: [...path, String(index)] }))
}

/** By key, in the order of the left side; of a key that stands there twice, the first with the first. */
function memberPairs(leftPath: Path, left: Members, rightPath: Path, right: Members) {
  const rest = new Map<string, Placed[]>()
  for (const { key, value } of right) {
    const placed = { node: value, path: [...rightPath, key] }
    const known = rest.get(key)
    if (known) known.push(placed)
    else rest.set(key, [placed])
  }
  const pairs: [Placed | null, Placed | null][] = left.map(({ key, value }) => [
    { node: value, path: [...leftPath, key] },
    rest.get(key)?.shift() ?? null,
  ])
  for (const waiting of rest.values()) {
    for (const placed of waiting) pairs.push([null, placed])
  }
  return pairs
}

/** Between two items that are the same: those with the same id, then in order. */
function gapPairs(gap: Gap, ones: readonly Placed[], others: readonly Placed[]) {
  const pairs: [Placed | null, Placed | null][] = []
  const rest = gap.right.flatMap((index) => others[index] ?? [])
  const lonely: Placed[] = []
  const byId = new Map<string, Placed>()
  for (const other of rest) {
    const id = idOf(other.node)
    if (id !== null && !byId.has(id)) byId.set(id, other)
  }
  const taken = new Set<Placed>()
  for (const index of gap.left) {
    const one = ones[index]
    if (!one) continue
    const id = idOf(one.node)
    const other = id === null ? undefined : byId.get(id)
    if (other && !taken.has(other)) {
      taken.add(other)
      pairs.push([one, other])
    } else lonely.push(one)
  }
  const left = rest.filter((other) => !taken.has(other))
  const count = Math.max(lonely.length, left.length)
  for (let at = 0; at < count; at++) pairs.push([lonely[at] ?? null, left[at] ?? null])
  return pairs
}

/** What a list's items are told apart by. */
const ID_KEYS = new Set(['id', 'key', 'name'])

function idOf(node: JsonNode): string | null {
  if (node.kind !== 'object') return null
  const member = node.members.find(({ key }) => ID_KEYS.has(key))
  return member && 'raw' in member.value ? `${member.key} ${member.value.raw}` : null
}

/** Numbers that are the same for what is the same but for what rules take out. */
function createIdentities(ruleOf: Rules['path']) {
  const numbers = new Map<string, number>()
  let steps = 0

  function numberOf(description: string): number {
    const known = numbers.get(description) ?? numbers.size
    numbers.set(description, known)
    return known
  }

  /** Each value is told apart once, on the way down from the list that it stands in. */
  const known = new Map<JsonNode, number>()

  function* identity(node: JsonNode, path: Path): Sliced<number> {
    const before = known.get(node)
    if (before !== undefined) return before
    steps += 1
    if (steps % STEPS_PER_SLICE === 0) yield
    const number = numberOf(yield* description(node, path))
    known.set(node, number)
    return number
  }

  function* description(node: JsonNode, path: Path): Sliced<string> {
    if (node.kind === 'array') {
      const items: number[] = []
      for (const { node: item, path: at } of itemsOf(path, node.items)) {
        if (ruleOf(at) === null) items.push(yield* identity(item, at))
      }
      return `[${items.join()}`
    }
    if (node.kind === 'object') {
      const members: string[] = []
      for (const { key, value } of node.members) {
        const at = [...path, key]
        if (ruleOf(at) === null)
          members.push(`${JSON.stringify(key)}:${yield* identity(value, at)}`)
      }
      return `{${members.sort().join()}`
    }
    return node.kind === 'string' ? `"${node.text}` : node.raw
  }

  return {
    of: function* (list: readonly Placed[]): Sliced<number[]> {
      const found: number[] = []
      for (const { node, path } of list) found.push(yield* identity(node, path))
      return found
    },
  }
}

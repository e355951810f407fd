/**
 * The fields of a form put together to JSON again: `a[b][0]=x` as PHP, Rails and qs read it. All
 * leaves are text, but for those that hold a JSON object or array, which stay as they were written.
 */
import { tryParseJson } from '../encode/index.ts'

/** JSON text, or members by name. */
type Tree = string | Map<string, Tree>

/** JSON text of an object, one member per first name. */
export function formAsJson(fields: readonly (readonly [name: string, value: string])[]): string {
  const root = new Map<string, Tree>()
  for (const [name, value] of fields) put(root, pathOf(name), leafOf(value))
  return textOf(root, true)
}

/** As deep as PHP reads forms; a name with more steps is one step. */
const MOST_STEPS = 64

/**
 * `a[b][]` → `a`, `b`, and an empty step for the next of a list. A name without a head is one step.
 * Without a regular expression, as a name may be a body of megabytes.
 */
function pathOf(name: string): string[] {
  const first = name.indexOf('[')
  if (first < 1 || !name.endsWith(']')) return [name]
  const steps = [name.slice(0, first)]
  for (let at = first; at < name.length; ) {
    const end = name.indexOf(']', at)
    if (name[at] !== '[' || end === -1 || steps.length === MOST_STEPS) return [name]
    steps.push(name.slice(at + 1, end))
    at = end + 1
  }
  return steps
}

function leafOf(value: string): string {
  return /^\s*[[{]/.test(value) && tryParseJson(value) ? value : JSON.stringify(value)
}

function put(parent: Map<string, Tree>, [step = '', ...rest]: readonly string[], leaf: string) {
  if (rest.length === 0) {
    parent.set(step === '' ? freeIndex(parent) : step, leaf)
    return
  }
  const key = step === '' ? elementFor(parent, rest[0] ?? '') : step
  const known = parent.get(key)
  const child = known instanceof Map ? known : new Map<string, Tree>()
  parent.set(key, child)
  put(child, rest, leaf)
}

/** The first that nothing has from there on: `a[1]=x&a[]=y` keeps both. */
function freeIndex(parent: ReadonlyMap<string, Tree>): string {
  let index = parent.size
  while (parent.has(String(index))) index += 1
  return String(index)
}

/** Rails' rule: `a[][b]` goes into the last element of the list until that has a `b`. */
function elementFor(parent: ReadonlyMap<string, Tree>, next: string): string {
  const last = String(parent.size - 1)
  const element = parent.get(last)
  return element instanceof Map && next !== '' && !element.has(next) ? last : freeIndex(parent)
}

function textOf(tree: Tree, isRoot = false): string {
  if (typeof tree === 'string') return tree
  const entries = [...tree]
  const isList = !isRoot && entries.every(([key], at) => key === String(at))
  if (isList) return `[${entries.map(([, child]) => textOf(child)).join(',')}]`
  return `{${entries.map(([key, child]) => `${JSON.stringify(key)}:${textOf(child)}`).join(',')}}`
}

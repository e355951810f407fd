/**
 * Form bodies as PHP reads them (php.net, parse_str): its brackets, its numbering of `[]`, its last
 * value of a name that occurs twice. An opinion of its own beside qs, for names that PHP keeps as
 * they are.
 */
type PhpArray = Map<string, string | PhpArray>

/** Arrays whose keys count from 0 come back as lists, as json_encode would write them. */
export function parsePhpForm(text: string): unknown {
  const root: PhpArray = new Map()
  for (const [name, value] of new URLSearchParams(text)) {
    const open = name.indexOf('[')
    const keys =
      open < 1 ? [name] : [name.slice(0, open), ...[...name.matchAll(/\[([^\]]*)\]/g)].map(group)]
    assign(root, keys, value)
  }
  return Object.fromEntries([...root].map(([key, value]) => [key, toValue(value)]))
}

function group(match: RegExpExecArray): string {
  return match[1] ?? ''
}

function assign(array: PhpArray, keys: readonly string[], value: string): void {
  const [first = '', ...rest] = keys
  const key = first === '' ? nextIndex(array) : first
  if (rest.length === 0) {
    array.set(key, value)
    return
  }
  const known = array.get(key)
  const inner: PhpArray = known instanceof Map ? known : new Map()
  array.set(key, inner)
  assign(inner, rest, value)
}

function nextIndex(array: PhpArray): string {
  const indices = [...array.keys()].filter((key) => /^\d+$/.test(key)).map(Number)
  return String(Math.max(-1, ...indices) + 1)
}

function toValue(value: string | PhpArray): unknown {
  if (typeof value === 'string') return value
  const entries = [...value]
  return entries.every(([key], index) => key === String(index))
    ? entries.map(([, item]) => toValue(item))
    : Object.fromEntries(entries.map(([key, item]) => [key, toValue(item)]))
}

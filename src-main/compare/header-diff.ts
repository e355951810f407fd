/** Start lines and headers: each name's values in turn, in the order of the left side, case and number kept. */
import type { ReadHead } from '../encode/index.ts'
import type { RowSink, Side, Sliced } from './rows.ts'
import type { Rules } from './rules.ts'

/** Method, path and version of a request; version and status of an answer. */
export function diffStartLines(left: string, right: string, sink: RowSink): void {
  const [leftParts, rightParts] = [partsOf(left), partsOf(right)]
  for (const label of new Set([...leftParts.keys(), ...rightParts.keys()])) {
    const [one, other] = [leftParts.get(label), rightParts.get(label)]
    sink.add({
      left: one === undefined ? null : { label, text: one },
      right: other === undefined ? null : { label, text: other },
      isEqual: one === other,
      ruleId: null,
    })
  }
}

function partsOf(startLine: string): Map<string, string> {
  const [first = '', ...rest] = startLine.split(' ')
  if (first.startsWith('HTTP/')) {
    return new Map([
      ['Status', rest.join(' ')],
      ['Version', first],
    ])
  }
  const version = rest.length > 1 ? (rest.at(-1) ?? '') : ''
  const target = rest.length > 1 ? rest.slice(0, -1).join(' ') : (rest[0] ?? '')
  return new Map([
    ['Method', first],
    ['Path', target],
    ['Version', version],
  ])
}

type Headers = ReadHead['headers']

const HEADERS_PER_SLICE = 200

export function* diffHeaders(
  left: Headers,
  right: Headers,
  rules: Rules,
  sink: RowSink,
): Sliced<void> {
  const rest = byName(right)
  yield
  for (const [index, header] of left.entries()) {
    if (index % HEADERS_PER_SLICE === 0) yield
    const others = rest.get(header[0].toLowerCase())
    add(header, others?.next().value ?? null)
  }
  const lonely = new Set([...rest.values()].flatMap((others) => [...others]))
  for (const [index, header] of right.entries()) {
    if (index % HEADERS_PER_SLICE === 0) yield
    if (lonely.has(header)) add(null, header)
  }

  function add(one: Headers[number] | null, other: Headers[number] | null) {
    const isEqual = one !== null && other !== null && one[0] === other[0] && one[1] === other[1]
    const name = (one ?? other)?.[0] ?? ''
    const ruleId = isEqual ? null : rules.header(name)
    sink.add({ left: sideOf(one), right: sideOf(other), isEqual, ruleId })
  }
}

function sideOf(header: Headers[number] | null): Side | null {
  return header && { label: header[0], text: header[1] }
}

/** By name, each of them once, in order. */
function byName(headers: Headers): Map<string, IterableIterator<Headers[number]>> {
  const names = new Map<string, Headers[number][]>()
  for (const header of headers) {
    const name = header[0].toLowerCase()
    const known = names.get(name)
    if (known) known.push(header)
    else names.set(name, [header])
  }
  return new Map([...names].map(([name, list]) => [name, list.values()]))
}

/** Whether the headers that both have, and no rule takes out, stand in the same order. */
export function* isSameOrder(left: Headers, right: Headers, rules: Rules): Sliced<boolean> {
  const namesOf = (headers: Headers) => headers.map(([name]) => name.toLowerCase())
  const [leftNames, rightNames] = [namesOf(left), namesOf(right)]
  /** Rules are asked once for each name. */
  const isLeftOut = new Map<string, boolean>()
  function* common(names: readonly string[], others: ReadonlySet<string>): Sliced<string> {
    const both: string[] = []
    for (const [index, name] of names.entries()) {
      if (index % HEADERS_PER_SLICE === 0) yield
      const known = isLeftOut.get(name) ?? rules.header(name) !== null
      isLeftOut.set(name, known)
      if (!known && others.has(name)) both.push(name)
    }
    return both.join('\n')
  }
  const ones = yield* common(leftNames, new Set(rightNames))
  return ones === (yield* common(rightNames, new Set(leftNames)))
}

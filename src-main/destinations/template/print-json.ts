/** Prints a body of expressions as JSON with Liquid in it, laid out to be read and edited. */
import { closing, type Guarded, liquidIn, opening } from './liquid-ink.ts'

type GuardOf = (part: object) => Guarded | null

/** So many characters still stand on one line. */
const ONE_LINE = 96

export function printJson(value: unknown, guardOf: GuardOf, indent = ''): string {
  if (typeof value === 'string') {
    const liquid = liquidIn(value)
    return liquid === null ? JSON.stringify(value) : `{{ ${liquid} | json }}`
  }
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const inner = `${indent}  `
  const [open, close] = Array.isArray(value) ? '[]' : '{}'
  const items = Array.isArray(value)
    ? arrayItems(value, guardOf, inner)
    : memberItems(value, guardOf, inner)
  const short = `${open} ${items.join(' ')} ${close}`
  if (!/\n|\{% /.test(short) && indent.length + short.length <= ONE_LINE) return short
  const lines = items.map((item) => `\n${inner}${item}`).join('')
  return `${open}${lines}\n${indent}${close}`
}

/** A comma stands after the item before, or within the guard of an item that may not be there. */
function arrayItems(list: readonly unknown[], guardOf: GuardOf, indent: string): string[] {
  const guards = list.map((item) => guarding(item, guardOf))
  return list.map((item, index) => {
    const guarded = guards[index]
    const after = index < list.length - 1 && !guards[index + 1] ? ',' : ''
    const print = (part: unknown) => printJson(part, guardOf, indent)
    if (!guarded) return print(item) + after
    const { guard, parts } = guarded
    const before = index > 0 ? ', ' : guard.kind === 'each' ? FIRST_OF_LOOP : ''
    const printed = parts.map(print).join(`,\n${indent}`)
    return opening(guard) + before + printed + closing(guard) + after
  })
}

const FIRST_OF_LOOP = '{% unless forloop.first %}, {% endunless %}'

/** A guarded member is the last one of its object. */
function memberItems(value: object, guardOf: GuardOf, indent: string): string[] {
  const members = Object.entries(value).filter(([, member]) => member !== undefined)
  return members.map(([name, member], index) => {
    const guarded = guarding(member, guardOf)
    const next = members[index + 1]
    const after = next && !guarding(next[1], guardOf) ? ',' : ''
    const printed = `${JSON.stringify(name)}: ${printJson(member, guardOf, indent)}`
    return guarded
      ? `${opening(guarded.guard)}, ${printed}${closing(guarded.guard)}`
      : printed + after
  })
}

function guarding(value: unknown, guardOf: GuardOf): Guarded | null {
  return typeof value === 'object' && value !== null ? guardOf(value) : null
}

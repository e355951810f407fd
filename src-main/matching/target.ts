/**
 * Target attendees: conditions over an event's payload. Text compares without case and surrounding
 * space; a field that is missing equals nothing, so `is not` and `is none of` hold for it.
 */
import { TARGET_FIELDS, type Target, type TargetCondition } from '#contract'
import { assertNever } from '../errors.ts'

export interface TargetVerdict {
  readonly matches: boolean
  /** One per condition, in words. */
  readonly reasons: readonly string[]
}

const FIELD_WORDS: Readonly<Record<(typeof TARGET_FIELDS)[number], string>> = {
  ticketType: 'ticket type',
  attendeeType: 'attendee type',
  language: 'language',
  country: 'country',
  company: 'company',
  tags: 'tags',
}

/** @param envelope the event's payload as parsed JSON, of whatever shape */
export function matchTarget(target: Target, envelope: unknown): TargetVerdict {
  const verdicts = target.conditions.map((condition) => judge(condition, envelope))
  const { length } = verdicts
  const held = verdicts.filter(({ holds }) => holds).length
  const matches = length === 0 || (target.join === 'all' ? held === length : held > 0)
  return { matches, reasons: verdicts.map(({ reason }) => reason) }
}

function judge(condition: TargetCondition, envelope: unknown): { holds: boolean; reason: string } {
  const actual = textsAt(condition.field, envelope)
  // A row that was left empty asks for nothing.
  const wanted = condition.values.map(normalise).filter((text) => text !== '')
  const holds = holdsFor(condition, actual.map(normalise), wanted)
  return { holds, reason: `${nameOf(condition.field)} ${shown(actual)}, wants ${wish(condition)}` }
}

function holdsFor(
  { operator }: TargetCondition,
  actual: readonly string[],
  wanted: readonly string[],
): boolean {
  const first = wanted.slice(0, 1)
  switch (operator) {
    case 'is':
      return actual.some((text) => first.includes(text))
    case 'is_not':
      return !actual.some((text) => first.includes(text))
    case 'is_any_of':
      return actual.some((text) => wanted.includes(text))
    case 'is_none_of':
      return !actual.some((text) => wanted.includes(text))
    case 'contains':
      return actual.some((text) => first.some((part) => text.includes(part)))
    case 'starts_with':
      return actual.some((text) => first.some((part) => text.startsWith(part)))
    case 'exists':
      return actual.length > 0
    default:
      return assertNever(operator)
  }
}

/** The texts at a field: none when it is missing, several for a list. */
function textsAt(field: string, envelope: unknown): string[] {
  const name = field.trim()
  const path = isTargetField(name) ? ['data', 'attendee', name] : name.split('.')
  let value: unknown = envelope
  for (const step of path) value = memberOf(value, step)
  const values = Array.isArray(value) ? value : [value]
  return values.flatMap((item) => {
    if (item === undefined || item === null) return []
    return [typeof item === 'string' ? item : JSON.stringify(item)]
  })
}

function memberOf(value: unknown, step: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined
  return Reflect.get(value, step)
}

function isTargetField(name: string): name is (typeof TARGET_FIELDS)[number] {
  return TARGET_FIELDS.some((field) => field === name)
}

function normalise(text: string): string {
  return text.trim().toLowerCase()
}

function nameOf(field: string): string {
  const name = field.trim()
  return isTargetField(name) ? FIELD_WORDS[name] : name
}

function shown(actual: readonly string[]): string {
  if (actual.length === 0) return 'is missing'
  return `${actual.length > 1 ? 'are' : 'is'} ${actual.map(quoted).join(', ')}`
}

function wish({ operator, values: typed }: TargetCondition): string {
  const values = typed.filter((text) => text.trim() !== '')
  const [first = ''] = values
  switch (operator) {
    case 'is':
      return quoted(first)
    case 'is_not':
      return `anything but ${quoted(first)}`
    case 'is_any_of':
      return values.map(quoted).join(' or ')
    case 'is_none_of':
      return `none of ${values.map(quoted).join(', ')}`
    case 'contains':
      return `something with ${quoted(first)} in it`
    case 'starts_with':
      return `something that starts with ${quoted(first)}`
    case 'exists':
      return 'any value'
    default:
      return assertNever(operator)
  }
}

function quoted(text: string): string {
  return `“${text.trim()}”`
}

/**
 * Whether Teams would take an Adaptive Card from a webhook: structure, required members, and what a
 * webhook's card may not do (adaptivecards.io, schema 1.x; learn.microsoft.com, cards reference and
 * Create an Incoming Webhook). Elements that are known by name are not looked into further.
 */
import { isObject, type JsonObject } from './rehearsal.ts'

/** What is wrong at a place, in words; null when nothing is. */
type Fault = string | null

/** Cards within cards; deeper than anybody can read. */
const MAX_DEPTH = 20
const VERSION = /^1\.[0-6]$/

/** @param at `attachments[0].content` */
export function cardFault(card: unknown, at: string, depth = 0): Fault {
  if (!isObject(card) || card.type !== 'AdaptiveCard') return `${at} is no AdaptiveCard.`
  if (typeof card.version !== 'string') return `${at} has no version.`
  if (!VERSION.test(card.version)) return `${at}.version is not from 1.0 to 1.6.`
  return (
    partsFault(card.body ?? [], `${at}.body`, depth, elementFault) ??
    partsFault(card.actions ?? [], `${at}.actions`, depth, actionFault)
  )
}

type Check = (part: JsonObject, at: string, depth: number) => Fault

function partsFault(parts: unknown, at: string, depth: number, check: Check): Fault {
  if (depth > MAX_DEPTH) return `${at} lies too deep.`
  if (!Array.isArray(parts)) return `${at} is not a list.`
  for (const [index, part] of parts.entries()) {
    const place = `${at}[${index}]`
    const fault = isObject(part) ? check(part, place, depth + 1) : `${place} is no object.`
    if (fault !== null) return fault
  }
  return null
}

/** The members that hold other elements, and those that have to be texts. */
const ELEMENTS: Readonly<
  Record<string, { readonly texts?: readonly string[]; readonly parts?: Record<string, Check> }>
> = {
  TextBlock: { texts: ['text'] },
  RichTextBlock: { parts: { inlines: () => null } },
  Image: { texts: ['url'] },
  Media: { parts: { sources: () => null } },
  FactSet: { parts: { facts: factFault } },
  ImageSet: { parts: { images: elementFault } },
  Container: { parts: { items: elementFault } },
  Column: {},
  ColumnSet: {},
  ActionSet: { parts: { actions: actionFault } },
  Table: {},
  'Input.Text': { texts: ['id'] },
  'Input.Number': { texts: ['id'] },
  'Input.Date': { texts: ['id'] },
  'Input.Time': { texts: ['id'] },
  'Input.Toggle': { texts: ['id', 'title'] },
  'Input.ChoiceSet': { texts: ['id'] },
}

function elementFault(element: JsonObject, at: string, depth: number): Fault {
  const { type } = element
  const known = typeof type === 'string' && Object.hasOwn(ELEMENTS, type) ? ELEMENTS[type] : null
  if (!known) return `${at} is of no type that Adaptive Cards have.`
  const missing = known.texts?.find((name) => typeof element[name] !== 'string')
  if (missing !== undefined) return `${at}.${missing} is no text.`
  for (const [name, check] of Object.entries(known.parts ?? {})) {
    const fault = partsFault(element[name], `${at}.${name}`, depth, check)
    if (fault !== null) return fault
  }
  if (type === 'ColumnSet')
    return partsFault(element.columns ?? [], `${at}.columns`, depth, columnFault)
  if (type === 'Column') return columnFault(element, at, depth)
  return optionalAction(element.selectAction, `${at}.selectAction`, depth)
}

function columnFault(column: JsonObject, at: string, depth: number): Fault {
  return partsFault(column.items ?? [], `${at}.items`, depth, elementFault)
}

function factFault({ title, value }: JsonObject, at: string): Fault {
  if (typeof title !== 'string') return `${at}.title is no text.`
  return typeof value === 'string' ? null : `${at}.value is no text.`
}

function actionFault(action: JsonObject, at: string, depth: number): Fault {
  switch (action.type) {
    case 'Action.OpenUrl':
      return typeof action.url === 'string' && URL.canParse(action.url)
        ? null
        : `${at}.url is no URL.`
    case 'Action.ShowCard':
      return depth > MAX_DEPTH ? `${at} lies too deep.` : cardInside(action.card, at, depth)
    case 'Action.ToggleVisibility':
      return Array.isArray(action.targetElements) ? null : `${at}.targetElements is not a list.`
    case 'Action.Submit':
    case 'Action.Execute':
      return `${at} is ${action.type}, which a card of a webhook cannot do.`
    default:
      return `${at} is of no type that Adaptive Cards have.`
  }
}

/** A card that a button opens needs no version of its own. */
function cardInside(card: unknown, at: string, depth: number): Fault {
  const whole = isObject(card) ? { version: '1.0', ...card } : card
  return cardFault(whole, `${at}.card`, depth + 1)
}

function optionalAction(action: unknown, at: string, depth: number): Fault {
  if (action === undefined) return null
  return isObject(action) ? actionFault(action, at, depth) : `${at} is no object.`
}

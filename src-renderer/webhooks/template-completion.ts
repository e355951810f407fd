/**
 * Completion in a template: within an output or a tag the fields of the event by its schema, the
 * names that the template gives itself, filters after a bar, and tags. A CodeMirror completion source.
 */
import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete'
import { LIQUID_FILTERS, TEMPLATE_FILTERS, type TemplateFilter } from '#contract'
import { fieldOf, type JsonSchema, schemaAt } from '../ui/json-schema.ts'

/** So far back an output or a tag may have begun. */
const LOOK_BACK = 2_000

const FILTERS: readonly Completion[] = [...TEMPLATE_FILTERS, ...LIQUID_FILTERS].map(toOption)

const TAGS: readonly Completion[] = [
  ['if', 'What follows only if something is so.'],
  ['elsif', 'Else, if something is so.'],
  ['else', 'Else.'],
  ['endif', 'The end of an if.'],
  ['unless', 'What follows unless something is so.'],
  ['endunless', 'The end of an unless.'],
  ['for', 'What follows for each item of a list.'],
  ['endfor', 'The end of a for.'],
  ['assign', 'Gives a value a name.'],
  ['capture', 'Gives a text of several parts a name.'],
  ['endcapture', 'The end of a capture.'],
  ['case', 'One of several, by a value.'],
  ['when', 'What follows for this value of a case.'],
  ['endcase', 'The end of a case.'],
  ['comment', 'What follows is left out.'],
  ['endcomment', 'The end of a comment.'],
].map(([label = '', info = '']) => ({ label, info, type: 'keyword' }))

/** Completes within templates of events of this schema. */
export function templateCompletion(schema: JsonSchema) {
  return (context: CompletionContext): CompletionResult | null => {
    const { state, pos, explicit } = context
    const text = state.sliceDoc(0, pos)
    const inside = liquidBefore(text)
    if (!inside) return null
    const word = /[\w-]*$/.exec(inside.text)?.[0] ?? ''
    const before = inside.text.slice(0, inside.text.length - word.length)
    const options = optionsAfter(before, inside.isTag, text, schema)
    const isAsked = explicit || word !== '' || /[.|]\s*$/.test(before)
    if (!isAsked || options.length === 0) return null
    return { from: pos - word.length, options, validFor: /^[\w-]*$/ }
  }
}

/** What stands between the opening of an output or tag and the cursor; null outside of them. */
function liquidBefore(text: string): { text: string; isTag: boolean } | null {
  const tail = text.slice(-LOOK_BACK)
  const start = Math.max(tail.lastIndexOf('{{'), tail.lastIndexOf('{%'))
  if (start < 0) return null
  const opened = tail.slice(start + 2)
  const isTag = tail.startsWith('{%', start)
  return opened.includes(isTag ? '%}' : '}}') ? null : { text: opened.replace(/^-/, ''), isTag }
}

function optionsAfter(
  before: string,
  isTag: boolean,
  text: string,
  schema: JsonSchema,
): readonly Completion[] {
  if (/\|\s*$/.test(before)) return FILTERS
  if (isTag && /^\s*$/.test(before)) return TAGS
  if (/^\s*(assign|capture)\s+$/.test(before)) return []
  const path = /((?:[\w-]+\.)*)$/.exec(before)?.[1] ?? ''
  const steps = path.split('.').filter(Boolean)
  if (steps.length > 0) return membersAt(schema, steps, text)
  return [...membersAt(schema, [], text), ...ownNames(text)]
}

function membersAt(
  schema: JsonSchema,
  steps: readonly string[],
  text: string,
): readonly Completion[] {
  const place = schemaAt(schema, pathOf(steps, text))
  if (!place) return []
  return fieldOf(place, schema).members.map(({ name, required, schema: own }, index) => ({
    label: name,
    type: 'property',
    detail: required ? '' : 'optional',
    info: fieldOf(own, schema).description,
    sortText: String(index).padStart(4, '0'),
  }))
}

/** The variable of a loop is an item of what it goes through. */
function pathOf(steps: readonly string[], text: string): readonly (string | number)[] {
  const [first = '', ...rest] = steps
  const loop = [...text.matchAll(/\{%-?\s*for\s+(\w+)\s+in\s+([\w.]+)/g)].findLast(
    ([, name]) => name === first,
  )
  return loop?.[2] === undefined ? steps : [...loop[2].split('.'), 0, ...rest]
}

/** What the template has named so far. */
function ownNames(text: string): readonly Completion[] {
  const named = text.matchAll(/\{%-?\s*(?:assign|capture|for)\s+(\w+)/g)
  const names = new Set([...named].map(([, name = '']) => name))
  return [...names].map((label) => ({ label, type: 'variable', detail: 'of this template' }))
}

function toOption({ name, description, args }: TemplateFilter): Completion {
  const apply = args === '' ? name : `${name}: `
  return { label: name, apply, info: description, detail: args, type: 'function' }
}

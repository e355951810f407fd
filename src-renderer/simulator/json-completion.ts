/**
 * Completion of a payload's JSON from its event's schema: names of members that are not there yet,
 * with their descriptions, and the values of an enum. A CodeMirror completion source.
 */
import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete'
import { syntaxTree } from '@codemirror/language'
import type { EditorState } from '@codemirror/state'
import { blankOf, fieldOf, type JsonSchema, schemaAt } from '../ui/json-schema.ts'

type SyntaxNode = ReturnType<ReturnType<typeof syntaxTree>['resolveInner']>

/** Completes within documents of this schema. */
export function jsonCompletion(schema: JsonSchema) {
  return (context: CompletionContext): CompletionResult | null => {
    const { state, pos } = context
    const node = syntaxTree(state).resolveInner(pos, -1)
    const place = placeOf(state, node, pos)
    if (!place) return null
    const typed = context.matchBefore(/"?[\w$-]*/)
    const from = place.from ?? typed?.from ?? pos
    if (!context.explicit && from === pos) return null
    const after = state.sliceDoc(pos, pos + 1)
    const to = place.to ?? (after === '"' ? pos + 1 : pos)
    const options = place.isName
      ? nameOptions(schema, place, state, to)
      : valueOptions(schema, place.path)
    if (options.length === 0) return null
    // A value that stands there already is exchanged for any other, not only for one spelt like it.
    const isWhole = options.some(({ label }) => label === state.sliceDoc(from, to))
    if (context.explicit && isWhole && !place.isName) return { from, to, options, filter: false }
    return { from, to, options, validFor: /^"?[\w$-]*"?$/ }
  }
}

interface Place {
  readonly isName: boolean
  /** Of the object whose member is named, or of the value. */
  readonly path: readonly (string | number)[]
  readonly object: SyntaxNode | null
  /** The token to replace, where there is one. */
  readonly from: number | null
  readonly to: number | null
}

function placeOf(state: EditorState, node: SyntaxNode, pos: number): Place | null {
  if (node.name === 'PropertyName') {
    const object = node.parent?.parent ?? null
    if (!object) return null
    return { isName: true, path: pathOf(state, object), object, from: node.from, to: node.to }
  }
  if (node.name === 'String') {
    return { isName: false, path: pathOf(state, node), object: null, from: node.from, to: node.to }
  }
  const holder = node.type.isError ? node.parent : node
  if (!holder) return null
  if (holder.name === 'Property') {
    const before = state.sliceDoc(holder.from, pos)
    if (!before.includes(':')) return null
    const path = [...pathOf(state, holder), nameOf(state, holder)]
    return { isName: false, path, object: null, from: null, to: null }
  }
  if (holder.name === 'Object') {
    return { isName: true, path: pathOf(state, holder), object: holder, from: null, to: null }
  }
  return null
}

function pathOf(state: EditorState, start: SyntaxNode): (string | number)[] {
  const path: (string | number)[] = []
  for (let node: SyntaxNode | null = start; node; node = node.parent) {
    const { parent }: { parent: SyntaxNode | null } = node
    if (parent?.name === 'Property') path.unshift(nameOf(state, parent))
    if (parent?.name === 'Array') path.unshift(placeIn(node))
  }
  return path
}

function nameOf(state: EditorState, property: SyntaxNode): string {
  const name = property.getChild('PropertyName')
  return name ? state.sliceDoc(name.from + 1, name.to - 1) : ''
}

function placeIn(item: SyntaxNode): number {
  let place = 0
  for (let node = item.prevSibling; node; node = node.prevSibling) {
    if (/^(Object|Array|String|Number|True|False|Null)$/.test(node.name)) place += 1
  }
  return place
}

function nameOptions(
  schema: JsonSchema,
  place: Place,
  state: EditorState,
  to: number,
): readonly Completion[] {
  const own = schemaAt(schema, place.path)
  if (!own) return []
  const present = (place.object?.getChildren('Property') ?? [])
    .filter((property) => property.from !== place.from)
    .map((property) => nameOf(state, property))
  const hasColon = /^\s*:/.test(state.sliceDoc(to, to + 20))
  return fieldOf(own, schema)
    .members.filter((member) => !present.includes(member.name))
    .map((member, index) => {
      const blank = JSON.stringify(blankOf(member.schema, schema))
      const name = JSON.stringify(member.name)
      return {
        label: name,
        type: 'property',
        sortText: placeAsText(index),
        detail: member.required ? 'required' : 'optional',
        info: fieldOf(member.schema, schema).description,
        apply: hasColon ? name : `${name}: ${blank}`,
      }
    })
}

function valueOptions(
  schema: JsonSchema,
  path: readonly (string | number)[],
): readonly Completion[] {
  const own = schemaAt(schema, path)
  if (!own) return []
  const field = fieldOf(own, schema)
  const values = field.kind === 'boolean' ? ['true', 'false'] : field.choices.map(quoted)
  return values.map((label, index) => ({
    label,
    type: 'enum',
    info: field.description,
    sortText: placeAsText(index),
  }))
}

/** Keeps the schema's order among options that fit equally well. */
function placeAsText(index: number): string {
  return String(index).padStart(4, '0')
}

function quoted(value: string): string {
  return JSON.stringify(value)
}

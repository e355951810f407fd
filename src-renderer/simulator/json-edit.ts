/**
 * Edits of JSON text that leave everything else as it was written: a value is replaced, a member or
 * item added or removed, by splicing the text at the spans of its tree. Added parts follow the
 * layout that surrounds them: one to a line where the text is laid out, packed where it is compact.
 */
import type { JsonArray, JsonNode, JsonObject } from '../inspector/json-document.ts'
import type { JsonValue } from '../ui/json-schema.ts'

type Container = JsonObject | JsonArray

/** Puts `literal` (JSON text) in the place of a node. */
export function replaceNode(text: string, node: JsonNode, literal: string): string {
  return text.slice(0, node.start) + literal + text.slice(node.end)
}

/** Adds a member at the end, or after the last of `after` that is present. */
export function addMember(
  text: string,
  object: JsonObject,
  name: string,
  value: JsonValue,
  after: readonly string[] = [],
): string {
  const index = object.members.findLastIndex((member) => after.includes(member.name))
  const at = after.length > 0 ? index + 1 : object.members.length
  const layout = layoutOf(text, object)
  const written = write(value, layout)
  return insert(text, object, at, `${JSON.stringify(name)}:${layout.space}${written}`, layout)
}

/** Adds an item at the end. */
export function appendItem(text: string, array: JsonArray, value: JsonValue): string {
  const layout = layoutOf(text, array)
  return insert(text, array, array.items.length, write(value, layout), layout)
}

/** Takes out a member or an item, and the comma and space that belonged to it. */
export function removePart(text: string, container: Container, index: number): string {
  const parts = partsOf(container)
  const part = parts[index]
  if (!part) return text
  const before = parts[index - 1]
  const after = parts[index + 1]
  if (before) return text.slice(0, before.end) + text.slice(part.end)
  if (after) return text.slice(0, part.start) + text.slice(after.start)
  return text.slice(0, container.start + 1) + text.slice(container.end - 1)
}

/** Finds a node by member names and item indices; undefined when there is none. */
export function nodeAt(root: JsonNode, path: readonly (string | number)[]): JsonNode | undefined {
  let node: JsonNode | undefined = root
  for (const step of path) {
    if (node?.kind === 'object') node = node.members.findLast((m) => m.name === step)?.value
    else if (node?.kind === 'array' && typeof step === 'number') node = node.items[step]
    else return undefined
  }
  return node
}

interface Layout {
  /** Line break and indentation before each part; empty when the text is compact. */
  readonly lead: string
  /** The same before the closing bracket. */
  readonly close: string
  /** One step of indentation. */
  readonly unit: string
  /** Between colon and value. */
  readonly space: string
}

function partsOf(
  container: Container,
): readonly { readonly start: number; readonly end: number }[] {
  return container.kind === 'object' ? container.members : container.items
}

function layoutOf(text: string, container: Container): Layout {
  const unit = /[{[]\r?\n([ \t]+)/.exec(text)?.[1] ?? ''
  const space = unit || /":\s/.test(text.slice(0, 2_000)) ? ' ' : ''
  const first = partsOf(container)[0]
  if (first) {
    const gap = text.slice(container.start + 1, first.start)
    const lead = gap.includes('\n') ? gap.slice(gap.lastIndexOf('\n')) : ''
    return { lead, close: lead ? lead.slice(0, lead.length - unit.length) : '', unit, space }
  }
  if (!unit) return { lead: '', close: '', unit, space }
  const lineStart = text.lastIndexOf('\n', container.start) + 1
  const indent = /^[ \t]*/.exec(text.slice(lineStart))?.[0] ?? ''
  return { lead: `\n${indent}${unit}`, close: `\n${indent}`, unit, space }
}

function write(value: JsonValue, layout: Layout): string {
  if (!layout.lead) return JSON.stringify(value)
  const indent = layout.lead.slice(1)
  return JSON.stringify(value, null, layout.unit).replaceAll('\n', `\n${indent}`)
}

function insert(
  text: string,
  container: Container,
  at: number,
  written: string,
  layout: Layout,
): string {
  const parts = partsOf(container)
  const before = parts[at - 1]
  const gap = layout.lead || (layout.space && parts.length > 0 ? ' ' : '')
  if (before) return `${text.slice(0, before.end)},${gap}${written}${text.slice(before.end)}`
  const first = parts[0]
  if (first) return `${text.slice(0, first.start)}${written},${gap}${text.slice(first.start)}`
  const open = text.slice(0, container.start + 1)
  return `${open}${layout.lead}${written}${layout.close}${text.slice(container.end - 1)}`
}

/** Events as JSON: one, an array of them, or one a line. No token of them is changed. */
import { eventNameSchema } from '#contract'
import { parseJsonText, tryParseJson } from '../encode/index.ts'
import { bounded, type ImportedItem, importFault, type Recognised } from './imported.ts'

/** @throws AppError `invalid` with line and column when it is not JSON */
export function fromJson(text: string): Recognised {
  const clean = text.replace(/^\ufeff/, '')
  const lines = linesOfJson(clean)
  const texts = lines ?? textsIn(clean)
  if (texts.length === 0) throw importFault('This array is empty.')
  const { kept, notes } = bounded(texts, 'events')
  return { from: 'json', items: kept.map(itemOf), notes: [...notes] }
}

function textsIn(text: string): string[] {
  const root = parseJsonText(text)
  const nodes = root.kind === 'array' ? root.items : [root]
  return nodes.map(({ start, end }) => text.slice(start, end))
}

/** Null when it is not one JSON text a line. */
function linesOfJson(text: string): string[] | null {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  const isEach = lines.length > 1 && lines.every((line) => /^\s*\{.*\}\s*$/.test(line))
  return isEach && lines.every((line) => tryParseJson(line))
    ? lines.map((line) => line.trim())
    : null
}

function itemOf(text: string, index: number): ImportedItem {
  const root = tryParseJson(text)
  if (root?.kind !== 'object') {
    return {
      kind: 'refused',
      what: `element ${index + 1}`,
      why: 'It is no JSON object, so no event.',
    }
  }
  const type = root.members.findLast(({ key }) => key === 'type')?.value
  const named = type?.kind === 'string' ? eventNameSchema.safeParse(type.text).data : undefined
  return {
    kind: 'event',
    event: named ?? null,
    text,
    lost: named ? [] : ['It does not say which event it is, so you choose.'],
  }
}

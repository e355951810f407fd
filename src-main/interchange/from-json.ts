/** Events as JSON: one, an array of them, or one a line. No token of them is changed. */
import { eventNameSchema } from '#contract'
import { parseJsonText, tryParseJson } from '../encode/index.ts'
import { bounded, type ImportedEvent, importFault, type Recognised } from './imported.ts'

/** @throws AppError `invalid` with line and column when it is not JSON */
export function fromJson(text: string): Recognised {
  const clean = text.replace(/^\ufeff/, '')
  const lines = linesOfJson(clean)
  const texts = lines ?? textsIn(clean)
  if (texts.length === 0) throw importFault('This array is empty.')
  const { kept, notes } = bounded(texts, 'events')
  return { from: 'json', items: kept.map(eventOf), notes: [...notes] }
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

function eventOf(text: string): ImportedEvent {
  const root = tryParseJson(text)
  const isObject = root?.kind === 'object'
  const type = isObject ? root.members.findLast(({ key }) => key === 'type')?.value : undefined
  const named = type?.kind === 'string' ? eventNameSchema.safeParse(type.text).data : undefined
  return {
    kind: 'event',
    event: named ?? null,
    text,
    isObject,
    lost: named ? [] : ['It does not say which event it is, so you choose.'],
  }
}

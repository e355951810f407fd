/** Kinds of imported things, counted in words. */
import type { ImportItem } from '#contract'
import { counted } from '../ui/bytes.ts'

const WORDS: Readonly<Record<ImportItem['kind'], readonly [one: string, many: string]>> = {
  request: ['request', 'requests'],
  event: ['event', 'events'],
  sample: ['sample', 'samples'],
  webhook: ['webhook', 'webhooks'],
  refused: ['that cannot be imported', 'that cannot be imported'],
}

/** `2 requests and 1 that cannot be imported` */
export function inWords(items: readonly Pick<ImportItem, 'kind'>[]): string {
  const kinds = Object.keys(WORDS) as ImportItem['kind'][]
  const parts = kinds.flatMap((kind) => {
    const count = items.filter((item) => item.kind === kind).length
    return count > 0 ? [counted(count, ...WORDS[kind])] : []
  })
  const last = parts.pop() ?? 'nothing'
  return parts.length > 0 ? `${parts.join(', ')} and ${last}` : last
}

/**
 * The dry run: what would become of each item of a run, sent in a manner. Pure; items are taken one by
 * one, in the order of recording, so that a hundred thousand need not be held at once.
 */
import type { BulkDryRun, BulkManner } from '#contract'
import { isForbidden } from '../dispatch/index.ts'
import { isLoopback } from '../encode/index.ts'
import type { PlannedItem } from '../store/index.ts'

/** What stands behind the ids of items, as it is today. */
export interface Today {
  readonly of: 'deliveries' | 'captures'
  /** Of what all are sent to; null where each goes to its own. */
  readonly targetOrigin: string | null
  /** Null: it is deleted. */
  webhook(id: string): { readonly origin: string; readonly signs: boolean } | null
  /** Where a receiver listens; null: it is deleted. */
  receiverOrigin(id: string): string | null
  /** The hosts among these that have to be confirmed first. */
  unconfirmed(origins: readonly string[]): string[]
}

export interface Decided {
  readonly dryRun: BulkDryRun
  /** Why an item is not sent, by position. */
  readonly excluded: ReadonlyMap<number, string>
}

export interface Decider {
  take(item: PlannedItem): void
  decided(): Decided
}

const MOST_ORIGINS = 50
const MOST_EXAMPLES = 20
const OLDER = 'A newer one of the same id or bytes is sent.'

export function createDecider(manner: BulkManner, today: Today): Decider {
  const excluded = new Map<number, string>()
  const origins = new Map<number, string>()
  const refused = new Map<string, boolean>()
  /** By what a receiver takes them for the same by: the newest so far, and how many there are. */
  const same = new Map<string, { position: number; count: number; readonly id: string }>()
  let chosen = 0
  let firstMs: number | null = null
  let lastMs = 0

  function whereTo(item: PlannedItem): { origin: string } | { why: string } {
    if (item.fault !== null) return { why: item.fault }
    const webhook = today.of === 'deliveries' ? today.webhook(item.ownerId) : null
    if (manner.kind === 'rendered') {
      if (today.of === 'captures' || item.event === null) return { why: NOT_RENDERED }
      return webhook ? { origin: webhook.origin } : { why: 'Its webhook was deleted.' }
    }
    if (item.bytesFault !== null) return { why: item.bytesFault }
    if (manner.kind === 're_signed' && manner.signing === 'own') {
      if (today.of === 'captures') return { why: 'No webhook says how to sign it.' }
      if (!webhook) return { why: 'Its webhook was deleted, and with it how to sign it.' }
      if (!webhook.signs) return { why: 'Its webhook does not sign.' }
    }
    if (today.targetOrigin !== null) return { origin: today.targetOrigin }
    const own = item.origin || (today.of === 'captures' && today.receiverOrigin(item.ownerId))
    return own ? { origin: own } : { why: 'Its receiver was deleted.' }
  }

  /** Asked once for each: most items go to few. */
  function isRefused(origin: string): boolean {
    const known = refused.get(origin) ?? isForbidden(new URL(origin).hostname)
    refused.set(origin, known)
    return known
  }

  function exclude(position: number, why: string) {
    excluded.set(position, why)
    origins.delete(position)
  }

  return {
    take: (item) => {
      chosen += 1
      const where = whereTo(item)
      if ('why' in where) return exclude(item.position, where.why)
      if (isRefused(where.origin)) return exclude(item.position, REFUSED)
      firstMs ??= item.recordedAtMs
      lastMs = item.recordedAtMs
      origins.set(item.position, where.origin)
      const isOwn = manner.target.kind === 'own' || manner.kind === 'rendered'
      const key = isOwn ? `${item.place} ${item.sameAs}` : item.sameAs
      const known = same.get(key)
      if (!known) {
        same.set(key, { position: item.position, count: 1, id: item.sameAs })
        return undefined
      }
      if (manner.duplicates === 'newest') exclude(known.position, OLDER)
      known.position = item.position
      known.count += 1
      return undefined
    },
    decided: () => {
      const repeated = [...same.values()].filter(({ count }) => count > 1)
      const byOrigin = mostFirst(origins.values())
      return {
        excluded,
        dryRun: {
          chosen,
          sent: chosen - excluded.size,
          origins: byOrigin.slice(0, MOST_ORIGINS).map(([origin, count]) => ({
            origin,
            count,
            isLoopback: isLoopback(new URL(origin).hostname),
          })),
          hosts: today.unconfirmed(byOrigin.map(([origin]) => origin)),
          excluded: mostFirst(excluded.values()).map(([why, count]) => ({ why, count })),
          duplicates: {
            extra: repeated.reduce((sum, { count }) => sum + count - 1, 0),
            examples: repeated
              .sort((a, b) => b.count - a.count)
              .slice(0, MOST_EXAMPLES)
              .map(({ id, count }) => ({ id: idInWords(id), count })),
          },
          spanMs: firstMs === null ? 0 : Math.abs(lastMs - firstMs),
        },
      }
    },
  }
}

const REFUSED =
  'It would go to a link-local or cloud metadata address, which Hookstage does not connect to.'
const NOT_RENDERED = 'It was not rendered from a webhook.'
/** Before the digest of those that have no id. */
export const SAME_BYTES = 'bytes:'

function idInWords(sameAs: string): string {
  return sameAs.startsWith(SAME_BYTES) ? 'the same bytes' : sameAs
}

function mostFirst(values: Iterable<string>): [string, number][] {
  const counts = new Map<string, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts].sort(([, a], [, b]) => b - a)
}

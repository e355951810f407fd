/** Runs and items as they are shown: what they are replays of with its secrets masked. */
import type { BulkAnswer, BulkItem, BulkRun, CaptureId, DeliveryId } from '#contract'
import type { Inspector } from '../inspect/inspector.ts'
import type { Store, StoredItem, StoredRun } from '../store/index.ts'
import type { Runner } from './runner.ts'

/** @param gathered how many were read so far, while they are read */
export function runInView(
  run: StoredRun,
  runner: Runner | undefined,
  gathered: number | undefined,
): BulkRun {
  const { id, of, manner, target, pace, createdAtMs, startedAtMs, finishedAtMs } = run
  const counts = runner?.counts() ?? run.counts
  return {
    id,
    of,
    state: runner?.state() ?? run.state,
    why: runner?.why() ?? run.why,
    kind: manner.kind,
    target,
    pace,
    counts: gathered === undefined ? counts : { ...counts, total: gathered },
    sending: runner?.sending() ?? 0,
    createdAtMs,
    startedAtMs,
    finishedAtMs,
  }
}

export function itemsInView(
  deps: { readonly store: Store; readonly inspector: Pick<Inspector, 'captureRows'> },
  of: StoredRun['of'],
  items: readonly StoredItem[],
  answerOf: (position: number) => BulkAnswer | null,
): BulkItem[] {
  const { store, inspector } = deps
  const ids = items.map(({ sourceId }) => sourceId)
  const deliveries = of === 'deliveries' ? store.history.some(ids as DeliveryId[]) : []
  const rows = of === 'captures' ? store.captures.some(ids as CaptureId[]) : []
  const captures = inspector.captureRows(rows)
  const deliveryOf = new Map<string, (typeof deliveries)[number]>(
    deliveries.map((delivery) => [delivery.id, delivery]),
  )
  const captureOf = new Map<string, (typeof captures)[number]>(
    captures.map((capture) => [capture.id, capture]),
  )
  return items.map((item) => ({
    position: item.position,
    state: item.state,
    reason: item.reason,
    delivery: deliveryOf.get(item.sourceId) ?? null,
    capture: captureOf.get(item.sourceId) ?? null,
    original: item.original,
    replay:
      item.deliveryId === null
        ? null
        : { deliveryId: item.deliveryId, code: item.code, httpStatus: item.httpStatus },
    answer: answerOf(item.position),
  }))
}

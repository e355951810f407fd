/** What runs left behind when the process ended: what was queued of them, and what has ended since. */
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { MadeItem, Store, StoredRun } from '../store/index.ts'
import type { Outstanding } from './runner.ts'
import { verdictOf } from './verdict.ts'

const PAGE = 500

/** Deliveries that are queued and belong to a run that has not ended. */
export function queuedOfRuns(store: Store): Set<number> {
  const seqs = new Set<number>()
  for (const run of store.bulkRuns.all()) {
    if (run.startedAtMs === null || run.finishedAtMs !== null) continue
    for (const page of madePages(store, run)) {
      for (const { deliverySeq, isQueued } of page) if (isQueued) seqs.add(deliverySeq)
    }
  }
  return seqs
}

/** Writes what has ended; answers what is still queued, in the order in which it was made. */
export async function leftBehind(store: Store, run: StoredRun): Promise<Outstanding[]> {
  const left: Outstanding[] = []
  for (const page of madePages(store, run)) {
    const settled = page.flatMap(({ position, deliveryId, original, end }) =>
      end
        ? [store.bulkEnds.settle(run.seq, position, deliveryId, verdictOf(original, end), end)]
        : [],
    )
    if (settled.length > 0) await store.commit(settled)
    left.push(...page.flatMap((item) => stillQueued(store, item)))
    await nextTurn()
  }
  store.bulkRuns.setCounts(run.seq, store.bulkItems.counts(run.seq))
  return left.sort((a, b) => a.delivery.seq - b.delivery.seq)
}

function stillQueued(store: Store, item: MadeItem): Outstanding[] {
  const { deliverySeq, position, original, end } = item
  const [delivery] = end ? [] : store.log.queued(deliverySeq - 1, 1)
  return delivery?.seq === deliverySeq ? [{ position, original, delivery }] : []
}

function* madePages(store: Store, { seq }: StoredRun): Generator<MadeItem[]> {
  for (let after = -1; ; ) {
    const page = store.bulkEnds.allMade(seq, after, PAGE)
    yield page
    const last = page.at(-1)
    if (!last || page.length < PAGE) return
    after = last.position
  }
}

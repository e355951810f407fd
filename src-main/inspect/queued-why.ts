/** Deliveries as they are shown: those that are queued with the reason why they still are. */
import type { DeliverySummary } from '#contract'
import type { Dispatcher } from '../dispatch/index.ts'

export function withQueuedWhy<Row extends DeliverySummary>(
  dispatcher: Pick<Dispatcher, 'whyQueued'>,
  rows: readonly Row[],
): Row[] {
  const queued = rows.flatMap(({ seq, state }) => (state === 'queued' ? [seq] : []))
  const why = dispatcher.whyQueued(new Set(queued))
  return rows.map((row) => {
    const reason = why.get(row.seq)
    return reason ? { ...row, queued: reason } : row
  })
}

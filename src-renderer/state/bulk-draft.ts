/** What is chosen and typed for a bulk replay before it is sent, and what of it outlives the window. */
import { type BulkManner, type BulkSource, FIRST_MANNER } from '#contract'
import { FIRST_PACE, type TypedPace } from './bulk-pace.ts'
import { createFormDrafts, type Typed } from './form-drafts.ts'
import { withoutSecret } from './replay-draft.ts'

/** Which hosts were confirmed is no part of it: each plan asks for that anew. */
export interface BulkForm {
  readonly manner: BulkManner
  readonly pace: TypedPace
}

export const FIRST_BULK: BulkForm = { manner: FIRST_MANNER, pace: FIRST_PACE }

/** By what is sent again. */
export const bulkDrafts = createFormDrafts<Typed<BulkForm>>(({ manner, ...others }) =>
  manner ? { ...others, manner: withoutSecret(manner) } : others,
)

/** The same for the same rows, in whatever order they were chosen; "the last hour" is the same in a minute. */
export function bulkKey(source: BulkSource): string {
  switch (source.kind) {
    case 'deliveries':
      return JSON.stringify([source.kind, source.deliveryIds.toSorted()])
    case 'captures':
      return JSON.stringify([source.kind, source.captureIds.toSorted()])
    case 'capture_filter':
      return JSON.stringify([source.kind, source.filter])
    case 'delivery_filter': {
      const { sinceMs: _since, untilMs: _until, ...others } = source.filter
      return JSON.stringify([source.kind, others])
    }
  }
}

/** What became of a sample that was sent, as it happens, and the way to its bytes. */
import { Button, CloseButton } from '@mantine/core'
import type { DeliveryId, DeliverySummary } from '#contract'
import { useSummaries } from '../state/delivery-detail.ts'
import { goTo } from '../state/route.ts'
import { formatDuration } from '../ui/duration.ts'
import { queuedInWords } from '../ui/queued-words.ts'
import { StatusMark } from '../ui/status-mark.tsx'
import classes from './fired-strip.module.css'

interface FiredStripProps {
  /** To whom it was sent, where that is not plain. */
  readonly title?: string
  readonly ids: readonly DeliveryId[]
  readonly onClose: () => void
}

export function FiredStrip({ title, ids, onClose }: FiredStripProps) {
  const rows = useSummaries(ids)
  const [row] = rows
  const [id] = ids
  const words = row ? wordsOf(row) : ''
  return (
    <section className={classes.strip} aria-label="The sample that was sent">
      <div className={classes.outcome} role="status">
        <StatusMark status={row?.status ?? 'queued'} />
        {title === undefined ? null : <span className={classes.title}>{title}</span>}
        <span className={classes.facts}>{row ? factsOf(row) : ''}</span>
      </div>
      {id === undefined ? null : (
        <Button variant="default" size="compact-sm" onClick={() => goTo('deliveries', id)}>
          Open the delivery
        </Button>
      )}
      <CloseButton size="sm" aria-label="Close the result" onClick={onClose} />
      {words ? <p className={classes.reason}>{words}</p> : null}
    </section>
  )
}

function factsOf({ httpStatus, durationMs }: DeliverySummary): string {
  const facts = [httpStatus, durationMs === null ? null : formatDuration(durationMs)]
  return facts.filter((fact) => fact !== null).join(' · ')
}

/**
 * What became of it, unless that was all well: also of what was accepted without a word on what
 * becomes of it; and why it still is queued, if it is.
 */
function wordsOf({ status, finishedAtMs, queued, reason }: DeliverySummary): string {
  if (queued) return queuedInWords(queued)
  const isPlain = status === 'delivered' || status === 'cancelled'
  return finishedAtMs === null || isPlain ? '' : reason
}

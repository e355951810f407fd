/** One row of the history: how it stands, what went where, and how long it took. */
import { Checkbox } from '@mantine/core'
import { carriedLabel, type DeliverySummary } from '#contract'
import { wallTimeOf } from '../state/queue.ts'
import { useStatus } from '../state/status.ts'
import { formatDuration } from '../ui/duration.ts'
import { queuedInShort, queuedInWords, queuedUntil } from '../ui/queued-words.ts'
import { StatusMark } from '../ui/status-mark.tsx'
import { Countdown, RelativeTime } from '../ui/time.tsx'
import classes from './deliveries.module.css'

interface DeliveryRowProps {
  readonly row: DeliverySummary
  readonly isTicked: boolean
  readonly onTick: (isTicked: boolean) => void
}

export function DeliveryRow({ row, isTicked, onTick }: DeliveryRowProps) {
  return (
    <>
      <span className={classes.check}>
        <Checkbox
          size="xs"
          tabIndex={-1}
          aria-label={`Choose ${carriedLabel(row.event)} to ${row.webhookName}`}
          checked={isTicked}
          onClick={(event) => event.stopPropagation()}
          onChange={(event) => onTick(event.currentTarget.checked)}
        />
      </span>
      <span className={classes.wideMark}>
        <StatusMark status={row.status} hint={hintOf(row)} />
        {row.attempts > 1 || row.waiting ? (
          <span className={classes.attempts} title={attemptsInWords(row)}>
            {row.attempts}×
          </span>
        ) : null}
      </span>
      <span className={classes.narrowMark}>
        <StatusMark status={row.status} hint={hintOf(row)} compact />
      </span>
      <span title={row.event ?? undefined}>{carriedLabel(row.event)}</span>
      <span>{row.webhookName || <span className={classes.quiet}>(no name)</span>}</span>
      <span className={classes.host} title={row.endpoint}>
        {hostOf(row.endpoint)}
      </span>
      <span className={classes.number}>{row.httpStatus ?? ''}</span>
      <span className={`${classes.number} ${classes.duration}`}>
        <Took row={row} />
      </span>
      <span className={`${classes.number} ${classes.quiet}`}>
        <RelativeTime atMs={row.createdAtMs} />
      </span>
    </>
  )
}

function hintOf({ queued }: DeliverySummary): string | undefined {
  return queued ? queuedInWords(queued) : undefined
}

/** How long it took; of what waits, when it is tried again; of what is queued, why it still is. */
function Took({ row: { waiting, queued, durationMs } }: { readonly row: DeliverySummary }) {
  const queue = useStatus(({ status }) => status?.queue ?? null)
  if (queued && queue) {
    const until = queuedUntil(queued)
    if (!until) return <span title={queuedInWords(queued)}>{queuedInShort(queued)}</span>
    return <Countdown atMs={until.clock === 'stage' ? wallTimeOf(queue, until.atMs) : until.atMs} />
  }
  if (waiting && queue) {
    return queue.paused ? 'paused' : <Countdown atMs={wallTimeOf(queue, waiting.dueAtMs)} />
  }
  return durationMs === null ? '' : formatDuration(durationMs)
}

function attemptsInWords({ attempts, waiting }: DeliverySummary): string {
  const made = attempts === 1 ? '1 attempt' : `${attempts} attempts`
  return waiting ? `${made} so far` : made
}

/** Host and port of an endpoint, which may hold masks that are not part of any URL. */
function hostOf(endpoint: string): string {
  return /^[a-z]+:\/\/(?:[^/@]*@)?([^/?#]+)/i.exec(endpoint)?.[1] ?? endpoint
}

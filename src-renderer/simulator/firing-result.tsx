/**
 * What became of a firing, live: a row per delivery that opens in the inspector. The rows are known
 * by their places, so that the focus stays on one while the same is fired again.
 */
import { Anchor, CloseButton } from '@mantine/core'
import { useState } from 'react'
import { carriedLabel, type DeliveryId, type DeliveryStatus, type DeliverySummary } from '#contract'
import { useSummaries } from '../state/delivery-detail.ts'
import type { Firing } from '../state/simulator.ts'
import { formatDuration } from '../ui/duration.ts'
import { queuedInWords } from '../ui/queued-words.ts'
import { StatusMark } from '../ui/status-mark.tsx'
import { RelativeTime } from '../ui/time.tsx'
import classes from './simulator.module.css'

/** Rows of one firing; the deliveries screen has them all. */
const MOST_ROWS = 100

interface FiringResultProps {
  readonly firing: Firing
  readonly title: string
  readonly onClose?: () => void
}

export function FiringResult({ firing, title, onClose }: FiringResultProps) {
  const ids = firing.fired.flatMap((fired) => fired.deliveries)
  const rows = useSummaries(ids)
  const places = usePlaces(ids, rows)
  const done = rows.filter((row) => row.finishedAtMs !== null).length
  const unheard = firing.fired.filter((fired) => fired.deliveries.length === 0).length
  const counts = countsOf(rows.map((row) => row.status))
  return (
    <section className={classes.result} aria-label={title}>
      <div className={classes.audienceHead}>
        <h3 className={classes.heading}>{title}</h3>
        <span className={classes.quiet}>
          <RelativeTime atMs={firing.firedAtMs} />
        </span>
        <span className={classes.tally} role="status">
          {ids.length === 0 ? 'Recorded; nobody received it.' : `${done} of ${ids.length} done`}
          {[...counts].map(([status, count]) => (
            <span key={status} className={classes.mark}>
              <StatusMark status={status} compact={counts.size > 1} />
              {counts.size > 1 ? count : null}
            </span>
          ))}
        </span>
        {onClose ? <CloseButton size="sm" aria-label="Close the result" onClick={onClose} /> : null}
      </div>
      {ids.length > 1 && done < ids.length ? (
        <progress className={classes.progress} max={ids.length} value={done} aria-label="Done" />
      ) : null}
      <ul className={classes.people}>
        {places.map(({ place, id, row, isKnown }) => (
          <li key={place} className={classes.outcome} data-awaited={!isKnown || undefined}>
            <StatusMark status={row.status} />
            <Anchor href={`#/deliveries/${id}`} className={classes.personName}>
              {firing.fired.length > 1 ? `${carriedLabel(row.event)} → ` : ''}
              {row.webhookName || row.endpoint}
            </Anchor>
            <span className={classes.figures}>
              {[row.httpStatus, row.durationMs === null ? null : formatDuration(row.durationMs)]
                .filter((fact) => fact !== null)
                .join(' · ')}
            </span>
            <span className={classes.reason}>{reasonOf(row)}</span>
          </li>
        ))}
      </ul>
      {firing.fired.length > 1 && unheard > 0 ? (
        <p className={classes.unheard}>
          {unheard === 1 ? '1 event' : `${unheard} events`} had nobody to receive{' '}
          {unheard === 1 ? 'it' : 'them'}.
        </p>
      ) : null}
    </section>
  )
}

interface Place {
  readonly place: number
  readonly id: DeliveryId
  /** Of the delivery; where that is not known yet, what stood in its place before. */
  readonly row: DeliverySummary
  readonly isKnown: boolean
}

/** Those to draw; a place is drawn as soon as there is a name for its link. */
function usePlaces(ids: readonly DeliveryId[], rows: readonly DeliverySummary[]): readonly Place[] {
  const known = new Map(rows.map((row) => [row.id, row]))
  const all = ids.join(' ')
  const [before, setBefore] = useState({ all: '', rows })
  if (rows.length === ids.length && before.all !== all) setBefore({ all, rows })
  return ids.slice(0, MOST_ROWS).flatMap((id, place) => {
    const row = known.get(id) ?? before.rows[place]
    return row ? [{ place, id, row, isKnown: known.has(id) }] : []
  })
}

/** What became of it in words, unless that was all well; of what is queued, why it still is. */
function reasonOf({ status, reason, queued }: DeliverySummary): string {
  if (queued) return queuedInWords(queued)
  return status === 'delivered' ? '' : reason
}

function countsOf(statuses: readonly DeliveryStatus[]): ReadonlyMap<DeliveryStatus, number> {
  const counts = new Map<DeliveryStatus, number>()
  for (const status of statuses) counts.set(status, (counts.get(status) ?? 0) + 1)
  return counts
}

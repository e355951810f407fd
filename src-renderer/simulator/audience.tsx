/**
 * Who would receive the event and why the others would not, as the core's own matching says. Those
 * that listen to it and still would not receive it come before those that listen to another.
 */
import { Button } from '@mantine/core'
import { IconCheck, IconMinus } from '@tabler/icons-react'
import { useState } from 'react'
import type { AudienceRow, EventName, Webhook } from '#contract'
import { useWebhooks } from '../state/webhooks.ts'
import classes from './simulator.module.css'
import { WouldBeMessage } from './would-be-message.tsx'

/** Those who would not receive it, before "show all". */
const SHOWN_OTHERS = 4

interface AudienceProps {
  readonly event: EventName
  readonly rows: readonly AudienceRow[] | null
  readonly payloadText: string
  readonly onAddWebhook: () => void
}

export function Audience({ event, rows, payloadText, onAddWebhook }: AudienceProps) {
  const webhooks = useWebhooks((state) => state.webhooks)
  const [isWhole, setWhole] = useState(false)
  const receivers = rows?.filter((row) => row.receives) ?? []
  const listening = new Set(webhooks.filter((one) => one.event === event).map(({ id }) => id))
  const isNear = (row: AudienceRow) => listening.has(row.webhookId)
  const others = (rows?.filter((row) => !row.receives) ?? []).toSorted(
    (one, other) => Number(isNear(other)) - Number(isNear(one)),
  )
  const shown = isWhole ? others : others.slice(0, SHOWN_OTHERS)
  return (
    <section className={classes.audience} aria-label="Who receives it">
      <div className={classes.audienceHead}>
        <h3 className={classes.heading}>Who receives it</h3>
        <span className={classes.quiet} role="status">
          {rows === null ? 'asking…' : countInWords(receivers.length, rows.length)}
        </span>
      </div>
      {rows !== null && receivers.length === 0 ? (
        <p className={classes.nobody}>
          Nobody would receive this event; firing it records it all the same.
          <Button size="compact-xs" variant="default" onClick={onAddWebhook}>
            Add a webhook for this event
          </Button>
        </p>
      ) : null}
      <ul className={classes.people}>
        {[...receivers, ...shown].map((row) => (
          <li key={row.webhookId}>
            <Person row={row} event={event} payloadText={payloadText} />
          </li>
        ))}
      </ul>
      {others.length > shown.length || (isWhole && others.length > SHOWN_OTHERS) ? (
        <Button size="compact-xs" variant="subtle" onClick={() => setWhole(!isWhole)}>
          {isWhole ? 'Show fewer' : `Show ${others.length - shown.length} more who would not`}
        </Button>
      ) : null}
    </section>
  )
}

interface PersonProps {
  readonly row: AudienceRow
  readonly event: EventName
  readonly payloadText: string
}

function Person({ row, event, payloadText }: PersonProps) {
  const webhook = useWebhooks((state) => state.webhooks.find(({ id }) => id === row.webhookId))
  const [isOpen, setOpen] = useState(false)
  const hasMessage = row.receives && webhook !== undefined && isForChat(webhook)
  return (
    <>
      <div className={classes.person}>
        {row.receives ? (
          <IconCheck size={14} className={classes.yes} aria-label="would be sent" />
        ) : (
          <IconMinus size={14} className={classes.no} aria-label="would not be sent" />
        )}
        <span className={classes.verdict}>
          <span className={classes.personName}>{row.name || '(no name)'}</span>
          <span className={classes.quiet}>
            {row.reasons.join('; ') || (row.receives ? 'would be sent' : '')}
          </span>
        </span>
        {hasMessage ? (
          <Button
            size="compact-xs"
            variant="default"
            aria-expanded={isOpen}
            aria-label={`${isOpen ? 'Hide' : 'Show'} message to ${row.name || '(no name)'}`}
            onClick={() => setOpen(!isOpen)}
          >
            {isOpen ? 'Hide message' : 'Show message'}
          </Button>
        ) : null}
      </div>
      {isOpen && hasMessage ? (
        <WouldBeMessage webhook={webhook} event={event} payloadText={payloadText} />
      ) : null}
    </>
  )
}

function countInWords(receivers: number, all: number): string {
  if (all === 0) return 'there are no webhooks'
  return `${receivers} of ${all} ${all === 1 ? 'webhook' : 'webhooks'}`
}

function isForChat({ destination, format }: Webhook): boolean {
  return destination !== 'http' || format !== 'raw'
}

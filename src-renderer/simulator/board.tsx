/**
 * The 22 events by type: who listens, when each was last fired and how that went. One stop for Tab;
 * the arrow keys walk from event to event.
 */
import { UnstyledButton, VisuallyHidden } from '@mantine/core'
import { IconCircle, IconCircleFilled } from '@tabler/icons-react'
import { type KeyboardEvent, useRef } from 'react'
import {
  type BoardRow,
  EVENT_NAMES,
  EVENT_TYPE_LABELS,
  EVENT_TYPES,
  type EventName,
  eventsOfType,
} from '#contract'
import { StatusMark } from '../ui/status-mark.tsx'
import { RelativeTime } from '../ui/time.tsx'
import classes from './simulator.module.css'

interface BoardProps {
  readonly rows: readonly BoardRow[]
  readonly selected: EventName
  readonly onSelect: (event: EventName) => void
  /** The event was chosen by a click or Enter, not passed on the way. */
  readonly onOpen: () => void
}

export function Board({ rows, selected, onSelect, onOpen }: BoardProps) {
  const list = useRef<HTMLDivElement>(null)
  const walk = (event: KeyboardEvent) => {
    const next = nextOf(selected, event.key)
    if (next === null) return
    event.preventDefault()
    onSelect(next)
    list.current?.querySelector<HTMLElement>(`[data-event="${next}"]`)?.focus()
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys belong to the buttons within
    <div ref={list} className={classes.board} onKeyDown={walk}>
      {EVENT_TYPES.map((type) => (
        <section key={type} className={classes.type} aria-label={EVENT_TYPE_LABELS[type]}>
          <h2 className={classes.typeName}>{EVENT_TYPE_LABELS[type]}</h2>
          <ul className={classes.events}>
            {eventsOfType(type).map(({ name, label, description }) => (
              <li key={name}>
                <UnstyledButton
                  className={classes.event}
                  data-event={name}
                  title={`${description} (${name})`}
                  aria-current={name === selected || undefined}
                  tabIndex={name === selected ? 0 : -1}
                  onClick={() => {
                    onSelect(name)
                    onOpen()
                  }}
                >
                  <span className={classes.action}>{label}</span>
                  <BoardCells row={rows.find(({ event }) => event === name)} />
                </UnstyledButton>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  )
}

function BoardCells({ row }: { readonly row: BoardRow | undefined }) {
  const active = row?.activeWebhooks ?? 0
  return (
    <>
      <span className={classes.listeners} data-active={active > 0 || undefined}>
        {active > 0 ? (
          <IconCircleFilled size={8} aria-hidden />
        ) : (
          <IconCircle size={8} aria-hidden />
        )}
        <span aria-hidden>{active > 0 ? active : '–'}</span>
        <VisuallyHidden>
          {active === 1 ? '1 active webhook' : `${active} active webhooks`}
        </VisuallyHidden>
      </span>
      <span className={classes.last}>
        {row?.last.map(({ status, count }) => (
          <span key={status} className={classes.mark}>
            <StatusMark status={status} compact />
            {count > 1 ? <span className={classes.count}>{count}</span> : null}
          </span>
        ))}
        {row?.lastFiredAtMs != null && row.last.length === 0 ? (
          <span className={classes.quiet}>nobody</span>
        ) : null}
      </span>
      <span className={classes.when}>
        {row?.lastFiredAtMs == null ? (
          <span className={classes.quiet}>never</span>
        ) : (
          <RelativeTime atMs={row.lastFiredAtMs} />
        )}
      </span>
    </>
  )
}

function nextOf(selected: EventName, key: string): EventName | null {
  const at = EVENT_NAMES.indexOf(selected)
  if (key === 'ArrowDown') return EVENT_NAMES[at + 1] ?? null
  if (key === 'ArrowUp') return EVENT_NAMES[at - 1] ?? null
  if (key === 'Home') return EVENT_NAMES[0]
  return key === 'End' ? (EVENT_NAMES.at(-1) ?? null) : null
}

/** When the deliveries were made: any time, the last hour, today, or between two times. */
import { Button, Popover, TextInput } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { useState } from 'react'
import type { TimeChoice } from '../state/delivery-filter.ts'
import classes from './deliveries.module.css'

interface TimeChoiceProps {
  readonly time: TimeChoice
  readonly onChange: (time: TimeChoice) => void
}

const PRESETS = [
  { kind: 'any', label: 'Any time' },
  { kind: 'hour', label: 'Last hour' },
  { kind: 'today', label: 'Today' },
] as const

export function TimeChoiceMenu({ time, onChange }: TimeChoiceProps) {
  const [isOpen, setOpen] = useState(false)
  const choose = (next: TimeChoice) => {
    setOpen(false)
    onChange(next)
  }
  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-start" withinPortal trapFocus>
      <Popover.Target>
        <Button
          size="xs"
          variant="default"
          rightSection={<IconChevronDown size={14} aria-hidden />}
          data-narrowed={time.kind !== 'any' || undefined}
          onClick={() => setOpen(!isOpen)}
        >
          Time
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label="Time">
        <div className={classes.presets}>
          {PRESETS.map(({ kind, label }) => (
            <Button
              key={kind}
              size="xs"
              variant={time.kind === kind ? 'light' : 'default'}
              aria-pressed={time.kind === kind}
              onClick={() => choose({ kind })}
            >
              {label}
            </Button>
          ))}
        </div>
        <RangeForm time={time} onDone={choose} />
      </Popover.Dropdown>
    </Popover>
  )
}

function RangeForm({
  time,
  onDone,
}: {
  readonly time: TimeChoice
  readonly onDone: (time: TimeChoice) => void
}) {
  const range = time.kind === 'range' ? time : { fromMs: null, toMs: null }
  const [from, setFrom] = useState(inputOf(range.fromMs))
  const [to, setTo] = useState(inputOf(range.toMs))
  const fromMs = msOf(from)
  const toMs = msOf(to)
  const isReversed = fromMs !== null && toMs !== null && fromMs > toMs
  return (
    <form
      className={classes.range}
      onSubmit={(event) => {
        event.preventDefault()
        if (isReversed) return
        onDone(fromMs === null && toMs === null ? { kind: 'any' } : { kind: 'range', fromMs, toMs })
      }}
    >
      <TextInput
        type="datetime-local"
        size="xs"
        label="From"
        value={from}
        onChange={(event) => setFrom(event.currentTarget.value)}
      />
      <TextInput
        type="datetime-local"
        size="xs"
        label="To"
        value={to}
        error={isReversed ? 'This is before the beginning.' : null}
        onChange={(event) => setTo(event.currentTarget.value)}
      />
      <Button type="submit" size="xs" disabled={isReversed}>
        Show
      </Button>
    </form>
  )
}

/** A range in words, for its chip. */
export function timeInWords(time: TimeChoice): string {
  if (time.kind === 'hour') return 'Last hour'
  if (time.kind === 'today') return 'Today'
  if (time.kind !== 'range') return 'Any time'
  const { fromMs, toMs } = time
  const from = fromMs === null ? '' : `From ${SHORT.format(fromMs)}`
  const to = toMs === null ? '' : `to ${SHORT.format(toMs)}`
  return [from, to].filter(Boolean).join(' ')
}

const SHORT = new Intl.DateTimeFormat(undefined, { dateStyle: 'short', timeStyle: 'short' })

function msOf(input: string): number | null {
  const ms = input ? new Date(input).getTime() : Number.NaN
  return Number.isNaN(ms) ? null : ms
}

/** The local time that an input of type datetime-local holds. */
function inputOf(ms: number | null): string {
  if (ms === null) return ''
  const shifted = ms - new Date(ms).getTimezoneOffset() * 60_000
  return new Date(shifted).toISOString().slice(0, 16)
}

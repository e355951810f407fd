/** How long to wait for an answer; folded away, because the default is right nearly always. */
import { NumberInput, SegmentedControl } from '@mantine/core'
import { useState } from 'react'
import { MAX_TIMEOUT_MS, MIN_TIMEOUT_MS, TIMEOUT_PRESETS_MS } from '#contract'
import { formatDuration } from '../ui/duration.ts'
import { useFieldNotes } from './field-notes.tsx'
import classes from './webhook-form.module.css'

interface TimeoutFieldProps {
  readonly timeoutMs: number
  readonly onChange: (timeoutMs: number) => void
}

const CUSTOM = 'custom'

export function TimeoutField({ timeoutMs, onChange }: TimeoutFieldProps) {
  const notes = useFieldNotes('timeoutMs')
  const isPreset = TIMEOUT_PRESETS_MS.some((preset) => preset === timeoutMs)
  const [isOpen, setOpen] = useState(false)
  const [isCustom, setCustom] = useState(!isPreset)
  const chosen = isCustom || !isPreset ? CUSTOM : String(timeoutMs)
  return (
    <details
      className={classes.delivery}
      open={isOpen || notes.error !== undefined}
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary>
        <span className={classes.deliveryName}>Delivery</span>
        <span className={classes.quiet}>timeout {formatDuration(timeoutMs)}</span>
      </summary>
      <div className={classes.groupBody}>
        <div className={classes.timeout}>
          <SegmentedControl
            size="xs"
            aria-label="Timeout"
            data={[
              ...TIMEOUT_PRESETS_MS.map((preset) => ({
                value: String(preset),
                label: formatDuration(preset),
              })),
              { value: CUSTOM, label: 'Custom' },
            ]}
            value={chosen}
            onChange={(next) => {
              setCustom(next === CUSTOM)
              if (next !== CUSTOM) onChange(Number(next))
            }}
          />
          {chosen === CUSTOM ? (
            <NumberInput
              aria-label="Timeout in seconds"
              className={classes.seconds}
              suffix=" s"
              min={MIN_TIMEOUT_MS / 1000}
              max={MAX_TIMEOUT_MS / 1000}
              clampBehavior="none"
              allowNegative={false}
              value={timeoutMs / 1000}
              onChange={(seconds) => onChange(Math.round(Number(seconds) * 1000))}
              {...notes}
            />
          ) : null}
        </div>
        <p className={classes.hint}>
          From {MIN_TIMEOUT_MS / 1000} to {MAX_TIMEOUT_MS / 1000} s, from the first byte out to the
          last byte in.
        </p>
      </div>
    </details>
  )
}

/** In which order, how far apart and how many at once the items of a bulk replay are sent. */
import { NativeSelect, NumberInput } from '@mantine/core'
import { type BulkPace, MAX_AT_ONCE } from '#contract'
import classes from './bulk.module.css'

interface PaceFieldsProps {
  readonly pace: BulkPace
  readonly onPace: (pace: BulkPace) => void
}

const MOST_FACTOR = 1_000
const MOST_RATE = 1_000

export function PaceFields({ pace, onPace }: PaceFieldsProps) {
  const { spacing } = pace
  const chooseSpacing = (value: string) => {
    if (value === 'recorded') onPace({ ...pace, spacing: { kind: 'recorded', factor: 1 } })
    else if (value === 'rate') onPace({ ...pace, spacing: { kind: 'rate', perSecond: 10 } })
    else onPace({ ...pace, spacing: { kind: 'fast' } })
  }
  return (
    <div className={classes.pace}>
      <NativeSelect
        label="Order"
        data={[
          { value: 'recorded', label: 'As recorded, the oldest first' },
          { value: 'newest', label: 'The newest first' },
        ]}
        value={pace.order}
        onChange={({ currentTarget: { value } }) =>
          onPace({ ...pace, order: value === 'newest' ? 'newest' : 'recorded' })
        }
      />
      <NumberInput
        label="At once"
        min={1}
        max={MAX_AT_ONCE}
        allowDecimal={false}
        clampBehavior="strict"
        value={pace.atOnce}
        onChange={(value) => onPace({ ...pace, atOnce: within(value, 1, MAX_AT_ONCE, 1) })}
      />
      <NativeSelect
        label="Spacing"
        data={[
          { value: 'fast', label: 'As fast as allowed' },
          { value: 'rate', label: 'At a fixed rate' },
          { value: 'recorded', label: 'As recorded, times a factor' },
        ]}
        value={spacing.kind}
        onChange={({ currentTarget: { value } }) => chooseSpacing(value)}
      />
      {spacing.kind === 'rate' ? (
        <NumberInput
          label="A second"
          min={0.01}
          max={MOST_RATE}
          value={spacing.perSecond}
          onChange={(value) =>
            onPace({
              ...pace,
              spacing: { kind: 'rate', perSecond: within(value, 0.01, MOST_RATE, 10) },
            })
          }
        />
      ) : null}
      {spacing.kind === 'recorded' ? (
        <NumberInput
          label="Factor"
          min={0.001}
          max={MOST_FACTOR}
          step={0.1}
          value={spacing.factor}
          onChange={(value) =>
            onPace({
              ...pace,
              spacing: { kind: 'recorded', factor: within(value, 0.001, MOST_FACTOR, 1) },
            })
          }
        />
      ) : null}
    </div>
  )
}

/** What is typed half stands for nothing yet. */
function within(value: string | number, least: number, most: number, otherwise: number): number {
  const number = Number(value)
  if (value === '' || !Number.isFinite(number)) return otherwise
  return Math.min(most, Math.max(least, number))
}

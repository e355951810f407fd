/** In which order, how far apart and how many at once the items of a bulk replay are sent. */
import { NativeSelect, NumberInput } from '@mantine/core'
import { type PaceNumber, paceProblem, paceRange, type TypedPace } from '../state/bulk-pace.ts'
import classes from './bulk.module.css'

interface PaceFieldsProps {
  readonly pace: TypedPace
  readonly onPace: (pace: TypedPace) => void
}

export function PaceFields({ pace, onPace }: PaceFieldsProps) {
  const { spacing } = pace
  /** What is typed stays as it is until it fits; the arrows stay in range by themselves. */
  const number = (which: PaceNumber) => ({
    ...paceRange(which),
    clampBehavior: 'none' as const,
    value: pace[which],
    error: paceProblem(pace, which),
    onChange: (value: string | number) => onPace({ ...pace, [which]: String(value) }),
  })
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
      <NumberInput label="At once" allowDecimal={false} {...number('atOnce')} />
      <NativeSelect
        label="Spacing"
        data={[
          { value: 'fast', label: 'As fast as allowed' },
          { value: 'rate', label: 'At a fixed rate' },
          { value: 'recorded', label: 'As recorded, times a factor' },
        ]}
        value={spacing}
        onChange={({ currentTarget: { value } }) =>
          onPace({ ...pace, spacing: value === 'rate' || value === 'recorded' ? value : 'fast' })
        }
      />
      {spacing === 'rate' ? <NumberInput label="A second" {...number('perSecond')} /> : null}
      {spacing === 'recorded' ? (
        <NumberInput label="Factor" step={0.1} {...number('factor')} />
      ) : null}
    </div>
  )
}

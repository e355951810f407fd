/**
 * When a failed delivery is tried again: a preset with its waits written out, or a schedule of one's
 * own. What is typed stays as it is typed; a text that is no schedule says which part is not.
 */
import { NativeSelect, NumberInput, SegmentedControl, TextInput } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { type OwnSchedule, ownDelays, RETRY_LABELS, RETRY_PRESETS, type Retry } from '#contract'
import { formatDuration } from './duration.ts'
import { parseWaits } from './duration-list.ts'
import classes from './retry-choice.module.css'
import { presetInWords, waitsInWords } from './retry-words.ts'

interface RetryChoiceProps {
  readonly retry: Retry
  readonly onChange: (retry: Retry) => void
  /** What makes an input show what the core says of `retry.own.<part>`. */
  readonly notesOf?: (part: keyof OwnSchedule) => { readonly error?: ReactNode }
}

export function RetryChoice({ retry, onChange, notesOf = () => ({}) }: RetryChoiceProps) {
  return (
    <div className={classes.choice}>
      <NativeSelect
        aria-label="Retries"
        className={classes.preset}
        data={RETRY_PRESETS.map((value) => ({ value, label: RETRY_LABELS[value] }))}
        value={retry.preset}
        onChange={({ currentTarget: { value } }) => {
          const preset = RETRY_PRESETS.find((each) => each === value)
          if (preset) onChange({ ...retry, preset })
        }}
      />
      {retry.preset === 'own' ? (
        <OwnFields
          own={retry.own}
          onChange={(change) => onChange({ ...retry, own: { ...retry.own, ...change } })}
          notesOf={notesOf}
        />
      ) : (
        <p className={classes.waits}>{presetInWords(retry.preset)}</p>
      )}
    </div>
  )
}

interface OwnFieldsProps {
  readonly own: OwnSchedule
  readonly onChange: (change: Partial<OwnSchedule>) => void
  readonly notesOf: NonNullable<RetryChoiceProps['notesOf']>
}

function OwnFields({ own, onChange, notesOf }: OwnFieldsProps) {
  return (
    <>
      <SegmentedControl
        size="xs"
        aria-label="Kind of schedule"
        data={[
          { value: 'list', label: 'A list of waits' },
          { value: 'exponential', label: 'Growing waits' },
        ]}
        value={own.kind}
        onChange={(kind) => onChange({ kind: kind === 'list' ? 'list' : 'exponential' })}
      />
      {own.kind === 'list' ? (
        <WaitList own={own} onChange={onChange} notes={notesOf('delaysMs')} />
      ) : (
        <Growing own={own} onChange={onChange} notesOf={notesOf} />
      )}
      <NumberInput
        label="Spread"
        description="Each wait is made longer or shorter by up to this much, at random."
        className={classes.number}
        suffix=" %"
        min={0}
        max={50}
        clampBehavior="none"
        value={Math.round(own.jitter * 100)}
        onChange={(percent) => onChange({ jitter: Number(percent) / 100 })}
        {...notesOf('jitter')}
      />
    </>
  )
}

interface WaitListProps {
  readonly own: OwnSchedule
  readonly onChange: (change: Partial<OwnSchedule>) => void
  readonly notes: { readonly error?: ReactNode }
}

function WaitList({ own, onChange, notes }: WaitListProps) {
  const [typed, setTyped] = useState(own.delaysMs.map(formatDuration).join(', '))
  const parsed = parseWaits(typed)
  const error =
    'wrong' in parsed
      ? `“${parsed.wrong}” is not a wait. Write it like 30 s, 5 min or 1 h 30 min.`
      : notes.error
  return (
    <TextInput
      label="Waits before each retry"
      placeholder="5 s, 30 s, 2 min, 1 h"
      autoComplete="off"
      value={typed}
      {...notes}
      error={error}
      onChange={({ currentTarget: { value } }) => {
        setTyped(value)
        const next = parseWaits(value)
        if ('delaysMs' in next) onChange({ delaysMs: [...next.delaysMs] })
      }}
    />
  )
}

function Growing({ own, onChange, notesOf }: OwnFieldsProps) {
  const fields = [
    { part: 'firstMs', label: 'First wait', unit: ' s', scale: 1_000 },
    { part: 'factor', label: 'Factor', unit: '', scale: 1 },
    { part: 'capMs', label: 'Longest wait', unit: ' s', scale: 1_000 },
    { part: 'retries', label: 'Retries', unit: '', scale: 1 },
  ] as const
  return (
    <>
      <div className={classes.numbers}>
        {fields.map(({ part, label, unit, scale }) => (
          <NumberInput
            key={part}
            label={label}
            className={classes.number}
            suffix={unit}
            allowNegative={false}
            clampBehavior="none"
            value={own[part] / scale}
            onChange={(value) => onChange({ [part]: Number(value) * scale })}
            {...notesOf(part)}
          />
        ))}
      </div>
      <p className={classes.waits}>Waits {waitsInWords(ownDelays(own), own.jitter)}.</p>
    </>
  )
}

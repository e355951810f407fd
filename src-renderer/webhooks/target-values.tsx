/** What a condition compares with: one value, several, or none; with those that attendees have. */
import { Autocomplete, TagsInput } from '@mantine/core'
import type { TargetCondition } from '#contract'
import type { useFieldNotes } from './field-notes.tsx'

/** Values that the sample attendees take; others can be typed. */
const COMMON_VALUES: Readonly<Record<string, readonly string[]>> = {
  ticketType: ['General Admission', 'VIP', 'Speaker', 'Sponsor', 'Exhibitor', 'Press', 'Staff'],
  attendeeType: ['In person', 'Virtual', 'Hybrid'],
  language: ['en', 'fr', 'de', 'es', 'pt-BR', 'it', 'nl', 'ja', 'ar', 'zh-Hans'],
}

interface TargetValuesProps {
  readonly condition: TargetCondition
  readonly onValues: (values: readonly string[]) => void
  readonly notes: ReturnType<typeof useFieldNotes>
}

export function TargetValues({ condition, onValues, notes }: TargetValuesProps) {
  const { field, operator, values } = condition
  const data = [...(COMMON_VALUES[field] ?? [])]
  if (operator === 'exists') return <span />
  if (operator === 'is_any_of' || operator === 'is_none_of') {
    return (
      <TagsInput
        aria-label="Compared with"
        placeholder={values.length === 0 ? 'Enter after each' : ''}
        data={data}
        value={values}
        onChange={onValues}
        acceptValueOnBlur
        {...notes}
      />
    )
  }
  return (
    <Autocomplete
      aria-label="Compared with"
      data={data}
      value={values[0] ?? ''}
      onChange={(typed) => onValues(typed === '' ? [] : [typed])}
      {...notes}
    />
  )
}

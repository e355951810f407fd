/**
 * For whom an attendee webhook is: conditions, all or any of them, and live which of the sample
 * attendees they match and why. No condition means every attendee.
 */
import {
  ActionIcon,
  Button,
  NativeSelect,
  SegmentedControl,
  TextInput,
  Tooltip,
} from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { useId, useRef } from 'react'
import {
  TARGET_FIELDS,
  TARGET_OPERATORS,
  type Target,
  type TargetCondition,
  type TargetOperator,
} from '#contract'
import { LooseNotes, useFieldNotes } from './field-notes.tsx'
import { TargetMatches } from './target-matches.tsx'
import { TargetValues } from './target-values.tsx'
import classes from './webhook-form.module.css'

const FIELD_NAMES: Readonly<Record<(typeof TARGET_FIELDS)[number], string>> = {
  ticketType: 'Ticket type',
  attendeeType: 'Attendee type',
  language: 'Language',
  country: 'Country',
  company: 'Company',
  tags: 'Tags',
}
const OPERATOR_NAMES: Readonly<Record<TargetOperator, string>> = {
  is: 'is',
  is_not: 'is not',
  is_any_of: 'is any of',
  is_none_of: 'is none of',
  contains: 'contains',
  starts_with: 'starts with',
  exists: 'exists',
}
const PATH = 'path'
const NEW_CONDITION: TargetCondition = { field: 'ticketType', operator: 'is', values: [] }

interface TargetFieldsProps {
  readonly target: Target
  readonly onTarget: (edit: (target: Target) => Target) => void
}

export function TargetFields({ target, onTarget }: TargetFieldsProps) {
  const id = useId()
  const { join, conditions } = target
  const body = useRef<HTMLDivElement>(null)
  /** To a condition by its place, or to the button below where there is none; after the next drawing. */
  const focus = (at: number) => {
    requestAnimationFrame(() => {
      const rows = [...(body.current?.querySelectorAll('[data-condition]') ?? [])]
      const field = (rows[at] ?? rows.at(-1))?.querySelector<HTMLElement>('select')
      const next = field ?? document.getElementById(`${id}-add`)
      next?.focus()
    })
  }
  const edit = (change: (conditions: readonly TargetCondition[]) => readonly TargetCondition[]) =>
    onTarget((before) => ({ ...before, conditions: [...change(before.conditions)] }))
  return (
    <fieldset className={classes.group} aria-labelledby={id} data-field="target">
      <legend id={id} className={classes.legend}>
        Target attendees
      </legend>
      <div ref={body} className={classes.groupBody}>
        {conditions.length > 1 ? (
          <SegmentedControl
            size="xs"
            className={classes.join}
            aria-label="How conditions are joined"
            data={[
              { value: 'all', label: 'All of these' },
              { value: 'any', label: 'Any of these' },
            ]}
            value={join}
            onChange={(chosen) =>
              onTarget((before) => ({ ...before, join: chosen === 'any' ? 'any' : 'all' }))
            }
          />
        ) : null}
        {conditions.map((condition, index) => (
          <ConditionRow
            // A condition has no identity but its place.
            // biome-ignore lint/suspicious/noArrayIndexKey: see above
            key={index}
            number={index + 1}
            condition={condition}
            onCondition={(next) =>
              edit((before) => before.map((each, at) => (at === index ? next : each)))
            }
            onRemove={() => {
              edit((before) => before.filter((_, at) => at !== index))
              focus(index)
            }}
          />
        ))}
        <LooseNotes field="target" />
        <div className={classes.conditionFoot}>
          <Button
            id={`${id}-add`}
            className={classes.add}
            variant="subtle"
            size="compact-sm"
            leftSection={<IconPlus size={14} aria-hidden />}
            onClick={() => {
              edit((before) => [...before, NEW_CONDITION])
              focus(conditions.length)
            }}
          >
            Add condition
          </Button>
        </div>
        <TargetMatches target={target} />
      </div>
    </fieldset>
  )
}

interface ConditionRowProps {
  readonly condition: TargetCondition
  readonly number: number
  readonly onCondition: (condition: TargetCondition) => void
  readonly onRemove: () => void
}

function ConditionRow({ condition, number, onCondition, onRemove }: ConditionRowProps) {
  const notes = useFieldNotes(`target.${number - 1}`)
  const isMany = condition.operator === 'is_any_of' || condition.operator === 'is_none_of'
  const known = TARGET_FIELDS.find((field) => field === condition.field)
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as a grid row
    <div
      role="group"
      aria-label={`Condition ${number}`}
      data-condition
      className={classes.condition}
      data-many={isMany || undefined}
    >
      <NativeSelect
        aria-label="Attribute"
        data={[
          ...TARGET_FIELDS.map((field) => ({ value: field, label: FIELD_NAMES[field] })),
          { value: PATH, label: 'Another path…' },
        ]}
        value={known ?? PATH}
        onChange={({ currentTarget: { value } }) =>
          onCondition({ ...condition, field: value === PATH ? 'data.' : value, values: [] })
        }
      />
      <NativeSelect
        aria-label="Operator"
        data={TARGET_OPERATORS.map((value) => ({ value, label: OPERATOR_NAMES[value] }))}
        value={condition.operator}
        onChange={({ currentTarget: { value } }) => {
          const operator = TARGET_OPERATORS.find((each) => each === value)
          if (operator)
            onCondition({ ...condition, operator, values: fitting(operator, condition) })
        }}
      />
      <TargetValues
        condition={condition}
        onValues={(values) => onCondition({ ...condition, values: [...values] })}
        notes={notes}
      />
      <Tooltip label="Remove condition">
        <ActionIcon size={24} aria-label="Remove condition" onClick={onRemove}>
          <IconX size={14} />
        </ActionIcon>
      </Tooltip>
      {known === undefined ? (
        <TextInput
          aria-label="Path"
          className={classes.path}
          placeholder="data.reason"
          value={condition.field}
          onChange={({ currentTarget: { value } }) => onCondition({ ...condition, field: value })}
          classNames={{ input: classes.wire }}
        />
      ) : null}
    </div>
  )
}

/** The values that the operator has room for. */
function fitting(operator: TargetOperator, { values }: TargetCondition): string[] {
  if (operator === 'exists') return []
  return operator === 'is_any_of' || operator === 'is_none_of' ? values : values.slice(0, 1)
}

/** The fields of a webhook, in the order and with the labels of the platform's own console. */
import { NativeSelect, Switch, TextInput } from '@mantine/core'
import {
  catalogueEntry,
  EVENT_TYPE_LABELS,
  EVENT_TYPES,
  type EventType,
  eventsOfType,
  type FieldProblem,
  type HeaderRow,
  type RequestPreview,
  type WebhookDraft,
} from '#contract'
import { ContentTypeField } from './content-type-field.tsx'
import { DeliveryFields } from './delivery-fields.tsx'
import { EndpointField } from './endpoint-field.tsx'
import { useFieldNotes } from './field-notes.tsx'
import type { Edit } from './form-state.ts'
import { HeaderFields } from './header-fields.tsx'
import { MessageFormatField } from './message-format-field.tsx'
import { SigningFields } from './signing-fields.tsx'
import { TargetFields } from './target-fields.tsx'
import classes from './webhook-form.module.css'

const FIELD = { root: classes.field, label: classes.label }

interface WebhookFormProps {
  readonly draft: WebhookDraft
  /** What the core says of the draft; null until it has. */
  readonly preview: RequestPreview | null
  readonly onChange: (edit: Edit) => void
  /** The user chose the message format. */
  readonly onFormat: () => void
}

const NONE: readonly FieldProblem[] = []

export function WebhookForm({ draft, preview, onChange, onFormat }: WebhookFormProps) {
  const name = useFieldNotes('name')
  const { type } = catalogueEntry(draft.event)
  const editHeaders = (edit: (rows: readonly HeaderRow[]) => readonly HeaderRow[]) =>
    onChange((before) => ({ ...before, headers: [...edit(before.headers)] }))
  return (
    <div className={classes.fields}>
      <TextInput
        label="Name"
        placeholder={preview?.suggestedName ?? ''}
        classNames={FIELD}
        value={draft.name}
        onChange={({ currentTarget: { value } }) =>
          onChange((before) => ({ ...before, name: value }))
        }
        autoComplete="off"
        {...name}
      />
      <EventFields draft={draft} onChange={onChange} />
      <ContentTypeField draft={draft} onChange={onChange} />
      <StatusField draft={draft} onChange={onChange} />
      <EndpointField
        value={draft.endpoint}
        destination={preview?.destination ?? null}
        onValue={(endpoint) => onChange((before) => ({ ...before, endpoint }))}
      />
      <HeaderFields rows={draft.headers} onRows={editHeaders} />
      {type === 'attendee' ? (
        <TargetFields
          target={draft.target}
          onTarget={(edit) => onChange((before) => ({ ...before, target: edit(before.target) }))}
        />
      ) : null}
      <MessageFormatField
        draft={draft}
        destination={preview?.destination ?? null}
        problems={preview?.problems ?? NONE}
        onChange={onChange}
        onChoose={onFormat}
      />
      <SigningFields
        signing={draft.signing}
        onChange={(edit) => onChange((before) => ({ ...before, signing: edit(before.signing) }))}
      />
      <DeliveryFields draft={draft} onChange={onChange} />
    </div>
  )
}

interface PartProps {
  readonly draft: WebhookDraft
  readonly onChange: (edit: Edit) => void
}

function EventFields({ draft, onChange }: PartProps) {
  const { type, description } = catalogueEntry(draft.event)
  const chooseType = (chosen: string) => {
    const next: EventType | undefined = EVENT_TYPES.find((each) => each === chosen)
    const [first] = next ? eventsOfType(next) : []
    if (first && next !== type) onChange((before) => ({ ...before, event: first.name }))
  }
  return (
    <>
      <NativeSelect
        label="Event type"
        classNames={FIELD}
        data={EVENT_TYPES.map((each) => ({ value: each, label: EVENT_TYPE_LABELS[each] }))}
        value={type}
        onChange={({ currentTarget: { value } }) => chooseType(value)}
      />
      <NativeSelect
        label="Action"
        description={description}
        classNames={FIELD}
        data={eventsOfType(type).map(({ name, label }) => ({ value: name, label }))}
        value={draft.event}
        onChange={({ currentTarget: { value } }) => {
          const event = eventsOfType(type).find(({ name }) => name === value)?.name
          if (event) onChange((before) => ({ ...before, event }))
        }}
      />
    </>
  )
}

function StatusField({ draft, onChange }: PartProps) {
  const isActive = draft.status === 'active'
  return (
    <div className={classes.field}>
      <label className={classes.label} htmlFor="webhook-status">
        Status
      </label>
      <Switch
        id="webhook-status"
        className={classes.status}
        checked={isActive}
        label={isActive ? 'Active' : 'Inactive'}
        onChange={({ currentTarget: { checked } }) =>
          onChange((before) => ({ ...before, status: checked ? 'active' : 'inactive' }))
        }
      />
    </div>
  )
}

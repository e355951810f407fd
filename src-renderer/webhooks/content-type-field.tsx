/** What the body is: JSON, or a form in one of four encodings, each with an example of itself. */
import { Radio, SegmentedControl, TextInput } from '@mantine/core'
import { CONTENT_TYPES, type FormEncoding, type JsonStyle, type WebhookDraft } from '#contract'
import { LooseNotes, useFieldNotes } from './field-notes.tsx'
import type { Edit } from './form-state.ts'
import classes from './webhook-form.module.css'

const ENCODINGS: readonly { value: FormEncoding; name: string; example: string }[] = [
  {
    value: 'payload',
    name: 'One field with all of it as JSON',
    example: 'payload={"id":"evt_1",…}',
  },
  {
    value: 'flat',
    name: 'A field per member, nested ones as JSON',
    example: 'id=evt_1&data={"a":1}',
  },
  { value: 'brackets', name: 'Brackets', example: 'data[tags][]=vip&data[tags][]=press' },
  {
    value: 'indices',
    name: 'Brackets with indices',
    example: 'data[tags][0]=vip&data[tags][1]=press',
  },
]

const STYLES: { value: JsonStyle; label: string }[] = [
  { value: 'compact', label: 'Compact' },
  { value: 'pretty', label: 'Pretty' },
]

interface ContentTypeFieldProps {
  readonly draft: WebhookDraft
  readonly onChange: (edit: Edit) => void
}

export function ContentTypeField({ draft, onChange }: ContentTypeFieldProps) {
  const { contentType } = draft
  return (
    <Radio.Group
      label="Content type"
      value={contentType}
      onChange={(chosen) => {
        const next = CONTENT_TYPES.find((type) => type === chosen)
        if (next) onChange((before) => ({ ...before, contentType: next }))
      }}
      classNames={{ root: classes.field, label: classes.label }}
      data-field="contentType"
    >
      <div className={classes.choices}>
        <Radio value="application/json" label="application/json" />
        {contentType === 'application/json' ? (
          <JsonOptions draft={draft} onChange={onChange} />
        ) : null}
        <Radio
          value="application/x-www-form-urlencoded"
          label="application/x-www-form-urlencoded"
        />
        {contentType === 'application/x-www-form-urlencoded' ? (
          <FormOptions draft={draft} onChange={onChange} />
        ) : null}
        <LooseNotes field="contentType" />
      </div>
    </Radio.Group>
  )
}

function JsonOptions({ draft, onChange }: ContentTypeFieldProps) {
  return (
    <div className={classes.options}>
      <SegmentedControl
        size="xs"
        aria-label="JSON style"
        data={STYLES}
        value={draft.jsonStyle}
        onChange={(chosen) => {
          const next = STYLES.find(({ value }) => value === chosen)?.value
          if (next) onChange((before) => ({ ...before, jsonStyle: next }))
        }}
      />
    </div>
  )
}

function FormOptions({ draft, onChange }: ContentTypeFieldProps) {
  const notes = useFieldNotes('formField')
  if (draft.format === 'slack') {
    return (
      <p className={classes.options}>
        <span>
          One field, <code>payload</code>, as Slack reads it.
        </span>
      </p>
    )
  }
  return (
    <div className={classes.options}>
      <Radio.Group
        aria-label="Form encoding"
        value={draft.formEncoding}
        onChange={(chosen) => {
          const next = ENCODINGS.find(({ value }) => value === chosen)?.value
          if (next) onChange((before) => ({ ...before, formEncoding: next }))
        }}
      >
        <div className={classes.choices}>
          {ENCODINGS.map(({ value, name, example }) => (
            <Radio
              key={value}
              value={value}
              label={
                <>
                  {name}
                  <code className={classes.example}>{example}</code>
                </>
              }
            />
          ))}
        </div>
      </Radio.Group>
      {draft.formEncoding === 'payload' ? (
        <TextInput
          label="Name of the field"
          className={classes.short}
          value={draft.formField}
          onChange={({ currentTarget: { value } }) =>
            onChange((before) => ({ ...before, formField: value }))
          }
          classNames={{ input: classes.wire }}
          {...notes}
        />
      ) : null}
    </div>
  )
}

/**
 * What the body is made of: the event as it is, a message for one of the chats, or a template of the
 * user's own. What the endpoint is for is offered; a new webhook takes it by itself.
 */
import { NativeSelect } from '@mantine/core'
import {
  type Chat,
  type Destination,
  type FieldProblem,
  MESSAGE_FORMAT_LABELS,
  MESSAGE_FORMATS,
  type MessageFormat,
  type WebhookDraft,
} from '#contract'
import { faultText } from '../state/core.ts'
import { builtInTemplate } from '../state/template.ts'
import { say } from '../ui/say.ts'
import { withFormat } from './draft-edit.ts'
import { useFieldNotes } from './field-notes.tsx'
import type { Edit } from './form-state.ts'
import { TemplateField } from './template-field.tsx'
import classes from './webhook-form.module.css'

const HINTS: Readonly<Record<MessageFormat, string>> = {
  raw: 'The event’s JSON, as it is.',
  slack: 'Block Kit, with a text for notifications.',
  teams: 'An Adaptive Card.',
  webex: 'A message in Markdown.',
  template: 'Liquid that makes the JSON of the body.',
}

interface MessageFormatFieldProps {
  readonly draft: WebhookDraft
  readonly destination: Destination | null
  /** What the core says of the template now. */
  readonly problems: readonly FieldProblem[]
  readonly onChange: (edit: Edit) => void
  /** The user chose; the endpoint then no longer does. */
  readonly onChoose: () => void
}

export function MessageFormatField(props: MessageFormatFieldProps) {
  const { draft, destination, problems, onChange, onChoose } = props
  const { description, ...notes } = useFieldNotes('format')
  const choose = (format: MessageFormat) => {
    onChoose()
    if (format !== 'template' || draft.template.trim() !== '') {
      onChange((before) => withFormat(before, format))
      return
    }
    builtInTemplate(chatFor(destination, draft.format), draft.event)
      .then((template) => onChange((before) => ({ ...before, format, template })))
      .catch((error: unknown) => say(faultText(error)))
  }
  return (
    <>
      <NativeSelect
        label="Message format"
        classNames={{ root: classes.field, label: `${classes.label} ${classes.tallLabel}` }}
        data={MESSAGE_FORMATS.map((value) => ({ value, label: MESSAGE_FORMAT_LABELS[value] }))}
        value={draft.format}
        onChange={({ currentTarget: { value } }) => {
          const next = MESSAGE_FORMATS.find((each) => each === value)
          if (next) choose(next)
        }}
        description={description ?? HINTS[draft.format]}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        {...notes}
      />
      {draft.format === 'template' ? (
        <TemplateField
          draft={draft}
          chat={chatFor(destination, draft.format)}
          problems={problems.filter(({ field }) => field === 'template')}
          onChange={onChange}
        />
      ) : null}
    </>
  )
}

/** The chat that a template is likely for. */
function chatFor(destination: Destination | null, format: MessageFormat): Chat | null {
  if (destination !== null && destination !== 'http') return destination
  return format === 'raw' || format === 'template' ? null : format
}

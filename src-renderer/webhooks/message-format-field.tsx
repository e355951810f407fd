/**
 * What the body is made of: the event as it is, a message for one of the chats, or a template of the
 * user's own. What the endpoint is for is offered; a new webhook takes it by itself.
 */
import { NativeSelect } from '@mantine/core'
import type { Chat, Destination, FieldProblem, MessageFormat, WebhookDraft } from '#contract'
import { faultText } from '../state/core.ts'
import { builtInTemplate } from '../state/template.ts'
import { say } from '../ui/say.ts'
import { withFormat } from './draft-edit.ts'
import { useFieldNotes } from './field-notes.tsx'
import type { Edit } from './form-state.ts'
import { TemplateField } from './template-field.tsx'
import classes from './webhook-form.module.css'

const FORMATS: readonly { value: MessageFormat; label: string; hint: string }[] = [
  { value: 'raw', label: 'Raw event', hint: 'The event’s JSON, as it is.' },
  { value: 'slack', label: 'Slack', hint: 'Block Kit, with a text for notifications.' },
  { value: 'teams', label: 'Microsoft Teams', hint: 'An Adaptive Card.' },
  { value: 'webex', label: 'Webex', hint: 'A message in Markdown.' },
  { value: 'template', label: 'Own template', hint: 'Liquid that makes the JSON of the body.' },
]

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
  const { hint } = FORMATS.find(({ value }) => value === draft.format) ?? FORMATS[0] ?? { hint: '' }
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
        data={FORMATS.map(({ value, label }) => ({ value, label }))}
        value={draft.format}
        onChange={({ currentTarget: { value } }) => {
          const next = FORMATS.find((each) => each.value === value)?.value
          if (next) choose(next)
        }}
        description={description ?? hint}
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

/** A rehearsal's name, and which of two ways it takes where the real one has been seen with both. */
import { NativeSelect, TextInput } from '@mantine/core'
import { type Receiver, rehearsalSettingsSchema } from '#contract'
import { faultOf, faultSentence } from '../state/core.ts'
import { useFormDraft } from '../state/form-drafts.ts'
import { rehearsalDrafts, rehearsalForm } from '../state/receiver-forms.ts'
import { receivers } from '../state/receivers.ts'
import { ReceiverDialog } from './receiver-dialog.tsx'

const SLACK_WORD = rehearsalSettingsSchema.shape.slackNoText

interface RehearsalSettingsProps {
  readonly receiver: Receiver
  readonly onClose: () => void
}

export function RehearsalSettings({ receiver, onClose }: RehearsalSettingsProps) {
  const { id, kind, isBuiltIn } = receiver
  const { form, wasLeft, change, fault, refuse, startOver, forget } = useFormDraft(
    rehearsalDrafts,
    id,
    rehearsalForm(receiver),
  )
  const { name, ...settings } = form
  const close = () => {
    forget()
    onClose()
  }
  const save = async () => {
    try {
      if (!isBuiltIn) await receivers.update(id, { name })
      await receivers.setRehearsal(id, { ...settings, told: receiver.rehearsal.told })
      close()
    } catch (error) {
      refuse(faultOf(error))
    }
  }
  return (
    <ReceiverDialog
      receiver={receiver}
      size={480}
      fault={fault && faultSentence(fault)}
      wasLeft={wasLeft}
      onStartOver={startOver}
      onSave={save}
      onClose={onClose}
      onCancel={close}
    >
      {isBuiltIn ? null : (
        <TextInput
          label="Name"
          data-autofocus
          maxLength={200}
          value={name}
          onChange={({ currentTarget }) => change({ name: currentTarget.value })}
        />
      )}
      {kind === 'slack' ? (
        <NativeSelect
          label="A message with nothing to show is refused with"
          description="Slack documents the first word, though not its status, and was seen to answer with the second."
          data={['no_text', 'missing_text_or_fallback_or_attachments']}
          value={settings.slackNoText}
          onChange={({ currentTarget }) =>
            change({ slackNoText: SLACK_WORD.parse(currentTarget.value) })
          }
        />
      ) : null}
      {kind === 'webex' ? (
        <NativeSelect
          label="Yes is said with"
          description="Clients of Webex take both for a yes."
          data={['204', '200']}
          value={String(settings.webexStatus)}
          onChange={({ currentTarget }) =>
            change({ webexStatus: currentTarget.value === '200' ? 200 : 204 })
          }
        />
      ) : null}
    </ReceiverDialog>
  )
}

/** Whether there is anything to set. */
export function hasRehearsalSettings({ kind, isBuiltIn }: Receiver): boolean {
  return !isBuiltIn || kind === 'slack' || kind === 'webex'
}

/** A receiver's name, path, port, and where it passes requests on to; saved together. */
import { NumberInput, TextInput } from '@mantine/core'
import type { Receiver } from '#contract'
import { faultOf } from '../state/core.ts'
import { useFormDraft } from '../state/form-drafts.ts'
import { receiverDrafts, receiverForm } from '../state/receiver-forms.ts'
import { receivers } from '../state/receivers.ts'
import { formFault } from '../ui/form-fault.ts'
import { SecretInput } from '../ui/secret-input.tsx'
import classes from './captures.module.css'
import { ReceiverDialog } from './receiver-dialog.tsx'

interface ReceiverSettingsProps {
  readonly receiver: Receiver
  readonly onClose: () => void
}

export function ReceiverSettings({ receiver, onClose }: ReceiverSettingsProps) {
  const { form, wasLeft, change, fault, refuse, startOver, forget } = useFormDraft(
    receiverDrafts,
    receiver.id,
    receiverForm(receiver),
  )
  const { name, path, port, forwardTo } = form
  const { of: problemOf, foot } = formFault(fault, (field) => field in form)
  const close = () => {
    forget()
    onClose()
  }
  const save = async () => {
    try {
      await receivers.update(receiver.id, { ...form, port: port === '' ? null : Number(port) })
      close()
    } catch (error) {
      refuse(faultOf(error))
    }
  }
  return (
    <ReceiverDialog
      receiver={receiver}
      size={560}
      fault={foot}
      wasLeft={wasLeft}
      onStartOver={startOver}
      onSave={save}
      onClose={onClose}
      onCancel={close}
    >
      {receiver.isBuiltIn ? null : (
        <>
          <TextInput
            label="Name"
            data-autofocus
            maxLength={200}
            value={name}
            error={problemOf('name')}
            onChange={({ currentTarget }) => change({ name: currentTarget.value })}
          />
          <TextInput
            label="Path"
            description="On the receivers’ port. What lies below it is taken too."
            value={path}
            error={problemOf('path')}
            classNames={{ input: classes.wire }}
            onChange={({ currentTarget }) => change({ path: currentTarget.value })}
          />
        </>
      )}
      <NumberInput
        label="Port of its own"
        description="Besides the receivers’ port, with every path there. Empty: none."
        placeholder="none"
        allowDecimal={false}
        allowNegative={false}
        hideControls
        value={port}
        error={problemOf('port')}
        onChange={(next) => change({ port: next })}
      />
      <SecretInput
        label="Pass requests on to"
        description="A URL that gets every request byte for byte, but for cookies; its answer is given back, and both sides are recorded. Empty: the receiver answers by itself."
        placeholder="https://example.com/hooks"
        value={forwardTo}
        typedKind="plain"
        error={problemOf('forwardTo')}
        onValue={(next) => change({ forwardTo: next })}
      />
    </ReceiverDialog>
  )
}

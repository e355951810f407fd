/** A receiver's name, path, port, and where it passes requests on to; saved together. */
import { NumberInput, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { Receiver, SecretText } from '#contract'
import { faultOf } from '../state/core.ts'
import { receivers } from '../state/receivers.ts'
import { SecretInput } from '../ui/secret-input.tsx'
import classes from './captures.module.css'
import { ReceiverDialog } from './receiver-dialog.tsx'

interface ReceiverSettingsProps {
  readonly receiver: Receiver
  readonly onClose: () => void
}

export function ReceiverSettings({ receiver, onClose }: ReceiverSettingsProps) {
  const [name, setName] = useState(receiver.name)
  const [path, setPath] = useState(receiver.path)
  const [port, setPort] = useState<number | string>(receiver.port ?? '')
  const [forwardTo, setForwardTo] = useState<SecretText>(receiver.forwardTo)
  const [problems, setProblems] = useState<ReadonlyMap<string, string>>(new Map())
  const [fault, setFault] = useState<string | null>(null)
  const save = async () => {
    const change = { name, path, port: port === '' ? null : Number(port), forwardTo }
    try {
      await receivers.update(receiver.id, change)
      onClose()
    } catch (error) {
      const found = faultOf(error)
      setProblems(new Map(found.problems.map(({ field, message }) => [field, message])))
      setFault(found.problems.length > 0 ? null : found.message)
    }
  }
  return (
    <ReceiverDialog receiver={receiver} size={560} fault={fault} onSave={save} onClose={onClose}>
      {receiver.isBuiltIn ? null : (
        <>
          <TextInput
            label="Name"
            data-autofocus
            maxLength={200}
            value={name}
            error={problems.get('name')}
            onChange={({ currentTarget }) => setName(currentTarget.value)}
          />
          <TextInput
            label="Path"
            description="On the receivers’ port. What lies below it is taken too."
            value={path}
            error={problems.get('path')}
            classNames={{ input: classes.wire }}
            onChange={({ currentTarget }) => setPath(currentTarget.value)}
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
        error={problems.get('port')}
        onChange={setPort}
      />
      <SecretInput
        label="Pass requests on to"
        description="A URL that gets every request byte for byte, but for cookies; its answer is given back, and both sides are recorded. Empty: the receiver answers by itself."
        placeholder="https://example.com/hooks"
        value={forwardTo}
        typedKind="plain"
        error={problems.get('forwardTo')}
        onValue={setForwardTo}
      />
    </ReceiverDialog>
  )
}

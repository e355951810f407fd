/** The frame of a receiver's settings: its fields, what is wrong with all of them, and Save. */
import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import type { Receiver } from '#contract'
import { Dialog } from '../ui/dialog.tsx'
import { ErrorNote } from '../ui/error-note.tsx'
import { LeftBefore } from '../ui/left-before.tsx'
import classes from './captures.module.css'

interface ReceiverDialogProps {
  readonly receiver: Receiver
  readonly size: number
  readonly fault: string | null
  /** What was typed before is in it. */
  readonly wasLeft: boolean
  readonly onStartOver: () => void
  readonly onSave: () => Promise<void>
  /** Closes it, and what was typed stays. */
  readonly onClose: () => void
  /** Closes it, and what was typed goes. */
  readonly onCancel: () => void
  readonly children: ReactNode
}

export function ReceiverDialog(props: ReceiverDialogProps) {
  const { receiver, size, fault, wasLeft, onStartOver, onSave, onClose, onCancel } = props
  return (
    <Dialog opened isForm onClose={onClose} size={size} title={`Receiver ${receiver.name}`}>
      <form
        className={classes.editor}
        onSubmit={(form) => {
          form.preventDefault()
          void onSave()
        }}
        noValidate
      >
        {wasLeft ? <LeftBefore onStartOver={onStartOver} /> : null}
        {props.children}
        {fault === null ? null : <ErrorNote message={fault} />}
        <div className={classes.editorFoot}>
          <Button variant="default" onClick={onCancel}>
            Cancel
          </Button>
          <Button type="submit">Save</Button>
        </div>
      </form>
    </Dialog>
  )
}

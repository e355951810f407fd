/** The frame of a receiver's settings: its fields, what is wrong with all of them, and Save. */
import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import type { Receiver } from '#contract'
import { Dialog } from '../ui/dialog.tsx'
import { ErrorNote } from '../ui/error-note.tsx'
import classes from './captures.module.css'

interface ReceiverDialogProps {
  readonly receiver: Receiver
  readonly size: number
  readonly fault: string | null
  readonly onSave: () => Promise<void>
  readonly onClose: () => void
  readonly children: ReactNode
}

export function ReceiverDialog(props: ReceiverDialogProps) {
  const { receiver, size, fault, onSave, onClose, children } = props
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
        {children}
        {fault === null ? null : <ErrorNote message={fault} />}
        <div className={classes.editorFoot}>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit">Save</Button>
        </div>
      </form>
    </Dialog>
  )
}

/**
 * Says of a form in a dialog that what was typed in it before is here again, and offers to throw it
 * away; the focus then goes to the form's first field.
 */
import { Button } from '@mantine/core'
import type { MouseEvent } from 'react'
import { flushSync } from 'react-dom'
import { firstFieldIn } from './dialog-focus.ts'
import classes from './left-before.module.css'

interface LeftBeforeProps {
  readonly onStartOver: () => void
}

export function LeftBefore({ onStartOver }: LeftBeforeProps) {
  const startOver = ({ currentTarget }: MouseEvent) => {
    const dialog = currentTarget.closest<HTMLElement>('[role="dialog"]')
    flushSync(onStartOver)
    firstFieldIn(dialog)?.focus()
  }
  return (
    <p className={classes.line}>
      What you typed for it before is here again.
      <Button size="compact-xs" variant="default" onClick={startOver}>
        Throw it away
      </Button>
    </p>
  )
}

/** The body of a message that offers something to do, such as Undo. */
import { Button } from '@mantine/core'
import classes from './said-action.module.css'

interface SaidActionProps {
  readonly message: string
  readonly label: string
  readonly onClick: () => void
  readonly close: () => void
}

export function SaidAction({ message, label, onClick, close }: SaidActionProps) {
  return (
    <span className={classes.body}>
      <span className={classes.message}>{message}</span>
      <Button
        variant="default"
        size="compact-sm"
        onClick={() => {
          onClick()
          close()
        }}
      >
        {label}
      </Button>
    </span>
  )
}

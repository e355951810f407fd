/** What stands where there is nothing yet: one sentence on what to do, and the button to do it. */
import { Button } from '@mantine/core'
import classes from './empty-state.module.css'

interface EmptyStateProps {
  readonly sentence: string
  readonly action?: { readonly label: string; readonly onClick: () => void }
}

export function EmptyState({ sentence, action }: EmptyStateProps) {
  return (
    <div className={classes.state}>
      <p className={classes.sentence}>{sentence}</p>
      {action ? (
        <Button variant="default" onClick={action.onClick}>
          {action.label}
        </Button>
      ) : null}
    </div>
  )
}

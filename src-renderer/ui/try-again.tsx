/** What could not be read, in words, and a way to try it again. */
import { Button } from '@mantine/core'
import { ErrorNote } from './error-note.tsx'
import classes from './try-again.module.css'

interface TryAgainProps {
  readonly message: string
  readonly onAgain: () => void
}

export function TryAgain({ message, onAgain }: TryAgainProps) {
  return (
    <div className={classes.frame}>
      <ErrorNote message={message} />
      <Button variant="default" size="xs" onClick={onAgain}>
        Try again
      </Button>
    </div>
  )
}

/** What could not be read, in words, and a way to try it again: a page without access has none. */
import { Button } from '@mantine/core'
import { useConnection } from '../state/connection.ts'
import { ErrorNote } from './error-note.tsx'
import classes from './try-again.module.css'

interface TryAgainProps {
  readonly message: string
  readonly onAgain: () => void
}

export function TryAgain({ message, onAgain }: TryAgainProps) {
  const hasAccess = useConnection(({ state }) => state !== 'refused')
  return (
    <div className={classes.frame}>
      <ErrorNote message={message} />
      {hasAccess ? (
        <Button variant="default" size="xs" onClick={onAgain}>
          Try again
        </Button>
      ) : null}
    </div>
  )
}

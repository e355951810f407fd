/** Something that went wrong, next to the thing it concerns: what happened, then what to do. */
import { IconAlertCircle } from '@tabler/icons-react'
import classes from './error-note.module.css'

export function ErrorNote({ message }: { readonly message: string }) {
  return (
    <p className={classes.note} role="alert">
      <IconAlertCircle size={16} className={classes.icon} aria-hidden />
      <span>{message}</span>
    </p>
  )
}

/** The buttons of a long dialog, which stay in sight, and beside them what is to be said of them. */
import type { ReactNode } from 'react'
import classes from './dialog-foot.module.css'

interface DialogFootProps {
  readonly beside: ReactNode
  readonly children: ReactNode
}

export function DialogFoot({ beside, children }: DialogFootProps) {
  return (
    <div className={classes.foot}>
      <div className={classes.beside}>{beside}</div>
      {children}
    </div>
  )
}

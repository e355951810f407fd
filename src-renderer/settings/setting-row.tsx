/** A setting: its name, its control, and a word on what it does. */
import type { ReactNode } from 'react'
import classes from './settings.module.css'

interface SettingRowProps {
  readonly name: string
  readonly hint?: string
  readonly children: ReactNode
}

export function SettingRow({ name, hint, children }: SettingRowProps) {
  return (
    <div className={classes.row}>
      <div className={classes.name}>{name}</div>
      <div className={classes.control}>
        {children}
        {hint ? <p className={classes.hint}>{hint}</p> : null}
      </div>
    </div>
  )
}

/** Fields that most webhooks leave as they are: folded away, told in a few words, open where one is wrong. */
import { type ReactNode, use, useState } from 'react'
import { FieldNotesContext } from './field-notes.tsx'
import classes from './webhook-form.module.css'

interface FoldProps {
  readonly name: string
  /** What stands in it, in a few words. */
  readonly summary: ReactNode
  /** Its fields, as problems name them. */
  readonly fields: readonly string[]
  readonly children: ReactNode
}

export function Fold({ name, summary, fields, children }: FoldProps) {
  const { problemsOf } = use(FieldNotesContext)
  const [isOpen, setOpen] = useState(false)
  const isWrong = fields.some((field) => problemsOf(field).length > 0)
  return (
    <details
      className={classes.fold}
      open={isOpen || isWrong}
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary>
        <span className={classes.foldName}>{name}</span>
        <span className={classes.quiet}>{summary}</span>
      </summary>
      <div className={classes.groupBody}>{children}</div>
    </details>
  )
}

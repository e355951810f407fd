/** What stands against a field, or is worth knowing of it, below the field, with the way out. */
import { Button } from '@mantine/core'
import { IconAlertCircle, IconAlertTriangle } from '@tabler/icons-react'
import { createContext, use } from 'react'
import type { FieldProblem } from '#contract'
import { afterPress } from '../ui/after-press.ts'
import classes from './webhook-form.module.css'

export interface FieldNotes {
  /** What the field shows now. */
  readonly problemsOf: (field: string) => readonly FieldProblem[]
  /** The user has left the field: from now on it says what is wrong with it. */
  readonly touch: (field: string) => void
  readonly fix: (problem: FieldProblem) => void
}

export const FieldNotesContext = createContext<FieldNotes>({
  problemsOf: () => [],
  touch: () => undefined,
  fix: () => undefined,
})

/** The properties that make an input show its notes, and be found when saving fails. */
export function useFieldNotes(field: string) {
  const { problemsOf, touch } = use(FieldNotesContext)
  const problems = problemsOf(field)
  const errors = problems.filter(({ severity }) => severity === 'error')
  const warnings = problems.filter(({ severity }) => severity === 'warning')
  return {
    'data-field': field,
    error: errors.length > 0 ? <Notes problems={errors} /> : undefined,
    description: warnings.length > 0 ? <Notes problems={warnings} /> : undefined,
    onBlur: () => afterPress(() => touch(field)),
  }
}

/** For what is no single input. */
export function LooseNotes({ field }: { readonly field: string }) {
  const problems = use(FieldNotesContext).problemsOf(field)
  return problems.length > 0 ? <Notes problems={problems} /> : null
}

export function Notes({ problems }: { readonly problems: readonly FieldProblem[] }) {
  const onFix = use(FieldNotesContext).fix
  return problems.map((problem) => {
    const { severity, message, fix } = problem
    const Icon = severity === 'error' ? IconAlertCircle : IconAlertTriangle
    return (
      <span key={message} className={classes.note} data-severity={severity}>
        <Icon size={14} className={classes.noteIcon} aria-hidden />
        <span className={classes.noteText}>
          <span>{message}</span>
          {fix ? (
            <Button variant="default" size="compact-xs" onClick={() => onFix(problem)}>
              {fix.label}
            </Button>
          ) : null}
        </span>
      </span>
    )
  })
}

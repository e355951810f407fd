/** What the signature doctor found: in words, what to do, and everything that was tried. */
import { VisuallyHidden } from '@mantine/core'
import {
  IconAlertTriangle,
  IconCheck,
  IconCircleCheck,
  IconCircleX,
  IconMinus,
} from '@tabler/icons-react'
import type { Diagnosis } from '#contract'
import type { Asked } from '../state/asked.ts'
import { ErrorNote } from '../ui/error-note.tsx'
import classes from './signature-doctor.module.css'

interface DiagnosisViewProps {
  readonly asked: Asked<Diagnosis>
  /** What is missing to ask at all, in words. */
  readonly missing: string | null
}

export function DiagnosisView({ asked, missing }: DiagnosisViewProps) {
  const { value, isBusy, problem } = asked
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be reached by key
    <section className={classes.diagnosis} aria-label="Diagnosis" tabIndex={0} aria-busy={isBusy}>
      <div role="status">
        {missing !== null ? (
          <p className={classes.quiet}>{missing}</p>
        ) : problem !== null ? (
          <ErrorNote message={problem} />
        ) : value ? (
          <Found diagnosis={value} />
        ) : (
          <p className={classes.quiet}>Trying what commonly goes wrong…</p>
        )}
      </div>
      {missing === null && problem === null && value ? <Tried tried={value.tried} /> : null}
    </section>
  )
}

type Verdict = 'right' | 'named' | 'unknown'

function verdictOf(code: Diagnosis['code']): Verdict {
  if (code === 'valid') return 'right'
  const isUnnamed = code === 'unknown' || code === 'missing_header' || code === 'malformed_header'
  return isUnnamed ? 'unknown' : 'named'
}

const VERDICT_ICONS = { right: IconCircleCheck, named: IconAlertTriangle, unknown: IconCircleX }

function Found({ diagnosis: { code, title, advice } }: { readonly diagnosis: Diagnosis }) {
  const verdict = verdictOf(code)
  const Icon = VERDICT_ICONS[verdict]
  return (
    <>
      <p className={classes.verdict} data-verdict={verdict}>
        <Icon size={18} aria-hidden />
        <strong>{title}</strong>
      </p>
      <p className={classes.advice}>{advice}</p>
    </>
  )
}

function Tried({ tried }: { readonly tried: Diagnosis['tried'] }) {
  if (tried.length === 0) return <p className={classes.quiet}>There was nothing to try.</p>
  return (
    <>
      <h3 className={classes.heading}>What was tried ({tried.length})</h3>
      <ol className={classes.tried} aria-label="What was tried, in order">
        {tried.map(({ what, matches }) => (
          <li key={what} data-matches={matches}>
            {matches ? <IconCheck size={14} aria-hidden /> : <IconMinus size={14} aria-hidden />}
            <span>
              {what}
              {matches ? (
                <strong> matches</strong>
              ) : (
                <VisuallyHidden> does not match</VisuallyHidden>
              )}
            </span>
          </li>
        ))}
      </ol>
    </>
  )
}

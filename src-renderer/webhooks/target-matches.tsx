/** How many of the sample attendees the conditions match, and for each why (not). */
import { IconCheck, IconMinus } from '@tabler/icons-react'
import type { Target, TargetMatch } from '#contract'
import { useTargetMatch } from '../state/preview.ts'
import { ErrorNote } from '../ui/error-note.tsx'
import classes from './target-matches.module.css'

export function TargetMatches({ target }: { readonly target: Target }) {
  const { value, isStale, problem } = useTargetMatch(target)
  if (problem !== null) return <ErrorNote message={problem} />
  if (!value) return <p className={classes.waiting}>Looking at the sample attendees…</p>
  const words = `${value.matching} of ${value.total} sample attendees match`
  return (
    <details className={classes.matches} data-stale={isStale || undefined}>
      <summary>
        <span role="status">{words}</span>
        {target.conditions.length === 0 ? (
          <span className={classes.quiet}> · no condition</span>
        ) : null}
      </summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so keys must reach it */}
      <section className={classes.scroll} aria-label="Sample attendees" tabIndex={0}>
        <ul className={classes.list}>
          {value.attendees.map((row) => (
            <AttendeeRow key={row.attendee.id} {...row} />
          ))}
        </ul>
      </section>
    </details>
  )
}

function AttendeeRow({ attendee, matches, reasons }: TargetMatch['attendees'][number]) {
  const { firstName, lastName, ticketType, company } = attendee
  return (
    <li className={classes.row} data-matches={matches || undefined}>
      {matches ? (
        <IconCheck size={14} className={classes.yes} aria-label="Matches" />
      ) : (
        <IconMinus size={14} className={classes.no} aria-label="Does not match" />
      )}
      <span className={classes.name}>
        {firstName} {lastName}
        <span className={classes.quiet}>
          {' '}
          {ticketType}, {company}
        </span>
      </span>
      <span className={classes.reasons}>{reasons.join('; ')}</span>
    </li>
  )
}

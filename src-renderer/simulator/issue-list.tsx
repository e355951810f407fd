/** Where the payload departs from its schema: a count that opens the list. It never stops a firing. */
import { UnstyledButton } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import type { PayloadIssue } from '#contract'
import classes from './simulator.module.css'

const MOST_ISSUES = 50

interface IssueListProps {
  readonly issues: readonly PayloadIssue[]
  /** Shows the place in the JSON; undefined while the form is shown. */
  readonly onShow: ((offset: number) => void) | undefined
}

export function IssueList({ issues, onShow }: IssueListProps) {
  if (issues.length === 0) return null
  return (
    <details className={classes.issues}>
      <summary>
        <IconAlertTriangle size={14} aria-hidden className={classes.warning} />
        {issues.length === 1 ? '1 departure' : `${issues.length} departures`} from the schema; it
        can be fired all the same.
      </summary>
      <ul>
        {issues.slice(0, MOST_ISSUES).map((issue) => (
          <li key={`${issue.path} ${issue.message}`}>
            {onShow && issue.offset !== null ? (
              <UnstyledButton
                className={classes.issuePath}
                onClick={() => onShow(issue.offset ?? 0)}
              >
                {issue.path || 'the payload'}
              </UnstyledButton>
            ) : (
              <code>{issue.path || 'the payload'}</code>
            )}{' '}
            {issue.message}
          </li>
        ))}
      </ul>
    </details>
  )
}

/** The bulk replays that were started, the newest first. */
import { Button, UnstyledButton } from '@mantine/core'
import type { BulkRun } from '#contract'
import { bulk, isUnderWay, useBulk } from '../state/bulk.ts'
import { ErrorNote } from '../ui/error-note.tsx'
import { orSay } from '../ui/or-say.ts'
import { RelativeTime } from '../ui/time.tsx'
import classes from './bulk.module.css'
import { progressWords, RUN_STATE_WORDS, runTitle } from './bulk-words.ts'

export function BulkRuns() {
  const runs = useBulk((state) => state.runs)
  const problem = useBulk((state) => state.runsProblem)
  return (
    <>
      {problem === null ? null : <ErrorNote message={problem} />}
      {runs === null ? (
        problem === null ? (
          <p className={classes.quiet}>Reading the runs…</p>
        ) : (
          <Button size="xs" variant="default" onClick={bulk.begin}>
            Try again
          </Button>
        )
      ) : (
        <Runs runs={runs} />
      )}
    </>
  )
}

function Runs({ runs }: { readonly runs: readonly BulkRun[] }) {
  if (runs.length === 0) {
    return (
      <p className={classes.quiet}>
        No bulk replays yet. Choose some deliveries or captures, then “Replay these…”.
      </p>
    )
  }
  return (
    <ul className={classes.runs} aria-label="Bulk replays">
      {runs.map((run) => (
        <li key={run.id} className={classes.runRow}>
          <UnstyledButton
            className={classes.runButton}
            onClick={() => bulk.show({ kind: 'run', runId: run.id })}
          >
            <span className={classes.runTitle}>{runTitle(run)}</span>
            <span className={classes.quiet}>
              {RUN_STATE_WORDS[run.state]} · {progressWords(run)} ·{' '}
              <RelativeTime atMs={run.startedAtMs ?? run.createdAtMs} />
            </span>
            <span className={classes.quiet}>To: {run.target}</span>
          </UnstyledButton>
          <DeleteButton run={run} />
        </li>
      ))}
    </ul>
  )
}

function DeleteButton({ run }: { readonly run: BulkRun }) {
  return (
    <Button
      size="compact-xs"
      variant="default"
      disabled={isUnderWay(run)}
      aria-label={`Forget ${runTitle(run)}`}
      onClick={() => void orSay(bulk.delete(run.id))}
    >
      Forget
    </Button>
  )
}

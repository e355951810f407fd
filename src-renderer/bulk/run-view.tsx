/** A run: how far it is, what can be done with it, and its report. */
import { Button } from '@mantine/core'
import { IconBolt, IconTrash } from '@tabler/icons-react'
import type { BulkRun, BulkRunId } from '#contract'
import { bulk, isUnderWay, useBulkRun } from '../state/bulk.ts'
import { useStatus } from '../state/status.ts'
import { counted, formatCount } from '../ui/bytes.ts'
import { formatDuration } from '../ui/duration.ts'
import { ErrorNote } from '../ui/error-note.tsx'
import { orSay } from '../ui/or-say.ts'
import { StatusMark } from '../ui/status-mark.tsx'
import { AbsoluteTime } from '../ui/time.tsx'
import classes from './bulk.module.css'
import { RunButtons, useRunWords } from './bulk-bar.tsx'
import { paceWords, progressOf, runTitle, statusCounts } from './bulk-words.ts'
import { Report } from './report.tsx'

export function BulkRunView({ runId }: { readonly runId: BulkRunId }) {
  const { value: run, problem } = useBulkRun(runId)
  if (!run) {
    return problem === null ? (
      <p className={classes.quiet}>Reading the run…</p>
    ) : (
      <ErrorNote message={problem} />
    )
  }
  return (
    <article className={classes.run} aria-label="Bulk replay">
      {problem === null ? null : <ErrorNote message={problem} />}
      <Head run={run} />
      <Progress run={run} />
      <Report run={run} />
    </article>
  )
}

function Head({ run }: { readonly run: BulkRun }) {
  const interrupted = run.counts.states.interrupted ?? 0
  const remove = async () => {
    await bulk.delete(run.id)
    bulk.show({ kind: 'runs' })
  }
  return (
    <header className={classes.head}>
      <div className={classes.headline}>
        <h3 className={classes.title}>{runTitle(run)}</h3>
        <p className={classes.quiet}>
          To: {run.target} · {paceWords(run.pace)}
        </p>
      </div>
      <div className={classes.buttons}>
        <RunButtons run={run} size="xs" />
        {interrupted > 0 && run.state !== 'cancelling' ? (
          <Button
            size="xs"
            variant="default"
            leftSection={<IconBolt size={14} aria-hidden />}
            onClick={() => void orSay(bulk.sendInterrupted(run.id))}
          >
            Send the interrupted again ({formatCount(interrupted)})
          </Button>
        ) : null}
        {isUnderWay(run) ? null : (
          <Button
            size="xs"
            variant="default"
            leftSection={<IconTrash size={14} aria-hidden />}
            onClick={() => void orSay(remove())}
          >
            Forget this run
          </Button>
        )}
        <Button size="xs" variant="default" onClick={() => bulk.show({ kind: 'runs' })}>
          All runs
        </Button>
      </div>
    </header>
  )
}

function Progress({ run }: { readonly run: BulkRun }) {
  const isSendingPaused = useStatus(({ status }) => status?.queue.paused ?? false)
  const { over, all } = progressOf(run)
  const { pending = 0, made = 0 } = run.counts.states
  return (
    <section className={classes.progressPart} aria-label="Progress">
      <div className={classes.counts}>
        <strong role="status">{useRunWords(run)}</strong>
        {isUnderWay(run) ? (
          <span className={classes.quiet}>
            {formatCount(pending + made - run.sending)} to be sent · {formatCount(run.sending)}{' '}
            sending
          </span>
        ) : null}
        <span className={classes.spring} />
        <Times run={run} />
      </div>
      <progress
        className={classes.progress}
        aria-label="Progress"
        value={over}
        max={Math.max(all, 1)}
      />
      <div className={classes.counts}>
        {statusCounts(run.counts).map(([status, count]) => (
          <span key={status} className={classes.count}>
            <StatusMark status={status} /> {formatCount(count)}
          </span>
        ))}
      </div>
      {run.why === '' ? null : <p className={classes.why}>{run.why}</p>}
      {isSendingPaused && isUnderWay(run) ? (
        <p className={classes.why}>
          Sending is paused for everything. Resume it in the status bar.
        </p>
      ) : null}
      {run.state === 'cancelling' && made > 0 ? (
        <p className={classes.why}>
          Nothing new is sent. {counted(made, 'request is', 'requests are')} still on the way.
        </p>
      ) : null}
    </section>
  )
}

function Times({ run: { startedAtMs, finishedAtMs } }: { readonly run: BulkRun }) {
  if (startedAtMs === null) return null
  return (
    <span className={classes.quiet}>
      Started <AbsoluteTime atMs={startedAtMs} />
      {finishedAtMs === null ? '' : `, took ${formatDuration(finishedAtMs - startedAtMs)}`}
    </span>
  )
}

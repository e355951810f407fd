/** A bulk replay before it is sent: how on the left, what would become of it on the right. */
import { Button } from '@mantine/core'
import { useEffect, useEffectEvent, useState } from 'react'
import { type BulkManner, type BulkRunId, type BulkSource, FIRST_MANNER } from '#contract'
import { bulk } from '../state/bulk.ts'
import { FIRST_PACE, paceOf } from '../state/bulk-pace.ts'
import { type BulkPlanning, useBulkPlan } from '../state/bulk-plan.ts'
import { type Fault, faultOf, isGone } from '../state/core.ts'
import { useWebhooks } from '../state/webhooks.ts'
import { formatCount } from '../ui/bytes.ts'
import { DialogFoot } from '../ui/dialog-foot.tsx'
import { ErrorNote } from '../ui/error-note.tsx'
import { formFault } from '../ui/form-fault.ts'
import classes from './bulk.module.css'
import { things } from './bulk-words.ts'
import { DryRun } from './dry-run.tsx'
import { MannerFields } from './manner-fields.tsx'
import { PaceFields } from './pace-fields.tsx'

export function BulkPlan({ source }: { readonly source: BulkSource }) {
  const webhooks = useWebhooks((state) => state.webhooks)
  const [manner, setManner] = useState(FIRST_MANNER)
  const [typedPace, setPace] = useState(FIRST_PACE)
  const pace = paceOf(typedPace)
  const [confirmed, setConfirmed] = useState<ReadonlySet<string>>(new Set())
  const [failed, setFailed] = useState<Fault | null>(null)
  const [isBusy, setBusy] = useState(false)
  const missing = missingIn(manner)
  const plan = useBulkPlan(source, missing === null ? manner : null)
  const { run, dryRun } = plan
  const { of: problemOf, foot } = formFault(failed ?? plan.fault, (field) =>
    hasField(manner, field),
  )
  const of =
    source.kind === 'captures' || source.kind === 'capture_filter' ? 'captures' : 'deliveries'
  const change = (next: BulkManner) => {
    setFailed(null)
    setManner(next)
  }
  const showStarted = useEffectEvent((runId: BulkRunId) => {
    plan.keep()
    bulk.showStarted(source, runId)
  })
  // It may have been started though the answer was lost.
  const startedId = run && run.startedAtMs !== null ? run.id : null
  useEffect(() => {
    if (startedId !== null) showStarted(startedId)
  }, [startedId])
  const start = async () => {
    if (!run || !pace) return
    setBusy(true)
    setFailed(null)
    try {
      await bulk.start(run.id, manner, pace, [...confirmed])
      plan.keep()
      bulk.showStarted(source, run.id)
    } catch (error) {
      // What is gone is read again by itself.
      if (!isGone(error)) setFailed(faultOf(error))
      plan.askAgain()
    } finally {
      setBusy(false)
    }
  }
  const confirm = (host: string, isConfirmed: boolean) => {
    setFailed(null)
    const others = [...confirmed].filter((each) => each !== host)
    setConfirmed(new Set(isConfirmed ? [...others, host] : others))
  }
  const left = dryRun?.hosts.filter((host) => !confirmed.has(host)) ?? []
  const mayStart =
    !isBusy &&
    missing === null &&
    pace !== null &&
    dryRun !== null &&
    !plan.isStale &&
    dryRun.sent > 0 &&
    left.length === 0
  return (
    <div className={classes.plan}>
      <div className={classes.halves}>
        <div className={classes.how}>
          <MannerFields
            of={of}
            manner={manner}
            webhooks={webhooks}
            problemOf={problemOf}
            onManner={change}
          />
          <PaceFields pace={typedPace} onPace={setPace} />
        </div>
        <div
          className={classes.what}
          aria-busy={plan.isStale}
          data-stale={(dryRun && plan.isStale) || undefined}
        >
          {dryRun && missing === null ? (
            <DryRun
              of={of}
              dryRun={dryRun}
              pace={pace}
              duplicates={manner.duplicates}
              confirmed={confirmed}
              onDuplicates={(duplicates) => change({ ...manner, duplicates })}
              onConfirm={confirm}
            />
          ) : (
            <Reading plan={plan} of={of} missing={missing} isSaidBelow={foot !== null} />
          )}
        </div>
      </div>
      {foot === null ? null : <ErrorNote message={foot} />}
      <DialogFoot
        beside={
          <p className={classes.footWords}>
            Each is sent once. What fails is not tried again by itself.
          </p>
        }
      >
        <Button variant="default" onClick={bulk.close}>
          Cancel
        </Button>
        <Button disabled={!mayStart} onClick={() => void start()}>
          {dryRun && dryRun.sent > 0 ? `Send ${formatCount(dryRun.sent)}` : 'Send'}
        </Button>
      </DialogFoot>
    </div>
  )
}

interface ReadingProps {
  readonly plan: BulkPlanning
  readonly of: 'deliveries' | 'captures'
  readonly missing: string | null
  /** Why there is nothing to read. */
  readonly isSaidBelow: boolean
}

function Reading({ plan: { run, isRefused }, of, missing, isSaidBelow }: ReadingProps) {
  if (run?.state === 'cancelled') return <ErrorNote message={run.why} />
  if (isSaidBelow) return null
  const isRead = run?.state === 'planned'
  const next = missing ?? (isRefused ? MEND : 'Looking what would be sent…')
  return (
    <p className={classes.quiet} role="status">
      {isRead
        ? `Chosen: ${things(of, run.counts.total)}. ${next}`
        : `Reading what was chosen… ${run ? things(of, run.counts.total) : ''}`}
    </p>
  )
}

const MEND = 'What would be sent is said once the marked field is right.'

/** Whether what is wrong with a field of the manner is said beside it. */
function hasField({ kind, target }: BulkManner, field: string): boolean {
  if (field === 'url') return kind !== 'rendered' && target.kind === 'url'
  if (field === 'target') return kind !== 'rendered'
  return kind === 're_signed' && /^signing\b/.test(field)
}

/** What has to be entered before anything can be said, in words. */
function missingIn({ target, signing }: BulkManner): string | null {
  if (target.kind === 'url' && isEmpty(target.url)) return 'Enter the URL.'
  const isTyped = signing !== null && typeof signing === 'object' && 'secret' in signing
  return isTyped && isEmpty(signing.secret) ? 'Enter the secret to sign with.' : null
}

function isEmpty(url: { kind: string; text?: string }): boolean {
  return url.kind !== 'kept' && (url.text ?? '').trim() === ''
}

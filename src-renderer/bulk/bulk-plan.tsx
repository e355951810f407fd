/** A bulk replay before it is sent: how on the left, what would become of it on the right. */
import { Button } from '@mantine/core'
import { useEffect, useEffectEvent, useState } from 'react'
import type { BulkDryRun, BulkManner, BulkRunId, BulkSource } from '#contract'
import { bulk } from '../state/bulk.ts'
import { bulkDrafts, bulkKey, FIRST_BULK } from '../state/bulk-draft.ts'
import { paceOf } from '../state/bulk-pace.ts'
import { type BulkPlanning, useBulkPlan } from '../state/bulk-plan.ts'
import { faultOf, isGone } from '../state/core.ts'
import { useFormDraft } from '../state/form-drafts.ts'
import { useWebhooks } from '../state/webhooks.ts'
import { formatCount } from '../ui/bytes.ts'
import { DialogFoot } from '../ui/dialog-foot.tsx'
import { ErrorNote } from '../ui/error-note.tsx'
import { formFault } from '../ui/form-fault.ts'
import { LeftBefore } from '../ui/left-before.tsx'
import classes from './bulk.module.css'
import { things } from './bulk-words.ts'
import { DryRun } from './dry-run.tsx'
import { MannerFields } from './manner-fields.tsx'
import { PaceFields } from './pace-fields.tsx'

export function BulkPlan({ source }: { readonly source: BulkSource }) {
  const webhooks = useWebhooks((state) => state.webhooks)
  const { form, wasLeft, change, fault, refuse, startOver, forget } = useFormDraft(
    bulkDrafts,
    bulkKey(source),
    FIRST_BULK,
  )
  const { manner } = form
  const pace = paceOf(form.pace)
  const [confirmed, setConfirmed] = useState<ReadonlySet<string>>(new Set())
  const [isBusy, setBusy] = useState(false)
  const missing = missingIn(manner)
  const plan = useBulkPlan(source, missing === null ? manner : null)
  const { run, dryRun } = plan
  const { of: problemOf, foot } = formFault(fault ?? plan.fault, (field) => hasField(manner, field))
  const of =
    source.kind === 'captures' || source.kind === 'capture_filter' ? 'captures' : 'deliveries'
  const setManner = (next: BulkManner) => {
    refuse(null)
    change({ manner: next })
  }
  const showStarted = useEffectEvent((runId: BulkRunId) => {
    forget()
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
    refuse(null)
    try {
      await bulk.start(run.id, manner, pace, [...confirmed])
      forget()
      plan.keep()
      bulk.showStarted(source, run.id)
    } catch (error) {
      // What is gone is read again by itself.
      if (!isGone(error)) refuse(faultOf(error))
      plan.askAgain()
    } finally {
      setBusy(false)
    }
  }
  const cancel = () => {
    forget()
    bulk.close()
  }
  const confirm = (host: string, isConfirmed: boolean) => {
    refuse(null)
    const others = [...confirmed].filter((each) => each !== host)
    setConfirmed(new Set(isConfirmed ? [...others, host] : others))
  }
  const mayStart = !isBusy && missing === null && pace !== null && isReady(plan, confirmed)
  return (
    <div className={classes.plan}>
      {wasLeft ? <LeftBefore onStartOver={startOver} /> : null}
      <div className={classes.halves}>
        {/* Started over, they forget what was typed in them. */}
        <div key={String(wasLeft)} className={classes.how}>
          <MannerFields
            of={of}
            manner={manner}
            webhooks={webhooks}
            problemOf={problemOf}
            onManner={setManner}
          />
          <PaceFields pace={form.pace} onPace={(next) => change({ pace: next })} />
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
              onDuplicates={(duplicates) => setManner({ ...manner, duplicates })}
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
            {dryRun && missing === null && isToConfirm(dryRun, confirmed)
              ? 'Tick the hosts that were never sent to before, or choose another target.'
              : 'Each is sent once. What fails is not tried again by itself.'}
          </p>
        }
      >
        <Button variant="default" onClick={cancel}>
          Cancel
        </Button>
        <Button disabled={!mayStart} onClick={() => void start()}>
          {dryRun && dryRun.sent > 0 ? `Send ${formatCount(dryRun.sent)}` : 'Send'}
        </Button>
      </DialogFoot>
    </div>
  )
}

/** Whether it is known what would be sent, and may be. */
function isReady({ dryRun, isStale }: BulkPlanning, confirmed: ReadonlySet<string>): boolean {
  if (dryRun === null || isStale) return false
  return dryRun.sent > 0 && !isToConfirm(dryRun, confirmed)
}

function isToConfirm({ hosts }: BulkDryRun, confirmed: ReadonlySet<string>): boolean {
  return hosts.some((host) => !confirmed.has(host))
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

/** The window of bulk replays: a new one before it is sent, one that runs or has run, or all of them. */
import { useEffect } from 'react'
import type { BulkRun } from '#contract'
import { bulk, onBulkEnd, useBulk } from '../state/bulk.ts'
import { bulkKey } from '../state/bulk-draft.ts'
import { Dialog } from '../ui/dialog.tsx'
import { say } from '../ui/say.ts'
import { BulkPlan } from './bulk-plan.tsx'
import { BulkRuns } from './bulk-runs.tsx'
import { endWords } from './bulk-words.ts'
import { BulkRunView } from './run-view.tsx'

const TITLES = { new: 'Replay in bulk', run: 'Bulk replay', runs: 'Bulk replays' } as const

export function BulkWindow() {
  const open = useBulk((state) => state.open)
  useEffect(() => {
    bulk.begin()
    return onBulkEnd(sayEnded)
  }, [])
  return (
    <Dialog
      opened={open !== null}
      onClose={bulk.close}
      isForm={open?.kind === 'new'}
      title={open ? TITLES[open.kind] : ''}
      size={open?.kind === 'runs' ? 720 : 960}
      yOffset={24}
    >
      {open?.kind === 'new' ? <BulkPlan key={bulkKey(open.source)} source={open.source} /> : null}
      {open?.kind === 'run' ? <BulkRunView key={open.runId} runId={open.runId} /> : null}
      {open?.kind === 'runs' ? <BulkRuns /> : null}
    </Dialog>
  )
}

/** Unless it is looked at. */
function sayEnded({ id, counts }: BulkRun) {
  const { open } = useBulk.getState()
  if (open?.kind === 'run' && open.runId === id) return
  say(`The bulk replay is done: ${endWords(counts)}.`, {
    action: { label: 'Show the report', onClick: () => bulk.show({ kind: 'run', runId: id }) },
  })
}

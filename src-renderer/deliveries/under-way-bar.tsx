/** What can be done with the chosen deliveries, or with all that are not over yet. */

import { Button } from '@mantine/core'
import {
  IconArrowsDiff,
  IconBan,
  IconFileExport,
  IconPlayerStop,
  IconPlayerTrackNext,
  IconRepeat,
} from '@tabler/icons-react'
import { useState } from 'react'
import type { DeliveryId } from '#contract'
import { bulk } from '../state/bulk.ts'
import { comparing } from '../state/compare.ts'
import { deliveries } from '../state/deliveries.ts'
import { exporting } from '../state/exporting.ts'
import { useStatus } from '../state/status.ts'
import { counted, formatCount } from '../ui/bytes.ts'
import { orSay } from '../ui/or-say.ts'
import classes from './deliveries.module.css'

interface UnderWayBarProps {
  readonly ticked: ReadonlySet<DeliveryId>
  readonly onDone: () => void
}

type Work = (ids: readonly DeliveryId[]) => Promise<number>

export function UnderWayBar({ ticked, onDone }: UnderWayBarProps) {
  const status = useStatus((state) => state.status)
  const [busy, setBusy] = useState<string | null>(null)
  const waiting = status?.waiting ?? 0
  const underWay = (status?.queued ?? 0) + (status?.sending ?? 0) + waiting
  if (underWay === 0 && ticked.size === 0) return null
  const isChosen = ticked.size > 0
  const run = async (words: string, work: () => Promise<number>) => {
    setBusy(words)
    const isDone = await orSay(work())
    setBusy(null)
    if (isDone) onDone()
  }
  const onWaiting = (words: string, work: Work) =>
    run(words, () => (isChosen ? work([...ticked]) : deliveries.forWaiting(work)))
  const which = isChosen ? `the chosen (${ticked.size})` : 'all'
  return (
    <div className={classes.bar}>
      <span role="status">
        {busy ??
          (isChosen ? `${formatCount(ticked.size)} chosen` : `${formatCount(underWay)} under way`)}
      </span>
      <span className={classes.spring} />
      {isChosen ? (
        <>
          <Button
            size="compact-xs"
            variant="default"
            leftSection={<IconRepeat size={12} aria-hidden />}
            onClick={() =>
              bulk.show({ kind: 'new', source: { kind: 'deliveries', deliveryIds: [...ticked] } })
            }
          >
            Replay these…
          </Button>
          <Button
            size="compact-xs"
            variant="default"
            leftSection={<IconFileExport size={12} aria-hidden />}
            onClick={() =>
              exporting.open({
                source: { kind: 'deliveries', ids: [...ticked] },
                words: counted(ticked.size, 'delivery', 'deliveries'),
              })
            }
          >
            Export…
          </Button>
        </>
      ) : null}
      {ticked.size === 2 ? (
        <Button
          size="compact-xs"
          variant="default"
          leftSection={<IconArrowsDiff size={12} aria-hidden />}
          onClick={() =>
            comparing.openTwo([...ticked].map((deliveryId) => ({ kind: 'delivery', deliveryId })))
          }
        >
          Compare
        </Button>
      ) : null}
      {waiting > 0 ? (
        <>
          <Button
            size="compact-xs"
            variant="default"
            leftSection={<IconPlayerTrackNext size={12} aria-hidden />}
            disabled={busy !== null}
            onClick={() => void onWaiting('Retrying…', deliveries.retryNow)}
          >
            Retry {which} now
          </Button>
          <Button
            size="compact-xs"
            variant="default"
            leftSection={<IconPlayerStop size={12} aria-hidden />}
            disabled={busy !== null}
            onClick={() => void onWaiting('Stopping…', deliveries.stopRetrying)}
          >
            Stop retrying {which}
          </Button>
        </>
      ) : null}
      {underWay > 0 ? (
        <Button
          size="compact-xs"
          variant="default"
          leftSection={<IconBan size={12} aria-hidden />}
          disabled={busy !== null}
          onClick={() =>
            void run('Cancelling…', () =>
              isChosen ? deliveries.cancel([...ticked]) : deliveries.cancelUnderWay(),
            )
          }
        >
          {isChosen ? `Cancel ${which}` : 'Cancel all under way'}
        </Button>
      ) : null}
    </div>
  )
}

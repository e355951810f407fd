/** Bulk replays in the command palette. */
import type { SpotlightActionData } from '@mantine/spotlight'
import { IconListCheck, IconRepeat } from '@tabler/icons-react'
import type { BulkSource } from '#contract'
import { bulk, useBulk } from '../state/bulk.ts'
import { useCaptures } from '../state/captures.ts'
import { useDeliveries } from '../state/deliveries.ts'
import { filterOf } from '../state/delivery-filter.ts'
import { type Screen, useRoute } from '../state/route.ts'

export const BULK_COMMANDS: readonly SpotlightActionData[] = [
  {
    id: 'replay-these',
    label: 'Replay these in bulk…',
    description: 'The chosen ones, or all that Deliveries or Captures list',
    keywords: 'again many selection filter resend',
    leftSection: <IconRepeat size={16} aria-hidden />,
    onClick: replayThese,
  },
  {
    id: 'bulk-replays',
    label: 'Bulk replays',
    description: 'Those that run, and the reports of those that did',
    keywords: 'report run progress',
    leftSection: <IconListCheck size={16} aria-hidden />,
    onClick: () => bulk.show({ kind: 'runs' }),
  },
]

function replayThese(): void {
  bulk.show({ kind: 'new', source: theseOf(useRoute.getState().screen) })
}

/** Of the screen that is looked at; elsewhere, of Deliveries. */
function theseOf(screen: Screen): BulkSource {
  const { deliveries, captures } = useBulk.getState()
  if (screen === 'captures') {
    return captures.length > 0
      ? { kind: 'captures', captureIds: [...captures] }
      : { kind: 'capture_filter', filter: useCaptures.getState().filter }
  }
  return deliveries.length > 0
    ? { kind: 'deliveries', deliveryIds: [...deliveries] }
    : {
        kind: 'delivery_filter',
        filter: filterOf(useDeliveries.getState().choice, new Date()),
      }
}

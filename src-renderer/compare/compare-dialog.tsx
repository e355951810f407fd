/** Two of anything that was sent or received, side by side, over the screen. */
import { Button } from '@mantine/core'
import { IconArrowsExchange } from '@tabler/icons-react'
import { bulk } from '../state/bulk.ts'
import { comparing, useCompare } from '../state/compare.ts'
import { goTo } from '../state/route.ts'
import { Dialog } from '../ui/dialog.tsx'
import classes from './compare.module.css'
import { CompareView } from './compare-view.tsx'

/** Goes to what stands on a side, and takes the dialog away. */
function openPlace(id: string): void {
  comparing.close()
  bulk.close()
  goTo(id.startsWith('cap_') ? 'captures' : 'deliveries', id)
}

export function CompareDialog() {
  const pair = useCompare((state) => state.pair)
  return (
    <Dialog
      opened={pair !== null}
      onClose={comparing.close}
      title="Compare"
      size={1080}
      yOffset={24}
    >
      {pair ? (
        <div className={classes.dialog}>
          <Button
            size="compact-sm"
            variant="default"
            className={classes.swap}
            leftSection={<IconArrowsExchange size={14} aria-hidden />}
            onClick={() => comparing.open(pair.right, pair.left)}
          >
            Swap sides
          </Button>
          <CompareView pair={pair} onOpen={openPlace} />
        </div>
      ) : null}
    </Dialog>
  )
}

/** The history, newest first and live, with the chosen delivery beside it. */
import { useEffect } from 'react'
import type { DeliveryId } from '#contract'
import { BulkBar } from '../bulk/bulk-bar.tsx'
import { DeliveryInspector } from '../inspector/delivery-inspector.tsx'
import { deliveries } from '../state/deliveries.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { SplitPane } from '../ui/split-pane.tsx'
import classes from './deliveries.module.css'
import { DeliveryList } from './delivery-list.tsx'
import { FilterBar } from './filter-bar.tsx'

interface DeliveriesScreenProps {
  /** The delivery that is looked at. */
  readonly selected: DeliveryId | null
  readonly onSelect: (id: DeliveryId | null) => void
  readonly onOpenSimulator: () => void
}

export function DeliveriesScreen({ selected, onSelect, onOpenSimulator }: DeliveriesScreenProps) {
  useEffect(() => {
    deliveries.open()
    return () => deliveries.close()
  }, [])
  return (
    <SplitPane
      id="deliveries"
      listPercent={46}
      isOpen={selected !== null}
      onClose={() => onSelect(null)}
      list={
        <div className={classes.screen}>
          <FilterBar />
          <BulkBar />
          <DeliveryList selected={selected} onSelect={onSelect} onOpenSimulator={onOpenSimulator} />
        </div>
      }
      detail={
        selected === null ? (
          <EmptyState sentence="Choose a delivery to see its bytes." />
        ) : (
          <DeliveryInspector id={selected} />
        )
      }
    />
  )
}

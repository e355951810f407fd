/**
 * The rows of the history. Arrow keys walk, Enter or a click shows a delivery, Space, the box
 * or Shift chooses several. While it is scrolled down nothing moves: what is new is announced above.
 */
import { Button } from '@mantine/core'
import { IconArrowUp } from '@tabler/icons-react'
import { useCallback, useEffect } from 'react'
import type { DeliveryId } from '#contract'
import { bulk } from '../state/bulk.ts'
import { deliveries, useDeliveries } from '../state/deliveries.ts'
import { isNarrowed, NO_CHOICE } from '../state/delivery-filter.ts'
import { mayHold, rowAt } from '../state/delivery-window.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import type { RowRange } from '../ui/row-range.ts'
import { say } from '../ui/say.ts'
import { useTicks } from '../ui/ticks.ts'
import { TryAgain } from '../ui/try-again.tsx'
import { VirtualList } from '../ui/virtual-list.tsx'
import classes from './deliveries.module.css'
import { DeliveryRow } from './delivery-row.tsx'
import { UnderWayBar } from './under-way-bar.tsx'

const ROW_PX = 32
const TOO_FAR =
  'Rows that are so far apart are not chosen together. Narrow the list down, or choose them in parts.'

interface DeliveryListProps {
  readonly selected: DeliveryId | null
  readonly onSelect: (id: DeliveryId | null) => void
  readonly onOpenSimulator: () => void
}

export function DeliveryList({ selected, onSelect, onOpenSimulator }: DeliveryListProps) {
  const { window, phase, problem, choice, reading, newCount, manyNew } = useDeliveries()
  const { ticked, tick, tickRange, untick } = useTicks<DeliveryId>(choice, (seq) =>
    mayHold(window, seq),
  )
  useEffect(() => {
    bulk.chooseDeliveries([...ticked])
    return () => bulk.chooseDeliveries([])
  }, [ticked])
  const draw = useCallback(
    (index: number) => {
      const row = rowAt(window, index)
      if (!row) return <div className={classes.row} aria-busy />
      return (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the list takes the keys
        // biome-ignore lint/a11y/noStaticElementInteractions: the list makes it a cell of its grid
        <div
          className={classes.row}
          data-current={row.id === selected || undefined}
          onClick={() => onSelect(row.id)}
        >
          <DeliveryRow
            row={row}
            isTicked={ticked.has(row.id)}
            onTick={(isTicked) => tick(row, isTicked)}
          />
        </div>
      )
    },
    [window, selected, ticked, tick, onSelect],
  )
  const chooseRange = ({ from, to, isTicked, isAnother }: RowRange) => {
    const rows = Array.from({ length: to + 1 - from }, (_, at) => rowAt(window, from + at))
    const held = rows.filter((row) => row !== null)
    if (held.length < rows.length) say(TOO_FAR)
    else tickRange(held, isTicked, isAnother)
  }
  const keyOf = useCallback((index: number) => rowAt(window, index)?.id ?? null, [window])
  if (phase === 'failed') {
    return <TryAgain message={problem} onAgain={() => void deliveries.reload()} />
  }
  if (window.count === 0 && phase === 'ready') {
    return isNarrowed(choice) ? (
      <EmptyState
        sentence="No delivery matches."
        action={{ label: 'Clear filters', onClick: () => deliveries.choose(NO_CHOICE) }}
      />
    ) : (
      <EmptyState
        sentence="No deliveries yet. Fire an event in the simulator."
        action={{ label: 'Open the simulator', onClick: onOpenSimulator }}
      />
    )
  }
  return (
    <>
      <UnderWayBar ticked={ticked} onDone={untick} />
      <div className={phase === 'ready' ? classes.list : `${classes.list} ${classes.isStale}`}>
        {newCount > 0 ? (
          <Button
            className={classes.fresh}
            size="compact-sm"
            radius="xl"
            leftSection={<IconArrowUp size={14} aria-hidden />}
            onClick={deliveries.showNewest}
          >
            {newCount}
            {manyNew ? '+' : ''} new
          </Button>
        ) : null}
        <VirtualList
          key={reading}
          count={window.count}
          rowPx={ROW_PX}
          label="Deliveries, newest first"
          draw={draw}
          keyOf={keyOf}
          onSee={deliveries.see}
          onRange={chooseRange}
        />
      </div>
      {problem === '' ? null : (
        <TryAgain
          message={`Older deliveries could not be read. ${problem}`}
          onAgain={deliveries.readOn}
        />
      )}
    </>
  )
}

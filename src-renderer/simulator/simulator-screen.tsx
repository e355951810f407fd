/** The board of events beside the one that is chosen. */
import { Button } from '@mantine/core'
import { IconPlaylistAdd } from '@tabler/icons-react'
import { useEffect, useEffectEvent, useState } from 'react'
import type { EventName } from '#contract'
import { simulator, useSimulator } from '../state/simulator.ts'
import { FIRST_SEED } from '../state/simulator-drafts.ts'
import { onceHeld } from '../ui/once-held.ts'
import { SplitPane } from '../ui/split-pane.tsx'
import { Board } from './board.tsx'
import { EventPane } from './event-pane.tsx'
import { FiringResult } from './firing-result.tsx'
import { faultOf } from './payload-fault.ts'
import classes from './simulator.module.css'

interface SimulatorScreenProps {
  readonly onAddWebhook: (event: EventName) => void
}

export function SimulatorScreen({ onAddWebhook }: SimulatorScreenProps) {
  const board = useSimulator((state) => state.board)
  const selected = useSimulator((state) => state.selected)
  // Only a narrow window has it closed: the board then lies under the event.
  const [isOpen, setOpen] = useState(false)
  useEffect(() => {
    simulator.open()
    return () => simulator.close()
  }, [])
  useFireKey(() => {
    setOpen(true)
    fireSelected()
  })
  return (
    <SplitPane
      id="simulator"
      listPercent={38}
      isOpen={isOpen}
      onClose={() => setOpen(false)}
      list={
        <div className={classes.left}>
          <Board
            rows={board}
            selected={selected}
            onSelect={simulator.select}
            onOpen={() => setOpen(true)}
          />
          <FireAll />
        </div>
      }
      detail={<EventPane key={selected} event={selected} onAddWebhook={onAddWebhook} />}
    />
  )
}

/** Fires the chosen event, unless its payload is not there yet or cannot be fired. */
function fireSelected(): void {
  const { drafts, selected } = useSimulator.getState()
  const draft = drafts[selected]
  if (draft?.original == null || faultOf(draft.text) !== null) return
  void simulator.fire(selected)
}

/**
 * ⌘↵ / Ctrl+Enter, wherever the focus is but in a dialog; before an editor takes the key. A held key
 * fires once.
 */
function useFireKey(fire: () => void): void {
  const onKey = useEffectEvent((key: KeyboardEvent) => {
    if (key.key !== 'Enter' || !(key.metaKey || key.ctrlKey)) return
    if (key.target instanceof Element && key.target.closest('[role="dialog"]')) return
    key.preventDefault()
    key.stopPropagation()
    if (!key.repeat) fire()
  })
  useEffect(() => {
    window.addEventListener('keydown', onKey, { capture: true })
    return () => window.removeEventListener('keydown', onKey, { capture: true })
  }, [])
}

function FireAll() {
  const firing = useSimulator((state) => state.firingAll)
  const isFiring = useSimulator((state) => state.isFiring)
  const seed = useSimulator((state) => state.drafts[state.selected]?.seed ?? FIRST_SEED)
  return (
    <footer className={classes.fireAll}>
      {firing ? (
        <div className={classes.allResult}>
          <FiringResult firing={firing} title="All 22 events" onClose={simulator.closeFiringAll} />
        </div>
      ) : null}
      <Button
        variant="default"
        size="xs"
        leftSection={<IconPlaylistAdd size={14} aria-hidden />}
        loading={isFiring}
        title={`Each of the 22 events once, as seed ${seed} makes it`}
        onKeyDown={onceHeld}
        onClick={() => void simulator.fireAll(seed)}
      >
        Fire all 22
      </Button>
    </footer>
  )
}

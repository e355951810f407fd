/** What runs of bulk replays, above the lists: how far they are, and the way to them. */
import { Button } from '@mantine/core'
import { IconBan, IconPlayerPause, IconPlayerPlay, IconRepeat } from '@tabler/icons-react'
import { useLayoutEffect, useRef } from 'react'
import type { BulkRun } from '#contract'
import { bulk, isUnderWay, useBulk } from '../state/bulk.ts'
import { useConnection } from '../state/connection.ts'
import { orSay } from '../ui/or-say.ts'
import classes from './bulk.module.css'
import { progressOf, progressWords, RUN_STATE_WORDS } from './bulk-words.ts'

export function BulkBar() {
  const runs = useBulk((state) => state.runs)
  const underWay = runs?.filter(isUnderWay) ?? []
  return underWay.map((run) => <RunBar key={run.id} run={run} />)
}

function RunBar({ run }: { readonly run: BulkRun }) {
  const { over, all } = progressOf(run)
  const bar = useRef<HTMLElement>(null)
  const show = useRef<HTMLButtonElement>(null)
  useLayoutEffect(() => {
    const element = bar.current
    return () => handFocusOn(element)
  }, [])
  return (
    <section ref={bar} className={classes.bar} aria-label="Bulk replay">
      <IconRepeat size={14} aria-hidden />
      <span role="status">{useRunWords(run)}</span>
      <progress
        className={classes.barProgress}
        aria-label="Bulk replay"
        value={over}
        max={Math.max(all, 1)}
      />
      <span className={classes.spring} />
      <RunButtons run={run} size="compact-xs" onCancel={() => show.current?.focus()} />
      <Button
        ref={show}
        size="compact-xs"
        variant="default"
        onClick={() => bulk.show({ kind: 'run', runId: run.id })}
      >
        Show
      </Button>
    </section>
  )
}

/** How it stands and how far it is; while the core is away, as it was when that was last heard of. */
export function useRunWords(run: BulkRun): string {
  const isAway = useConnection(({ state }) => state === 'away')
  const words = `${RUN_STATE_WORDS[run.state]}: ${progressWords(run)}`
  return isAway && isUnderWay(run) ? `Hookstage is away. Last seen: ${words.toLowerCase()}` : words
}

/** The bar goes with its run, and the focus on one of its buttons goes to the list below. */
function handFocusOn(bar: HTMLElement | null): void {
  if (!bar?.contains(document.activeElement)) return
  bar.parentElement?.querySelector<HTMLElement>('[role="grid"]')?.focus()
}

interface RunButtonsProps {
  readonly run: BulkRun
  readonly size: 'compact-xs' | 'xs'
  /** Takes the focus of the button, which goes before the run has ended. */
  readonly onCancel?: () => void
}

/** What can be done with a run that is under way. */
export function RunButtons({ run: { id, state }, size, onCancel }: RunButtonsProps) {
  const isRunning = state === 'running'
  return (
    <>
      {state === 'running' || state === 'paused' ? (
        // One button, so that it keeps the focus when it turns.
        <Button
          size={size}
          variant={isRunning ? 'default' : 'filled'}
          leftSection={
            isRunning ? (
              <IconPlayerPause size={12} aria-hidden />
            ) : (
              <IconPlayerPlay size={12} aria-hidden />
            )
          }
          onClick={() => void orSay(isRunning ? bulk.pause(id) : bulk.resume(id))}
        >
          {isRunning ? 'Pause' : 'Resume'}
        </Button>
      ) : null}
      {state === 'running' || state === 'paused' ? (
        <Button
          size={size}
          variant="default"
          leftSection={<IconBan size={12} aria-hidden />}
          onClick={() => {
            onCancel?.()
            void orSay(bulk.cancel(id))
          }}
        >
          Cancel the rest
        </Button>
      ) : null}
    </>
  )
}

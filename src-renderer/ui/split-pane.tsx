/**
 * A list and the thing that is chosen in it, side by side with a divider that drags (mouse, touch,
 * arrow keys) and remembers. In a narrow window the detail slides over the list instead; Back and
 * Escape return to it.
 */
import { Button } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconArrowLeft } from '@tabler/icons-react'
import { type CSSProperties, type KeyboardEvent, type PointerEvent, useEffect, useRef } from 'react'
import { useRemembered } from '../state/remembered.ts'
import classes from './split-pane.module.css'

const NARROW = '(max-width: 1099.98px)'
const LEAST_PERCENT = 22
const MOST_PERCENT = 75
const STEP_PERCENT = 2

interface SplitPaneProps {
  /** Under which the divider's place is remembered. */
  readonly id: string
  readonly list: React.ReactNode
  /** Null leaves the whole width to the list. */
  readonly detail: React.ReactNode
  /** Whether the detail lies over the list in a narrow window. */
  readonly isOpen: boolean
  readonly onClose: () => void
  /** The list's share at first, in percent. */
  readonly listPercent?: number
}

export function SplitPane(props: SplitPaneProps) {
  const isNarrow = useMediaQuery(NARROW, undefined, { getInitialValueInEffect: false })
  return isNarrow ? <Sliding {...props} /> : <SideBySide {...props} />
}

function SideBySide({ id, list, detail, listPercent = 44 }: SplitPaneProps) {
  const frame = useRef<HTMLDivElement>(null)
  const [percent, setPercent] = useRemembered(`split.${id}`, listPercent, isPercent)
  const drag = (event: PointerEvent) => {
    const box = frame.current?.getBoundingClientRect()
    if (!box || !event.currentTarget.hasPointerCapture(event.pointerId)) return
    setPercent(clamped(((event.clientX - box.left) / box.width) * 100))
  }
  const press = (event: KeyboardEvent) => {
    const next = nextPercent(event.key, percent)
    if (next === null) return
    event.preventDefault()
    setPercent(clamped(next))
  }
  return (
    <div
      ref={frame}
      className={classes.split}
      data-alone={detail === null || undefined}
      style={{ '--list-share': `${percent}%` } as CSSProperties}
    >
      <div className={classes.side}>{list}</div>
      {detail === null ? null : (
        <>
          {/* biome-ignore lint/a11y/useSemanticElements: a divider that can be moved is no hr */}
          <div
            role="separator"
            aria-label="Width of the list"
            aria-orientation="vertical"
            aria-valuenow={Math.round(percent)}
            aria-valuemin={LEAST_PERCENT}
            aria-valuemax={MOST_PERCENT}
            tabIndex={0}
            className={classes.divider}
            onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
            onPointerMove={drag}
            onDoubleClick={() => setPercent(listPercent)}
            onKeyDown={press}
          />
          <div className={classes.side}>{detail}</div>
        </>
      )}
    </div>
  )
}

function Sliding({ list, detail, isOpen, onClose }: SplitPaneProps) {
  const over = useRef<HTMLElement>(null)
  const came = useRef<HTMLElement | null>(null)
  useEffect(() => {
    if (isOpen) {
      came.current = document.activeElement instanceof HTMLElement ? document.activeElement : null
      // What opened it may have put the focus inside already, on a field of a form.
      if (!over.current?.contains(document.activeElement)) over.current?.focus()
      return
    }
    if (came.current?.isConnected) came.current.focus()
    came.current = null
  }, [isOpen])
  return (
    <div className={classes.stack}>
      <div className={classes.under} inert={isOpen}>
        {list}
      </div>
      {isOpen ? (
        <section
          ref={over}
          className={classes.over}
          aria-label="Details"
          tabIndex={-1}
          onKeyDown={(event) => {
            // A layer that floats over it bubbles its keys to here, but is not within.
            const isWithin = event.currentTarget.contains(event.target as Node)
            if (event.key === 'Escape' && isWithin && !event.defaultPrevented) onClose()
          }}
        >
          <div className={classes.back}>
            <Button
              variant="subtle"
              size="compact-sm"
              leftSection={<IconArrowLeft size={14} aria-hidden />}
              onClick={onClose}
            >
              Back to the list
            </Button>
          </div>
          <div className={classes.overBody}>{detail}</div>
        </section>
      ) : null}
    </div>
  )
}

function nextPercent(key: string, percent: number): number | null {
  if (key === 'ArrowLeft') return percent - STEP_PERCENT
  if (key === 'ArrowRight') return percent + STEP_PERCENT
  if (key === 'Home') return LEAST_PERCENT
  if (key === 'End') return MOST_PERCENT
  return null
}

function clamped(percent: number): number {
  return Math.min(MOST_PERCENT, Math.max(LEAST_PERCENT, percent))
}

function isPercent(value: unknown): value is number {
  return typeof value === 'number' && clamped(value) === value
}

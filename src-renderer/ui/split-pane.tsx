/**
 * A list and the thing that is chosen in it, side by side with a divider that drags (mouse, touch,
 * arrow keys) and remembers. In a narrow window the detail slides over the list instead; Back and
 * Escape return to it. Both are the same elements at every width, so that a window that is made
 * narrower or wider takes nothing from them.
 */
import { Button } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconArrowLeft } from '@tabler/icons-react'
import {
  type CSSProperties,
  type KeyboardEvent,
  type PointerEvent,
  type RefObject,
  useLayoutEffect,
  useRef,
} from 'react'
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

export function SplitPane({ id, list, detail, isOpen, onClose, listPercent = 44 }: SplitPaneProps) {
  const isNarrow = useMediaQuery(NARROW, undefined, { getInitialValueInEffect: false })
  const isOver = isNarrow && isOpen && detail !== null
  const frame = useRef<HTMLDivElement>(null)
  const side = useRef<HTMLElement>(null)
  const [percent, setPercent] = useRemembered(`split.${id}`, listPercent, isPercent)
  const beneath = useRef<HTMLDivElement>(null)
  useFocusOver(side, beneath, isOver, isNarrow)
  return (
    <div
      ref={frame}
      className={classes.split}
      data-alone={detail === null || undefined}
      data-narrow={isNarrow || undefined}
      style={{ '--list-share': `${percent}%` } as CSSProperties}
    >
      <div ref={beneath} className={classes.list} inert={isOver}>
        {list}
      </div>
      {detail === null || isNarrow ? null : (
        <Divider frame={frame} percent={percent} first={listPercent} onMove={setPercent} />
      )}
      {detail === null ? null : (
        <section
          ref={side}
          className={classes.detail}
          data-open={isOver || undefined}
          aria-label={isOver ? 'Details' : undefined}
          tabIndex={isOver ? -1 : undefined}
          onKeyDown={(event) => {
            // A layer that floats over it bubbles its keys to here, but is not within.
            const isWithin = event.currentTarget.contains(event.target as Node)
            const isBack = isOver && event.key === 'Escape'
            if (isBack && isWithin && !event.defaultPrevented) onClose()
          }}
        >
          {isOver ? (
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
          ) : null}
          <div className={classes.body}>{detail}</div>
        </section>
      )}
    </div>
  )
}

/** What is chosen in the list, or the list itself. */
const CURRENT = '[aria-current], [role="grid"]'

/**
 * Puts the focus on what comes to lie over the list, and back where it was once that lies there no
 * more; what is beside the list from then on, as the window was made wider, may keep it. A dialog
 * that is open while the window is made narrower keeps it, too.
 */
function useFocusOver(
  side: RefObject<HTMLElement | null>,
  list: RefObject<HTMLElement | null>,
  isOver: boolean,
  isNarrow: boolean,
) {
  const wasNarrow = useRef(isNarrow)
  const came = useRef<HTMLElement | null>(null)
  const wasOver = useRef(false)
  // Before it is drawn: a list that is inert loses the focus then.
  useLayoutEffect(() => {
    const { activeElement: focused } = document
    const isWithin = side.current?.contains(focused) ?? false
    const isResized = wasNarrow.current !== isNarrow
    wasNarrow.current = isNarrow
    if (isOver) {
      wasOver.current = true
      if (isResized && focused?.closest('[role="dialog"]')) return
      came.current = focused instanceof HTMLElement && !isWithin ? focused : null
      // What opened it may have put the focus inside already, on a field of a form.
      if (!isWithin) side.current?.focus()
      return
    }
    const mayKeep = isWithin && focused !== side.current && isSeen(focused)
    if (!mayKeep && came.current?.isConnected) came.current.focus()
    const isLost = wasOver.current && !mayKeep && document.activeElement === document.body
    if (isLost) list.current?.querySelector<HTMLElement>(CURRENT)?.focus()
    came.current = null
    wasOver.current = false
  }, [side, list, isOver, isNarrow])
}

function isSeen(element: Element | null): boolean {
  return element?.checkVisibility({ visibilityProperty: true }) ?? false
}

interface DividerProps {
  readonly frame: RefObject<HTMLElement | null>
  readonly percent: number
  /** Where a double click puts it. */
  readonly first: number
  readonly onMove: (percent: number) => void
}

function Divider({ frame, percent, first, onMove }: DividerProps) {
  const drag = (event: PointerEvent) => {
    const box = frame.current?.getBoundingClientRect()
    if (!box || !event.currentTarget.hasPointerCapture(event.pointerId)) return
    onMove(clamped(((event.clientX - box.left) / box.width) * 100))
  }
  const press = (event: KeyboardEvent) => {
    const next = nextPercent(event.key, percent)
    if (next === null) return
    event.preventDefault()
    onMove(clamped(next))
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a divider that can be moved is no hr
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
      onDoubleClick={() => onMove(first)}
      onKeyDown={press}
    />
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

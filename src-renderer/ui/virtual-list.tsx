/**
 * A list of any length of which only what is seen is drawn. One stop for Tab; arrows, Home, End and
 * Page keys walk, Enter does what a click on the row does, Space ticks its box; with Shift, walking
 * and clicking choose from row to row. It is a grid of one column for screen readers, because a row
 * may hold controls. Rows that come or go above neither
 * move what is read, once it is scrolled, nor change which row the keys act on.
 */
import { useVirtualizer } from '@tanstack/react-virtual'
import {
  type FormEvent,
  type KeyboardEvent,
  type MouseEvent as PointerPress,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from 'react'
import { AT_TOP, followed, type KeyOf, movedBy, type Place } from './kept-place.ts'
import { type RowRange, useRowRange } from './row-range.ts'
import { scrollScale } from './scaled-scroll.ts'
import classes from './virtual-list.module.css'

const OVERSCAN_ROWS = 8

interface VirtualListProps {
  readonly count: number
  /** Every row has this height. */
  readonly rowPx: number
  /** What the list holds, for screen readers. */
  readonly label: string
  readonly draw: (index: number) => React.ReactNode
  /** For a list in which rows come and go: another function whenever they did. */
  readonly keyOf?: KeyOf
  /** Told which rows are on screen, whenever that changes. */
  readonly onSee?: (first: number, last: number) => void
  /** For a list whose rows have a box: told of a range that is chosen. */
  readonly onRange?: (range: RowRange) => void
}

export function VirtualList(props: VirtualListProps) {
  const { count, rowPx, label, draw, keyOf, onSee, onRange } = props
  const id = useId()
  const frame = useRef<HTMLDivElement>(null)
  const [active, setActive] = useState(AT_TOP)
  const { rows, scrollPx, shiftPx, first, last, show, moveBy, pageRows } = useRows(
    frame,
    count,
    rowPx,
  )
  const placeAt = (index: number): Place => ({ index, key: keyOf?.(index) ?? null })
  const place = keyOf ? followed(active, count, keyOf) : active
  if (place !== active) setActive(place)
  const current = Math.min(place.index, count - 1)
  const range = useRowRange(count, keyOf, onRange)
  useKeptScroll(first, last, count, keyOf, moveBy)
  useEffect(() => {
    if (count > 0) onSee?.(first, last)
  }, [onSee, first, last, count])

  const press = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget) return
    const next = nextRow(event.key, current, pageRows, count)
    if (next !== null) {
      if (event.shiftKey && onRange) range.reach(next, current, true)
      else range.begin(placeAt(next))
      setActive(placeAt(next))
      show(next)
    } else if (event.key === 'Enter' || event.key === ' ') {
      const row = document.getElementById(`${id}-${current}`)
      if (!row) show(current)
      const box = row?.querySelector<HTMLElement>('input[type="checkbox"]')
      const target = event.key === ' ' ? box : row?.firstElementChild?.firstElementChild
      if (target instanceof HTMLElement) target.click()
    } else return
    event.preventDefault()
  }
  const pick = (index: number, isReached: boolean, isTicked: boolean) => {
    if (isReached) range.reach(index, current, isTicked)
    else range.begin(placeAt(index))
    setActive(placeAt(index))
  }
  const click = (event: PointerPress, index: number) => {
    // A box has its turn when it changes: drawn before that, it would not.
    if (event.target instanceof HTMLInputElement) return
    const isReached = event.shiftKey && onRange !== undefined
    pick(index, isReached, true)
    // The row is not opened, too.
    if (isReached) event.stopPropagation()
  }
  const change = ({ target, nativeEvent }: FormEvent, index: number) => {
    if (target instanceof HTMLInputElement)
      pick(index, nativeEvent instanceof MouseEvent && nativeEvent.shiftKey, target.checked)
  }
  const isDrawn = rows.some((row) => row.index === current)
  return (
    // biome-ignore lint/a11y/useSemanticElements: rows are placed, which a table cannot do
    <div
      ref={frame}
      role="grid"
      aria-label={label}
      aria-rowcount={count}
      aria-activedescendant={isDrawn ? `${id}-${current}` : undefined}
      tabIndex={0}
      className={classes.frame}
      onKeyDown={press}
      onMouseDown={(event) => {
        if (!event.shiftKey || !onRange) return
        // Else the text between the rows would be marked.
        event.preventDefault()
        frame.current?.focus()
      }}
      onFocus={() => setActive(active.key === null ? placeAt(current) : active)}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: as above */}
      <div role="rowgroup" className={classes.rows} style={{ height: scrollPx }}>
        {rows.map(({ index, start }) => (
          // biome-ignore lint/a11y/useFocusableInteractive: the grid holds the focus for its rows
          // biome-ignore lint/a11y/useSemanticElements: as above
          <div
            key={keyOf?.(index) ?? index}
            id={`${id}-${index}`}
            role="row"
            aria-rowindex={index + 1}
            data-active={index === current || undefined}
            className={classes.row}
            style={{ height: rowPx, translate: `0 ${start - shiftPx}px` }}
            onClickCapture={(event) => click(event, index)}
            onChange={(event) => change(event, index)}
          >
            {/* biome-ignore lint/a11y/useFocusableInteractive: as above */}
            {/* biome-ignore lint/a11y/useSemanticElements: as above */}
            <div role="gridcell">{draw(index)}</div>
          </div>
        ))}
      </div>
    </div>
  )
}

/** Moves the scroll offset with the rows on screen, unless it is at the top. */
function useKeptScroll(
  first: number,
  last: number,
  count: number,
  keyOf: KeyOf | undefined,
  moveBy: (rows: number) => void,
) {
  const seen = useRef<readonly Place[]>([])
  useLayoutEffect(() => {
    if (!keyOf) return
    const moved = movedBy(seen.current, count, keyOf)
    if (moved !== 0) moveBy(moved)
    const places: Place[] = []
    for (let index = first; index <= last; index++) places.push({ index, key: keyOf(index) })
    seen.current = places
  })
}

/** The rows to draw, and where, in a scroll height that is capped. */
function useRows(frame: React.RefObject<HTMLDivElement | null>, count: number, rowPx: number) {
  const listPx = count * rowPx
  // The position in the list; where the scroll bar alone is too coarse it is more exact than that.
  const place = useRef({ offset: 0, scrollTop: 0 })
  const viewPx = frame.current?.clientHeight ?? 0
  const scale = scrollScale(listPx, viewPx)
  const scaleRef = useRef(scale)
  scaleRef.current = scale

  const moveTo = (element: HTMLElement, offset: number) => {
    const { toScrollTop } = scaleRef.current
    element.scrollTop = toScrollTop(offset)
    place.current = { offset, scrollTop: element.scrollTop }
  }
  // oxlint-disable-next-line react/incompatible-library -- it is not memoised
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => frame.current,
    estimateSize: () => rowPx,
    overscan: OVERSCAN_ROWS,
    observeElementOffset: (instance, report) => {
      const element = instance.scrollElement
      if (!element) return undefined
      const read = () => {
        const { scrollTop } = element
        // Where we put the bar ourselves, the exact place is known already.
        if (Math.abs(scrollTop - place.current.scrollTop) >= 1)
          place.current = { offset: scaleRef.current.toOffset(scrollTop), scrollTop }
        report(place.current.offset, false)
      }
      const turn = (event: WheelEvent) => {
        const { scrollPx, toOffset } = scaleRef.current
        if (event.ctrlKey || event.deltaY === 0 || toOffset(scrollPx) <= scrollPx) return
        event.preventDefault()
        const stepPx = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? rowPx : 1
        const most = instance.getTotalSize() - element.clientHeight
        const offset = place.current.offset + event.deltaY * stepPx
        moveTo(element, Math.min(most, Math.max(0, offset)))
        report(place.current.offset, false)
      }
      read()
      element.addEventListener('scroll', read, { passive: true })
      element.addEventListener('wheel', turn, { passive: false })
      return () => {
        element.removeEventListener('scroll', read)
        element.removeEventListener('wheel', turn)
      }
    },
    scrollToFn: (offset, _options, instance) => {
      if (instance.scrollElement instanceof HTMLElement) moveTo(instance.scrollElement, offset)
    },
  })
  const offset = virtualizer.scrollOffset ?? 0
  const pageRows = Math.max(1, Math.floor(viewPx / rowPx) - 1)
  return {
    rows: virtualizer.getVirtualItems(),
    scrollPx: scale.scrollPx,
    /** How far rows are moved up so that they lie where the scroll bar is. */
    shiftPx: place.current.offset - place.current.scrollTop,
    first: Math.max(0, Math.floor(offset / rowPx)),
    last: Math.min(count - 1, Math.floor((offset + viewPx) / rowPx)),
    pageRows,
    show: (index: number) => {
      const element = frame.current
      if (!element) return
      const top = index * rowPx
      const at = place.current.offset
      if (top < at) moveTo(element, top)
      else if (top + rowPx > at + element.clientHeight)
        moveTo(element, top + rowPx - element.clientHeight)
      else return
      element.dispatchEvent(new Event('scroll'))
    },
    /** By whole rows, unless it stands at the top. */
    moveBy: (by: number) => {
      const element = frame.current
      if (!element || place.current.offset < 1) return
      const most = Math.max(0, count * rowPx - element.clientHeight)
      moveTo(element, Math.min(most, Math.max(0, place.current.offset + by * rowPx)))
      element.dispatchEvent(new Event('scroll'))
    },
  }
}

function nextRow(key: string, row: number, pageRows: number, count: number): number | null {
  const steps: Readonly<Record<string, number>> = {
    ArrowDown: row + 1,
    ArrowUp: row - 1,
    PageDown: row + pageRows,
    PageUp: row - pageRows,
    Home: 0,
    End: count - 1,
  }
  const next = steps[key]
  return next === undefined ? null : Math.min(count - 1, Math.max(0, next))
}

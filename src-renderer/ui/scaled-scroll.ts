/**
 * A browser element is at most 33 554 428 device pixels high, so a million rows do not fit. Beyond
 * a cap the scroll bar stands for the whole list in a smaller height, and the position within the
 * list is kept apart from it: the bar jumps, the wheel and the keys still move row by row.
 */

/** Safe up to four device pixels for each CSS pixel (a dense screen and browser zoom together). */
export const MOST_SCROLL_PX = 6_000_000

export interface ScrollScale {
  /** Height of what scrolls. */
  readonly scrollPx: number
  /** The list's offset that a scroll position stands for. */
  readonly toOffset: (scrollTop: number) => number
  /** The scroll position that shows an offset. */
  readonly toScrollTop: (offset: number) => number
}

/** `listPx` is the height of all rows, `viewPx` of what is seen of them. */
export function scrollScale(listPx: number, viewPx: number): ScrollScale {
  const scrollPx = Math.min(listPx, MOST_SCROLL_PX)
  const hidden = Math.max(0, listPx - viewPx)
  const travel = Math.max(0, scrollPx - viewPx)
  if (scrollPx === listPx || travel === 0) {
    return { scrollPx, toOffset: (top) => top, toScrollTop: (offset) => offset }
  }
  const ratio = hidden / travel
  return {
    scrollPx,
    toOffset: (top) => Math.min(hidden, Math.max(0, top * ratio)),
    toScrollTop: (offset) => Math.min(travel, Math.max(0, offset / ratio)),
  }
}

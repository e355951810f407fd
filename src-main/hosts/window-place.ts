/** Where the window was, and where it may come back: wholly on a screen that exists now. Pure. */
import { z } from 'zod'

export const windowPlaceSchema = z.object({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int().positive(),
  height: z.number().int().positive(),
  isMaximized: z.boolean(),
})
export type WindowPlace = z.infer<typeof windowPlaceSchema>

/** A screen without its panels and docks, in device-independent pixels. */
export interface WorkArea {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** Less than this across or down cannot be found and grabbed. */
const VISIBLE_PX = 64

/**
 * The place, made to fit the screen that shows most of it.
 * @returns null when no screen shows enough of it, so that the system should choose
 */
export function placeOnScreen(
  place: WindowPlace,
  workAreas: readonly WorkArea[],
): WindowPlace | null {
  const [best] = workAreas
    .map((area) => ({ area, ...overlap(place, area) }))
    .filter(({ across, down }) => across >= VISIBLE_PX && down >= VISIBLE_PX)
    .sort((a, b) => b.across * b.down - a.across * a.down)
  if (!best) return null
  const { area } = best
  const width = Math.min(place.width, area.width)
  const height = Math.min(place.height, area.height)
  return {
    x: within(place.x, area.x, area.x + area.width - width),
    y: within(place.y, area.y, area.y + area.height - height),
    width,
    height,
    isMaximized: place.isMaximized,
  }
}

function overlap(a: WorkArea, b: WorkArea): { across: number; down: number } {
  return {
    across: Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x),
    down: Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y),
  }
}

function within(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(value, most))
}

import { describe, expect, it } from 'vitest'
import { placeOnScreen } from '../../src-main/hosts/window-place.ts'

const LAPTOP = { x: 0, y: 25, width: 1440, height: 875 }
const PROJECTOR = { x: 1440, y: 0, width: 1920, height: 1080 }
const place = (x: number, y: number, width = 1200, height = 800) => ({
  x,
  y,
  width,
  height,
  isMaximized: false,
})

describe('a remembered window', () => {
  it('comes back where it was while the screen is there', () => {
    expect(placeOnScreen(place(1600, 100), [LAPTOP, PROJECTOR])).toEqual(place(1600, 100))
  })

  it('is left to the system when its screen is gone', () => {
    expect(placeOnScreen(place(1600, 100), [LAPTOP])).toBeNull()
    expect(placeOnScreen(place(-1190, 100), [LAPTOP])).toBeNull()
    expect(placeOnScreen(place(0, 100), [])).toBeNull()
  })

  it('is moved so that all of it can be seen', () => {
    expect(placeOnScreen(place(700, 300), [LAPTOP])).toEqual(place(240, 100))
    expect(placeOnScreen(place(-50, 0), [LAPTOP])).toEqual(place(0, 25))
  })

  it('is made to fit a smaller screen', () => {
    expect(placeOnScreen(place(0, 0, 3000, 2000), [LAPTOP])).toEqual(place(0, 25, 1440, 875))
  })

  it('stays on the screen that shows most of it, maximized or not', () => {
    const across = { ...place(1300, 50), isMaximized: true }
    expect(placeOnScreen(across, [LAPTOP, PROJECTOR])).toEqual({ ...across, x: 1440 })
  })
})

/**
 * Work that moves things on the page and has to wait until a press is over: a note that appears
 * between press and release would push the pressed button away, and the click would be lost.
 */

let isPressed = false

addEventListener('pointerdown', () => (isPressed = true), { capture: true })
for (const end of ['pointerup', 'pointercancel'] as const) {
  addEventListener(end, () => (isPressed = false), { capture: true })
}

/** Runs `work` now, or once the pointer is released and its click has been handled. */
export function afterPress(work: () => void): void {
  if (isPressed) addEventListener('pointerup', () => setTimeout(work), { once: true })
  else work()
}

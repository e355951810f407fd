/**
 * Where the focus is while a dialog is open, and where it goes once it is closed. A button that is
 * disabled while it is at work, or goes with what it stood in, loses the focus for good, and so does
 * one in a menu or in the palette that opened the dialog and closed.
 */
import type { RefObject } from 'react'

type Root = RefObject<HTMLElement | null>

/** What had the focus last and stays: of a menu its button, and nothing of the palette. */
let lastPlace: HTMLElement | null = null

document.addEventListener('focusin', ({ target }) => {
  lastPlace = placeOf(target) ?? lastPlace
})

/** A menu is labelled by its button, a dialog by its title within, and the palette by no element. */
function placeOf(target: EventTarget | null): HTMLElement | null {
  if (!(target instanceof HTMLElement)) return null
  const layer = target.closest('[role="menu"], [role="dialog"]')
  if (!layer) return target
  const label = document.getElementById(layer.getAttribute('aria-labelledby') ?? '')
  return label && layer.contains(label) ? target : label
}

/**
 * Keeps the focus in the dialog: what lost it while it was at work has it again once it is done, and
 * where it is gone, what stands in its place. Tab goes on from there.
 * @param isOnTop whether no other dialog lies over it
 * @returns how to stop
 */
export function keepFocusIn(root: Root, isOnTop: () => boolean): () => void {
  let last: HTMLElement | null = null
  let around: readonly Around[] = []
  let isWatched = false
  const giveBack = () => {
    if (last === null || document.activeElement !== document.body || !isOnTop()) return
    const place = last.isConnected ? last : inPlaceOf(around)
    place?.focus({ preventScroll: true })
  }
  const changes = new MutationObserver(giveBack)
  const note = ({ target }: FocusEvent) => {
    const place = placeOf(target)
    last = place && root.current?.contains(place) ? place : null
    around = last && root.current ? aroundOf(last, root.current) : []
    // What the dialog is drawn in is not there yet when it opens.
    if (isWatched || !root.current) return
    changes.observe(root.current, { childList: true, subtree: true, attributeFilter: ['disabled'] })
    isWatched = true
  }
  const press = ({ key }: KeyboardEvent) => {
    if (key === 'Tab') giveBack()
  }
  document.addEventListener('focusin', note)
  window.addEventListener('keydown', press, { capture: true })
  return () => {
    changes.disconnect()
    document.removeEventListener('focusin', note)
    window.removeEventListener('keydown', press, { capture: true })
  }
}

/** The one that is marked, else the first; of a choice what is chosen. */
const FIELDS = [
  '[data-autofocus]:enabled',
  ':is(input:not([type="radio"], [type="file"], [type="hidden"]), input:checked, select, textarea):enabled, [contenteditable="true"]',
]

/** Where a form begins; undefined while there is none. */
export function firstFieldIn(form: HTMLElement | null): HTMLElement | undefined {
  const fields = FIELDS.map((which) => form?.querySelector<HTMLElement>(which))
  return fields.find((field) => field instanceof HTMLElement) ?? undefined
}

/**
 * Puts the focus in the form's first field, from Close, where it is as the dialog opens. Fields may
 * come later; once the user did something it is the user's.
 * @returns how to stop
 */
export function beginInForm(root: Root): () => void {
  const begin = () => {
    const field = firstFieldIn(root.current)
    if (!field) return
    // Where something in the dialog has put it already, it stays.
    const { activeElement: now } = document
    if (!FIELDS.some((which) => now?.matches(which))) field.focus({ preventScroll: true })
    stop()
  }
  const changes = new MutationObserver(begin)
  const timer = setTimeout(() => {
    if (root.current) changes.observe(root.current, { childList: true, subtree: true })
    begin()
  }, SETTLED_MS)
  const stop = () => {
    clearTimeout(timer)
    changes.disconnect()
    for (const act of ACTS) window.removeEventListener(act, stop, { capture: true })
  }
  for (const act of ACTS) window.addEventListener(act, stop, { capture: true })
  return stop
}

const ACTS = ['keydown', 'pointerdown'] as const

/** What something stands in, and which of the controls in it it is. */
interface Around {
  readonly box: HTMLElement
  readonly rank: number
}

const CONTROLS = 'button:enabled, input:enabled, select:enabled, textarea:enabled, [tabindex="0"]'

/** From the inside out. */
function aroundOf(place: HTMLElement, root: HTMLElement): Around[] {
  const boxes: Around[] = []
  for (let box = place.parentElement; box && root.contains(box); box = box.parentElement) {
    boxes.push({ box, rank: controlsIn(box).indexOf(place) })
    if (box.parentElement?.role === 'dialog') break
  }
  return boxes
}

/** Its neighbour in what is left around it; where all of the dialog is another, the first there. */
function inPlaceOf(around: readonly Around[]): HTMLElement | undefined {
  for (const { box, rank } of around) {
    const controls = box.isConnected ? controlsIn(box) : []
    const isAll = box === around.at(-1)?.box
    const found = isAll ? controls[0] : (controls[rank] ?? controls.at(-1))
    if (found) return found
  }
  return undefined
}

function controlsIn(box: HTMLElement): HTMLElement[] {
  return [...box.querySelectorAll<HTMLElement>(CONTROLS)]
}

/** As Mantine waits: what closes a dialog may put the focus elsewhere itself. */
const SETTLED_MS = 10

/**
 * To be called as a dialog opens. Answers how to put the focus back to where it was, once the dialog
 * closes or goes; where it was put elsewhere by then, or Tab is pressed, it stays.
 */
export function focusToReturn(): () => void {
  const place = lastPlace
  return () => {
    const { activeElement: atClose } = document
    const letBe = ({ key }: KeyboardEvent) => {
      if (key === 'Tab') clearTimeout(timer)
    }
    const timer = setTimeout(() => {
      window.removeEventListener('keydown', letBe, { capture: true })
      const { activeElement: now } = document
      const isFree = now === null || now === document.body || now === atClose
      if (isFree) place?.focus({ preventScroll: true })
    }, SETTLED_MS)
    window.addEventListener('keydown', letBe, { capture: true })
  }
}

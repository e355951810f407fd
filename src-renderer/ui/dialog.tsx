/**
 * A dialog over the screen, drawn and labelled as all of them are. Escape closes the one that has the
 * focus and nothing beneath it, and not even that where an editor, a list or a menu in it takes the
 * key for itself. The focus stays in it, and goes back to what opened it.
 */
import { Modal, type ModalProps } from '@mantine/core'
import { type RefObject, useEffect, useEffectEvent, useRef } from 'react'
import { beginInForm, focusToReturn, keepFocusIn } from './dialog-focus.ts'

interface DialogProps
  extends Omit<ModalProps, 'closeOnEscape' | 'closeOnClickOutside' | 'returnFocus' | 'ref'> {
  /**
   * It holds what was typed: the focus begins in its first field, and a click beside it, which may be a
   * slip, leaves it open.
   */
  readonly isForm?: boolean
}

const CLOSE = { 'aria-label': 'Close' }

export function Dialog({ isForm = false, ...props }: DialogProps) {
  const { opened, onClose } = props
  const root = useRef<HTMLDivElement>(null)
  const close = useEffectEvent(() => onClose())
  useEffect(() => (opened ? closeByEscape(root, () => close()) : undefined), [opened])
  useEffect(() => {
    return opened ? keepFocusIn(root, () => openRoots.at(-1) === root) : undefined
  }, [opened])
  useEffect(() => (opened && isForm ? beginInForm(root) : undefined), [opened, isForm])
  // Mantine's own return knows no dialog that is there from its first moment, or goes at once.
  useEffect(() => (opened ? focusToReturn() : undefined), [opened])
  return (
    <Modal
      ref={root}
      closeButtonProps={CLOSE}
      {...props}
      closeOnEscape={false}
      returnFocus={false}
      closeOnClickOutside={!isForm}
    />
  )
}

type Root = RefObject<HTMLElement | null>

/** Those that are open, the last one on top. */
const openRoots: Root[] = []

/** Not any more once it was told to close, though it may still be seen to go. */
export function isDialogOpen(): boolean {
  return openRoots.length > 0
}

/** Answers how to stop. */
function closeByEscape(root: Root, close: () => void): () => void {
  // An open list says so before it has closed itself, and no more afterwards.
  let isTaken = false
  const look = ({ target }: KeyboardEvent) => {
    isTaken = target instanceof Element && target.matches(TAKES_KEYS)
  }
  const press = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.isComposing || event.defaultPrevented || isTaken) return
    if (isFor(root, event.target)) close()
  }
  openRoots.push(root)
  window.addEventListener('keydown', look, { capture: true })
  window.addEventListener('keydown', press)
  return () => {
    openRoots.splice(openRoots.indexOf(root), 1)
    window.removeEventListener('keydown', look, { capture: true })
    window.removeEventListener('keydown', press)
  }
}

/** Mantine's mark on lists and menus that are open. */
const TAKES_KEYS = '[data-mantine-stop-propagation="true"]'

/** Layers that float by themselves, such as the palette, take their keys where they lie. */
const LAYER = '[role="dialog"], [role="menu"], [role="listbox"]'

/** A key that no layer has the focus for is for the dialog on top, whatever beneath it has it. */
function isFor(root: Root, target: EventTarget | null): boolean {
  const element = target instanceof Element ? target : document.body
  const holder = openRoots.find(({ current }) => current?.contains(element))
  if (holder) return holder === root
  return element.closest(LAYER) === null && openRoots.at(-1) === root
}

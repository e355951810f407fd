/** Says something in passing, in the corner: what was done, or could not be, and a way back. */
import { notifications } from '@mantine/notifications'
import { createElement } from 'react'
import { SaidAction } from './said-action.tsx'

export interface SayOptions {
  readonly action?: { readonly label: string; readonly onClick: () => void }
  /** How long it stays; what can be undone stays longer. */
  readonly forMs?: number
}

const PLAIN_MS = 5000
const WITH_ACTION_MS = 12_000

/** What can still be undone, the latest last: while its message is there. */
const undoable = new Map<string, () => void>()

/** Takes back what was done last, as the Undo of its message does. */
export function undoLast(): void {
  const last = [...undoable].at(-1)
  if (!last) return
  const [id, undo] = last
  notifications.hide(id)
  undoable.delete(id)
  undo()
}

/** How many messages were said that offer something. */
let offers = 0

/** Saying a plain text again shows it anew; what offers something stays beside others of its text. */
export function say(message: string, { action, forMs }: SayOptions = {}): void {
  const id = action ? `offer ${++offers}` : `said ${message}`
  const close = () => notifications.hide(id)
  notifications.hide(id)
  if (action?.label === 'Undo') undoable.set(id, action.onClick)
  notifications.show({
    id,
    message: action ? createElement(SaidAction, { message, ...action, close }) : message,
    autoClose: forMs ?? (action ? WITH_ACTION_MS : PLAIN_MS),
    withBorder: true,
    onClose: () => undoable.delete(id),
    closeButtonProps: { 'aria-label': 'Close the message' },
  })
}

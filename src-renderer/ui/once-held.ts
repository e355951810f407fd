/** Keys that send something act once for each press, however long they are held. */

/** For `onKeyDown` of a button: a held Enter would press it again and again. */
export function onceHeld(key: { readonly repeat: boolean; preventDefault(): void }): void {
  if (key.repeat) key.preventDefault()
}

/** Keys as this machine writes them: `⌘K` on a Mac, `Ctrl+K` elsewhere. */

const isMac = /Mac|iPhone|iPad/.test(navigator.userAgent)

/** A key with the platform's command key. */
export function keyName(key: string): string {
  return isMac ? `⌘${key}` : `Ctrl+${key}`
}

/** The Enter key with the platform's command key. */
export const COMMAND_ENTER = isMac ? '⌘↵' : 'Ctrl+Enter'

/** A key with Alt, or Option. */
export function altKeyName(key: string): string {
  return isMac ? `⌥${key}` : `Alt+${key}`
}

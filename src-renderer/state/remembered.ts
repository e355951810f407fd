/** View state that outlives the page: sizes, choices, filters. Never anything that was typed as secret. */
import { useCallback, useState } from 'react'

const PREFIX = 'hookstage.'

/** What was kept under the key, if it is still of the right kind. */
export function recall<T>(key: string, fallback: T, isValid: (value: unknown) => value is T): T {
  try {
    const text = localStorage.getItem(PREFIX + key)
    const value: unknown = text === null ? undefined : JSON.parse(text)
    return isValid(value) ? value : fallback
  } catch {
    return fallback
  }
}

export function remember(key: string, value: unknown): void {
  try {
    localStorage.setItem(PREFIX + key, JSON.stringify(value))
  } catch {
    // full or forbidden: it then lives as long as the page
  }
}

/** As `useState`, but the value is there again after a reload. */
export function useRemembered<T>(
  key: string,
  fallback: T,
  isValid: (value: unknown) => value is T,
): readonly [T, (value: T) => void] {
  const [value, setValue] = useState(() => recall(key, fallback, isValid))
  const set = useCallback(
    (next: T) => {
      setValue(next)
      remember(key, next)
    },
    [key],
  )
  return [value, set]
}

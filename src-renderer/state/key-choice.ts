/** Whether single letters act as keys. Some people's tools type letters, so they can be turned off. */
import { create } from 'zustand'
import { recall, remember } from './remembered.ts'

const KEY = 'letterKeys'

interface KeyChoice {
  readonly letterKeys: boolean
}

export const useKeyChoice = create<KeyChoice>()(() => ({
  letterKeys: recall(KEY, true, (value): value is boolean => typeof value === 'boolean'),
}))

export function setLetterKeys(letterKeys: boolean): void {
  useKeyChoice.setState({ letterKeys })
  remember(KEY, letterKeys)
}

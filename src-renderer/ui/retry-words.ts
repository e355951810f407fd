/** Retry schedules in words. */
import { ownDelays, RETRY_LABELS, RETRY_SCHEDULES, type Retry, type RetryPreset } from '#contract'
import { formatDuration } from './duration.ts'

/** In a few words, for where it is folded away. */
export function retryInWords({ preset, own }: Retry): string {
  if (preset === 'none') return 'not tried again'
  const count = preset === 'own' ? ownDelays(own).length : RETRY_SCHEDULES[preset].delaysMs.length
  const times = count === 1 ? 'one retry' : `${count} retries`
  return preset === 'own' ? times : `${times} as ${RETRY_LABELS[preset]}`
}

const NOTES: Readonly<Partial<Record<RetryPreset, string>>> = {
  svix: 'After a timeout or a 429 it waits a minute at least.',
  hook0: 'A 4xx is final, but for 408 and 429.',
}

export function presetInWords(preset: Exclude<RetryPreset, 'own'>): string {
  if (preset === 'none') return 'A delivery that fails is not tried again.'
  const { delaysMs, jitter } = RETRY_SCHEDULES[preset]
  return [`Waits ${waitsInWords(delaysMs, jitter)}.`, NOTES[preset]].filter(Boolean).join(' ')
}

/** Equal waits are counted, many are cut. */
export function waitsInWords(delaysMs: readonly number[], jitter: number): string {
  const [first] = delaysMs
  if (first === undefined) return 'never'
  const spread = jitter > 0 ? `, spread by ${Math.round(jitter * 100)} %` : ''
  if (delaysMs.length > 1 && delaysMs.every((ms) => ms === first)) {
    return `${delaysMs.length} times ${formatDuration(first)}${spread}`
  }
  const words = delaysMs.map(formatDuration)
  const shown =
    words.length > 12
      ? [...words.slice(0, 5), '…', `${words.at(-1)} (${words.length} retries)`]
      : words
  return shown.join(', ') + spread
}

/** Why a delivery is still queued, in words: a sentence, and a word or two for a list. */
import { DESTINATION_LABELS, type Destination, type QueuedWhy } from '#contract'

/** How much a destination takes, as far as it has a pace. */
const PACES: Readonly<Partial<Record<Destination, string>>> = {
  slack: 'Slack takes one message a second at a webhook.',
  teams: 'Microsoft Teams takes 25 messages in 5 minutes at a webhook.',
}

/** Full stops where sentences end; what is due and when is left to who shows it. */
export function queuedInWords(why: QueuedWhy): string {
  switch (why.kind) {
    case 'paused':
      return 'Sending is paused.'
    case 'run_paused':
      return 'The run that it belongs to is paused.'
    case 'unwritable':
      return 'The database cannot be written, and nothing is sent that is not recorded.'
    case 'unconfirmed':
      return 'It is not confirmed yet that requests may go to its host.'
    case 'turn':
      return why.before === 0 ? 'It is next.' : turnInWords(why.before)
    case 'slots':
      return SLOTS[why.of]
    case 'pace': {
      const label = DESTINATION_LABELS[why.destination]
      return withTurn(PACES[why.destination] ?? `It keeps the pace of ${label}.`, why.before)
    }
    case 'retry_after':
      return withTurn('The endpoint asked for a wait (Retry-After).', why.before)
  }
}

/** When the first that waits there may go: by the wall clock, or by the stage clock; null: unknown. */
export function queuedUntil(
  why: QueuedWhy,
): { readonly atMs: number; readonly clock: 'wall' | 'stage' } | null {
  if (why.kind === 'pace') return { atMs: why.untilMs, clock: 'wall' }
  return why.kind === 'retry_after' ? { atMs: why.untilMs, clock: 'stage' } : null
}

/** In place of a duration; empty where there is a time to count down to, or nothing to say. */
export function queuedInShort(why: QueuedWhy): string {
  switch (why.kind) {
    case 'paused':
    case 'run_paused':
      return 'paused'
    case 'unwritable':
      return 'not writable'
    case 'unconfirmed':
      return 'confirm?'
    case 'turn':
      return why.before === 0 ? 'next' : `after ${why.before}`
    case 'slots':
      return 'slots taken'
    case 'pace':
    case 'retry_after':
      return ''
  }
}

const SLOTS: Readonly<Record<Extract<QueuedWhy, { kind: 'slots' }>['of'], string>> = {
  endpoint: 'As many as may be are on their way to this endpoint.',
  slow_endpoint: 'The endpoint did not answer in time, so it gets one at a time until it does.',
  origin: 'As many as may be are on their way to this host.',
  all: 'As many as Hookstage sends at once are on their way.',
}

function turnInWords(before: number): string {
  return before === 1
    ? 'One goes before it to this endpoint.'
    : `${before.toLocaleString('en')} go before it to this endpoint.`
}

function withTurn(words: string, before: number): string {
  return before === 0 ? words : `${words} ${turnInWords(before)}`
}

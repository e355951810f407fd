/** Every reason why something is still queued has words, and a time where there is one. */
import { describe, expect, it } from 'vitest'
import type { QueuedWhy } from '#contract'
import { queuedInShort, queuedInWords, queuedUntil } from '../../../src-renderer/ui/queued-words.ts'

const CASES: readonly [QueuedWhy, string, string][] = [
  [{ kind: 'paused' }, 'Sending is paused.', 'paused'],
  [{ kind: 'run_paused' }, 'The run that it belongs to is paused.', 'paused'],
  [
    { kind: 'unwritable' },
    'The database cannot be written, and nothing is sent that is not recorded.',
    'not writable',
  ],
  [
    { kind: 'unconfirmed' },
    'It is not confirmed yet that requests may go to its host.',
    'confirm?',
  ],
  [{ kind: 'turn', before: 0 }, 'It is next.', 'next'],
  [{ kind: 'turn', before: 1 }, 'One goes before it to this endpoint.', 'after 1'],
  [{ kind: 'turn', before: 1_200 }, '1,200 go before it to this endpoint.', 'after 1200'],
  [
    { kind: 'slots', of: 'endpoint' },
    'As many as may be are on their way to this endpoint.',
    'slots taken',
  ],
  [
    { kind: 'slots', of: 'slow_endpoint' },
    'The endpoint did not answer in time, so it gets one at a time until it does.',
    'slots taken',
  ],
  [
    { kind: 'slots', of: 'origin' },
    'As many as may be are on their way to this host.',
    'slots taken',
  ],
  [
    { kind: 'slots', of: 'all' },
    'As many as Hookstage sends at once are on their way.',
    'slots taken',
  ],
  [
    { kind: 'pace', destination: 'slack', untilMs: 7, before: 0 },
    'Slack takes one message a second at a webhook.',
    '',
  ],
  [
    { kind: 'pace', destination: 'teams', untilMs: 7, before: 2 },
    'Microsoft Teams takes 25 messages in 5 minutes at a webhook. 2 go before it to this endpoint.',
    '',
  ],
  [
    { kind: 'retry_after', untilMs: 7, before: 1 },
    'The endpoint asked for a wait (Retry-After). One goes before it to this endpoint.',
    '',
  ],
]

describe('what is queued', () => {
  it.each(CASES)('says of %j why', (why, words, short) => {
    expect([queuedInWords(why), queuedInShort(why)]).toEqual([words, short])
  })

  it('tells by which clock it may go', () => {
    expect(queuedUntil({ kind: 'pace', destination: 'slack', untilMs: 7, before: 0 })).toEqual({
      atMs: 7,
      clock: 'wall',
    })
    const held = queuedUntil({ kind: 'retry_after', untilMs: 7, before: 0 })
    expect(held).toEqual({ atMs: 7, clock: 'stage' })
    expect(queuedUntil({ kind: 'paused' })).toBeNull()
  })
})

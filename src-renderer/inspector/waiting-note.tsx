/** What a delivery waits for, in the queue or before its next attempt, and what can be done about it. */

import { Button } from '@mantine/core'
import {
  IconCircleDotted,
  IconClock,
  IconPlayerPlay,
  IconPlayerStop,
  IconPlayerTrackNext,
} from '@tabler/icons-react'
import type { Delivery, WaitReason } from '#contract'
import { deliveries } from '../state/deliveries.ts'
import { queue as sending, wallTimeOf } from '../state/queue.ts'
import { useStatus } from '../state/status.ts'
import { formatDuration } from '../ui/duration.ts'
import { orSay } from '../ui/or-say.ts'
import { queuedInWords, queuedUntil } from '../ui/queued-words.ts'
import { AbsoluteTime, Countdown } from '../ui/time.tsx'
import classes from './delivery-inspector.module.css'

export function WaitingNote({ delivery }: { readonly delivery: Delivery }) {
  const { id, waiting, attempts } = delivery
  const queue = useStatus(({ status }) => status?.queue ?? null)
  if (!waiting || !queue) return null
  const atMs = wallTimeOf(queue, waiting.dueAtMs)
  return (
    <section className={classes.waitingNote} aria-label="Waiting">
      <IconClock size={16} aria-hidden />
      <p className={classes.waitingWords}>
        <strong>
          Attempt {attempts + 1}{' '}
          {queue.paused ? 'when sending is resumed' : <Countdown atMs={atMs} />}
        </strong>
        <span>
          {whyInWords(waiting.why, waiting.waitMs)}
          {queue.speed === 1 ? '' : `, on the stage clock at ×${queue.speed}`}; due at{' '}
          <AbsoluteTime atMs={waiting.dueAtMs} />
        </span>
      </p>
      <Button
        size="xs"
        variant="default"
        leftSection={<IconPlayerTrackNext size={14} aria-hidden />}
        onClick={() => void orSay(deliveries.retryNow([id]))}
      >
        Retry now
      </Button>
      <Button
        size="xs"
        variant="default"
        leftSection={<IconPlayerStop size={14} aria-hidden />}
        onClick={() => void orSay(deliveries.stopRetrying([id]))}
      >
        Stop retrying
      </Button>
    </section>
  )
}

/** Why it is still queued; nothing where it is about to start. */
export function QueuedNote({ delivery: { id, queued } }: { readonly delivery: Delivery }) {
  const queue = useStatus(({ status }) => status?.queue ?? null)
  if (!queued || !queue || (queued.kind === 'turn' && queued.before === 0)) return null
  const until = queuedUntil(queued)
  const atMs = until && (until.clock === 'stage' ? wallTimeOf(queue, until.atMs) : until.atMs)
  const isFirst = !('before' in queued) || queued.before === 0
  return (
    <section className={classes.queuedNote} aria-label="Queued">
      <IconCircleDotted size={16} aria-hidden />
      <p className={classes.waitingWords}>
        <strong>
          {isFirst ? 'Still queued' : 'Still queued; the next to go starts'}
          {atMs === null ? '' : ' '}
          {atMs === null ? null : <Countdown atMs={atMs} />}
        </strong>
        <span>
          {queuedInWords(queued)}
          {until ? (
            <>
              {isFirst ? ' It may go at ' : ' The next may go at '}
              <AbsoluteTime atMs={until.atMs} />
              {until.clock === 'stage' && queue.speed !== 1 ? ' on the stage clock.' : '.'}
            </>
          ) : null}
        </span>
      </p>
      {queued.kind === 'retry_after' ? (
        <Button
          size="xs"
          variant="default"
          leftSection={<IconPlayerTrackNext size={14} aria-hidden />}
          onClick={() => void orSay(deliveries.retryNow([id]))}
        >
          Send now
        </Button>
      ) : null}
      {queued.kind === 'paused' ? (
        <Button
          size="xs"
          variant="default"
          leftSection={<IconPlayerPlay size={14} aria-hidden />}
          onClick={() => void orSay(sending.resume())}
        >
          Resume sending
        </Button>
      ) : null}
    </section>
  )
}

/** Why an attempt waits, or waited, as long as it does. */
export function whyInWords(why: WaitReason, waitMs: number): string {
  const wait = formatDuration(waitMs)
  switch (why) {
    case 'schedule':
      return `its schedule waits ${wait}`
    case 'retry_after':
      return `the receiver asked for ${wait} (Retry-After)`
    case 'at_least':
      return `after a timeout or a 429 it waits at least ${wait}`
    case 'asked':
      return `tried at once, as asked; its schedule would have waited ${wait}`
  }
}

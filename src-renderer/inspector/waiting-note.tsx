/** What a delivery waits for and until when, with the two ways to end the waiting. */

import { Button } from '@mantine/core'
import { IconClock, IconPlayerStop, IconPlayerTrackNext } from '@tabler/icons-react'
import type { Delivery, WaitReason } from '#contract'
import { deliveries } from '../state/deliveries.ts'
import { wallTimeOf } from '../state/queue.ts'
import { useStatus } from '../state/status.ts'
import { formatDuration } from '../ui/duration.ts'
import { orSay } from '../ui/or-say.ts'
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

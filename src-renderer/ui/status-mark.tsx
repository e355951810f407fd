/** How a delivery stands. */
import {
  IconBan,
  IconBolt,
  IconCircleCheck,
  IconCircleDotted,
  IconCircleHalf2,
  IconCircleMinus,
  IconCircleX,
  IconClock,
  IconLoader2,
} from '@tabler/icons-react'
import type { DeliveryStatus } from '#contract'
import { Mark, type MarkIcon } from './mark.tsx'

export const STATUS_WORDS: Readonly<Record<DeliveryStatus, string>> = {
  queued: 'Queued',
  sending: 'Sending',
  waiting: 'Waiting',
  delivered: 'Delivered',
  accepted: 'Accepted',
  refused: 'Refused',
  failed: 'Failed',
  cancelled: 'Cancelled',
  interrupted: 'Interrupted',
}

const MEANINGS: Readonly<Record<DeliveryStatus, string>> = {
  queued: 'Stored, not sent yet.',
  sending: 'On its way.',
  waiting: 'Waits before the next attempt.',
  delivered: 'The receiver took it.',
  accepted: 'Result unknown: the receiver took it but does not say what became of it.',
  refused: 'The receiver answered, and said no.',
  failed: 'There was no usable answer.',
  cancelled: 'Cancelled before it was done.',
  interrupted: 'Hookstage was closed while it was on its way.',
}

const ICONS: Readonly<Record<DeliveryStatus, MarkIcon>> = {
  queued: IconCircleDotted,
  sending: IconLoader2,
  waiting: IconClock,
  delivered: IconCircleCheck,
  accepted: IconCircleHalf2,
  refused: IconCircleMinus,
  failed: IconCircleX,
  cancelled: IconBan,
  interrupted: IconBolt,
}

interface StatusMarkProps {
  readonly status: DeliveryStatus
  /** The icon alone; the word is then its accessible name and its hint. */
  readonly compact?: boolean
  /** In place of what its word means. */
  readonly hint?: string | undefined
}

export function StatusMark({ status, compact = false, hint }: StatusMarkProps) {
  return (
    <Mark
      icon={ICONS[status]}
      tone={status}
      word={STATUS_WORDS[status]}
      hint={hint ?? MEANINGS[status]}
      compact={compact}
    />
  )
}

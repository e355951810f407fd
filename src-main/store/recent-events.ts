/** The events recorded or read last, as deliveries need them: one event often has several of these. */
import type { EventId } from '#contract'
import type { DeliveryJob } from './history-records.ts'
import { toEventName } from './history-rows.ts'

export interface EventRow {
  id: string
  event: string
  payload: string
}

export type JobEvent = Pick<DeliveryJob, 'eventId' | 'event' | 'payloadText'>

/** Each seq has a place of its own among these; a map's churn would keep what is gone in memory. */
const PLACES = 64
/** Longer ones, which would take much memory, are kept one at a time. */
const MAX_LENGTH = 16 * 1024

interface Recent {
  readonly seq: number
  readonly event: JobEvent
}

export interface RecentEvents {
  get(seq: number): JobEvent | undefined
  /** @throws when there is no such event */
  keep(seq: number, row: EventRow | undefined): JobEvent
  clear(): void
}

export function createRecentEvents(): RecentEvents {
  const places = Array.from({ length: PLACES }, (): Recent | undefined => undefined)
  let long: Recent | undefined
  return {
    get: (seq) => {
      if (long?.seq === seq) return long.event
      const recent = places[seq % PLACES]
      return recent?.seq === seq ? recent.event : undefined
    },
    keep: (seq, row) => {
      if (!row) throw new Error(`event ${seq} is missing`)
      const event = {
        eventId: row.id as EventId,
        event: toEventName(row.event),
        payloadText: row.payload,
      }
      if (row.payload.length > MAX_LENGTH) long = { seq, event }
      else places[seq % PLACES] = { seq, event }
      return event
    },
    clear: () => {
      places.fill(undefined)
      long = undefined
    },
  }
}

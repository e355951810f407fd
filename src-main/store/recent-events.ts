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

const MAX_EVENTS = 64
/** Longer ones, which would take much memory, are kept one at a time. */
const MAX_LENGTH = 16 * 1024

export interface RecentEvents {
  get(seq: number): JobEvent | undefined
  /** @throws when there is no such event */
  keep(seq: number, row: EventRow | undefined): JobEvent
  clear(): void
}

export function createRecentEvents(): RecentEvents {
  const events = new Map<number, JobEvent>()
  let long: { readonly seq: number; readonly event: JobEvent } | null = null
  return {
    get: (seq) => (long?.seq === seq ? long.event : events.get(seq)),
    keep: (seq, row) => {
      if (!row) throw new Error(`event ${seq} is missing`)
      const event = {
        eventId: row.id as EventId,
        event: toEventName(row.event),
        payloadText: row.payload,
      }
      if (row.payload.length > MAX_LENGTH) long = { seq, event }
      else events.set(seq, event)
      for (const oldest of events.keys()) {
        if (events.size <= MAX_EVENTS) break
        events.delete(oldest)
      }
      return event
    },
    clear: () => {
      events.clear()
      long = null
    },
  }
}

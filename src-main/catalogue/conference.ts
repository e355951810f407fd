/** The conference at which everything happens, and times during it. Fixed, so that seeds repeat. */
import type { Location } from '#contract'
import type { Seeded } from './seeded.ts'

export const CONFERENCE = {
  id: 'conf_northbridge_2027',
  name: 'Northbridge Summit 2027',
  timezone: 'Europe/Amsterdam',
} as const

/** 2 March 2027, 08:00 in Amsterdam. */
const OPENS_AT_MS = Date.UTC(2027, 2, 2, 7)
const MINUTE_MS = 60_000
const DAY_MINUTES = 24 * 60

export function timeAt(ms: number): string {
  return new Date(ms).toISOString()
}

/** When a programme item starts, as the days and minutes after the doors first open. */
export function programmeTime(day: number, minutes: number): number {
  return OPENS_AT_MS + (day * DAY_MINUTES + minutes) * MINUTE_MS
}

/** Each quarter of an hour from 9 to 16 o'clock on the three days. */
const SLOTS_MS = [0, 1, 2].flatMap((day) =>
  Array.from({ length: 29 }, (_, quarter) => programmeTime(day, 60 + quarter * 15)),
)

/** @param exceptMs a start that is not to be chosen */
export function slot(seeded: Seeded, minutes: number, exceptMs = Number.NaN) {
  const startsAtMs = seeded.other(SLOTS_MS, exceptMs)
  return { startsAtMs, endsAtMs: startsAtMs + minutes * MINUTE_MS }
}

/** Days before the doors open: who registers then is there for all that follows. */
export const REGISTRATION = { from: 20, to: 90 } as const

/** A moment between `from` and `to` days before the doors open. */
export function beforeOpening(seeded: Seeded, { from, to }: { from: number; to: number }): number {
  const minutes = seeded.int(from * DAY_MINUTES + 60, to * DAY_MINUTES)
  return OPENS_AT_MS - minutes * MINUTE_MS - seeded.int(0, 59_999)
}

/** Some minutes after a moment, to the millisecond. */
export function minutesAfter(seeded: Seeded, ms: number, from: number, to: number): number {
  return ms + seeded.int(from, to) * MINUTE_MS + seeded.int(0, 59_999)
}

/** @param online whether somebody takes part from afar */
export function meetingPlace(seeded: Seeded, online: boolean): Location {
  const kind = online ? 'virtual' : seeded.pick(['table', 'room', 'virtual'])
  if (kind === 'table') return { kind, name: `Table ${seeded.int(1, 48)}` }
  if (kind === 'room')
    return { kind, name: seeded.pick(['Room Vermeer', 'Room Erasmus', 'Salon Noord']) }
  const id = seeded.id('m', 10).slice(2).toLowerCase()
  return { kind, name: 'Online', url: `https://meet.northbridge.example/${id}` }
}

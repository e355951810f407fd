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

/** A quarter of an hour between 9 and 17 o'clock on one of the three days. */
export function slot(seeded: Seeded, minutes: number): { startsAtMs: number; endsAtMs: number } {
  const day = seeded.int(0, 2)
  const quarter = seeded.int(4, 32)
  const startsAtMs = OPENS_AT_MS + (day * DAY_MINUTES + quarter * 15) * MINUTE_MS
  return { startsAtMs, endsAtMs: startsAtMs + minutes * MINUTE_MS }
}

/** A moment up to `days` days before the doors open. */
export function beforeOpening(seeded: Seeded, days: number): number {
  return OPENS_AT_MS - seeded.int(60, days * DAY_MINUTES) * MINUTE_MS - seeded.int(0, 59_999)
}

/** Some minutes after a moment, to the millisecond. */
export function minutesAfter(seeded: Seeded, ms: number, from: number, to: number): number {
  return ms + seeded.int(from, to) * MINUTE_MS + seeded.int(0, 59_999)
}

export function meetingPlace(seeded: Seeded): Location {
  const kind = seeded.pick(['table', 'room', 'virtual'])
  if (kind === 'table') return { kind, name: `Table ${seeded.int(1, 48)}` }
  if (kind === 'room')
    return { kind, name: seeded.pick(['Room Vermeer', 'Room Erasmus', 'Salon Noord']) }
  const id = seeded.id('m', 10).slice(2).toLowerCase()
  return { kind, name: 'Online', url: `https://meet.northbridge.example/${id}` }
}

export function sessionPlace(seeded: Seeded): Location {
  if (seeded.oneIn(4)) {
    return { kind: 'virtual', name: 'Live stream', url: 'https://live.northbridge.example/main' }
  }
  return { kind: 'room', name: seeded.pick(['Grand Hall', 'Forum A', 'Forum B', 'Workshop 2']) }
}

/** What happens to sessions: booked never exceeds capacity, watched never the session. */
import type { Attendee, EventData, Session } from '#contract'
import { attendee } from './attendee.ts'
import { beforeOpening, minutesAfter, timeAt } from './conference.ts'
import { programmeItem } from './programme.ts'
import type { Seeded } from './seeded.ts'

type Name =
  | 'session.created'
  | 'session.booked'
  | 'session.unbooked'
  | 'session.joined'
  | 'session.watched'
type Device = EventData<'session.joined'>['device']

const REMOTE: readonly Device[] = ['desktop', 'mobile', 'tablet']

export function sessionData(seeded: Seeded, event: Name): { atMs: number; data: EventData<Name> } {
  const { announced, startsAtMs, durationMinutes } = programmeItem(seeded)
  const session: Session = { ...announced, booked: seeded.int(1, announced.capacity) }
  const earlyMs = beforeOpening(seeded, { from: 0, to: 14 })
  const who = { attendee: attendee(seeded) }
  switch (event) {
    case 'session.created': {
      const atMs = beforeOpening(seeded, { from: 30, to: 90 })
      return { atMs, data: { session: { ...session, booked: 0 } } }
    }
    case 'session.booked':
      return { atMs: earlyMs, data: { session, ...who } }
    case 'session.unbooked':
      return {
        atMs: earlyMs,
        data: { session: { ...session, booked: session.booked - 1 }, ...who },
      }
    case 'session.joined': {
      const joinedAtMs = minutesAfter(seeded, startsAtMs, 0, 9)
      const device = deviceOf(seeded, session, who.attendee)
      return { atMs: joinedAtMs, data: { session, ...who, joinedAt: timeAt(joinedAtMs), device } }
    }
    case 'session.watched': {
      const live = seeded.oneIn(2)
      const delay = live ? 5 : 1440
      const atMs = minutesAfter(seeded, startsAtMs, durationMinutes, durationMinutes + delay)
      return { atMs, data: { session, ...who, ...watched(seeded, durationMinutes * 60), live } }
    }
  }
}

/** Who takes part from afar, or in a session that has no room, cannot join on site. */
function deviceOf(seeded: Seeded, { location }: Session, { attendeeType }: Attendee): Device {
  const isRemote = location.kind === 'virtual' || attendeeType === 'Virtual'
  return isRemote || seeded.oneIn(4) ? seeded.other<Device>(REMOTE, 'on site') : 'on site'
}

function watched(seeded: Seeded, durationSeconds: number) {
  const watchedSeconds = seeded.int(20, durationSeconds)
  const percent = Math.round((watchedSeconds / durationSeconds) * 100)
  return { watchedSeconds, durationSeconds, percent }
}

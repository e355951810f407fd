/** Sessions of the programme: booked never exceeds capacity, watched never the session. */
import type { EventData, Session } from '#contract'
import { attendee } from './attendee.ts'
import { beforeOpening, minutesAfter, sessionPlace, slot, timeAt } from './conference.ts'
import type { Seeded } from './seeded.ts'

type Name =
  | 'session.created'
  | 'session.booked'
  | 'session.unbooked'
  | 'session.joined'
  | 'session.watched'

const TITLES = [
  'Opening keynote: The next ten years of events',
  'Webhooks that never lose a byte',
  'R&D vs. ROI: a debate',
  'Panel – Who owns the attendee’s data?',
  'Hands-on: APIs for "non-developers"',
  'L’événementiel à l’ère de l’IA',
  '100% virtual? Lessons from 3 years',
  'Live-Coding: C++ am Messestand 🚀',
] as const
const TRACKS = ['Main stage', 'Engineering', 'Marketing & Sales', 'Partner track'] as const
const SPEAKERS = [
  { name: 'Dr. Ines Vasquez', company: 'Harbour Health' },
  { name: 'Pádraig Ó Súilleabháin', company: 'Kestrel Analytics' },
  { name: 'Hanna Köhler', company: 'Müller + Söhne GmbH' },
  { name: '山田 太郎', company: '東雲システムズ' },
  { name: 'Grace Mbeki', company: 'Northbridge' },
] as const

export interface TimedSession {
  readonly session: Session
  readonly startsAtMs: number
  readonly durationMinutes: number
}

export function timedSession(seeded: Seeded): TimedSession {
  const durationMinutes = seeded.pick([30, 45, 60, 90])
  const { startsAtMs, endsAtMs } = slot(seeded, durationMinutes)
  const capacity = seeded.pick([24, 60, 120, 400])
  const session: Session = {
    id: seeded.id('ses'),
    title: seeded.pick(TITLES),
    track: seeded.pick(TRACKS),
    format: seeded.pick(['Keynote', 'Talk', 'Workshop', 'Panel', 'Lightning talk']),
    startsAt: timeAt(startsAtMs),
    endsAt: timeAt(endsAtMs),
    location: sessionPlace(seeded),
    speakers: seeded.some(SPEAKERS, seeded.int(1, 3)),
    capacity,
    booked: seeded.int(1, capacity),
  }
  return { session, startsAtMs, durationMinutes }
}

export function sessionData(seeded: Seeded, event: Name): { atMs: number; data: EventData<Name> } {
  const { session, startsAtMs, durationMinutes } = timedSession(seeded)
  const earlyMs = beforeOpening(seeded, 30)
  const who = { attendee: attendee(seeded) }
  switch (event) {
    case 'session.created':
      return { atMs: earlyMs, data: { session: { ...session, booked: 0 } } }
    case 'session.booked':
    case 'session.unbooked':
      return { atMs: earlyMs, data: { session, ...who } }
    case 'session.joined': {
      const joinedAtMs = minutesAfter(seeded, startsAtMs, 0, 9)
      const device = seeded.pick(['desktop', 'mobile', 'tablet', 'on site'])
      return { atMs: joinedAtMs, data: { session, ...who, joinedAt: timeAt(joinedAtMs), device } }
    }
    case 'session.watched': {
      const durationSeconds = durationMinutes * 60
      const watchedSeconds = seeded.int(20, durationSeconds)
      const percent = Math.round((watchedSeconds / durationSeconds) * 100)
      const live = seeded.oneIn(2)
      const atMs = minutesAfter(
        seeded,
        startsAtMs,
        durationMinutes,
        durationMinutes + (live ? 5 : 1440),
      )
      return { atMs, data: { session, ...who, watchedSeconds, durationSeconds, percent, live } }
    }
  }
}

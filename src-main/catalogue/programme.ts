/**
 * The programme of the conference: the same sessions, at the same times, in every sample. Clocks are
 * those of the conference's zone.
 */
import type { Location, Session } from '#contract'
import { speaker } from './attendee.ts'
import { programmeTime, timeAt } from './conference.ts'
import { idFor, type Seeded } from './seeded.ts'

/** A session as the programme announces it; how many have booked is up to the event. */
export interface ProgrammeItem {
  readonly announced: Omit<Session, 'booked'>
  readonly startsAtMs: number
  readonly durationMinutes: number
}

const PLACES = {
  hall: [{ kind: 'room', name: 'Grand Hall' }, 400],
  forum: [{ kind: 'room', name: 'Forum A' }, 120],
  salon: [{ kind: 'room', name: 'Salon "Zuid"' }, 60],
  workshop: [{ kind: 'room', name: 'Workshop 2' }, 24],
  stream: [
    {
      kind: 'virtual',
      name: 'Live stream',
      url: 'https://live.northbridge.example/watch?room=main&lang=en',
    },
    1000,
  ],
} as const satisfies Record<string, readonly [place: Location, capacity: number]>

type Row = readonly [
  title: string,
  track: string,
  format: string,
  day: number,
  clock: `${number}:${number}`,
  durationMinutes: number,
  place: keyof typeof PLACES,
  speakers: readonly [string, ...string[]],
]

const MAIN = 'Main stage'
const TECH = 'Engineering'
const TRADE = 'Marketing & Sales'
const PARTNER = 'Partner track'
const KEYNOTE = 'Opening keynote: The next ten years of events'
const DEBATE = 'R&D vs. ROI: a debate'
const SCANS = 'Badges, booths & beyond: what 12,000 scans taught us'
const PANEL = 'Panel – Who owns the attendee’s data?'
const LESSONS = '100% virtual? Lessons from 3 years'
const ARABIC = 'فعاليات بلا حدود'

const ROWS: readonly [Row, ...Row[]] = [
  [KEYNOTE, MAIN, 'Keynote', 0, '9:00', 60, 'hall', ['grace.mbeki']],
  ['Webhooks that never lose a byte', TECH, 'Talk', 0, '10:30', 45, 'forum', ['hanna.koehler']],
  [DEBATE, TRADE, 'Panel', 0, '11:30', 60, 'salon', ['ines.vasquez', 'padraig']],
  [
    'Hands-on: APIs for "non-developers"',
    TECH,
    'Workshop',
    0,
    '14:00',
    90,
    'workshop',
    ['padraig'],
  ],
  [SCANS, PARTNER, 'Talk', 0, '16:00', 30, 'forum', ['amara.okafor']],
  ['L’événementiel à l’ère de l’IA', MAIN, 'Talk', 1, '9:30', 45, 'hall', ['theo.lefevre']],
  [PANEL, MAIN, 'Panel', 1, '10:30', 60, 'hall', ['ines.vasquez', 'grace.mbeki', 'taro.yamada']],
  [
    'Live-Coding: C++ am Messestand 🚀',
    TECH,
    'Lightning talk',
    1,
    '13:00',
    30,
    'salon',
    ['hanna.koehler'],
  ],
  [LESSONS, TRADE, 'Talk', 1, '14:00', 45, 'stream', ['amara.okafor']],
  ['日本のイベントDX最前線', PARTNER, 'Talk', 2, '9:30', 45, 'forum', ['taro.yamada']],
  [ARABIC, PARTNER, 'Talk', 2, '10:30', 30, 'stream', ['omar.almansouri']],
  [
    'Captions, ramps & remotes: a workshop',
    MAIN,
    'Workshop',
    2,
    '13:00',
    90,
    'workshop',
    ['theo.lefevre'],
  ],
  ['Closing: See you in 2028! 👋', MAIN, 'Keynote', 2, '16:00', 30, 'hall', ['grace.mbeki']],
]

export function programmeItem(seeded: Seeded): ProgrammeItem {
  return itemOf(seeded.pick(ROWS))
}

function itemOf(row: Row): ProgrammeItem {
  const [title, track, format, day, clock, durationMinutes, where, speakers] = row
  const [hours = 0, minutes = 0] = clock.split(':').map(Number)
  const startsAtMs = programmeTime(day, (hours - 8) * 60 + minutes)
  const [place, capacity] = PLACES[where]
  const announced = {
    id: idFor('ses', title),
    title,
    track,
    format,
    startsAt: timeAt(startsAtMs),
    endsAt: timeAt(startsAtMs + durationMinutes * 60_000),
    location: { ...place },
    speakers: speakers.map(speaker),
    capacity,
  }
  return { announced, startsAtMs, durationMinutes }
}

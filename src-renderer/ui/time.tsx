/**
 * Points in time: relative in lists, with the absolute time and its zone on hover. All relative
 * times on the page share one timer, and only those whose words change are drawn again.
 */
import { useCallback, useSyncExternalStore } from 'react'
import { formatDuration } from './duration.ts'

const TICK_MS = 1000
const listeners = new Set<() => void>()
let timer: ReturnType<typeof setInterval> | null = null

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  timer ??= setInterval(() => {
    for (const each of listeners) each()
  }, TICK_MS)
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0 || timer === null) return
    clearInterval(timer)
    timer = null
  }
}

interface TimeProps {
  /** Milliseconds since the epoch. */
  readonly atMs: number
}

/** `just now`, `12 s ago`, `3 min ago`, `2 h ago`, `yesterday`, then the date. */
export function RelativeTime({ atMs }: TimeProps) {
  const words = useSyncExternalStore(
    subscribe,
    useCallback(() => wordsNow(atMs), [atMs]),
  )
  return (
    <time dateTime={new Date(atMs).toISOString()} title={fullTime(atMs)}>
      {words}
    </time>
  )
}

/** `in 4 min 10 s`, then `now`. */
export function Countdown({ atMs }: TimeProps) {
  const words = useSyncExternalStore(
    subscribe,
    useCallback(() => countdownWords(atMs, Date.now()), [atMs]),
  )
  return <span>{words}</span>
}

export function countdownWords(atMs: number, nowMs: number): string {
  const seconds = Math.ceil((atMs - nowMs) / 1000)
  return seconds <= 0 ? 'now' : `in ${formatDuration(seconds * 1000)}`
}

/** `10:41:07.120`, with the date unless it is today's. */
export function AbsoluteTime({ atMs }: TimeProps) {
  const at = new Date(atMs)
  return (
    <time dateTime={at.toISOString()} title={fullTime(atMs)}>
      {isToday(at) ? '' : `${dayOf(at)} `}
      {clockOf(at)}
    </time>
  )
}

function isToday(at: Date): boolean {
  return at.toDateString() === new Date().toDateString()
}

function wordsNow(atMs: number): string {
  return relativeWords(atMs, Date.now())
}

export function relativeWords(atMs: number, nowMs: number): string {
  const seconds = Math.floor((nowMs - atMs) / 1000)
  if (seconds < 3) return 'just now'
  if (seconds < 60) return `${seconds} s ago`
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ago`
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)} h ago`
  if (seconds < 7 * 86_400) return `${Math.floor(seconds / 86_400)} d ago`
  return dayOf(new Date(atMs))
}

const DAY = { day: 'numeric', month: 'short' } as const

function createFormats() {
  const format = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat('en-GB', options)
  return {
    day: format(DAY),
    dayAndYear: format({ ...DAY, year: 'numeric' }),
    wholeDay: format({ ...DAY, weekday: 'short', year: 'numeric' }),
    zone: format({ timeZoneName: 'short' }),
  }
}

/** Making them takes longer than the rest of a row. By the zone's offset, as a laptop may travel. */
const formats = new Map<number, ReturnType<typeof createFormats>>()

function formatsHere() {
  const offset = new Date().getTimezoneOffset()
  const known = formats.get(offset) ?? createFormats()
  formats.set(offset, known)
  return known
}

function dayOf(at: Date): string {
  const { day, dayAndYear } = formatsHere()
  const isThisYear = at.getFullYear() === new Date().getFullYear()
  return (isThisYear ? day : dayAndYear).format(at)
}

function clockOf(at: Date): string {
  const part = (value: number, digits = 2) => String(value).padStart(digits, '0')
  const clock = [at.getHours(), at.getMinutes(), at.getSeconds()].map((value) => part(value))
  return `${clock.join(':')}.${part(at.getMilliseconds(), 3)}`
}

function fullTime(atMs: number): string {
  const at = new Date(atMs)
  const { wholeDay, zone } = formatsHere()
  const name = zone.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value
  return `${wholeDay.format(at)} ${clockOf(at)} ${name ?? ''}`.trim()
}

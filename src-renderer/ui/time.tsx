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

function dayOf(at: Date): string {
  const year = at.getFullYear() === new Date().getFullYear() ? {} : { year: 'numeric' as const }
  return at.toLocaleDateString('en-GB', { day: 'numeric', month: 'short', ...year })
}

function clockOf(at: Date): string {
  const part = (value: number, digits = 2) => String(value).padStart(digits, '0')
  const clock = [at.getHours(), at.getMinutes(), at.getSeconds()].map((value) => part(value))
  return `${clock.join(':')}.${part(at.getMilliseconds(), 3)}`
}

function fullTime(atMs: number): string {
  const at = new Date(atMs)
  const day = at.toLocaleDateString('en-GB', {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
  })
  const zone = new Intl.DateTimeFormat('en-GB', { timeZoneName: 'short' })
    .formatToParts(at)
    .find(({ type }) => type === 'timeZoneName')?.value
  return `${day} ${clockOf(at)} ${zone ?? ''}`.trim()
}

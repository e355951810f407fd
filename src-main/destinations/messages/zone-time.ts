/** Times as people read them, in the conference's time zone, which is always named. */

const ZONED = {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
} as const satisfies Intl.DateTimeFormatOptions

/** A formatter takes long to make, and there are few zones. */
const formats = new Map<string, Intl.DateTimeFormat | null>()
const MOST_ZONES = 500

interface Moment {
  readonly ms: number
  /** `Tue 2 Mar 2027` */
  readonly day: string
  /** `10:30` */
  readonly clock: string
}

/** `Tue 2 Mar 2027, 10:30 (Europe/Amsterdam)`; empty when it is no time. */
export function timeInZone(time: unknown, zone: unknown): string {
  const { format, name } = zoneOf(zone)
  const at = momentOf(time, format)
  return at ? `${at.day}, ${at.clock} (${name})` : ''
}

/** `Tue 2 Mar 2027, 10:30–11:00 (Europe/Amsterdam)`; empty when there is no start. */
export function spanInZone(start: unknown, end: unknown, zone: unknown): string {
  const { format, name } = zoneOf(zone)
  const span = spanOf(start, end, format)
  return span === '' ? '' : `${span} (${name})`
}

/** The span before and the span now: `… → … (Europe/Amsterdam)`; the one that is there, else. */
export function movedInZone(
  now: readonly [start: unknown, end: unknown],
  before: readonly [start: unknown, end: unknown],
  zone: unknown,
): string {
  const { format, name } = zoneOf(zone)
  const [was, is] = [spanOf(...before, format), spanOf(...now, format)]
  const spans = was === is ? [is] : [was, is].filter((span) => span !== '')
  return spans.join('') === '' ? '' : `${spans.join(' → ')} (${name})`
}

function spanOf(start: unknown, end: unknown, format: Intl.DateTimeFormat): string {
  const from = momentOf(start, format)
  const to = momentOf(end, format)
  if (!from) return ''
  if (!to || to.ms <= from.ms) return `${from.day}, ${from.clock}`
  return from.day === to.day
    ? `${from.day}, ${from.clock}–${to.clock}`
    : `${from.day}, ${from.clock} – ${to.day}, ${to.clock}`
}

/** UTC for what is no zone. */
function zoneOf(zone: unknown): { format: Intl.DateTimeFormat; name: string } {
  const format = typeof zone === 'string' ? formatOf(zone) : null
  return format && typeof zone === 'string'
    ? { format, name: zone }
    : { format: UTC_FORMAT, name: 'UTC' }
}

const UTC_FORMAT = new Intl.DateTimeFormat('en-GB', { ...ZONED, timeZone: 'UTC' })

function formatOf(zone: string): Intl.DateTimeFormat | null {
  const known = formats.get(zone)
  if (known !== undefined) return known
  const made = makeFormat(zone)
  if (formats.size >= MOST_ZONES) formats.clear()
  formats.set(zone, made)
  return made
}

/** Names of zones, not offsets: `+01:00` names no place. */
function makeFormat(zone: string): Intl.DateTimeFormat | null {
  if (!/^[A-Za-z][\w+/-]{1,60}$/.test(zone)) return null
  try {
    return new Intl.DateTimeFormat('en-GB', { ...ZONED, timeZone: zone })
  } catch {
    return null
  }
}

/** ISO 8601 with a day and a time; without an offset it is taken for UTC, as events are written. */
const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)?$/

function momentOf(time: unknown, format: Intl.DateTimeFormat): Moment | null {
  const [, , , offset] = (typeof time === 'string' && ISO.exec(time)) || []
  if (typeof time !== 'string' || !ISO.test(time)) return null
  const ms = Date.parse(offset === undefined ? `${time}Z` : time)
  if (Number.isNaN(ms)) return null
  const parts = new Map(format.formatToParts(ms).map(({ type, value }) => [type, value]))
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? ''
  return {
    ms,
    day: `${part('weekday')} ${part('day')} ${part('month')} ${part('year')}`,
    clock: `${part('hour')}:${part('minute')}`,
  }
}

/** Slack's `<!date^seconds^format^link|else>`: a moment that each reader sees in their own zone. */
import { type Inline, linkUrl, textNode } from './marked-text.ts'

/** @param target `!date^1392734382^{date_num} {time}^https://…`, unescaped */
export function slackDate(target: string, otherwise: string): Inline {
  const [, seconds = '', format = '', link = ''] = target.split('^')
  const date = new Date(Number(seconds) * 1000)
  const isDate = /^\d{1,12}$/.test(seconds) && !Number.isNaN(date.getTime()) && format !== ''
  const shown = textNode(isDate ? filled(format, date) : otherwise || target)
  const url = linkUrl(link)
  return url ? { kind: 'link', url, children: [shown] } : shown
}

function filled(format: string, date: Date): string {
  return format.replace(/\{(\w{2,20})\}/g, (token, name: string) => TOKENS[name]?.(date) ?? token)
}

const show = (options: Intl.DateTimeFormatOptions) => (date: Date) =>
  new Intl.DateTimeFormat('en-US', options).format(date)

const numbered = (date: Date) =>
  [date.getFullYear(), date.getMonth() + 1, date.getDate()]
    .map((part) => String(part).padStart(2, '0'))
    .join('-')

const long = (date: Date) =>
  `${show({ month: 'long' })(date)} ${ordinal(date)}, ${date.getFullYear()}`
const short = show({ month: 'short', day: 'numeric', year: 'numeric' })
const withDay = (date: Date) => `${show({ weekday: 'long' })(date)}, ${long(date)}`

const TOKENS: Readonly<Record<string, (date: Date) => string>> = {
  date_num: numbered,
  date: long,
  date_short: short,
  date_long: withDay,
  date_pretty: long,
  date_short_pretty: short,
  date_long_pretty: withDay,
  time: show({ hour: 'numeric', minute: '2-digit' }),
  time_secs: show({ hour: 'numeric', minute: '2-digit', second: '2-digit' }),
}

function ordinal(date: Date): string {
  const day = date.getDate()
  const ending =
    day % 100 > 10 && day % 100 < 14 ? 'th' : (['th', 'st', 'nd', 'rd'][day % 10] ?? 'th')
  return `${day}${ending}`
}

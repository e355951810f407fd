/**
 * Recognises Slack, Teams and Webex by their webhook URLs and finds the parts of a URL that are
 * credentials. Works on half-typed text and never throws. Shapes: docs.slack.dev (incoming
 * webhooks), Power Automate trigger URLs, developer.webex.com (incoming webhooks).
 */
import { type Destination, MASK_CHARACTER } from '#contract'

export interface RecognisedEndpoint {
  readonly destination: Destination
  /** The URL with its credentials masked. */
  readonly masked: string
  /** The credentials in it, as they stand there. */
  readonly secrets: readonly string[]
}

interface Span {
  readonly start: number
  readonly end: number
}

const SLACK_HOST = /^hooks\.slack(-gov)?\.com$/
const TEAMS_HOST =
  /\.environment\.api\.powerplatform\.com$|\.logic\.azure\.(com|us|cn)$|^(.+\.)?webhook\.office\.com$|^outlook\.office(365)?\.com$/
const WEBEX_HOST = /^webexapis\.com$|^api\.ciscospark\.com$/

/** Query names whose values are credentials, compared without case, `-` and `_`. */
const SECRET_PARAMETERS = new Set([
  'accesstoken',
  'apikey',
  'auth',
  'authtoken',
  'clientsecret',
  'code',
  'hmac',
  'key',
  'pass',
  'passwd',
  'password',
  'pwd',
  'secret',
  'sig',
  'signature',
  'subscriptionkey',
  'token',
  'webhooktoken',
])

const URL_PARTS = /^([a-z][a-z0-9+.-]*:\/\/)?([^/?#]*)([^?#]*)(\?[^#]*)?/i

export function recogniseEndpoint(typed: string): RecognisedEndpoint {
  const [, scheme = '', authority = '', path = '', query = ''] = URL_PARTS.exec(typed) ?? []
  const at = authority.lastIndexOf('@')
  const host = authority
    .slice(at + 1)
    .replace(/:\d*$/, '')
    .toLowerCase()
  const destination = destinationOf(host, path)
  const pathStart = scheme.length + authority.length
  const spans: Span[] = [
    ...(at > 0 ? [{ start: scheme.length, end: scheme.length + at }] : []),
    ...pathSpans(destination, path, pathStart),
    ...querySpans(query, pathStart + path.length),
  ]
  return {
    destination,
    masked: maskSpans(typed, spans),
    secrets: spans.map(({ start, end }) => typed.slice(start, end)),
  }
}

function destinationOf(host: string, path: string): Destination {
  if (SLACK_HOST.test(host)) return 'slack'
  if (TEAMS_HOST.test(host)) return 'teams'
  return WEBEX_HOST.test(host) && /^\/v1\/webhooks\/incoming\//i.test(path) ? 'webex' : 'http'
}

/** Slack: the last of its segments. Webex: what follows `incoming/`. Old Teams connectors: from `@` on. */
function pathSpans(destination: Destination, path: string, offset: number): Span[] {
  const pattern =
    destination === 'slack'
      ? /^\/(?:services\/|workflows\/|triggers\/)?[^/]+\/[^/]+\/(.+)$/d
      : destination === 'webex'
        ? /^\/v1\/webhooks\/incoming\/(.+)$/di
        : destination === 'teams'
          ? /\/IncomingWebhook\/(.+)$/di
          : null
  const [start, end] = pattern?.exec(path)?.indices?.[1] ?? []
  return start === undefined || end === undefined || start === end
    ? []
    : [{ start: offset + start, end: offset + end }]
}

function querySpans(query: string, offset: number): Span[] {
  return [...query.matchAll(/[?&]([^=&]+)=([^&]+)/dg)].flatMap((match) => {
    const name = (match[1] ?? '').toLowerCase().replace(/[-_]/g, '')
    const [start, end] = match.indices?.[2] ?? []
    return SECRET_PARAMETERS.has(name) && start !== undefined && end !== undefined
      ? [{ start: offset + start, end: offset + end }]
      : []
  })
}

function maskSpans(text: string, spans: readonly Span[]): string {
  let masked = ''
  let from = 0
  for (const { start, end } of spans) {
    masked += text.slice(from, start) + MASK_CHARACTER.repeat(8)
    from = end
  }
  return masked + text.slice(from)
}

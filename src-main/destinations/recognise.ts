/**
 * Recognises Slack, Teams and Webex by their webhook URLs and finds the parts of a URL that are
 * credentials. Works on half-typed text and never throws. Shapes: docs.slack.dev (incoming
 * webhooks), Power Automate trigger URLs, developer.webex.com (incoming webhooks). On this machine,
 * where rehearsals listen, the path alone tells: they are to be treated as the real ones are.
 */
import { type Destination, HIDDEN_TEXT } from '#contract'
import { maskText } from '../encode/index.ts'

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
  /** A person's: its end would give much of it away. */
  readonly isPassword?: boolean
}

const SLACK_HOST = /^hooks\.slack(-gov)?\.com$/
const TEAMS_HOST =
  /\.environment\.api\.powerplatform\.com$|\.logic\.azure\.(com|us|cn)$|^(.+\.)?webhook\.office\.com$|^outlook\.office(365)?\.com$/
const WEBEX_HOST = /^webexapis\.com$|^api\.ciscospark\.com$/
const WEBEX_PATH = /^\/+v1\/+webhooks\/+incoming\//i
const THIS_MACHINE = /^(localhost|127\.0\.0\.1)$/
const SLACK_PATH = /^\/+(services\/+)?T[A-Z0-9]+\/+B[A-Z0-9]+\//
const FLOW_PATH =
  /^\/+powerautomate\/+automations\/+direct\/+(cu\/+\d+\/+)?workflows\/+[^/]+\/+triggers\//i
const CONNECTOR_PATH = /^\/+webhook(b2)?\/+[^/]+\/+IncomingWebhook\//i

/** Names whose values are credentials, without case, `-`, `_` and `[]`: whole, and by their end. */
const SECRET_NAMES = new Set([
  'auth',
  'code',
  'hmac',
  'jwt',
  'key',
  'pass',
  'pw',
  'pwd',
  'sas',
  'sig',
])
const SECRET_ENDINGS =
  /(token|secret|passw(or)?d|signature|credentials?|(api|access|account|app|auth|function|functions|private|secret|shared|subscription)key)$/

const URL_PARTS = /^(\s*(?:[a-z][a-z0-9+.-]*:\/\/)?)([^/?#]*)([^?#]*)(\?[^#]*)?(#.*)?/is

export function recogniseEndpoint(typed: string): RecognisedEndpoint {
  // Browsers and URL parsers read a backslash as a slash; the length stays.
  const [, lead = '', authority = '', path = '', query = '', fragment = ''] =
    URL_PARTS.exec(typed.replaceAll('\\', '/').trimEnd()) ?? []
  const at = authority.lastIndexOf('@')
  const destination = destinationOf(hostOf(authority), path)
  const pathStart = lead.length + authority.length
  const queryStart = pathStart + path.length
  const spans: Span[] = [
    ...(at > 0 ? [{ start: lead.length, end: lead.length + at, isPassword: true }] : []),
    ...pathSpans(destination, path, pathStart),
    ...parameterSpans(query, queryStart),
    ...parameterSpans(fragment, queryStart + query.length),
  ]
  return {
    destination,
    masked: maskSpans(typed, spans),
    secrets: spans.map(({ start, end }) => typed.slice(start, end)),
  }
}

/** `example.com:8443` of a URL with a scheme, as typed but without credentials; null when it has none. */
export function typedHost(typed: string): string | null {
  const [, lead = '', authority = ''] = URL_PARTS.exec(typed.replaceAll('\\', '/').trimEnd()) ?? []
  const host = authority.slice(authority.lastIndexOf('@') + 1)
  return lead.trim() === '' || host === '' ? null : host
}

/** Lower case, without credentials, port, and the dot that ends a complete name. */
function hostOf(authority: string): string {
  const host = authority.slice(authority.lastIndexOf('@') + 1).toLowerCase()
  return host.replace(/:\d*$/, '').replace(/\.$/, '')
}

function destinationOf(host: string, path: string): Destination {
  if (SLACK_HOST.test(host)) return 'slack'
  if (TEAMS_HOST.test(host)) return 'teams'
  const isHere = THIS_MACHINE.test(host)
  if (isHere && SLACK_PATH.test(path)) return 'slack'
  if (isHere && (FLOW_PATH.test(path) || CONNECTOR_PATH.test(path))) return 'teams'
  return (isHere || WEBEX_HOST.test(host)) && WEBEX_PATH.test(path) ? 'webex' : 'http'
}

/** Slack: what follows its two ids. Webex: what follows `incoming/`. Old Teams connectors: their last part. */
function pathSpans(destination: Destination, path: string, offset: number): Span[] {
  const pattern =
    destination === 'slack'
      ? /^\/+(?:(?:services|workflows|triggers)\/+|(?!(?:services|workflows|triggers)\/))[^/]+\/+[^/]+\/+(.+)$/ds
      : destination === 'webex'
        ? /^\/+v1\/+webhooks\/+incoming\/+(.+)$/dis
        : destination === 'teams'
          ? /\/IncomingWebhook\/+(.+)$/dis
          : null
  const [start, end] = pattern?.exec(path)?.indices?.[1] ?? []
  return start === undefined || end === undefined || start === end
    ? []
    : [{ start: offset + start, end: offset + end }]
}

/** @param text from its `?` or `#` on. Begins at these and at `&` alone, so that it takes one pass. */
function parameterSpans(text: string, offset: number): Span[] {
  return [...text.matchAll(/(?:^[?#]|&)=*([^=&]+)=([^&]+)/dg)].flatMap((match) => {
    const [start, end] = match.indices?.[2] ?? []
    return isSecretName(match[1] ?? '') && start !== undefined && end !== undefined
      ? [{ start: offset + start, end: offset + end }]
      : []
  })
}

/** Whether a parameter of this name, as a URL or a form spells it, holds a credential as a rule. */
export function isSecretName(encoded: string): boolean {
  const name = decoded(encoded)
    .toLowerCase()
    .replace(/[-_[\]]/g, '')
  return SECRET_NAMES.has(name) || SECRET_ENDINGS.test(name)
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function maskSpans(text: string, spans: readonly Span[]): string {
  let masked = ''
  let from = 0
  for (const { start, end, isPassword } of spans) {
    masked += text.slice(from, start)
    masked += isPassword ? HIDDEN_TEXT : maskText(text.slice(start, end))
    from = end
  }
  return masked + text.slice(from)
}

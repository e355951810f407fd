/** Requests at rehearsals, as values: each call says only what matters to it. */
import { AS_THE_REAL_ONE, type RehearsalKind, type RehearsalSettings } from '#contract'
import { type RehearsedRequest, rehearse } from '../../src-main/destinations/index.ts'

export const OWN_PATHS: Readonly<Record<RehearsalKind, string>> = {
  slack: '/services/T1/B1/secret',
  teams:
    '/powerautomate/automations/direct/workflows/0a/triggers/manual/paths/invoke?api-version=1&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig=abc-_1',
  teams_legacy: '/webhookb2/a@b/IncomingWebhook/cc/dd',
  webex: '/v1/webhooks/incoming/Y2lz',
}

interface Change extends Partial<Omit<RehearsedRequest, 'body' | 'query'>> {
  /** Path and query. */
  readonly target?: string
  /** A value is sent as JSON, a string as it stands. */
  readonly body?: unknown
  readonly settings?: Partial<RehearsalSettings>
  readonly isTooFast?: boolean
}

/** The answer and the verdict of a rehearsal to a POST of JSON at its own address. */
export function rehearsed(kind: RehearsalKind, change: Change = {}) {
  const { target = OWN_PATHS[kind], body = '', settings, isTooFast = false, ...rest } = change
  const url = new URL(target, 'http://127.0.0.1')
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const request = {
    method: 'POST',
    path: url.pathname,
    query: url.searchParams,
    mediaType: 'application/json',
    hasAuthorization: false,
    ...rest,
    body: Buffer.from(text),
  }
  return rehearse(kind, request, {
    ownPath: OWN_PATHS[kind],
    settings: { ...AS_THE_REAL_ONE, ...settings },
    take: () => !isTooFast,
    trackingId: 'GTWY_1',
  })
}

/** `404 no_team`, and the verdict in short. */
export function short({ answer, verdict }: ReturnType<typeof rehearsed>): string {
  const said = answer.body === '' ? '' : ` ${answer.body}`
  return `${answer.status}${said} → ${[verdict.result, verdict.code].filter(Boolean).join(' ')}`
}

/** Endpoints of Slack, Teams and Webex, and what an answer of theirs is judged to be. */
import type { Destination } from '#contract'
import { judgeByStatus, judgeOf } from '../../src-main/destinations/index.ts'

export const SLACK = 'https://hooks.slack.com/services/T000/B000/XXXXXXXX'
export const FLOW =
  'https://f00.0a.environment.api.powerplatform.com/powerautomate/automations/direct/workflows/0123/triggers/manual/paths/invoke?api-version=1&sig=XXXXXXXX'
export const CONNECTOR = 'https://tenant.webhook.office.com/webhookb2/a@b/IncomingWebhook/0123/c'
export const REHEARSED = 'http://127.0.0.1:4781/webhookb2/a@b/IncomingWebhook/0123/c'
export const WEBEX = 'https://webexapis.com/v1/webhooks/incoming/XXXXXXXX'

interface Answered {
  readonly body?: string | Uint8Array
  /** Lines after the status line. */
  readonly headers?: readonly string[]
}

/** What an answer from there amounts to; `XXXXXXXX` is a secret. */
export function judged(
  destination: Destination,
  url: string,
  status: number,
  answered: Answered = {},
) {
  const { origin, pathname, search } = new URL(url)
  const mask = (text: string) => text.replaceAll('XXXXXXXX', '••••••••')
  const judge = judgeOf(destination, { origin, path: pathname + search }, mask) ?? judgeByStatus
  const head = [`HTTP/1.1 ${status} Answer`, ...(answered.headers ?? []), '', ''].join('\r\n')
  const body = answered.body ?? ''
  return judge({ httpStatus: status, head: Buffer.from(head), body: Buffer.from(body) })
}

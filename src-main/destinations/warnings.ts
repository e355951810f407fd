/**
 * What will happen when a raw event goes to Slack, Teams or Webex: said before it is sent. Only what
 * the vendors document, or what was seen with certainty, is asserted.
 */
import type { FieldProblem, WebhookDraft } from '#contract'
import { recogniseEndpoint } from './recognise.ts'

export function destinationWarnings(draft: WebhookDraft, endpoint: string): FieldProblem[] {
  switch (recogniseEndpoint(endpoint).destination) {
    case 'slack':
      return [
        warn('endpoint', 'Slack refuses a raw event: it has neither text, blocks nor attachments.'),
      ]
    case 'teams':
      return teamsWarnings(draft, endpoint)
    case 'webex':
      return [
        draft.contentType === 'application/json'
          ? warn(
              'endpoint',
              'Webex expects a message with text or markdown; a raw event has neither.',
            )
          : warn(
              'contentType',
              'Webex expects JSON with text or markdown; a form is not documented.',
            ),
      ]
    case 'http':
      return []
  }
}

function teamsWarnings(draft: WebhookDraft, endpoint: string): FieldProblem[] {
  const authorization = draft.headers.find(({ name }) => /^authorization$/i.test(name.trim()))
  return [
    ...(isRetiredConnector(endpoint)
      ? [
          warn(
            'endpoint',
            'Office 365 connectors were switched off in May 2026: this URL no longer delivers.',
          ),
        ]
      : []),
    warn(
      'endpoint',
      'Teams answers 202 to a raw event and then shows nothing: its flow expects a message with attachments.',
    ),
    ...(authorization
      ? [
          warn(
            `headers.${authorization.rowId}.name`,
            'A flow that anyone may call fails when it is sent an Authorization header.',
          ),
        ]
      : []),
  ]
}

function isRetiredConnector(endpoint: string): boolean {
  return /^https?:\/\/([^/?#]*\.)?(webhook\.office\.com|outlook\.office(365)?\.com)([/:?#]|$)/i.test(
    endpoint,
  )
}

function warn(field: string, message: string): FieldProblem {
  return { field, severity: 'warning', message }
}

/**
 * What will happen when a raw event goes to Slack, Teams or Webex: said before it is sent. Only what
 * the vendors document, or what was seen with certainty, is asserted.
 */
import type { FieldProblem, WebhookDraft } from '#contract'
import { recogniseEndpoint, typedHost } from './recognise.ts'

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
  const retired = retirement(endpoint)
  if (retired) return [warn('endpoint', retired)]
  const authorization = draft.headers.find(({ name }) => /^authorization$/i.test(name.trim()))
  return [
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

/** Hosts that were switched off; of logic.azure.com the national clouds were not. */
function retirement(endpoint: string): string | null {
  const host = typedHost(endpoint)?.replace(/:\d*$/, '') ?? ''
  if (/(^|\.)(webhook\.office\.com|outlook\.office(365)?\.com)\.?$/i.test(host)) {
    return 'Office 365 connectors were switched off in May 2026: this URL no longer delivers.'
  }
  return /\.logic\.azure\.com\.?$/i.test(host)
    ? 'Power Automate switched its logic.azure.com URLs off in November 2025. Copy the new URL from the flow.'
    : null
}

function warn(field: string, message: string): FieldProblem {
  return { field, severity: 'warning', message }
}

/**
 * What will happen when a webhook's body goes to Slack, Teams or Webex: said before it is sent, with
 * the way out. Only what the vendors document, or what was seen with certainty, is asserted.
 */
import {
  type Chat,
  DESTINATION_LABELS,
  type FieldProblem,
  type MessageFormat,
  type WebhookDraft,
} from '#contract'
import { assertNever } from '../errors.ts'
import { isMessageFor } from './chat-message.ts'
import { isConnectorPath } from './endpoint-kinds.ts'
import { TEAMS_LIMITS, WEBEX_LIMITS } from './limits.ts'
import { recogniseEndpoint, typedHost } from './recognise.ts'

/** @param jsonText what the body is encoded from; null while none can be made */
export function destinationWarnings(
  draft: WebhookDraft,
  endpoint: string,
  jsonText: string | null,
): FieldProblem[] {
  const { destination } = recogniseEndpoint(endpoint)
  switch (destination) {
    case 'slack':
      return [...formWarnings(draft, destination), ...messageWarnings(draft, destination, jsonText)]
    case 'teams':
      return teamsWarnings(draft, endpoint, jsonText)
    case 'webex':
      return [
        ...formWarnings(draft, destination),
        ...messageWarnings(draft, destination, jsonText),
        ...sizeWarnings(destination, jsonText),
      ]
    case 'http':
      return []
    default:
      return assertNever(destination)
  }
}

function teamsWarnings(
  draft: WebhookDraft,
  endpoint: string,
  jsonText: string | null,
): FieldProblem[] {
  const retired = retirement(endpoint)
  if (retired) return [{ field: 'endpoint', severity: 'warning', message: retired }]
  if (isConnectorPath(endpoint)) {
    return [...formWarnings(draft, 'teams'), ...messageWarnings(draft, 'connector', jsonText)]
  }
  return [
    ...formWarnings(draft, 'teams'),
    ...messageWarnings(draft, 'teams', jsonText),
    ...sizeWarnings('teams', jsonText),
    ...draft.headers
      .filter(({ name }) => /^authorization$/i.test(name.trim()))
      .map(
        ({ rowId }): FieldProblem => ({
          field: `headers.${rowId}.name`,
          severity: 'warning',
          message: 'A flow that anyone may call fails when it is sent an Authorization header.',
          fix: { action: 'remove_header', label: 'Remove this header' },
        }),
      ),
  ]
}

const FORM_WORDS: Readonly<Record<Chat, string>> = {
  slack: 'Slack reads a form’s field payload, and nothing else of it.',
  teams: 'Teams expects its message as JSON.',
  webex: 'Webex expects JSON with text or markdown; a form is not documented.',
}

function formWarnings(
  { contentType, formEncoding, formField }: WebhookDraft,
  chat: Chat,
): FieldProblem[] {
  if (contentType === 'application/json') return []
  if (chat === 'slack' && formEncoding === 'payload' && formField === 'payload') return []
  return [
    {
      field: 'contentType',
      severity: 'warning',
      message: FORM_WORDS[chat],
      fix: { action: 'use_json', label: 'Send JSON' },
    },
  ]
}

/** What the destination does with a body that is no message, by what that body is. */
const MESSAGE_WORDS: Readonly<Record<Chat | 'connector', (what: string) => string>> = {
  slack: (what) => `Slack refuses ${what}: it has neither text, blocks nor attachments.`,
  teams: (what) =>
    `Teams answers 202 to ${what} and then shows nothing: its flow expects a message with attachments.`,
  connector: (what) =>
    `A connector of Teams answers 200 to ${what}, and says in its body that it was not posted.`,
  webex: (what) => `Webex expects a message with text or markdown; ${what} has neither.`,
}

const FIX_LABELS: Readonly<Record<Chat, string>> = {
  slack: 'Send a Slack message',
  teams: 'Send a Teams card',
  webex: 'Send a Webex message',
}

function messageWarnings(
  { format }: WebhookDraft,
  to: Chat | 'connector',
  jsonText: string | null,
): FieldProblem[] {
  const chat = to === 'connector' ? 'teams' : to
  if (jsonText === null || isMessageFor(jsonText, chat)) return []
  return [
    {
      field: 'format',
      severity: 'warning',
      message: MESSAGE_WORDS[to](bodyWords(format)),
      fix: { action: 'use_format', label: FIX_LABELS[chat], format: chat },
    },
  ]
}

function bodyWords(format: MessageFormat): string {
  switch (format) {
    case 'raw':
      return 'a raw event'
    case 'template':
      return 'what this template makes'
    case 'slack':
    case 'teams':
    case 'webex':
      return `a message for ${DESTINATION_LABELS[format]}`
    default:
      return assertNever(format)
  }
}

function sizeWarnings(chat: 'teams' | 'webex', jsonText: string | null): FieldProblem[] {
  if (jsonText === null || !isTooLarge(chat, jsonText)) return []
  const message =
    chat === 'teams'
      ? 'This message is larger than the 28 KB that Teams takes: it answers 202 and then shows nothing.'
      : 'The text or markdown of this message is longer than the 7,439 bytes that Webex takes.'
  return [{ field: 'format', severity: 'warning', message }]
}

function isTooLarge(chat: 'teams' | 'webex', jsonText: string): boolean {
  if (chat === 'teams') return Buffer.byteLength(jsonText) > TEAMS_LIMITS.messageBytes
  if (!isMessageFor(jsonText, chat)) return false
  const { text, markdown } = JSON.parse(jsonText) as { text?: unknown; markdown?: unknown }
  return [text, markdown].some(
    (each) => typeof each === 'string' && Buffer.byteLength(each) > WEBEX_LIMITS.textBytes,
  )
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

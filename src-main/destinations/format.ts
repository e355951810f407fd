/** From a payload to the JSON that a body is encoded from: the event as it is, or a message made of it. */
import type { EventName, MessageFormat, WebhookDraft } from '#contract'
import { parseJsonText } from '../encode/index.ts'
import { AppError, assertNever } from '../errors.ts'
import { chatBody } from './chat-body.ts'
import { renderTemplate } from './template/index.ts'

export interface FormatSpec {
  readonly format: MessageFormat
  readonly template: string
  /** What a payload is taken for that does not say which event it is. */
  readonly event: EventName
}

export interface FormattedBody {
  readonly jsonText: string
  /** What of the message was shortened or left out, in words. */
  readonly cuts: readonly string[]
}

/**
 * @param payloadText JSON
 * @throws AppError `invalid` when no body can be made of it, with the reason
 */
export function formatBody(spec: FormatSpec, payloadText: string): FormattedBody {
  const { format } = spec
  switch (format) {
    case 'raw':
      return { jsonText: payloadText, cuts: [] }
    case 'template':
      return { jsonText: renderTemplate(spec.template, eventIn(payloadText)), cuts: [] }
    case 'slack':
    case 'teams':
    case 'webex': {
      const body = chatBody(format, eventIn(payloadText), spec.event)
      if (!body) throw new AppError('invalid', NOTHING_TO_TELL)
      return { jsonText: JSON.stringify(body.message), cuts: body.cuts }
    }
    default:
      return assertNever(format)
  }
}

const NOTHING_TO_TELL =
  'This payload has none of the fields that a message tells of. Choose the message format Raw event, or write a template.'
const NO_OBJECT = 'The payload has to be a JSON object: no message can be made of anything else.'

function eventIn(payloadText: string): object {
  const { kind } = parseJsonText(payloadText)
  if (kind !== 'object') throw new AppError('invalid', NO_OBJECT)
  return JSON.parse(payloadText) as object
}

/** How a draft's body is encoded: Slack reads one field of a form, and it is called payload. */
export function encodedAs(draft: WebhookDraft): WebhookDraft {
  return draft.format === 'slack'
    ? { ...draft, formEncoding: 'payload', formField: 'payload' }
    : draft
}

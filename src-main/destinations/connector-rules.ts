/**
 * A Teams connector of the time before workflows, in rehearsal: it answers 200 whatever becomes of the
 * message, with `1` or a sentence that says what went wrong (MicrosoftDocs/msteams-docs issues 400,
 * 402, 1810, 7385; OfficeDev/outlook-dev-docs issue 423; limits: connectors-using.md).
 */
import { cardFault } from './adaptive-card.ts'
import { CONNECTOR_LIMITS } from './limits.ts'
import {
  type Call,
  callOf,
  firstObjection,
  isJsonType,
  isObject,
  type Objection,
  POSTED,
  type Rehearsed,
  type RehearsedRequest,
  type Rule,
  refused,
  type TakeTurn,
  textAnswer,
} from './rehearsal.ts'

const PATH = /^\/webhook(?:b2)?\/[^/]+\/IncomingWebhook\/[^/]+\/[^/]+$/i

export function isConnectorUrlPath(path: string): boolean {
  return PATH.test(path)
}

/** In this order. */
const CONNECTOR_RULES: readonly Rule<Call>[] = [
  {
    code: 'error_404',
    objection: ({ request, ownPath }) =>
      request.path === ownPath ? null : 'The URL names no connector that is here.',
  },
  {
    code: 'bad_payload',
    objection: ({ request: { method, mediaType } }) =>
      method === 'POST' && isJsonType(mediaType) ? null : 'It is no POST of JSON.',
  },
  {
    code: 'error_429',
    objection: ({ take }) =>
      take()
        ? null
        : 'It came too soon after others: four in a second, and fewer over longer times.',
  },
  {
    code: 'bad_payload',
    objection: ({ message }) => (isObject(message) ? null : 'The body is no JSON object.'),
  },
  {
    code: 'error_413',
    objection: ({ request }) =>
      request.body.length > CONNECTOR_LIMITS.messageBytes
        ? 'The message is larger than some 28 KB.'
        : null,
  },
  {
    code: 'error_400',
    objection: ({ message }) => {
      const attachments = isObject(message) ? message.attachments : undefined
      if (!Array.isArray(attachments)) return null
      const [first] = attachments
      return isObject(first)
        ? cardFault(first.content, 'attachments[0].content')
        : 'The list of attachments has no card.'
    },
  },
  {
    code: 'summary_required',
    objection: ({ message }) => {
      if (!isObject(message) || Array.isArray(message.attachments)) return null
      const { summary, text } = message
      return isText(summary) || isText(text) ? null : 'The card has neither summary nor text.'
    },
  },
]

function isText(value: unknown): boolean {
  return typeof value === 'string' && value.trim() !== ''
}

/**
 * @param ownPath where the connector is
 * @param take as `CONNECTOR_LIMITS` has it
 */
export function rehearseConnector(
  request: RehearsedRequest,
  ownPath: string,
  take: TakeTurn,
): Rehearsed {
  const objection = firstObjection(CONNECTOR_RULES, callOf(request, ownPath, take))
  if (objection) return failConnector(objection)
  return { answer: textAnswer(200, '1'), verdict: POSTED }
}

export function failConnector(objection: Objection): Rehearsed {
  return { answer: textAnswer(200, sentenceOf(objection.code)), verdict: refused(objection) }
}

const CONTEXT = 'ContextId tcid=0,server=rehearsal,cv=rehearsal.0.'

/** Word for word as they were seen, but for the context. */
function sentenceOf(code: string): string {
  if (code === 'summary_required') return 'Summary or Text is required.'
  if (code === 'bad_payload') return 'Bad payload received by generic incoming webhook.'
  const status = code.replace('error_', '')
  return `Webhook message delivery failed with error: Microsoft Teams endpoint returned HTTP error ${status} with ${CONTEXT}`
}

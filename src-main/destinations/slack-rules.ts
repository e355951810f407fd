/**
 * A Slack incoming webhook in rehearsal: what it refuses, with which word, in which order, and when it
 * says `ok` (docs.slack.dev, incoming webhooks and rate limits; api.slack.com changelog of 2016-05-17).
 */
import { type RehearsalSettings, rehearsalFailure } from '#contract'
import { fieldValue } from '../encode/index.ts'
import { SLACK_LIMITS } from './limits.ts'
import {
  firstObjection,
  isJsonType,
  isObject,
  type JsonObject,
  jsonIn,
  type Objection,
  POSTED,
  type RehearsalAnswer,
  type Rehearsed,
  type RehearsedRequest,
  type Rule,
  refused,
  type TakeTurn,
  textAnswer,
  textOf,
} from './rehearsal.ts'
import { blocksFault } from './slack-blocks.ts'

const PATH = /^\/(?:services\/)?(T[^/]+)\/(B[^/]+)\/([^/]+)$/

/** Of `/services/T…/B…/…`, also without `/services`; null for any other path. */
export function slackParts(
  path: string,
): { readonly team: string; readonly service: string; readonly secret: string } | null {
  const [, team = '', service = '', secret = ''] = PATH.exec(path) ?? []
  return secret === '' ? null : { team, service, secret }
}

interface Call {
  readonly request: RehearsedRequest
  readonly own: ReturnType<typeof slackParts>
  readonly asked: ReturnType<typeof slackParts>
  readonly take: TakeTurn
}

/** About the URL, the method and the pace; in this order. */
const SLACK_CALL_RULES: readonly Rule<Call>[] = [
  {
    code: 'no_team',
    objection: ({ own, asked }) =>
      own?.team === asked?.team ? null : 'The URL names another workspace than this one.',
  },
  {
    code: 'no_service',
    objection: ({ own, asked }) =>
      own?.service === asked?.service ? null : 'The URL names no webhook of this workspace.',
  },
  {
    code: 'invalid_token',
    objection: ({ own, asked }) =>
      own?.secret === asked?.secret ? null : 'The secret at the end of the URL is wrong.',
  },
  {
    code: 'method_not_allowed',
    objection: ({ request: { method } }) =>
      method === 'POST' ? null : 'Slack takes messages by POST alone.',
  },
  {
    code: 'rate_limited',
    objection: ({ take }) => (take() ? null : 'It came sooner than one message a second allows.'),
  },
]

/** About the message itself; in this order. */
const SLACK_MESSAGE_RULES: readonly Rule<JsonObject>[] = [
  {
    code: 'no_text',
    objection: ({ text, blocks, attachments }) =>
      isFilled(text) || isFilled(blocks) || isFilled(attachments)
        ? null
        : 'The message has neither text, blocks nor attachments.',
  },
  {
    code: 'too_many_attachments',
    objection: ({ attachments }) =>
      Array.isArray(attachments) && attachments.length > SLACK_LIMITS.attachments
        ? `The message has more than ${SLACK_LIMITS.attachments} attachments.`
        : null,
  },
  {
    code: 'invalid_blocks',
    objection: ({ blocks, attachments }) =>
      (isFilled(blocks) ? blocksFault(blocks, 'blocks') : null) ?? attachedFault(attachments),
  },
]

function isFilled(value: unknown): boolean {
  return Array.isArray(value) || typeof value === 'string' ? value.length > 0 : isObject(value)
}

function attachedFault(attachments: unknown): string | null {
  if (!Array.isArray(attachments)) return null
  for (const [index, attachment] of attachments.entries()) {
    if (!isObject(attachment) || attachment.blocks === undefined) continue
    const fault = blocksFault(attachment.blocks, `attachments[${index}].blocks`)
    if (fault !== null) return fault
  }
  return null
}

/**
 * @param ownPath where the webhook is
 * @param take one message a second, with a short burst
 */
export function rehearseSlack(
  request: RehearsedRequest,
  ownPath: string,
  settings: RehearsalSettings,
  take: TakeTurn,
): Rehearsed {
  const call = { request, own: slackParts(ownPath), asked: slackParts(request.path), take }
  const objection = firstObjection(SLACK_CALL_RULES, call)
  if (objection) return saysNo(objection)
  const message = messageIn(request)
  if (!isObject(message)) return saysNo({ code: 'invalid_payload', words: message })
  const fault = firstObjection(SLACK_MESSAGE_RULES, message)
  if (fault?.code === 'no_text') return saysNo({ ...fault, code: settings.slackNoText })
  if (fault) return saysNo(fault)
  return { answer: textAnswer(200, 'ok'), verdict: { ...POSTED, words: cutWords(message) } }
}

/** The object, or why there is none. */
function messageIn({ mediaType, body }: RehearsedRequest): JsonObject | string {
  if (mediaType === 'application/x-www-form-urlencoded') {
    const payload = fieldValue(textOf(body), 'payload')
    if (payload === null) return 'The form has no field named payload.'
    const message = jsonIn(payload)
    return isObject(message) ? message : 'The field payload does not hold a JSON object.'
  }
  if (!isJsonType(mediaType)) return 'The content type is neither JSON nor a form.'
  const message = jsonIn(textOf(body))
  return isObject(message) ? message : 'The body is no JSON object.'
}

function saysNo(objection: Objection): Rehearsed {
  return { answer: slackRefusal(objection.code), verdict: refused(objection) }
}

/** The answer that a word comes with. Of a wrong method only the status is known. */
export function slackRefusal(code: string): RehearsalAnswer {
  const status = rehearsalFailure('slack', code)?.status ?? 400
  const wait = code === 'rate_limited' ? ([['Retry-After', '1']] as const) : []
  return textAnswer(status, status === 405 ? '' : code, wait)
}

function cutWords({ text }: JsonObject): string {
  return typeof text === 'string' && text.length > SLACK_LIMITS.text
    ? `Slack cuts the text after ${SLACK_LIMITS.text} characters without a word.`
    : ''
}

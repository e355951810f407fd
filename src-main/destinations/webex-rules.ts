/**
 * A Webex incoming webhook in rehearsal: what it takes and how it refuses (developer.webex.com, Create
 * a Message and rate limits; the App Hub's text on incoming webhooks). Webex publishes no number for
 * its rate; the one here is only there to be met.
 */
import { type RehearsalSettings, rehearsalFailure } from '#contract'
import { WEBEX_LIMITS } from './limits.ts'
import {
  type Call,
  callOf,
  emptyAnswer,
  firstObjection,
  isJsonType,
  isObject,
  jsonAnswer,
  type Objection,
  POSTED,
  type Rehearsed,
  type RehearsedRequest,
  type Rule,
  refused,
  type TakeTurn,
  textAnswer,
} from './rehearsal.ts'

const PATH = /^\/v1\/webhooks\/incoming\/([^/]+)$/

/** The id in a URL; null for a URL of another shape. */
export function webexIdIn(path: string): string | null {
  return PATH.exec(path)?.[1] ?? null
}

/** In this order. */
const WEBEX_RULES: readonly Rule<Call>[] = [
  {
    code: 'webex_404',
    objection: ({ request, ownPath }) =>
      webexIdIn(request.path) === webexIdIn(ownPath)
        ? null
        : 'The URL names no webhook that is here.',
  },
  {
    code: 'webex_405',
    objection: ({ request }) =>
      request.method === 'POST' ? null : 'Webex takes messages by POST alone.',
  },
  {
    code: 'webex_415',
    objection: ({ request }) =>
      isJsonType(request.mediaType) ? null : 'The content type is not application/json.',
  },
  {
    code: 'webex_429',
    objection: ({ take }) => (take() ? null : 'Too many messages came at once.'),
  },
  {
    code: 'webex_400',
    objection: ({ message }) => (isObject(message) ? null : 'The body is no JSON object.'),
  },
  {
    code: 'webex_400',
    objection: ({ message }) =>
      isObject(message) && (isText(message.text) || isText(message.markdown))
        ? null
        : 'The message has neither text nor markdown.',
  },
  {
    code: 'webex_400',
    objection: ({ message }) => {
      const { textBytes } = WEBEX_LIMITS
      const long = ['text', 'markdown'].find(
        (name) => isObject(message) && bytesOf(message[name]) > textBytes,
      )
      return long === undefined ? null : `The ${long} is longer than ${textBytes} bytes.`
    },
  },
]

function bytesOf(value: unknown): number {
  return typeof value === 'string' ? Buffer.byteLength(value) : 0
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value !== ''
}

/**
 * @param ownPath where the webhook is
 * @param take as `WEBEX_LIMITS` has it
 * @param trackingId of this answer, for its error
 */
export function rehearseWebex(
  request: RehearsedRequest,
  ownPath: string,
  { webexStatus }: RehearsalSettings,
  take: TakeTurn,
  trackingId: string,
): Rehearsed {
  const objection = firstObjection(WEBEX_RULES, callOf(request, ownPath, take))
  if (objection) return failWebex(objection, trackingId)
  const answer = webexStatus === 204 ? emptyAnswer(204) : textAnswer(200, '')
  return { answer, verdict: POSTED }
}

export function failWebex(objection: Objection, trackingId: string): Rehearsed {
  const { code, words } = objection
  const status = rehearsalFailure('webex', code)?.status ?? 400
  const wait = status === 429 || status === 423 ? ([['Retry-After', '2']] as const) : []
  const error = { message: words, errors: [{ description: words }], trackingId }
  return { answer: jsonAnswer(status, error, wait), verdict: refused(objection) }
}

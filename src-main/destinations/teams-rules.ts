/**
 * A Teams workflow in rehearsal, in its two steps: the trigger that answers, and the flow that posts
 * afterwards or fails (learn.microsoft.com, Teams connector, and Request and Response actions). A flow
 * that anyone may call wants no `Authorization` header.
 */
import { rehearsalFailure } from '#contract'
import { cardFault } from './adaptive-card.ts'
import { TEAMS_LIMITS } from './limits.ts'
import {
  emptyAnswer,
  firstObjection,
  isJsonType,
  isObject,
  type JsonObject,
  jsonAnswer,
  jsonIn,
  lost,
  type Objection,
  POSTED,
  type RehearsalAnswer,
  type Rehearsed,
  type RehearsedRequest,
  type Rule,
  refused,
  type TakeTurn,
  textOf,
} from './rehearsal.ts'

const PATH =
  /^\/powerautomate\/automations\/direct\/(?:cu\/\d+\/)?workflows\/([^/]+)\/triggers\/manual\/paths\/invoke$/

/** The flow that a URL names; null for a URL of another shape. */
export function flowIn(path: string): string | null {
  return PATH.exec(path)?.[1] ?? null
}

interface Call {
  readonly request: RehearsedRequest
  /** Where the flow is: its path and query. */
  readonly own: URL
}

/** Of the trigger; in this order. */
const TEAMS_TRIGGER_RULES: readonly Rule<Call>[] = [
  {
    code: 'NotFound',
    objection: ({ request, own }) =>
      flowIn(request.path) === flowIn(own.pathname) ? null : 'The URL names no flow that is here.',
  },
  {
    code: 'BadRequest',
    objection: ({ request }) =>
      request.method === 'POST' ? null : 'The trigger is called by POST alone.',
  },
  {
    code: 'MissingApiVersionParameter',
    objection: ({ request }) =>
      request.query.has('api-version') ? null : 'The URL has no api-version parameter.',
  },
  {
    code: 'Unauthorized',
    objection: ({ request, own }) => {
      const missing = ['sp', 'sv', 'sig'].find((name) => !request.query.get(name))
      if (missing !== undefined) return `The URL has no ${missing} parameter.`
      const wrong = ['sp', 'sv', 'sig'].find(
        (name) => request.query.get(name) !== own.searchParams.get(name),
      )
      return wrong === undefined ? null : `The parameter ${wrong} of the URL is not right.`
    },
  },
  {
    code: 'Unauthorized',
    objection: ({ request }) =>
      request.hasAuthorization
        ? 'A flow that anyone may call refuses an Authorization header.'
        : null,
  },
  {
    code: 'BadRequest',
    objection: ({ request }) =>
      isJsonType(request.mediaType) ? null : 'The content type is not application/json.',
  },
  {
    code: 'BadRequest',
    objection: ({ request }) =>
      jsonIn(textOf(request.body)) === undefined ? 'The body is no JSON.' : null,
  },
]

interface Run {
  readonly message: unknown
  readonly bodyBytes: number
  /** One post of the flow bot. */
  readonly take: TakeTurn
}

const CARD = /^application\/vnd\.microsoft\.card\.adaptive$/i
const OLD_CARD = /^application\/vnd\.microsoft\.teams\.card\.o365connector$/i

/** Of the flow, after the 202; in this order. */
const TEAMS_FLOW_RULES: readonly Rule<Run>[] = [
  {
    code: 'flow_attachments_null',
    objection: ({ message }) => {
      if (isMessageCard(message) || Array.isArray(attachmentsOf(message))) return null
      return 'The flow failed: it goes through the attachments, and they are of type Null.'
    },
  },
  {
    code: 'flow_nothing_posted',
    objection: ({ message }) =>
      attachmentsOf(message)?.length === 0
        ? 'The flow ran, but the list of attachments is empty: it posted nothing.'
        : null,
  },
  {
    code: 'flow_card_invalid',
    objection: ({ message }) => {
      const fault = attachmentsFault(attachmentsOf(message) ?? [])
      return fault === null ? null : `The flow failed when it posted the card. ${fault}`
    },
  },
  {
    code: 'flow_too_large',
    objection: ({ bodyBytes }) =>
      bodyBytes > TEAMS_LIMITS.messageBytes
        ? 'The flow failed when it posted: Request entity too large. A message takes some 28 KB.'
        : null,
  },
  {
    code: 'flow_quota',
    objection: ({ message, take }) => {
      const posts = attachmentsOf(message)?.length ?? 1
      const isOver = Array.from({ length: posts }, take).includes(false)
      return isOver
        ? `The flow failed when it posted: it has posted ${TEAMS_LIMITS.quota} messages in ${TEAMS_LIMITS.quotaMs / 1000} seconds already.`
        : null
    },
  },
]

function attachmentsOf(message: unknown): readonly unknown[] | null {
  const list = isObject(message) ? message.attachments : null
  return Array.isArray(list) ? list : null
}

function isMessageCard(value: unknown): value is JsonObject {
  return isObject(value) && value['@type'] === 'MessageCard'
}

function attachmentsFault(attachments: readonly unknown[]): string | null {
  for (const [index, attachment] of attachments.entries()) {
    const at = `attachments[${index}]`
    if (!isObject(attachment)) return `${at} is no object.`
    const { contentType, content } = attachment
    const isOld = typeof contentType === 'string' && OLD_CARD.test(contentType)
    if (isOld) return isObject(content) ? null : `${at}.content is no card.`
    if (typeof contentType !== 'string' || !CARD.test(contentType)) {
      return `${at}.contentType is not application/vnd.microsoft.card.adaptive.`
    }
    const fault = cardFault(content, `${at}.content`)
    if (fault !== null) return fault
  }
  return null
}

/**
 * @param own the flow's URL
 * @param take the flow bot's posts
 */
export function rehearseFlow(request: RehearsedRequest, own: URL, take: TakeTurn): Rehearsed {
  const objection = firstObjection(TEAMS_TRIGGER_RULES, { request, own })
  if (objection) {
    const answer = triggerRefusal(objection.code, objection.words)
    return { answer, verdict: refused(objection) }
  }
  const message = jsonIn(textOf(request.body))
  const failure = firstObjection(TEAMS_FLOW_RULES, {
    message,
    bodyBytes: request.body.length,
    take,
  })
  return {
    answer: emptyAnswer(202),
    verdict: failure ? lost(failure) : { ...POSTED, words: postedWords(message) },
  }
}

function postedWords(message: unknown): string {
  return isMessageCard(message)
    ? 'The flow ran and posted it. Buttons of a MessageCard are not shown.'
    : 'The flow ran and posted it.'
}

/** What a told failure answers, and what becomes of the message. */
export function failFlow({ code, words }: Objection): Rehearsed {
  const isFlow = rehearsalFailure('teams', code)?.status === 202
  return isFlow
    ? { answer: emptyAnswer(202), verdict: lost({ code, words }) }
    : { answer: triggerRefusal(code, words), verdict: refused({ code, words }) }
}

/** The error envelope; a 429 says how long to wait. */
function triggerRefusal(code: string, message: string): RehearsalAnswer {
  const status = rehearsalFailure('teams', code)?.status ?? 400
  const wait = status === 429 ? ([['Retry-After', '10']] as const) : []
  return jsonAnswer(status, { error: { code, message } }, wait)
}

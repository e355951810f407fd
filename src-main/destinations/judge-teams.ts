/**
 * Teams answers in two ways. A workflow takes a message with 202 and posts it, or fails to, later:
 * accepted, never delivered. The Office 365 connectors before it answered `1`, and mostly said no
 * with a 200 and a sentence. Sources: learn.microsoft.com (Teams connector; Request and Response
 * actions), MicrosoftDocs/msteams-docs issues 400, 402, 1810, 7385, 7830.
 */
import { answerReason, waitAsked } from './answer-words.ts'
import { isOldFlow, isRetiredConnector } from './endpoint-kinds.ts'
import {
  type Answer,
  answerText,
  type Judgement,
  jsonObject,
  type Mask,
  memberObject,
  quotable,
  quoted,
  sentences,
} from './judgement.ts'

export function judgeFlow(answer: Answer, origin: string, mask: Mask): Judgement {
  const { httpStatus } = answer
  if (httpStatus === 202) {
    return {
      code: 'accepted',
      reason:
        'Teams took it with 202; whether its flow posted it is not known. Look into the channel, or into the flow’s run history.',
    }
  }
  const text = answerText(answer)
  if (httpStatus >= 200 && httpStatus < 300)
    return { code: 'ok', reason: answered(answer, text, mask) }
  const { reason, ...refused } = flowRefusal(answer, text, mask)
  return { ...refused, reason: sentences(reason, isOldFlow(origin) ? OLD_FLOW : '') }
}

const OLD_FLOW =
  'Power Automate switched its logic.azure.com URLs off in November 2025: if this is one of them, copy the new URL from the flow.'

/** A flow answers so only by a Response action of its own. */
function answered({ httpStatus }: Answer, text: string, mask: Mask): string {
  const said = quoted(text, mask)
  return sentences(
    said === ''
      ? `The flow answered ${httpStatus} by a Response action of its own.`
      : `The flow answered ${httpStatus} by a Response action of its own: ${said}`,
    'What that says is up to whoever made the flow.',
  )
}

function flowRefusal({ httpStatus, head }: Answer, text: string, mask: Mask): Judgement {
  const error = memberObject(jsonObject(text)?.error)
  const name = quotable(error?.code, mask)
  const said = quoted(error?.message, mask)
  const next = name === NO_QUERY ? NO_QUERY_NEXT : (FLOW_NEXT[httpStatus] ?? '')
  const wait = httpStatus === 429 ? waitAsked(head, 'Teams') : ''
  if (name === '' && said === '') {
    const plain = next === '' ? answerReason(httpStatus, head) : `Teams refused it: ${httpStatus}.`
    return { code: 'http_status', reason: sentences(plain, wait, next) }
  }
  const named = name === '' ? '' : ` ${name}.`
  return {
    code: 'destination_refused',
    reason: sentences(`Teams refused it with ${httpStatus}:${named}`, said, wait, next),
    isFinal: httpStatus === 400,
  }
}

const NO_QUERY = 'MissingApiVersionParameter'
const NO_QUERY_NEXT =
  'What follows the question mark of the URL is missing. Copy the whole URL from the flow again.'

/** What to look at; what a flow means by 401 and 404 is not documented. */
const FLOW_NEXT: Readonly<Record<number, string>> = {
  400: 'Check that the URL is whole, and that the message is what the flow’s trigger expects: choose Message format: Teams.',
  401: 'Copy the URL from the flow again, and send no Authorization header to a flow that anyone may call.',
  404: 'Check that the flow is there and turned on, and copy its URL again.',
  413: 'Send a smaller message: Teams takes some 28 KB.',
  429: 'Wait before the next message.',
  504: 'The flow’s Response action did not answer in time, so it is not known whether the message was posted. Look into the channel before you send it again.',
}

/** A sentence of the connector, in a 200. The number is what Teams itself answered. */
const DECODED = /HTTP error (\d{3})\b/

export function judgeConnector(answer: Answer, origin: string, mask: Mask): Judgement {
  const { httpStatus } = answer
  const text = answerText(answer)
  const isSuccess = httpStatus >= 200 && httpStatus < 300
  if (isSuccess && (text === '1' || isSuccessVariant(text))) {
    return { code: 'ok', reason: 'Teams took it: its connector answered 1.' }
  }
  const { reason, ...judgement } =
    knownSentence(answer, text) ??
    (isSuccess ? connectorSaysNo(answer, text, mask) : connectorRefusal(answer, text, mask))
  return { ...judgement, reason: sentences(reason, isRetiredConnector(origin) ? RETIRED : '') }
}

const RETIRED =
  'Office 365 connectors were switched off in May 2026: make a workflow in Teams and use its URL.'

/** For some weeks of 2022 and 2023 this JSON came in place of `1`. */
function isSuccessVariant(text: string): boolean {
  return jsonObject(text)?.isSuccessStatusCode === true
}

function connectorSaysNo({ httpStatus }: Answer, text: string, mask: Mask): Judgement {
  const meant = meantStatusOf(text)
  if (meant !== null) {
    return {
      code: 'destination_refused',
      meantStatus: meant,
      reason: sentences(
        `Teams answered ${httpStatus}, but did not deliver it: HTTP error ${meant}.`,
        CONNECTOR_NEXT[meant] ?? 'Send it again later.',
      ),
      isFinal: meant === 400 || meant === 413,
    }
  }
  const said = quoted(text, mask)
  return {
    code: 'destination_refused',
    reason:
      said === ''
        ? `Teams answered ${httpStatus}, but not 1 as it does when it takes a message.`
        : `Teams answered ${httpStatus}, but not 1 as it does when it takes a message: ${said}`,
  }
}

function knownSentence({ httpStatus }: Answer, text: string): Judgement | null {
  const known = KNOWN_SENTENCES.find(({ start }) => text.startsWith(start))
  if (!known) return null
  const reason = `Teams refused it with ${httpStatus}: “${known.start}”. ${known.next}`
  return { code: 'destination_refused', reason, isFinal: true }
}

function meantStatusOf(text: string): number | null {
  const variant = jsonObject(text)
  if (typeof variant?.statusCode === 'number') return variant.statusCode
  const [, digits] = DECODED.exec(text) ?? []
  return digits === undefined ? null : Number(digits)
}

const KNOWN_SENTENCES = [
  {
    start: 'Summary or Text is required',
    next: 'The card has neither summary nor text. Give it one of them.',
  },
  {
    start: 'Bad payload received by generic incoming webhook',
    next: 'It could not read the message. Send a message card, or an adaptive card in its envelope.',
  },
] as const

const CONNECTOR_NEXT: Readonly<Record<number, string>> = {
  400: 'The message is not what Teams reads. Choose Message format: Teams.',
  404: 'Check the URL; the connector may have been removed.',
  413: 'The message is too large: Teams takes some 28 KB.',
  429: 'Too many messages: it takes four in a second, and fewer over longer times. Wait before the next.',
}

function connectorRefusal({ httpStatus, head }: Answer, text: string, mask: Mask): Judgement {
  const said = quoted(text, mask)
  const next = CONNECTOR_NEXT[httpStatus]
  const plain = next
    ? sentences(`Teams refused it: ${httpStatus}.`, waitAsked(head, 'Teams'), next)
    : answerReason(httpStatus, head)
  return {
    code: 'http_status',
    reason: sentences(plain, said === '' ? '' : `It says: ${said}`),
    isFinal: httpStatus === 400 || httpStatus === 413,
  }
}

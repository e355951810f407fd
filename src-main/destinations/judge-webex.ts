/**
 * Webex's incoming webhooks say yes with 200 or 204, and no with a JSON of `message`,
 * `errors[].description` and a tracking id (developer.webex.com; webex/… error schemas).
 */
import { answerReason, waitAsked } from './answer-words.ts'
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

export function judgeWebex(answer: Answer, mask: Mask): Judgement {
  const { httpStatus, head } = answer
  if (httpStatus >= 200 && httpStatus < 300) {
    return { code: 'ok', reason: `Webex took it: it answered ${httpStatus}.` }
  }
  const next = sentences(waitAsked(head, 'Webex'), NEXT[httpStatus] ?? '')
  const { said, trackingId } = errorOf(answerText(answer), mask)
  if (said === '' && trackingId === '') {
    const plain = next === '' ? answerReason(httpStatus, head) : `Webex refused it: ${httpStatus}.`
    return { code: 'http_status', reason: sentences(plain, next) }
  }
  return {
    code: 'destination_refused',
    reason: sentences(
      said === ''
        ? `Webex refused it with ${httpStatus}.`
        : `Webex refused it with ${httpStatus}: ${said}`,
      next,
      trackingId === '' ? '' : `Tracking id for Webex: ${trackingId}.`,
    ),
    isFinal: httpStatus === 400 || httpStatus === 415,
  }
}

const NEXT: Readonly<Record<number, string>> = {
  400: 'Webex expects JSON with text or markdown. Choose Message format: Webex.',
  401: 'Copy the URL from Webex again: what it ends with is the credential.',
  403: 'Copy the URL from Webex again, and see whether the webhook is still connected.',
  404: 'Copy the URL from Webex again, and see whether the webhook is still connected.',
  415: 'Choose the content type application/json.',
  429: 'Wait before the next message.',
}

/** What it says of itself, each thing once. */
function errorOf(text: string, mask: Mask): { readonly said: string; readonly trackingId: string } {
  const json = jsonObject(text)
  const errors: readonly unknown[] = Array.isArray(json?.errors) ? json.errors : []
  const descriptions = errors.map((error) => memberObject(error)?.description)
  const texts = [json?.message, ...descriptions].filter((part) => typeof part === 'string')
  return {
    said: quoted([...new Set(texts)].join(' '), mask),
    trackingId: quotable(json?.trackingId, mask),
  }
}

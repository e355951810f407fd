/** What an HTTP status means to someone who sends webhooks, and what to do about it. */
import { headerValue, readHead } from '../encode/index.ts'
import type { Answer, Judgement } from './judgement.ts'

const MEANINGS: Readonly<Record<number, string>> = {
  400: 'Bad Request. The receiver does not accept this body or these headers; its answer may say why.',
  401: 'Unauthorized. Check the Authorization header, or the signing secret.',
  403: 'Forbidden. The receiver knows who asks and refuses; check the token and its permissions.',
  404: 'Not Found. Nothing is at this path; check the endpoint.',
  405: 'Method Not Allowed. This path takes no POST; check the endpoint.',
  406: 'Not Acceptable. Check the Accept header.',
  408: 'Request Timeout. The receiver waited too long for the request; send it again.',
  409: 'Conflict. The receiver may have had this event already.',
  410: 'Gone. The receiver wants no more deliveries at this endpoint.',
  411: 'Length Required. The receiver did not see the Content-Length that was sent; look for a proxy in between.',
  413: 'Content Too Large. The receiver takes no body of this size.',
  415: 'Unsupported Media Type. Try the other content type.',
  422: 'Unprocessable Content. The receiver read the body but cannot use it; its answer may say why.',
  429: 'Too Many Requests. Wait before the next delivery.',
  500: 'Internal Server Error. The receiver failed; look into its log.',
  501: 'Not Implemented. The receiver does not know how to do this; check the endpoint.',
  502: 'Bad Gateway. The server in front could not get an answer from the receiver.',
  503: 'Service Unavailable. The receiver is down or overloaded; try again later.',
  504: 'Gateway Timeout. The server in front waited too long for the receiver.',
}

/** Where the destination has no yes of its own: 2xx is success. */
export function judgeByStatus({ httpStatus, head }: Answer): Judgement {
  const code = httpStatus >= 200 && httpStatus < 300 ? 'ok' : 'http_status'
  return { code, reason: answerReason(httpStatus, head) }
}

/** What a `Retry-After` asks for, as a sentence; empty when there is none, or it is neither seconds nor a date. */
export function waitAsked(head: Uint8Array, who: string): string {
  const value = headerValue(readHead(head), 'retry-after') ?? ''
  if (/^\d{1,7}$/.test(value)) return `${who} asks to wait ${Number(value)} s.`
  const atMs = /[a-z]/i.test(value) ? Date.parse(value) : Number.NaN
  return Number.isNaN(atMs) ? '' : `${who} asks to wait until ${new Date(atMs).toUTCString()}.`
}

/** A sentence on an answer that came whole. */
export function answerReason(status: number, head: Uint8Array): string {
  if (status >= 200 && status < 300) return `Answered ${status}.`
  if (status >= 300 && status < 400) return redirect(status, head)
  const meaning = MEANINGS[status]
  if (meaning) return `Answered ${status} ${meaning}`
  if (status >= 500) return `Answered ${status}: the receiver failed. Look into its log.`
  return `Answered ${status}: the receiver refuses. Its answer may say why.`
}

function redirect(status: number, head: Uint8Array): string {
  return `Answered ${status}: a redirect${locationOf(head)}. Hookstage does not follow redirects; put the final address into the endpoint.`
}

function locationOf(head: Uint8Array): string {
  const value = headerValue(readHead(head), 'location')
  if (!value) return ''
  const host = hostOf(value)
  return host === null ? ' to another path of the same host' : ` to ${host}`
}

/**
 * A redirect repeats what it was sent, secrets too: only the host is told. The inspector shows the
 * whole header, masked.
 */
function hostOf(location: string): string | null {
  const [, scheme = '', host] =
    /^([a-z][a-z0-9+.-]*:)?\/\/(?:[^/?#]*@)?([^/?#]+)/i.exec(location) ?? []
  return host === undefined ? null : `${scheme}//${host}`.slice(0, 200)
}

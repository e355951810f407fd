/**
 * Passes a request on byte for byte and brings its answer back, so that Hookstage can sit between a
 * sender and the real endpoint. Only what belongs to a connection is made anew.
 */
import { type DeliveryStatus, type OutcomeCode, outcomeStatus, type SecretId } from '#contract'
import { readHead, resendable } from '../encode/index.ts'
import type { WireRequest } from '../encode/request.ts'
import type { ForwardedCapture } from '../store/captures.ts'
import type { RawAnswer, ReceivedMessage, TextAnswer } from './listener.ts'

/** What became of a request that was passed on. */
export interface PassedOn {
  readonly code: OutcomeCode
  readonly reason: string
  /** Null when no answer came. */
  readonly httpStatus: number | null
  readonly requestHead: Uint8Array
  readonly responseHead: Uint8Array
  readonly responseBody: Uint8Array
}

/** Puts a request on the wire; never rejects. */
export type PassOn = (request: WireRequest, timeoutMs: number) => Promise<PassedOn>

export interface ForwardTarget {
  readonly url: URL
  /** Of the secret that the URL is kept as. */
  readonly secretId: SecretId | null
}

const TIMEOUT_MS = 30_000
/** Whatever the answer meant, it came whole. */
const ANSWERED: ReadonlySet<DeliveryStatus> = new Set(['delivered', 'accepted', 'refused'])

/**
 * @param below what of the request's path lies below the receiver's
 * @returns what was exchanged, and what to answer; never rejects
 */
export async function forward(
  passOn: PassOn,
  message: ReceivedMessage,
  { url, secretId }: ForwardTarget,
  below: string,
): Promise<{ exchanged: ForwardedCapture; answer: RawAnswer | TextAnswer }> {
  const { origin } = url
  const { startLine, headers } = readHead(message.head)
  const [method = 'POST', target = '/'] = startLine.split(' ')
  const request = {
    method,
    origin,
    path: joinedPath(url, below, target),
    headers: resendable(headers).headers.flat(),
    body: message.body,
  }
  const { code, reason, requestHead, responseHead, responseBody, httpStatus } = await passOn(
    request,
    TIMEOUT_MS,
  )
  const exchanged = { origin, secretId, code, reason, requestHead, responseHead, responseBody }
  const isWhole = ANSWERED.has(outcomeStatus(code))
  const answer =
    isWhole && httpStatus !== null
      ? rawAnswer(httpStatus, responseHead, responseBody)
      : noAnswer(reason)
  return { exchanged, answer }
}

/** The URL's path and what lies below the receiver's; the request's query joins the URL's. */
function joinedPath(url: URL, below: string, target: string): string {
  const path = below === '' ? url.pathname : url.pathname.replace(/\/$/, '') + below
  const at = target.indexOf('?')
  const query = at === -1 ? '' : target.slice(at + 1)
  const search = [url.search.slice(1), query].filter((part) => part !== '').join('&')
  return search === '' ? path : `${path}?${search}`
}

function rawAnswer(status: number, head: Uint8Array, body: Uint8Array): RawAnswer {
  const { headers } = resendable(readHead(head).headers)
  return { status, headers: headers.flat(), raw: Buffer.from(body) }
}

function noAnswer(reason: string): TextAnswer {
  return {
    status: 502,
    contentType: 'text/plain; charset=utf-8',
    body: `The request was recorded and passed on, but there was no answer. ${reason}\n`,
  }
}

/**
 * Passes a request on byte for byte and brings its answer back, so that Hookstage can sit between a
 * sender and the real endpoint. Only what belongs to a connection is made anew.
 */
import { type DeliveryStatus, type OutcomeCode, outcomeStatus, type SecretId } from '#contract'
import { headerValue, readHead, resendable } from '../encode/index.ts'
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
  /** `https://example.com:8443` */
  readonly origin: string
  /** With its query, as it was typed. */
  readonly path: string
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
  { origin, path, secretId }: ForwardTarget,
  below: string,
): Promise<{ exchanged: ForwardedCapture; answer: RawAnswer | TextAnswer }> {
  const { startLine, headers } = readHead(message.head)
  const [method = 'POST', target = '/'] = startLine.split(' ')
  const request = {
    method,
    origin,
    path: joinedPath(path, below, target),
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
      ? rawAnswer(method, httpStatus, responseHead, responseBody)
      : noAnswer(reason)
  return { exchanged, answer }
}

/** The URL's path and what lies below the receiver's; the request's query joins the URL's. */
function joinedPath(path: string, below: string, target: string): string {
  const [own, ownQuery] = splitQuery(path)
  const whole = below === '' ? own : own.replace(/\/$/, '') + below
  const query = [ownQuery, splitQuery(target)[1]].filter((part) => part !== '').join('&')
  return query === '' ? whole : `${whole}?${query}`
}

function splitQuery(target: string): [path: string, query: string] {
  const at = target.indexOf('?')
  return at === -1 ? [target, ''] : [target.slice(0, at), target.slice(at + 1)]
}

function rawAnswer(method: string, status: number, head: Uint8Array, body: Uint8Array): RawAnswer {
  const read = readHead(head)
  const headers = resendable(read.headers).headers.flat()
  const reason = read.startLine.split(' ').slice(2).join(' ')
  const hasNoBody = method === 'HEAD' || status === 304
  const length = hasNoBody ? { announced: headerValue(read, 'content-length') } : {}
  return { status, reason, headers, ...length, raw: Buffer.from(body) }
}

function noAnswer(reason: string): TextAnswer {
  return {
    status: 502,
    contentType: 'text/plain; charset=utf-8',
    body: `The request was recorded and passed on, but there was no answer. ${reason}\n`,
  }
}

/**
 * What an ended exchange amounts to: a code of the contract and a sentence that says what happened
 * and what to do next. Pure; the sentences hold nothing that may be secret.
 */
import { type Judge, type Judgement, judgeByStatus } from '../destinations/index.ts'
import { headerValue, readHead } from '../encode/index.ts'
import { assertNever } from '../errors.ts'
import { type Exchange, MAX_RESPONSE_BODY_BYTES, MAX_RESPONSE_HEAD_BYTES } from './exchange.ts'
import { failureOf } from './failure.ts'
import { type Destination, destinationOf, phaseOf } from './phase.ts'

export type Outcome = Judgement

/**
 * @param to `https://example.com:8443` and how long it had
 * @param judge decides on whole answers; by default the status does: 2xx is success
 */
export function outcomeOf(
  exchange: Exchange,
  to: { readonly origin: string; readonly timeoutMs: number },
  judge: Judge = judgeByStatus,
): Outcome {
  const { ending } = exchange
  switch (ending.kind) {
    case 'answered':
      return judge({
        httpStatus: exchange.httpStatus ?? 0,
        head: exchange.responseHead,
        body: exchange.responseBody,
      })
    case 'error':
      return failureOf(ending.error, exchange, destinationOf(to))
    case 'deadline':
      return deadline(exchange, destinationOf(to))
    case 'aborted':
      return aborted(exchange, ending.why)
    case 'head_too_large':
      return {
        code: 'bad_response',
        reason: `The head of the answer is longer than ${MAX_RESPONSE_HEAD_BYTES / 1024} KB. Look at what the receiver puts into its headers.`,
      }
    case 'body_too_large':
      return { code: 'response_too_large', reason: tooLarge(exchange) }
    default:
      return assertNever(ending)
  }
}

function deadline(exchange: Exchange, destination: Destination): Outcome {
  const within = `within ${seconds(destination.timeoutMs)}`
  const phase = phaseOf(exchange, destination)
  switch (phase) {
    case 'connecting':
      return {
        code: 'connect_timeout',
        reason: `No connection to ${destination.host} ${within}. Check the address, and whether a firewall or VPN is in between.`,
      }
    case 'securing':
      return {
        code: 'connect_timeout',
        reason: `${destination.host} took the connection, but did not finish the TLS handshake ${within}. Check that it serves HTTPS.`,
      }
    case 'sending':
      return {
        code: 'deadline',
        reason: `${destination.host} did not read the whole request ${within}. See whether the receiver hangs, or allow it more time.`,
      }
    case 'waiting':
      return {
        code: 'deadline',
        reason: `${destination.host} has the request, but did not answer ${within}. See what keeps the receiver, or allow it more time.`,
      }
    case 'receiving':
      return {
        code: 'deadline',
        reason: `The answer had begun, but was not complete ${within}. See what keeps the receiver, or allow it more time.`,
      }
    default:
      return assertNever(phase)
  }
}

function aborted(exchange: Exchange, why: 'cancelled' | 'interrupted'): Outcome {
  const left = exchange.requestHead.length > 0
  if (why === 'cancelled') {
    return {
      code: why,
      reason: left
        ? 'Cancelled while the request was on its way, so it is not known whether it arrived.'
        : 'Cancelled before anything was sent.',
    }
  }
  return left ? CUT_OFF : { code: why, reason: 'Hookstage ended before anything was sent.' }
}

/** Something was sent, and nobody waited for the answer. */
export const CUT_OFF: Outcome = {
  code: 'interrupted',
  reason:
    'Hookstage ended while this request was on its way, so it is not known whether it arrived.',
}

function tooLarge({ responseHead, responseBodyBytes }: Exchange): string {
  const limit = `${MAX_RESPONSE_BODY_BYTES / 1024 / 1024} MiB`
  const announced = headerValue(readHead(responseHead), 'content-length')
  const size = announced
    ? `${Number(announced).toLocaleString('en')} bytes long`
    : `longer than ${responseBodyBytes.toLocaleString('en')} bytes`
  return `The answer is ${size}; Hookstage stopped reading and kept the first ${limit}. A receiver should answer with a few bytes.`
}

function seconds(ms: number): string {
  return ms % 1000 === 0 ? `${ms / 1000} s` : `${ms} ms`
}

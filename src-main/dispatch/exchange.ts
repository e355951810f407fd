/**
 * What one HTTP exchange leaves behind: how it ended, when each phase was over, and the exact bytes
 * of both directions. Facts only; `outcome.ts` says what they mean.
 */
import { type AttemptMarks, NO_MARKS, type TlsInfo } from '#contract'

/** Why an exchange is over. */
export type Ending =
  | { readonly kind: 'answered' }
  | { readonly kind: 'error'; readonly error: unknown }
  | { readonly kind: 'deadline' }
  | { readonly kind: 'aborted'; readonly why: AbortReason }
  | { readonly kind: 'head_too_large' }
  | { readonly kind: 'body_too_large' }

export type AbortReason = 'cancelled' | 'interrupted'

export interface Exchange {
  readonly ending: Ending
  /** Of the final answer's status line; null while only interim ones or none came. */
  readonly httpStatus: number | null
  readonly httpVersion: string | null
  readonly marks: AttemptMarks
  readonly reusedConnection: boolean
  /** `127.0.0.1:8080`, `[::1]:8080` */
  readonly remoteAddress: string | null
  readonly proxy: string | null
  readonly tls: TlsInfo | null
  readonly requestHead: Uint8Array
  readonly requestBody: Uint8Array
  /** Interim heads and the final one, as received; all there was when it never became a head. */
  readonly responseHead: Uint8Array
  readonly responseBody: Uint8Array
  readonly responseBodyBytes: number
}

/** How much of an answer's body is kept; one that is longer is not read to its end. */
export const MAX_RESPONSE_BODY_BYTES = 25 * 1024 * 1024
/** How long an answer's head may be, interim heads included. */
export const MAX_RESPONSE_HEAD_BYTES = 256 * 1024

const EMPTY = new Uint8Array(0)

/** An attempt that was ended before its connection was asked for, or of which nothing is known. */
export function unsentExchange(why: AbortReason): Exchange {
  return emptyExchange({ kind: 'aborted', why })
}

/** An attempt whose connection could not even be asked for. */
export function failedExchange(error: unknown): Exchange {
  return emptyExchange({ kind: 'error', error })
}

function emptyExchange(ending: Ending): Exchange {
  return {
    ending,
    httpStatus: null,
    httpVersion: null,
    marks: NO_MARKS,
    reusedConnection: false,
    remoteAddress: null,
    proxy: null,
    tls: null,
    requestHead: EMPTY,
    requestBody: EMPTY,
    responseHead: EMPTY,
    responseBody: EMPTY,
    responseBodyBytes: 0,
  }
}

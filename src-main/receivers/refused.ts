/** What is said of bytes that are no whole request: to their sender, and beside their capture. */

export interface Refusal {
  /** The status line's end: `400 Bad Request`. */
  readonly status: string
  /** For the capture. */
  readonly problem: string
}

/** @param error as `clientError` of `node:http` hands it over */
export function refusalOf(error: Error & { code?: string; reason?: string }): Refusal {
  const { code = '', reason = '' } = error
  switch (code) {
    case 'HPE_HEADER_OVERFLOW':
      return {
        status: '431 Request Header Fields Too Large',
        problem: 'Its head is longer than 256 KB, so it was not read further.',
      }
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return {
        status: '408 Request Timeout',
        problem: 'It was not complete in time, so it was not waited for any longer.',
      }
    case 'HPE_INVALID_EOF_STATE':
    case 'ECONNRESET':
      return { status: '400 Bad Request', problem: CUT_OFF }
    default:
      return {
        status: '400 Bad Request',
        problem: `It is not HTTP as RFC 9112 has it: ${reason || error.message}.`,
      }
  }
}

export const CUT_OFF = 'The connection was closed before all of it was there.'

/** A whole answer, which closes the connection. */
export function refusalAnswer({ status, problem }: Refusal): string {
  const body = `${problem}\n`
  return [
    `HTTP/1.1 ${status}`,
    'Content-Type: text/plain; charset=utf-8',
    'X-Content-Type-Options: nosniff',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
    '',
    body,
  ].join('\r\n')
}

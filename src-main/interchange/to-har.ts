/**
 * Recorded exchanges as HAR 1.2. A request body is `text` or, where its bytes are no text, our own
 * `_base64` beside an empty text; never `params`. What did not happen is -1, as the format has it.
 */
import type { AttemptMarks } from '#contract'
import { decodeContent, headerValue, readHead, searchParams, sentValue } from '../encode/index.ts'

export interface RecordedExchange {
  /** `https://example.com:8443`; empty where it is not known. */
  readonly origin: string
  readonly head: Uint8Array
  readonly body: Uint8Array
  readonly startedAtMs: number
  readonly marks: AttemptMarks | null
  readonly remoteAddress: string | null
  readonly answer: { readonly head: Uint8Array; readonly body: Uint8Array } | null
  /** Of the user's; may be empty. */
  readonly note: string
}

/** What a file begins with; entries follow, set apart by commas, then `harEnd`. */
export function harStart(version: string): string {
  const creator = JSON.stringify({ name: 'Hookstage', version })
  return `{"log":{"version":"1.2","creator":${creator},"entries":[`
}

export const harEnd = ']}}\n'

export function harEntry(exchange: RecordedExchange): string {
  const { startedAtMs, marks, remoteAddress, note } = exchange
  const timings = timingsOf(marks)
  const time = [
    timings.blocked,
    timings.dns,
    timings.connect,
    timings.send,
    timings.wait,
    timings.receive,
  ]
    .filter((ms) => ms > 0)
    .reduce((sum, ms) => sum + ms, 0)
  const address = /^\[?([^\]]*?)\]?(?::\d+)?$/.exec(remoteAddress ?? '')?.[1]
  return JSON.stringify({
    startedDateTime: new Date(startedAtMs).toISOString(),
    time,
    request: requestOf(exchange),
    response: responseOf(exchange.answer),
    cache: {},
    timings,
    ...(address ? { serverIPAddress: address } : {}),
    ...(note === '' ? {} : { comment: note }),
  })
}

function requestOf({ origin, head, body }: RecordedExchange) {
  const read = readHead(head)
  const [method = '', target = '', version = 'HTTP/1.1'] = read.startLine.split(' ')
  const path = target.startsWith('/') ? target : `/${target}`
  const url = /^https?:\/\//i.test(target) ? target : origin + path
  const text = utf8(body)
  const mimeType = headerValue(read, 'content-type') ?? ''
  return {
    method,
    url,
    httpVersion: version,
    cookies: cookiesOf(read.headers),
    headers: pairs(read.headers),
    queryString: [...searchParams(/\?(.*)$/s.exec(target)?.[1] ?? '')].map(([name, value]) => ({
      name,
      value,
    })),
    ...(body.length === 0
      ? {}
      : {
          postData:
            text === null
              ? {
                  mimeType,
                  text: '',
                  _base64: Buffer.from(body).toString('base64'),
                  comment: NO_TEXT,
                }
              : { mimeType, text },
        }),
    headersSize: head.length,
    bodySize: body.length,
  }
}

const NO_TEXT = 'The body is no UTF-8 text: its bytes are in _base64.'

function responseOf(answer: RecordedExchange['answer']) {
  if (!answer || answer.head.length === 0) return NO_RESPONSE
  const { head, body } = answer
  const read = readHead(head)
  const [, version = 'HTTP/1.1', status = '0', reason = ''] =
    /^(\S+) (\d+) ?(.*)$/.exec(read.startLine) ?? []
  const plain = decodeContent(body, read.headers).bytes ?? body
  const text = utf8(plain)
  return {
    status: Number(status),
    statusText: reason,
    httpVersion: version,
    cookies: [],
    headers: pairs(read.headers),
    content: {
      size: plain.length,
      mimeType: headerValue(read, 'content-type') ?? '',
      ...(text === null
        ? { text: Buffer.from(plain).toString('base64'), encoding: 'base64' }
        : { text }),
    },
    redirectURL: headerValue(read, 'location') ?? '',
    headersSize: head.length,
    bodySize: body.length,
  }
}

const NO_RESPONSE = {
  status: 0,
  statusText: '',
  httpVersion: '',
  cookies: [],
  headers: [],
  content: { size: 0, mimeType: '' },
  redirectURL: '',
  headersSize: -1,
  bodySize: -1,
  comment: 'There was no answer.',
}

type Headers = readonly (readonly [name: string, value: string])[]

function pairs(headers: Headers) {
  return headers.map(([name, value]) => ({ name, value: value.replace(/\r?\n[ \t]+/g, ' ') }))
}

function cookiesOf(headers: Headers) {
  return headers
    .filter(([name]) => name.toLowerCase() === 'cookie')
    .flatMap(([, value]) => value.split(';'))
    .map((cookie) => sentValue(cookie))
    .filter((cookie) => cookie !== '')
    .map((cookie) => {
      const [, name = cookie, value = ''] = /^([^=]*)=(.*)$/s.exec(cookie) ?? []
      return { name, value }
    })
}

/** Milliseconds each; -1 where a phase did not take place or is not known, but for the three that must be. */
function timingsOf(marks: AttemptMarks | null) {
  const between = (
    from: number | null | undefined,
    to: number | null | undefined,
    without: number,
  ) =>
    from === null || from === undefined || to === null || to === undefined
      ? without
      : Math.max(0, to - from)
  const started = marks?.connectMs === null ? null : (marks?.dnsMs ?? 0)
  const connected = marks?.tlsMs ?? marks?.connectMs
  return {
    blocked: -1,
    dns: between(0, marks?.dnsMs, -1),
    connect: between(started, connected, -1),
    ssl: between(marks?.connectMs, marks?.tlsMs, -1),
    send: between(marks?.firstByteOutMs, marks?.lastByteOutMs, 0),
    wait: between(marks?.lastByteOutMs, marks?.firstByteInMs, 0),
    receive: between(marks?.firstByteInMs, marks?.lastByteInMs, 0),
  }
}

function utf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return null
  }
}

/**
 * The HTTP server behind the receivers. Rules, one test each:
 * - 127.0.0.1 only; answers are `text/plain` with `nosniff`; no `Host` needed; the parser is strict.
 * - A head is kept byte for byte, cookies blotted out; a body as it came, without chunk framing.
 * - Heads up to 256 KB; bodies up to 25 MiB, then 413, the rest thrown away.
 */
import {
  createServer,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type Server,
  type ServerResponse,
} from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import type { AnswerStep } from '#contract'
import { perform } from './perform.ts'
import { type BodyFraming, createRawHeads, type RawHeads } from './raw-heads.ts'
import { redactCookies } from './redact-cookies.ts'

export interface ReceivedMessage {
  readonly head: Buffer
  readonly body: Buffer
  readonly bodyBytes: number
}

export interface TextAnswer {
  readonly status: number
  readonly contentType: string
  readonly body: string
}

/** A text, or what an answer script does when the request is in. */
export type Answer = TextAnswer | { readonly next: () => AnswerStep }

export interface Listener {
  readonly port: number
  /** Ends every connection. */
  close(): Promise<void>
}

const MAX_HEAD_BYTES = 256 * 1024
const MAX_HEADERS = 16_000
const MAX_BODY_BYTES = 25 * 1024 * 1024
/** How much of a body that is too long is still read, so that its sender gets to see the answer. */
const MAX_DISCARDED_BYTES = 64 * 1024 * 1024
/** Longer than a sender keeps an idle connection, so that it is not closed under its hands. */
const KEEP_ALIVE_MS = 30_000

const TOO_LARGE: TextAnswer = {
  status: 413,
  contentType: 'text/plain; charset=utf-8',
  body: 'This body is too large: the receiver takes up to 25 MiB.\n',
}

/**
 * @param port 0: any free one
 * @param respond decides from the path, without the query; `onReceived` only hears of what it keeps
 * @throws the system's error when the port cannot be had
 */
export async function listen(
  port: number,
  handlers: {
    respond(path: string): { readonly answer: Answer; readonly keep: boolean }
    onReceived(message: ReceivedMessage): void
    onError(error: unknown): void
  },
): Promise<Listener> {
  const heads = new WeakMap<Socket, RawHeads>()
  const server = createServer({
    maxHeaderSize: MAX_HEAD_BYTES,
    requireHostHeader: false,
    insecureHTTPParser: false,
    keepAliveTimeout: KEEP_ALIVE_MS,
  })
  server.maxHeadersCount = MAX_HEADERS
  server.on('connection', (socket) => {
    const raw = createRawHeads()
    heads.set(socket, raw)
    socket.prependListener('data', (chunk: Buffer) => raw.feed(chunk))
  })
  server.on('request', (request, response) => {
    const head = heads.get(request.socket)?.take(framingOf(request))
    if (!head) return
    const { answer, keep } = handlers.respond(pathOf(request))
    collectBody(request, response, (body, bodyBytes) => {
      if (keep) handlers.onReceived({ head: redactCookies(head), body, bodyBytes })
      return answer
    })
  })
  await bind(server, port)
  server.on('error', (error) => handlers.onError(error))
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function bind(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject)
      resolve()
    })
  })
}

/** @param onBody called once, when the body is complete or too long */
function collectBody(
  request: IncomingMessage,
  response: ServerResponse,
  onBody: (body: Buffer, bodyBytes: number) => Answer,
): void {
  const chunks: Buffer[] = []
  let bodyBytes = 0
  request.on('data', (chunk: Buffer) => {
    const before = bodyBytes
    bodyBytes += chunk.length
    if (bodyBytes <= MAX_BODY_BYTES) {
      chunks.push(chunk)
    } else if (before <= MAX_BODY_BYTES) {
      chunks.push(chunk.subarray(0, MAX_BODY_BYTES - before))
      onBody(Buffer.concat(chunks), announcedBytes(request) ?? bodyBytes)
      chunks.length = 0
      beginAnswer(response, TOO_LARGE)
    } else if (bodyBytes > MAX_BODY_BYTES + MAX_DISCARDED_BYTES) {
      response.destroy()
    }
  })
  request.on('end', () => {
    if (bodyBytes > MAX_BODY_BYTES) {
      response.end()
      return
    }
    const [only] = chunks
    const body = chunks.length === 1 && only ? only : Buffer.concat(chunks)
    const answer = onBody(body, bodyBytes)
    if ('next' in answer) return perform(answer.next(), response)
    response.writeHead(answer.status, answerHeaders(answer)).end(answer.body)
  })
}

/** All of the answer, but the connection stays open until its sender has stopped talking. */
function beginAnswer(response: ServerResponse, answer: TextAnswer): void {
  response.writeHead(answer.status, { ...answerHeaders(answer), connection: 'close' })
  response.write(answer.body)
}

function answerHeaders({ contentType, body }: TextAnswer): OutgoingHttpHeaders {
  return {
    'content-type': contentType,
    'x-content-type-options': 'nosniff',
    'content-length': Buffer.byteLength(body),
  }
}

function framingOf(request: IncomingMessage): BodyFraming {
  // The parser refuses a request that has both.
  if (request.headers['transfer-encoding'] !== undefined) return { kind: 'chunked' }
  return { kind: 'length', bytes: announcedBytes(request) ?? 0 }
}

function announcedBytes(request: IncomingMessage): number | null {
  const length = request.headers['content-length']
  return length === undefined ? null : Number(length)
}

function pathOf({ url = '/' }: IncomingMessage): string {
  const end = url.indexOf('?')
  return end === -1 ? url : url.slice(0, end)
}

/**
 * The HTTP server behind the receivers. Rules, one test each:
 * - 127.0.0.1 only; answers are `text/plain` with `nosniff`; no `Host` needed; the parser is strict.
 * - A head is kept byte for byte, cookies blotted out; a body as it came, without chunk framing.
 * - What the parser refuses, and what breaks off, is handed on as far as it came, with the reason
 *   and what its sender is told; also what came behind the body that was announced.
 * - Heads up to 256 KB; bodies up to 25 MiB, then 413, the rest thrown away.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import type { AnswerStep } from '#contract'
import { withoutOrigin } from '../encode/index.ts'
import { type AnswerTap, tapAnswers } from './answer-tap.ts'
import { perform } from './perform.ts'
import { type BodyFraming, createRawHeads, type RawHeads, withoutLineEnds } from './raw-heads.ts'
import { redactCookies } from './redact-cookies.ts'
import { type Refusal, refusalAnswer, refusalOf } from './refused.ts'
import { type Collecting, collectBody } from './request-body.ts'

export interface ReceivedMessage {
  readonly head: Buffer
  readonly body: Buffer
  readonly bodyBytes: number
  readonly isChunked: boolean
  /** Why it is no whole request, in words; null when it is one. */
  readonly problem: string | null
}

export interface TextAnswer {
  readonly status: number
  readonly contentType: string
  readonly body: string
}

/** Another server's answer: its headers in order, its body as it came. */
export interface RawAnswer {
  readonly status: number
  /** What stands behind the status; else as it is called. */
  readonly reason?: string
  /** What Content-Length says where no body goes with it; null: there is none. Else it is counted. */
  readonly announced?: string | null
  /** Names and values in turn. */
  readonly headers: readonly string[]
  readonly raw: Buffer
}

/** A text, what another server said, or what an answer script does when its turn has come. */
export type Answer = TextAnswer | RawAnswer | { readonly next: () => AnswerStep }

/** A request that somebody takes. */
export interface Reception {
  /** What to answer, once the request is recorded. Of what is no whole request it is not asked. */
  answer(): Promise<Answer>
  /** Called once, with what went out; nothing when nothing did. */
  answered(wire: Buffer): void
}

export interface ListenerHandlers {
  /** Null: nobody is at this path. */
  receive(path: string, message: ReceivedMessage): Reception | null
  /** Of paths where nobody is. */
  readonly notFound: () => TextAnswer
  onError(error: unknown): void
}

export interface Listener {
  readonly port: number
  /** Ends every connection. */
  close(): Promise<void>
}

const MAX_HEAD_BYTES = 256 * 1024
const MAX_HEADERS = 16_000
/** Longer than a sender keeps an idle connection, so that it is not closed under its hands. */
const KEEP_ALIVE_MS = 30_000

const TOO_LARGE: TextAnswer = {
  status: 413,
  contentType: 'text/plain; charset=utf-8',
  body: 'This body is too large: the receiver takes up to 25 MiB.\n',
}
const NO_TUNNEL: Refusal = {
  status: '405 Method Not Allowed',
  problem: 'CONNECT asks for a tunnel, which a receiver does not make.',
}

const NOT_CUT_OFF = { problem: null, answer: null }

interface Connection {
  readonly heads: RawHeads
  readonly tap: AnswerTap
  /** Ends the request whose body is being read. */
  cutOff: Collecting['cutOff'] | null
}

/**
 * @param port 0: any free one
 * @throws the system's error when the port cannot be had
 */
export async function listen(port: number, handlers: ListenerHandlers): Promise<Listener> {
  const connections = new WeakMap<object, Connection>()
  const server = createServer({
    maxHeaderSize: MAX_HEAD_BYTES,
    requireHostHeader: false,
    insecureHTTPParser: false,
    keepAliveTimeout: KEEP_ALIVE_MS,
  })
  server.maxHeadersCount = MAX_HEADERS
  server.on('connection', (socket) => {
    const heads = createRawHeads()
    connections.set(socket, { heads, tap: tapAnswers(socket), cutOff: null })
    socket.prependListener('data', (chunk: Buffer) => heads.feed(chunk))
  })
  const onRequest = (request: IncomingMessage, response: ServerResponse) => {
    const connection = connections.get(request.socket)
    if (connection) takeRequest(connection, request, response, handlers)
  }
  server.on('request', onRequest)
  server.on('checkExpectation', onRequest)
  server.on('connect', (request, socket) => {
    const connection = connections.get(socket)
    const heads = connection?.heads
    const head = heads?.take({ kind: 'length', bytes: 0 })
    const answer = Buffer.from(refusalAnswer(NO_TUNNEL))
    if (heads && head) {
      const bytes = Buffer.concat([head, heads.rest()])
      refuse(bytes, request.url ?? '', { ...NO_TUNNEL, answer }, handlers)
    }
    socket.end(answer)
  })
  server.on('clientError', (error, socket) => {
    const connection = connections.get(socket)
    if (connection) takeFault(connection, error, socket as Socket, handlers)
    else socket.destroy()
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

function takeRequest(
  connection: Connection,
  request: IncomingMessage,
  response: ServerResponse,
  handlers: ListenerHandlers,
): void {
  const framing = framingOf(request)
  const head = redactCookies(connection.heads.take(framing))
  const path = pathOf(request.url ?? '/')
  const collecting = collectBody(request, response, {
    onEnd: ({ body, bodyBytes, ending }) => {
      connection.cutOff = null
      const { problem, answer } = typeof ending === 'object' ? ending : NOT_CUT_OFF
      const isChunked = framing.kind === 'chunked'
      const reception = handlers.receive(path, { head, body, bodyBytes, isChunked, problem })
      if (answer) reception?.answered(answer)
      else if (reception) whenAnswered(response, () => reception.answered(connection.tap.take()))
      else whenAnswered(response, () => void connection.tap.take())
      if (ending === 'too_large') beginAnswer(response, TOO_LARGE)
      else if (ending === 'whole') void giveAnswer(response, reception, handlers)
    },
  })
  connection.cutOff = collecting.cutOff
}

async function giveAnswer(
  response: ServerResponse,
  reception: Reception | null,
  { notFound, onError }: ListenerHandlers,
): Promise<void> {
  try {
    const answer = reception ? await reception.answer() : notFound()
    if (response.destroyed) return
    if ('next' in answer) perform(answer.next(), response)
    else if ('raw' in answer) passOn(answer, response)
    else response.writeHead(answer.status, answerHeaders(answer)).end(answer.body)
  } catch (error) {
    onError(error)
    response.destroy()
  }
}

function passOn(answer: RawAnswer, response: ServerResponse): void {
  const { status, reason, headers, raw, announced } = answer
  const isBare = status === 204 || status === 304
  const counted = isBare ? null : String(raw.length)
  const length = announced === undefined ? counted : announced
  const all = length === null ? [...headers] : [...headers, 'Content-Length', length]
  if (reason === undefined) response.writeHead(status, all)
  else response.writeHead(status, reason, all)
  response.end(isBare || response.req.method === 'HEAD' ? undefined : raw)
}

/** Before Node gives the connection to the next answer, when this one is out or its sender is gone. */
function whenAnswered(response: ServerResponse, then: () => void): void {
  let isOver = false
  const end = () => {
    if (!isOver) then()
    isOver = true
  }
  if (response.destroyed) {
    end()
    return
  }
  response.prependListener('finish', end)
  response.prependListener('close', end)
}

/** All of the answer, but the connection stays open until its sender has stopped talking. */
function beginAnswer(response: ServerResponse, answer: TextAnswer): void {
  response.writeHead(answer.status, { ...answerHeaders(answer), connection: 'close' })
  response.write(answer.body)
}

function answerHeaders({ contentType, body }: TextAnswer) {
  return {
    'content-type': contentType,
    'x-content-type-options': 'nosniff',
    'content-length': Buffer.byteLength(body),
  }
}

/** Of a request behind another one in the same packet: it is not that one's body. */
const REQUEST_LINE = /^[!-~]+ [!-~]+ HTTP\/\d/

/** The parser met something that is not HTTP, or the connection broke off. */
function takeFault(
  connection: Connection,
  error: Error,
  socket: Socket,
  handlers: ListenerHandlers,
): void {
  const refusal = refusalOf(error)
  const answer = socket.writable ? Buffer.from(refusalAnswer(refusal)) : null
  const rest = connection.heads.rest()
  const bytes = withoutLineEnds(rest)
  if (connection.cutOff && !REQUEST_LINE.test(bytes.toString('latin1', 0, 8192)))
    connection.cutOff(refusal.problem, redactCookies(rest), answer)
  else if (bytes.length > 0) refuse(bytes, targetOf(bytes), { ...refusal, answer }, handlers)
  if (answer) socket.end(answer)
  else socket.destroy()
}

function refuse(
  bytes: Buffer,
  target: string,
  { problem, answer }: Pick<Refusal, 'problem'> & { readonly answer: Buffer | null },
  handlers: Pick<ListenerHandlers, 'receive'>,
): void {
  const end = endOfHead(bytes)
  // Behind it may be the next request.
  const kept = redactCookies(bytes)
  const head = kept.subarray(0, end)
  const body = kept.subarray(end)
  const reception = handlers.receive(pathOf(target), {
    head,
    body,
    bodyBytes: body.length,
    isChunked: false,
    problem,
  })
  if (answer) reception?.answered(answer)
}

function endOfHead(bytes: Buffer): number {
  const at = bytes.indexOf('\r\n\r\n', 0, 'latin1')
  return at === -1 ? bytes.length : at + 4
}

/** Of bytes that may be no request: the second word of their first line. */
function targetOf(bytes: Buffer): string {
  const [line = ''] = bytes.toString('latin1', 0, 8192).split(/\r?\n/, 1)
  return line.split(' ')[1] ?? ''
}

function framingOf(request: IncomingMessage): BodyFraming {
  // The parser refuses a request that has both.
  if (request.headers['transfer-encoding'] !== undefined) return { kind: 'chunked' }
  return { kind: 'length', bytes: Number(request.headers['content-length'] ?? 0) }
}

/** Also of a target in absolute form (RFC 9112, 3.2.2). */
function pathOf(target: string): string {
  const path = withoutOrigin(target)
  const end = path.search(/[?#]/)
  return end === -1 ? path : path.slice(0, end)
}

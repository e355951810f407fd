/**
 * The browser host's server: the page, the exchange of codes, and the calls over one WebSocket. It
 * listens on 127.0.0.1 alone, and every request passes the guard before it is looked at.
 */
import { randomBytes, timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { RPCHandler } from '@orpc/server/ws'
import { type WebSocket, WebSocketServer } from 'ws'
import { z } from 'zod'
import { MAX_MESSAGE_BYTES } from '#contract'
import type { AppRouter } from '../rpc/router.ts'
import {
  bearerOf,
  GUARD_HEADERS,
  guard,
  LINK_PATH,
  PROOF_PATH,
  RPC_PATH,
  SESSION_PATH,
} from './loopback-guard.ts'
import type { SessionTokens } from './session-tokens.ts'
import type { StaticFiles } from './static-files.ts'

export interface LoopbackServer {
  readonly port: number
  /** What a second start shows to get a link of its own. */
  readonly ownerToken: string
  /** An address that opens the page once. */
  newLink(): string
  close(): Promise<void>
}

const MAX_HEADER_BYTES = 16 * 1024
const MAX_BODY_BYTES = 4 * 1024
const MAX_CONNECTIONS = 64
const HEARTBEAT_MS = 20_000
const codeSchema = z.object({ code: z.string().max(100) })
const challengeSchema = z.object({ id: z.string().max(100), nonce: z.string().min(32).max(100) })
const JSON_HEADERS = { 'content-type': 'application/json', 'cache-control': 'no-store' }

/** @throws Error with code `EADDRINUSE` when the port is taken */
export async function startLoopbackServer(deps: {
  /** 0: any free one. */
  port: number
  router: AppRouter
  files: StaticFiles
  tokens: SessionTokens
  onError: (error: unknown) => void
}): Promise<LoopbackServer> {
  const { files, tokens, onError } = deps
  const server = createServer({
    maxHeaderSize: MAX_HEADER_BYTES,
    headersTimeout: 10_000,
    requestTimeout: 30_000,
  })
  server.maxConnections = MAX_CONNECTIONS
  await listen(server, deps.port)
  const { port } = server.address() as AddressInfo
  const ownerToken = randomBytes(32).toString('base64url')
  const options = { port, isSession: tokens.isSession, isPage: files.has }
  const newLink = () => `http://127.0.0.1:${port}/#code=${tokens.newCode()}`
  const connect = [`ws://127.0.0.1:${port}`, `ws://localhost:${port}`]

  const judge = (request: IncomingMessage, isUpgrade: boolean) =>
    guard(
      {
        method: request.method ?? '',
        target: request.url ?? '',
        rawHeaders: request.rawHeaders,
        isUpgrade,
      },
      options,
    )

  async function exchangeCode(request: IncomingMessage, response: ServerResponse) {
    const given = codeSchema.safeParse(await readJson(request)).data
    const token = given ? tokens.exchange(given.code) : null
    if (token === null) return answer(response, 401, 'This link was used already, or is too old.')
    send(response, 200, JSON_HEADERS, JSON.stringify({ token }))
  }

  async function prove(request: IncomingMessage, response: ServerResponse) {
    const given = challengeSchema.safeParse(await readJson(request)).data
    // The guard has made sure that the origin is there and is our own.
    const text = `${request.headers.origin ?? ''}\n${given?.nonce ?? ''}`
    const proof = given ? tokens.prove(given.id, text) : null
    if (proof === null) return answer(response, 404, 'No page is known by this.')
    send(response, 200, JSON_HEADERS, JSON.stringify({ proof }))
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const verdict = judge(request, false)
    if (!verdict.allowed) return answer(response, verdict.status, verdict.message)
    const { path } = verdict
    if (request.method === 'POST' && path === SESSION_PATH) return exchangeCode(request, response)
    if (request.method === 'POST' && path === PROOF_PATH) return prove(request, response)
    if (request.method === 'POST' && path === LINK_PATH) {
      if (!isSame(bearerOf(request) ?? '', ownerToken))
        return answer(response, 401, 'Not the owner.')
      return send(response, 200, JSON_HEADERS, JSON.stringify({ url: newLink() }))
    }
    const file = request.method === 'POST' ? null : files.get(path, connect)
    if (!file) return answer(response, 404, 'There is nothing here.')
    send(response, 200, file.headers, request.method === 'HEAD' ? '' : file.body)
  }

  server.on('request', (request, response) => {
    serve(request, response).catch((error: unknown) => {
      onError(error)
      response.destroy()
    })
  })
  const sockets = acceptSockets(server, deps.router, judge)
  return {
    port,
    ownerToken,
    newLink,
    close: async () => {
      sockets.close()
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      await closed
    },
  }
}

function acceptSockets(
  server: Server,
  router: AppRouter,
  judge: (request: IncomingMessage, isUpgrade: boolean) => ReturnType<typeof guard>,
): { close(): void } {
  const handler = new RPCHandler(router)
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_MESSAGE_BYTES,
    handleProtocols: (protocols) => protocols.has('hookstage') && 'hookstage',
  })
  const alive = new WeakSet<WebSocket>()
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy())
    const verdict = judge(request, true)
    if (!verdict.allowed) return refuseUpgrade(socket, verdict.status, verdict.message)
    if (verdict.path !== RPC_PATH) return refuseUpgrade(socket, 404, 'There is nothing here.')
    sockets.handleUpgrade(request, socket, head, (websocket) => {
      alive.add(websocket)
      websocket.on('pong', () => alive.add(websocket))
      websocket.on('error', () => websocket.terminate())
      void handler.upgrade(paced(websocket))
    })
  })
  const heartbeat = setInterval(() => {
    for (const websocket of sockets.clients) {
      if (!alive.delete(websocket)) websocket.terminate()
      else websocket.ping()
    }
  }, HEARTBEAT_MS)
  return {
    close: () => {
      clearInterval(heartbeat)
      for (const websocket of sockets.clients) websocket.terminate()
      sockets.close()
    },
  }
}

/** A socket whose `send` resolves when the bytes are out: oRPC awaits it, so a stream waits for a slow page. */
function paced(websocket: WebSocket) {
  return {
    addEventListener: websocket.addEventListener.bind(websocket),
    send: (data: string | Uint8Array) =>
      new Promise<void>((sent) => websocket.send(data, () => sent())),
  }
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject)
      resolve()
    })
  })
}

function answer(response: ServerResponse, status: number, message: string): void {
  send(
    response,
    status,
    { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' },
    `${message}\n`,
  )
}

function send(
  response: ServerResponse,
  status: number,
  headers: Readonly<Record<string, string>>,
  body: string | Buffer,
): void {
  response.writeHead(status, { ...GUARD_HEADERS, ...headers })
  response.end(body)
}

function refuseUpgrade(socket: Duplex, status: number, message: string): void {
  const head = Object.entries(GUARD_HEADERS).map(([name, value]) => `${name}: ${value}`)
  socket.end(
    [`HTTP/1.1 ${status} Refused`, 'connection: close', ...head, '', `${message}\n`].join('\r\n'),
  )
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > MAX_BODY_BYTES) return null
    chunks.push(chunk)
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'))
  } catch {
    return null
  }
}

function isSame(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)]
  return left.length === right.length && timingSafeEqual(left, right)
}

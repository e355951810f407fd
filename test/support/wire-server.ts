/**
 * A server below HTTP: records every byte of every connection and answers with whatever bytes a test
 * tells it to, at whatever moment. It knows just enough HTTP to see where a request ends.
 */
import { createServer, type Server, type Socket } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import { onTestFinished } from 'vitest'
import type { TestCertificate } from './test-certificate.ts'

export interface WireConnection {
  readonly number: number
  readonly socket: Socket
  /** Everything it received, so far. */
  received(): Buffer
  send(bytes: string | Buffer): void
  /** Sends so many bytes a tick of the clock until it is closed or there are no more. */
  drip(bytes: string | Buffer, perTick: number): void
  /** Sends for as long as somebody reads. */
  flood(chunk: Buffer): void
  /** RST, not FIN. */
  reset(): void
  /** FIN after what was sent. */
  end(): void
  readonly closed: Promise<void>
}

interface WireRequestSeen {
  readonly connection: WireConnection
  readonly bytes: Buffer
  readonly head: Buffer
  readonly body: Buffer
}

export interface WireServer {
  readonly port: number
  /** `http://127.0.0.1:port` */
  readonly origin: string
  readonly connections: readonly WireConnection[]
  readonly requests: readonly WireRequestSeen[]
  /** Resolves when so many requests have come in, whole. */
  requestsSeen(count: number): Promise<void>
  /** Resolves when so many connections were made. */
  connectionsSeen(count: number): Promise<void>
  close(): Promise<void>
}

export interface WireScript {
  /** Called for each request that came in whole; `index` counts over all connections. */
  onRequest?(connection: WireConnection, request: WireRequestSeen, index: number): void
  onConnect?(connection: WireConnection): void
  tls?: TestCertificate
}

/** A server on a free port that is closed after the test. */
export async function startWireServer(script: WireScript): Promise<WireServer> {
  const connections: WireConnection[] = []
  const requests: WireRequestSeen[] = []
  const watchers = new Set<() => void>()
  const notify = () => {
    for (const watcher of watchers) watcher()
  }

  const onSocket = (socket: Socket) => {
    const connection = createConnection(socket, connections.length, (request) => {
      requests.push(request)
      script.onRequest?.(connection, request, requests.length - 1)
      notify()
    })
    connections.push(connection)
    script.onConnect?.(connection)
    notify()
  }
  const server = script.tls
    ? createTlsServer({ key: script.tls.keyPem, cert: script.tls.certPem }, onSocket)
    : createServer(onSocket)
  // A client that does not trust the certificate ends the handshake.
  server.on('tlsClientError', () => {})
  const port = await listening(server)

  const until = (isTrue: () => boolean) =>
    new Promise<void>((resolve) => {
      const watcher = () => {
        if (!isTrue()) return
        watchers.delete(watcher)
        resolve()
      }
      watchers.add(watcher)
      watcher()
    })
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve())
      for (const { socket } of connections) socket.destroy()
    })
  onTestFinished(close)
  return {
    port,
    origin: `${script.tls ? 'https' : 'http'}://127.0.0.1:${port}`,
    connections,
    requests,
    requestsSeen: (count) => until(() => requests.length >= count),
    connectionsSeen: (count) => until(() => connections.length >= count),
    close,
  }
}

function listening(server: Server): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      resolve(typeof address === 'object' && address ? address.port : 0)
    })
  })
}

function createConnection(
  socket: Socket,
  number: number,
  onRequest: (request: WireRequestSeen) => void,
): WireConnection {
  const chunks: Buffer[] = []
  let pending: Buffer = Buffer.alloc(0)
  // Whatever breaks a connection here was meant to.
  socket.on('error', () => {})
  const connection: WireConnection = {
    number,
    socket,
    received: () => Buffer.concat(chunks),
    send: (bytes) => {
      socket.write(bytes)
    },
    drip: (bytes, perTick) => {
      const all = Buffer.from(bytes)
      let sent = 0
      const timer = setInterval(() => {
        socket.write(all.subarray(sent, sent + perTick))
        sent += perTick
        if (sent >= all.length) clearInterval(timer)
      }, 5)
      socket.once('close', () => clearInterval(timer))
    },
    flood: (chunk) => {
      const pour = () => {
        while (!socket.destroyed && socket.write(chunk));
      }
      socket.on('drain', pour)
      pour()
    },
    reset: () => {
      socket.resetAndDestroy()
    },
    end: () => {
      socket.end()
    },
    closed: new Promise((resolve) => {
      socket.once('close', () => resolve())
    }),
  }
  socket.on('data', (chunk) => {
    chunks.push(chunk)
    pending = Buffer.concat([pending, chunk])
    for (let end = requestEnd(pending); end !== null; end = requestEnd(pending)) {
      const bytes = pending.subarray(0, end.body)
      pending = pending.subarray(end.body)
      const [head, body] = [bytes.subarray(0, end.head), bytes.subarray(end.head)]
      onRequest({ connection, bytes, head, body })
    }
  })
  return connection
}

function requestEnd(bytes: Buffer): { head: number; body: number } | null {
  const at = bytes.indexOf('\r\n\r\n')
  if (at === -1) return null
  const head = at + 4
  const length = /\r\ncontent-length: (\d+)/i.exec(bytes.toString('latin1', 0, head))?.[1] ?? '0'
  const body = head + Number(length)
  return bytes.length >= body ? { head, body } : null
}

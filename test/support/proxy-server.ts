/** A small HTTP proxy that knows CONNECT only, and takes every host for the local one. */
import { createServer } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'

export interface ProxyServer {
  readonly port: number
  /** What was asked of it: `CONNECT example.com:443`, and its credentials. */
  readonly asked: { readonly target: string; readonly authorization: string | undefined }[]
}

/** @param status what it answers; 200 opens the way to 127.0.0.1 at the port that was asked for */
export async function startProxyServer(status = 200): Promise<ProxyServer> {
  const asked: ProxyServer['asked'] = []
  const sockets = new Set<Socket>()
  const server = createServer((_request, response) => {
    response.writeHead(405).end()
  })
  server.on('connect', (request, socket: Socket) => {
    sockets.add(socket)
    const { url = '' } = request
    asked.push({ target: url, authorization: request.headers['proxy-authorization'] })
    if (status !== 200) {
      socket.end(`HTTP/1.1 ${status} No\r\n\r\n`)
      return
    }
    const upstream = connect(Number(url.split(':').at(-1)), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
      upstream.pipe(socket)
      socket.pipe(upstream)
    })
    sockets.add(upstream)
    upstream.on('error', () => socket.destroy())
    socket.on('error', () => upstream.destroy())
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return { port: (server.address() as AddressInfo).port, asked }
}

/** A server of a spec's own, on a free port of this machine. */
import { createServer, type RequestListener, type Server } from 'node:http'
import type { Server as TlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'

export interface LocalServer {
  /** `http://127.0.0.1:PORT` */
  readonly origin: string
  /** Ends every connection. */
  close(): void
}

/** @param server what answers, or how; without it requests are taken and never answered */
export async function startLocal(
  server: RequestListener | Server | TlsServer = () => undefined,
): Promise<LocalServer> {
  const listening = typeof server === 'function' ? createServer(server) : server
  await new Promise<void>((resolve) => {
    listening.listen(0, '127.0.0.1', resolve)
  })
  const { port } = listening.address() as AddressInfo
  const scheme = 'setSecureContext' in listening ? 'https' : 'http'
  return {
    origin: `${scheme}://127.0.0.1:${port}`,
    close: () => {
      listening.close()
      listening.closeAllConnections()
    },
  }
}

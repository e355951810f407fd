/** One connection to the core, over whichever carrier the page's host offers, until it ends. */
import { type ClientContext, type ClientLink, ORPCError } from '@orpc/client'
import { RPCLink as PortLink } from '@orpc/client/message-port'
import { RPCLink as SocketLink } from '@orpc/client/websocket'
import { MAX_MESSAGE_BYTES } from '#contract'

export interface Line {
  readonly link: ClientLink<ClientContext>
  /** Resolves when the connection has ended. */
  readonly ended: Promise<void>
  close(): void
}

/** What Electron's preload offers: it posts a message with a port of the core to this page. */
export interface ElectronDoor {
  connect(): void
}

const PORT_MESSAGE = 'hookstage-port'
const PORT_PATIENCE_MS = 3_000

/** Rejects when the host does not answer or does not take the token. */
export function openSocket(token: string): Promise<Line> {
  const url = `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/rpc`
  const websocket = new WebSocket(url, ['hookstage', `token.${token}`])
  websocket.binaryType = 'arraybuffer'
  const ended = new Promise<void>((resolve) => {
    websocket.addEventListener('close', () => resolve())
  })
  return new Promise((resolve, reject) => {
    websocket.addEventListener('open', () =>
      resolve({
        link: new SocketLink({ websocket: bounded(websocket) }),
        ended,
        close: () => websocket.close(),
      }),
    )
    websocket.addEventListener('close', () => reject(new Error('the socket did not open')))
  })
}

/** Refuses what the host would close the connection for, and with it all other calls. */
function bounded(websocket: WebSocket) {
  return {
    addEventListener: websocket.addEventListener.bind(websocket),
    removeEventListener: websocket.removeEventListener.bind(websocket),
    get readyState() {
      return websocket.readyState
    },
    send: (data: Parameters<WebSocket['send']>[0]) => {
      if (isTooLarge(data)) {
        const message = 'This is too large for Hookstage. Shorten it.'
        throw new ORPCError('invalid', { message, data: { problems: [] } })
      }
      websocket.send(data)
    },
  }
}

function isTooLarge(data: Parameters<WebSocket['send']>[0]): boolean {
  // A character takes three bytes at most.
  if (typeof data === 'string' && data.length * 3 <= MAX_MESSAGE_BYTES) return false
  return new Blob([data]).size > MAX_MESSAGE_BYTES
}

/** Rejects when no port comes. */
export function openPort(door: ElectronDoor): Promise<Line> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      removeEventListener('message', receive)
      reject(new Error('no port came'))
    }, PORT_PATIENCE_MS)
    const receive = (event: MessageEvent<unknown>) => {
      const [port] = event.ports
      if (event.source !== window || event.data !== PORT_MESSAGE || !port) return
      clearTimeout(timer)
      removeEventListener('message', receive)
      port.start()
      let close = () => {}
      const ended = new Promise<void>((end) => {
        port.addEventListener('close', () => end())
        // A port that is closed on this side has no event.
        close = () => {
          port.close()
          end()
        }
      })
      resolve({ link: new PortLink({ port }), ended, close })
    }
    addEventListener('message', receive)
    door.connect()
  })
}

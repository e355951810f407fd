/**
 * Opens a connection by its route: directly as undici would, or through a proxy's tunnel. Whoever
 * listens in gets the socket before a byte of the request can pass it.
 */
import { Socket } from 'node:net'
import { connect as connectTls, getCACertificates } from 'node:tls'
import { buildConnector } from 'undici'
import { checkedLookup, ForbiddenAddress, isForbidden } from './forbidden-address.ts'
import type { Route } from './route.ts'
import { forbiddenProxy, openTunnel, serverName, type Tunnel } from './tunnel.ts'

type Options = buildConnector.Options
type Callback = buildConnector.Callback

/** @returns what to end while a tunnel is being opened */
export function openWay(
  route: Route,
  options: Options,
  callback: Callback,
  onSocket: (socket: Socket) => void,
): Tunnel | null {
  if (isForbidden(options.hostname)) {
    queueMicrotask(() => callback(new ForbiddenAddress(bare(options.hostname)), null))
    return null
  }
  if (route.proxy && isForbidden(route.proxy.host)) {
    const { name, host } = route.proxy
    queueMicrotask(() => callback(forbiddenProxy(name, host), null))
    return null
  }
  const ca = authorities(route)
  const tls = { rejectUnauthorized: !route.ignoresCertificates, ...(ca ? { ca } : {}) }
  if (!route.proxy) {
    // The types leave out that the connector answers the socket that it opens.
    const socket: unknown = buildConnector({ allowH2: false, timeout: 0, lookup: LOOKUP, ...tls })(
      options,
      callback,
    )
    if (!(socket instanceof Socket)) throw new Error('the connector answered no socket')
    onSocket(socket)
    return null
  }
  const isTls = options.protocol === 'https:'
  const port = options.port || (isTls ? '443' : '80')
  return openTunnel(route.proxy, `${options.hostname}:${port}`, ca, (error, socket) => {
    if (!socket) return callback(error ?? new Error('no tunnel'), null)
    if (!isTls) {
      onSocket(socket)
      return callback(null, socket)
    }
    const host = bare(options.hostname)
    const secure = connectTls({
      socket,
      host,
      ...serverName(host),
      ALPNProtocols: ['http/1.1'],
      ...tls,
    })
    onSocket(secure)
    secure.once('secureConnect', () => callback(null, secure))
    secure.once('error', (fault) => callback(fault, null))
  })
}

const LOOKUP = checkedLookup()

/** An IPv6 address without its brackets. */
function bare(hostname: string): string {
  return hostname.replace(/^\[|\]$/g, '')
}

/** Undefined: the well-known ones alone. */
function authorities({ trust }: Route): string[] | undefined {
  return trust.length > 0 ? [...getCACertificates('default'), ...trust] : undefined
}

/**
 * A connection through a proxy: `CONNECT` for http and https alike (RFC 9110, 9.3.6), so that what
 * goes through it afterwards is the request's own bytes and nothing else.
 */
import { connect, isIP, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { certificateFault } from './certificate-fault.ts'
import { checkedLookup, ForbiddenAddress } from './forbidden-address.ts'
import type { HttpProxy } from './route.ts'

/** The proxy could not be reached, or did not open the way; `message` is in the user's words. */
export class ProxyError extends Error {}

export interface Tunnel {
  /** Ends it, open or not. */
  destroy(): void
}

const LOOKUP = checkedLookup()
const MAX_ANSWER_BYTES = 64 * 1024

/**
 * The proxy's own certificate is always checked: it is told the credentials.
 * @param target `example.com:443`
 * @param ca all authorities to trust; undefined: the well-known ones
 */
export function openTunnel(
  proxy: HttpProxy,
  target: string,
  ca: string[] | undefined,
  done: (error: Error | null, socket: Socket | null) => void,
): Tunnel {
  const socket = connectTo(proxy, ca)
  let answer = Buffer.alloc(0)

  function letGo() {
    socket.off('error', onError).off('close', onClose).off('data', onData)
  }

  function destroy() {
    letGo()
    // A late error of a socket that was given up is nobody's business.
    socket.on('error', () => undefined)
    socket.destroy()
  }

  function fail(message: string) {
    destroy()
    done(new ProxyError(message), null)
  }

  const onError = (error: Error) => fail(unreachable(proxy, error))
  const onClose = () => fail(`The proxy ${proxy.name} closed the connection.`)
  const onData = (chunk: Buffer) => {
    answer = Buffer.concat([answer, chunk])
    const end = answer.indexOf('\r\n\r\n', 0, 'latin1')
    if (end === -1) {
      if (answer.length > MAX_ANSWER_BYTES) fail(`${proxy.name} does not answer like a proxy.`)
      return
    }
    const status = /^HTTP\/1\.[01] (\d{3})/.exec(answer.toString('latin1', 0, end))?.[1]
    if (status === undefined) return fail(`${proxy.name} does not answer like a proxy.`)
    if (!status.startsWith('2')) return fail(refusal(proxy, target, status))
    letGo()
    // Nothing may be read before its new owner listens.
    socket.pause()
    const rest = answer.subarray(end + 4)
    if (rest.length > 0) socket.unshift(rest)
    done(null, socket)
  }

  socket.once(proxy.isTls ? 'secureConnect' : 'connect', () => {
    const lines = [
      `CONNECT ${target} HTTP/1.1`,
      `Host: ${target}`,
      ...(proxy.authorization ? [`Proxy-Authorization: ${proxy.authorization}`] : []),
    ]
    socket.write(`${lines.join('\r\n')}\r\n\r\n`, 'latin1')
  })
  socket.on('error', onError).on('close', onClose).on('data', onData)
  return { destroy }
}

/** A server name is a name: an address has none (RFC 6066, 3). */
export function serverName(host: string): { readonly servername?: string } {
  return isIP(host) ? {} : { servername: host }
}

function connectTo({ host, port, isTls }: HttpProxy, ca: string[] | undefined): Socket {
  if (!isTls) return connect({ host, port, lookup: LOOKUP })
  return connectTls({
    host,
    port,
    lookup: LOOKUP,
    ...serverName(host),
    ALPNProtocols: ['http/1.1'],
    ...(ca ? { ca } : {}),
  })
}

export function forbiddenProxy(name: string, address: string): ProxyError {
  return new ProxyError(
    `The proxy ${name} is at ${address}, a link-local or cloud metadata address, which Hookstage does not connect to.`,
  )
}

function unreachable({ name, place }: HttpProxy, error: Error): string {
  const fault = certificateFault(error)
  if (fault) {
    return `The proxy ${name} cannot be trusted: ${fault}. Add its authority in ${place}.`
  }
  if (error instanceof ForbiddenAddress) {
    return forbiddenProxy(name, error.address).message
  }
  const code = 'code' in error ? String(error.code) : error.message
  if (code === 'ECONNREFUSED') return `Nothing listens at the proxy ${name}. Check it in ${place}.`
  if (code === 'ENOTFOUND') return `There is no proxy named ${name}. Check it in ${place}.`
  return `The proxy ${name} cannot be reached (${code}). Check it in ${place}.`
}

function refusal({ name, place }: HttpProxy, target: string, status: string): string {
  if (status === '407') {
    return `The proxy ${name} asks for a user name and password (407). Enter them in ${place}.`
  }
  return `The proxy ${name} answered ${status} and did not open the way to ${target}.`
}

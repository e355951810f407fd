/**
 * A connection through a proxy: `CONNECT` for http and https alike (RFC 9110, 9.3.6), so that what
 * goes through it afterwards is the request's own bytes and nothing else.
 */
import { connect, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import type { HttpProxy } from './route.ts'

/** The proxy could not be reached, or did not open the way; `message` is in the user's words. */
export class ProxyError extends Error {}

export interface Tunnel {
  /** Ends it while it is being opened. */
  destroy(): void
}

const MAX_ANSWER_BYTES = 64 * 1024

/** @param target `example.com:443` */
export function openTunnel(
  proxy: HttpProxy,
  target: string,
  trust: { readonly ca?: string[] },
  done: (error: Error | null, socket: Socket | null) => void,
): Tunnel {
  const { host, port } = proxy
  const socket = proxy.isTls
    ? connectTls({ host, port, servername: host, ALPNProtocols: ['http/1.1'], ...trust })
    : connect({ host, port })
  let answer = Buffer.alloc(0)

  function fail(message: string) {
    socket.destroy()
    finish(new ProxyError(message))
  }

  function finish(error: Error | null) {
    socket.removeAllListeners()
    // A late error of a socket that was given up is nobody's business.
    if (error) socket.on('error', () => undefined)
    done(error, error ? null : socket)
  }

  socket.once(proxy.isTls ? 'secureConnect' : 'connect', () => {
    const lines = [
      `CONNECT ${target} HTTP/1.1`,
      `Host: ${target}`,
      ...(proxy.authorization ? [`Proxy-Authorization: ${proxy.authorization}`] : []),
    ]
    socket.write(`${lines.join('\r\n')}\r\n\r\n`, 'latin1')
  })
  socket.on('error', (error) => fail(unreachable(proxy, error)))
  socket.on('close', () => fail(`The proxy ${proxy.name} closed the connection.`))
  socket.on('data', (chunk: Buffer) => {
    answer = Buffer.concat([answer, chunk])
    const end = answer.indexOf('\r\n\r\n', 0, 'latin1')
    if (end === -1) {
      if (answer.length > MAX_ANSWER_BYTES) fail(`${proxy.name} does not answer like a proxy.`)
      return
    }
    const status = /^HTTP\/1\.[01] (\d{3})/.exec(answer.toString('latin1', 0, end))?.[1]
    if (status === undefined) return fail(`${proxy.name} does not answer like a proxy.`)
    if (!status.startsWith('2')) return fail(refusal(proxy, target, status))
    const rest = answer.subarray(end + 4)
    if (rest.length > 0) socket.unshift(rest)
    finish(null)
  })
  return {
    destroy: () => {
      socket.removeAllListeners()
      socket.on('error', () => undefined)
      socket.destroy()
    },
  }
}

function unreachable({ name }: HttpProxy, error: Error): string {
  const code = 'code' in error ? String(error.code) : error.message
  if (code === 'ECONNREFUSED') return `Nothing listens at the proxy ${name}. Check it in Settings.`
  if (code === 'ENOTFOUND') return `There is no proxy named ${name}. Check it in Settings.`
  return `The proxy ${name} cannot be reached (${code}). Check it in Settings.`
}

function refusal({ name }: HttpProxy, target: string, status: string): string {
  if (status === '407') {
    return `The proxy ${name} asks for a user name and password (407). Enter them in Settings.`
  }
  return `The proxy ${name} answered ${status} and did not open the way to ${target}.`
}

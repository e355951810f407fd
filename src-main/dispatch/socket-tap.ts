/**
 * Listens in on a connection where plain bytes enter and leave it, also under TLS. Rules, each with
 * a test: what is recorded is what is written and read, to the byte; what arrives before an attempt
 * has sent anything is not its answer; `100 Continue`, which was not asked for and which the HTTP
 * client refuses, is recorded but kept from it.
 */
import type { Socket } from 'node:net'
import { TLSSocket } from 'node:tls'
import type { TlsInfo } from '#contract'
import { ownAuthority } from './authorities.ts'
import { certificateFault } from './certificate-fault.ts'
import { type ConnectionFacts, type Recording, recordIn } from './recording.ts'
import type { Route } from './route.ts'

export interface Tap {
  readonly socket: Socket
  readonly facts: ConnectionFacts
}

export interface TapOwner {
  readonly monotonicMs: () => number
  /** The attempt that is under way. */
  current(): Recording | null
  /** The head of its answer has outgrown every limit. */
  onHeadTooLarge(): void
}

/** @param route how the connection was made, for what is recorded of it */
export function tapSocket(socket: Socket, owner: TapOwner, route: Route): Tap {
  const facts: ConnectionFacts = {
    dnsAtMs: null,
    connectedAtMs: null,
    securedAtMs: null,
    remoteAddress: null,
    proxy: route.proxy?.name ?? null,
    tls: null,
    error: null,
    uses: 0,
  }
  watchOpening(socket, facts, owner, route)
  if (route.proxy) {
    // The way to the proxy and through it counts as connecting.
    facts.connectedAtMs = owner.monotonicMs()
    facts.remoteAddress = addressOf(socket)
  }
  tapWrites(socket, facts, owner)
  tapReads(socket, facts, owner)
  return { socket, facts }
}

/** Hears of each event before undici does, which goes on at once. */
function watchOpening(
  socket: Socket,
  facts: ConnectionFacts,
  owner: TapOwner,
  { trust }: Route,
): void {
  socket.once('lookup', () => {
    facts.dnsAtMs = owner.monotonicMs()
  })
  socket.prependOnceListener('connect', () => {
    facts.connectedAtMs = owner.monotonicMs()
    facts.remoteAddress = addressOf(socket)
  })
  const isTls = socket instanceof TLSSocket
  const met: TlsInfo = {
    protocol: null,
    authorized: false,
    fault: null,
    ignored: false,
    fingerprint: null,
    authority: null,
  }
  socket.prependOnceListener('error', (error) => {
    facts.error = error
    const fault = certificateFault(error)
    if (fault && isTls) facts.tls = { ...met, fault }
  })
  if (!isTls) return
  // Before Node has judged the certificate: after a refusal it is no longer to be had.
  socket.prependOnceListener('secure', () => {
    met.protocol = socket.getProtocol()
    met.fingerprint = socket.getPeerCertificate().fingerprint256 ?? null
  })
  socket.prependOnceListener('secureConnect', () => {
    facts.securedAtMs = owner.monotonicMs()
    const { authorized } = socket
    const fault = authorized ? null : certificateFault(refusalOf(socket))
    const authority = authorized && trust.length > 0 ? ownAuthority(socket, trust) : null
    facts.tls = { ...met, authorized, fault, ignored: !authorized, authority }
  })
}

/** Node tells only the code, in a field that is typed as an error. */
function refusalOf({ authorizationError }: TLSSocket): Error {
  const code: unknown = authorizationError
  return Object.assign(new Error('not trusted'), { code: String(code) })
}

type Done = (error?: Error | null) => void
type Write = (chunk: string | Uint8Array, encoding?: BufferEncoding, done?: Done) => boolean

function tapWrites(socket: Socket, facts: ConnectionFacts, owner: TapOwner): void {
  let written = 0
  let flushed = 0

  const onFlushed: Done = (error) => {
    if (error) return
    flushed += 1
    const recording = owner.current()
    if (flushed === written && recording?.connection === facts && recording.out.length > 0) {
      recording.lastByteOutMs = owner.monotonicMs()
    }
  }

  const write: Write = socket.write.bind(socket)
  socket.write = (
    chunk: string | Uint8Array,
    encodingOrDone?: BufferEncoding | Done,
    done?: Done,
  ): boolean => {
    const encoding = typeof encodingOrDone === 'string' ? encodingOrDone : undefined
    const callback = typeof encodingOrDone === 'function' ? encodingOrDone : done
    const recording = owner.current()
    if (recording) {
      if (recording.firstByteOutMs === null) {
        recording.firstByteOutMs = owner.monotonicMs()
        recording.connection = facts
        facts.uses += 1
      }
      const isLatin1 = encoding === 'latin1' || typeof chunk !== 'string'
      recording.out.push(isLatin1 ? chunk : Buffer.from(chunk, encoding))
    }
    written += 1
    if (!callback) return write(chunk, encoding, onFlushed)
    return write(chunk, encoding, (error) => {
      onFlushed(error)
      callback(error)
    })
  }
}

function tapReads(socket: Socket, facts: ConnectionFacts, owner: TapOwner): void {
  const push = socket.push.bind(socket)
  let held: Buffer | null = null
  /** The attempt whose answer the HTTP client has begun to see. */
  let begun: Recording | null = null

  /** What the HTTP client may see of it; null while that is not decided. */
  function withoutContinue(recording: Recording, chunk: Buffer): Buffer | null {
    let rest = held ? Buffer.concat([held, chunk]) : chunk
    held = null
    while (mayBeContinue(rest)) {
      const end = rest.indexOf('\r\n\r\n', 0, 'latin1')
      if (end === -1) {
        held = rest
        return null
      }
      recording.interimHeads += 1
      rest = rest.subarray(end + 4)
    }
    return rest.length > 0 ? rest : null
  }

  socket.push = (chunk: Buffer | null, encoding?: BufferEncoding): boolean => {
    const recording = owner.current()
    if (chunk === null) {
      if (held) push(held)
      held = null
      return push(null)
    }
    if (recording?.connection !== facts || recording.firstByteOutMs === null) {
      return push(chunk, encoding)
    }
    if (!recordIn(recording, chunk, owner.monotonicMs())) {
      owner.onHeadTooLarge()
      return true
    }
    if (begun === recording) return push(chunk, encoding)
    const visible = withoutContinue(recording, chunk)
    if (visible === null) return true
    begun = recording
    return push(visible, encoding)
  }
}

const CONTINUE = Buffer.from('HTTP/1.1 100', 'latin1')
const MINOR_VERSION_AT = 7

/** Whether the bytes begin, as far as they go, as an answer with status 100 does. */
function mayBeContinue(bytes: Uint8Array): boolean {
  const length = Math.min(bytes.length, CONTINUE.length)
  // The status first: it tells most answers apart at once.
  for (let i = length - 1; i >= 0; i--) {
    if (bytes[i] !== CONTINUE[i] && i !== MINOR_VERSION_AT) return false
  }
  return length > 0
}

function addressOf(socket: Socket): string | null {
  const { remoteAddress, remotePort, remoteFamily } = socket
  if (remoteAddress === undefined) return null
  return remoteFamily === 'IPv6'
    ? `[${remoteAddress}]:${remotePort}`
    : `${remoteAddress}:${remotePort}`
}

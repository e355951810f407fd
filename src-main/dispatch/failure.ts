/**
 * Errors of the socket and of the HTTP client as outcomes. Matched by code, looked for inside
 * aggregates and causes; by message only where undici gives two meanings one code.
 */
import { certificateFault } from './certificate-fault.ts'
import type { Exchange } from './exchange.ts'
import { ForbiddenAddress } from './forbidden-address.ts'
import type { Outcome } from './outcome.ts'
import { type Destination, type Phase, phaseOf } from './phase.ts'
import { ProxyError } from './tunnel.ts'

export function failureOf(error: unknown, exchange: Exchange, destination: Destination): Outcome {
  const phase = phaseOf(exchange, destination)
  const fault = certificateFault(error)
  if (fault) {
    return {
      code: 'tls_failed',
      reason: `${destination.host} cannot be trusted: ${fault}. Nothing was sent. Give the server a valid certificate, add its authority in Settings or in this webhook, or let the webhook ignore certificates.`,
    }
  }
  const proxyError = proxyErrorIn(error)
  if (proxyError) return { code: 'proxy_failed', reason: proxyError.message }
  const forbidden = forbiddenIn(error)
  if (forbidden) {
    return {
      code: 'address_refused',
      reason: `${forbiddenWords(destination, forbidden)}, which Hookstage does not connect to. Nothing was sent. Check the endpoint.`,
    }
  }
  const code = codeOf(error)
  if (phase === 'connecting') return connectFailure(code, error, destination)
  if (phase === 'securing') return handshakeFailure(code, destination)
  return exchangeFailure(code, error, exchange, destination, phase)
}

function proxyErrorIn(error: unknown): ProxyError | null {
  if (error instanceof ProxyError) return error
  return error instanceof Error && error.cause ? proxyErrorIn(error.cause) : null
}

function forbiddenIn(error: unknown): ForbiddenAddress | null {
  if (error instanceof ForbiddenAddress) return error
  return error instanceof Error && error.cause ? forbiddenIn(error.cause) : null
}

function forbiddenWords({ host }: Destination, { address }: ForbiddenAddress): string {
  const kind = 'a link-local or cloud metadata address'
  return host.includes(address) ? `${host} is ${kind}` : `${host} leads to ${address}, ${kind}`
}

function connectFailure(code: string, error: unknown, { host }: Destination): Outcome {
  switch (code) {
    case 'ENOTFOUND':
      return {
        code: 'dns_not_found',
        reason: `There is no host named ${hostname(host)}. Check the spelling of the endpoint.`,
      }
    case 'EAI_AGAIN':
      return {
        code: 'dns_not_found',
        reason: `The name ${hostname(host)} could not be looked up. Check the network connection, then the spelling.`,
      }
    case 'ECONNREFUSED':
      return {
        code: 'connect_refused',
        reason: `Nothing listens at ${withPort(host, error)}. Start the receiver, or check the port.`,
      }
    case 'ETIMEDOUT':
    case 'UND_ERR_CONNECT_TIMEOUT':
      return {
        code: 'connect_timeout',
        reason: `No connection to ${host}: it does not react. Check the address, and whether a firewall or VPN is in between.`,
      }
    case 'UND_ERR_INVALID_ARG':
    case 'UND_ERR_NOT_SUPPORTED':
      return {
        code: 'bad_request',
        reason: `The request could not be sent as it is: ${messageOf(error)}. Check the endpoint and the headers.`,
      }
    default:
      return networkError(code, error, `No connection to ${host}`)
  }
}

/** Whatever ends a handshake is a failure of TLS. */
function handshakeFailure(code: string, { host }: Destination): Outcome {
  const isPlain = /WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|HTTP_REQUEST|^EPROTO$/.test(code)
  if (isPlain) {
    return {
      code: 'tls_failed',
      reason: `${host} does not speak TLS on this port. Use http://, or the port that serves HTTPS.`,
    }
  }
  const how =
    code === 'ECONNRESET' || code === 'EPIPE'
      ? 'the server ended the connection'
      : code === ''
        ? 'it did not succeed'
        : code
  return {
    code: 'tls_failed',
    reason: `The TLS handshake with ${host} failed: ${how}. Check that it serves HTTPS, and which TLS versions and client certificates it asks for.`,
  }
}

function exchangeFailure(
  code: string,
  error: unknown,
  exchange: Exchange,
  { host }: Destination,
  phase: Phase,
): Outcome {
  switch (code) {
    case 'ECONNRESET':
    case 'EPIPE':
      return { code: 'reset', reason: `${host} reset the connection ${when(exchange, phase)}` }
    case 'UND_ERR_SOCKET':
      return messageOf(error).startsWith('bad')
        ? badResponse(exchange, host, '')
        : closedEarly(exchange, host, phase)
    case 'HPE_INVALID_EOF_STATE':
      return closedEarly(exchange, host, phase)
    case 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH':
      // undici says so, too, of a head that breaks off after its Content-Length.
      return exchange.httpStatus === null
        ? badResponse(exchange, host, '')
        : closedEarly(exchange, host, phase)
    case 'UND_ERR_HEADERS_OVERFLOW':
      return {
        code: 'bad_response',
        reason: `The headers of the answer from ${host} are longer than 256 KB. Look at what the receiver puts into them.`,
      }
    default:
      return code.startsWith('HPE_')
        ? badResponse(exchange, host, detailOf(error))
        : networkError(code, error, `The connection to ${host} broke`)
  }
}

function closedEarly(exchange: Exchange, host: string, phase: Phase): Outcome {
  return { code: 'closed_early', reason: `${host} closed the connection ${when(exchange, phase)}` }
}

function when({ httpStatus, reusedConnection, responseBodyBytes }: Exchange, phase: Phase): string {
  if (phase !== 'receiving') {
    return reusedConnection
      ? 'that it had kept open, before it answered; whether it read the request is not known. Send it again if the receiver does not have it.'
      : 'before it answered. Look into the log of the receiver.'
  }
  return httpStatus === null
    ? 'in the middle of the head of its answer. Look into the log of the receiver.'
    : `in the middle of its answer (status ${httpStatus}), after ${responseBodyBytes.toLocaleString('en')} bytes of the body. Look into the log of the receiver.`
}

const SHOWN_CHARACTERS = 24

function badResponse(
  { responseHead, httpStatus }: Exchange,
  host: string,
  detail: string,
): Outcome {
  const because = detail === '' ? '' : ` (${detail})`
  if (httpStatus !== null) {
    return {
      code: 'bad_response',
      reason: `The body of the answer from ${host} is not sound HTTP/1.1${because}. Its bytes are in the inspector.`,
    }
  }
  const start = Buffer.from(responseHead.subarray(0, SHOWN_CHARACTERS))
    .toString('latin1')
    .replace(/[\r\n].*$/s, '')
    .replace(/[^\x20-\x7e]/g, '·')
  return {
    code: 'bad_response',
    reason: `What ${host} answered is not HTTP/1.1${because}; it begins with “${start}”. Check that a web server listens on this port.`,
  }
}

function networkError(code: string, error: unknown, what: string): Outcome {
  const known: Readonly<Record<string, string>> = {
    EHOSTUNREACH: 'the host cannot be reached',
    ENETUNREACH: 'the network cannot be reached',
    ENETDOWN: 'the network is down',
    EADDRNOTAVAIL: 'no local address or port is free',
    EACCES: 'the system does not permit it',
    EMFILE: 'too many files and connections are open',
    ETIMEDOUT: 'the other side does not react',
  }
  const why = known[code]
  const detail = why ? `${why} (${code})` : code === '' ? messageOf(error) : code
  return { code: 'network_error', reason: `${what}: ${detail}. Check the network connection.` }
}

/** The first code that says something: of the error, its parts, its cause. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return ''
  if ('code' in error && typeof error.code === 'string') return error.code
  const parts = error instanceof AggregateError ? (error.errors as unknown[]) : [error.cause]
  for (const part of parts) {
    const code = codeOf(part)
    if (code !== '') return code
  }
  return error.name === 'HTTPParserError' ? 'HPE_UNKNOWN' : ''
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/** The parser's own words stand in brackets at the end of undici's message. */
function detailOf(error: unknown): string {
  return /\((.+)\)$/.exec(messageOf(error))?.[1]?.toLowerCase() ?? ''
}

function hostname(host: string): string {
  return host.replace(/:\d+$/, '')
}

/** The system names the port also where the endpoint leaves it out. */
function withPort(host: string, error: unknown): string {
  if (/:\d+$/.test(host)) return host
  const part = error instanceof AggregateError ? (error.errors[0] as unknown) : error
  const port =
    typeof part === 'object' && part !== null && 'port' in part ? String(part.port) : null
  return port ? `${host}:${port}` : host
}

/** How far an exchange had come when it ended. */
import type { Exchange } from './exchange.ts'

/** Where a request was to go, as the sentences say it. */
export interface Destination {
  /** `api.example.com`, `127.0.0.1:8080` */
  readonly host: string
  readonly isTls: boolean
  readonly timeoutMs: number
}

export type Phase = 'connecting' | 'securing' | 'sending' | 'waiting' | 'receiving'

export function destinationOf({
  origin,
  timeoutMs,
}: {
  readonly origin: string
  readonly timeoutMs: number
}): Destination {
  const { host, protocol } = new URL(origin)
  return { host, isTls: protocol === 'https:', timeoutMs }
}

export function phaseOf({ marks }: Exchange, { isTls }: Destination): Phase {
  if (marks.firstByteInMs !== null) return 'receiving'
  if (marks.lastByteOutMs !== null) return 'waiting'
  if (marks.firstByteOutMs !== null) return 'sending'
  if (marks.connectMs === null) return 'connecting'
  return isTls && marks.tlsMs === null ? 'securing' : 'sending'
}

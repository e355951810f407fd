/**
 * Collects what one attempt sends and receives while it is under way, and makes the exchange of it.
 * Chunks are kept as they come, without copying; they are joined once, at the end.
 */
import type { TlsInfo } from '#contract'
import {
  type Ending,
  type Exchange,
  MAX_RESPONSE_BODY_BYTES,
  MAX_RESPONSE_HEAD_BYTES,
} from './exchange.ts'

/** What is known of a connection; times are monotonic ms. */
export interface ConnectionFacts {
  dnsAtMs: number | null
  connectedAtMs: number | null
  securedAtMs: number | null
  remoteAddress: string | null
  readonly proxy: string | null
  tls: TlsInfo | null
  /** What broke it. */
  error: Error | null
  /** Attempts whose bytes it carried. */
  uses: number
}

export interface Recording {
  readonly startedMs: number
  /** The one that is being opened, then the one that carries the bytes. */
  connection: ConnectionFacts | null
  firstByteOutMs: number | null
  lastByteOutMs: number | null
  firstByteInMs: number | null
  lastByteInMs: number | null
  readonly out: (string | Uint8Array)[]
  /** Everything in until the final head is complete, and what came in one piece with its end. */
  readonly headChunks: Uint8Array[]
  headChunkBytes: number
  /** Heads with a 1xx status. */
  interimHeads: number
  httpStatus: number | null
  readonly bodyChunks: Uint8Array[]
  bodyBytes: number
}

export function createRecording(startedMs: number): Recording {
  return {
    startedMs,
    connection: null,
    firstByteOutMs: null,
    lastByteOutMs: null,
    firstByteInMs: null,
    lastByteInMs: null,
    out: [],
    headChunks: [],
    headChunkBytes: 0,
    interimHeads: 0,
    httpStatus: null,
    bodyChunks: [],
    bodyBytes: 0,
  }
}

/** Answers whether the head may still grow. */
export function recordIn(recording: Recording, chunk: Uint8Array, atMs: number): boolean {
  recording.firstByteInMs ??= atMs
  recording.lastByteInMs = atMs
  if (recording.httpStatus !== null) return true
  recording.headChunks.push(chunk)
  recording.headChunkBytes += chunk.length
  // The last piece of a head may carry as much again of the body.
  return recording.headChunkBytes <= 2 * MAX_RESPONSE_HEAD_BYTES
}

/** Answers whether there is room for more. */
export function recordBody(recording: Recording, chunk: Uint8Array): boolean {
  const room = MAX_RESPONSE_BODY_BYTES - recording.bodyBytes
  if (room > 0) recording.bodyChunks.push(chunk.length > room ? chunk.subarray(0, room) : chunk)
  recording.bodyBytes += chunk.length
  return recording.bodyBytes <= MAX_RESPONSE_BODY_BYTES
}

/** The exchange as it stands now; `queuedMs` is left to the caller. */
export function toExchange(recording: Recording, ending: Ending): Exchange {
  const { connection } = recording
  const reusedConnection = connection !== null && connection.uses > 1
  const opened = reusedConnection ? null : connection
  const since = (atMs: number | null | undefined) =>
    atMs === null || atMs === undefined ? null : toMicroseconds(atMs - recording.startedMs)
  const request = splitHead(recording.out)
  const responseHead = headOf(recording)
  return {
    ending,
    httpStatus: recording.httpStatus,
    httpVersion: recording.httpStatus === null ? null : httpVersionOf(responseHead),
    marks: {
      queuedMs: null,
      dnsMs: since(opened?.dnsAtMs),
      connectMs: since(opened?.connectedAtMs),
      tlsMs: since(opened?.securedAtMs),
      firstByteOutMs: since(recording.firstByteOutMs),
      lastByteOutMs: since(recording.lastByteOutMs),
      firstByteInMs: since(recording.firstByteInMs),
      lastByteInMs: since(recording.lastByteInMs),
    },
    reusedConnection,
    remoteAddress: connection?.remoteAddress ?? null,
    proxy: connection?.proxy ?? null,
    tls: connection?.tls ?? null,
    requestHead: request.head,
    requestBody: request.body,
    responseHead,
    responseBody: join(recording.bodyChunks),
    responseBodyBytes: recording.bodyBytes,
  }
}

const HEAD_END = '\r\n\r\n'
const CR = 0x0d
const LF = 0x0a
const EMPTY = new Uint8Array(0)

/** A head that was written in one piece, as it always is, is found without searching. */
function splitHead(out: readonly (string | Uint8Array)[]) {
  const [first, second] = out
  if (typeof first === 'string' && first.endsWith(HEAD_END) && out.length <= 2) {
    return {
      head: Buffer.from(first, 'latin1'),
      body: second === undefined ? EMPTY : bytes(second),
    }
  }
  const all = Buffer.concat(out.map(bytes))
  const end = endOfHead(all, 1)
  return { head: all.subarray(0, end), body: all.subarray(end) }
}

function headOf(recording: Recording): Uint8Array {
  const chunks = join(recording.headChunks)
  if (recording.httpStatus === null) return chunks
  const head = chunks.subarray(0, endOfHead(chunks, recording.interimHeads + 1))
  // A short head is not to keep a large piece of body in memory.
  return head.length * 4 < chunks.length ? new Uint8Array(head) : head
}

/** The offset after the `count`th empty line; the whole length where there are fewer. */
function endOfHead(chunks: Buffer, count: number): number {
  let left = count
  // A head is short: looking at each byte here takes less than asking for a search.
  for (let at = 3; at < chunks.length; at++) {
    if (chunks[at] !== LF || chunks[at - 1] !== CR) continue
    if (chunks[at - 2] !== LF || chunks[at - 3] !== CR) continue
    left -= 1
    if (left === 0) return at + 1
    at += 3
  }
  return chunks.length
}

/** Of the last status line: interim heads have the same. */
function httpVersionOf(head: Uint8Array): string {
  return String.fromCharCode(head[5] ?? 0x31, 0x2e, head[7] ?? 0x31)
}

function join(chunks: readonly Uint8Array[]): Buffer {
  const [only] = chunks
  if (chunks.length === 1 && only) return Buffer.from(only.buffer, only.byteOffset, only.length)
  return Buffer.concat(chunks)
}

function bytes(chunk: string | Uint8Array): Uint8Array {
  return typeof chunk === 'string' ? Buffer.from(chunk, 'latin1') : chunk
}

function toMicroseconds(ms: number): number {
  return Math.round(ms * 1000) / 1000
}

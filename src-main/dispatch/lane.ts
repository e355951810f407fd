/**
 * A lane carries one exchange at a time over a connection of its own, which it keeps for the next.
 * Only this file and way.ts know undici. Rules, one test each:
 * - HTTP/1.1 only, certificates strict unless the route says otherwise, nothing followed, nothing
 *   decompressed, nothing sent again once a byte has left; a kept connection that the peer has closed
 *   is replaced before that.
 * - One deadline over everything. What was seen until then is recorded.
 * - A lane whose exchange did not end with an answer is spent.
 */
import { Client, type Dispatcher } from 'undici'
import type { WireRequest } from '../encode/request.ts'
import {
  type AbortReason,
  type Ending,
  type Exchange,
  MAX_RESPONSE_HEAD_BYTES,
} from './exchange.ts'
import { createRecording, type Recording, recordBody, toExchange } from './recording.ts'
import type { Route } from './route.ts'
import { type Tap, tapSocket } from './socket-tap.ts'
import type { Tunnel } from './tunnel.ts'
import { openWay } from './way.ts'

export interface Lane {
  /** Lanes of one place stand in for each other. */
  readonly place: string
  /** Never rejects. One at a time. */
  exchange(request: WireRequest, timeoutMs: number, startedMs: number): Promise<Exchange>
  /** Ends the exchange that is under way, with what was seen of it. */
  abort(why: AbortReason): void
  close(): void
}

/** Where a lane leads, and by which way. */
export function placeOf(origin: string, route: Route): string {
  return `${origin} ${route.key}`
}

/** How long a connection that nobody uses is kept. It does not keep the process alive. */
const IDLE_MS = 10_000

interface Running {
  readonly recording: Recording
  readonly options: Dispatcher.DispatchOptions
  readonly deadline: NodeJS.Timeout
  readonly resolve: (exchange: Exchange) => void
  /** Connections that were begun for it. */
  connects: number
  dispatches: number
}

/** @param deps.onDisconnect the kept connection is gone while no exchange was under way */
export function createLane(
  origin: string,
  deps: {
    readonly route: Route
    readonly monotonicMs: () => number
    readonly onDisconnect: (lane: Lane) => void
  },
): Lane {
  let running: Running | null = null
  let tap: Tap | null = null
  let tunnel: Tunnel | null = null

  function finish(ending: Ending) {
    if (!running) return
    const { recording, deadline, resolve } = running
    running = null
    clearTimeout(deadline)
    if (ending.kind !== 'answered') close()
    resolve(toExchange(recording, ending))
  }

  function close() {
    finish({ kind: 'aborted', why: 'interrupted' })
    client.destroy().catch(() => {})
    tunnel?.destroy()
    tap?.socket.destroy()
  }

  const owner = {
    monotonicMs: deps.monotonicMs,
    current: () => running?.recording ?? null,
    onHeadTooLarge: () => finish({ kind: 'head_too_large' }),
  }

  const client = new Client(origin, {
    allowH2: false,
    pipelining: 1,
    headersTimeout: 0,
    bodyTimeout: 0,
    keepAliveTimeout: IDLE_MS,
    keepAliveMaxTimeout: IDLE_MS,
    maxHeaderSize: MAX_RESPONSE_HEAD_BYTES,
    connect: (options, callback) => {
      if (running) running.connects += 1
      tunnel = openWay(deps.route, options, callback, (socket) => {
        tap = tapSocket(socket, owner, deps.route)
        if (running) running.recording.connection = tap.facts
      })
    },
  })
  client.on('disconnect', () => {
    if (!running) deps.onDisconnect(lane)
  })

  /** Must not throw: undici would raise that as an event that nobody hears. */
  const handler: Dispatcher.DispatchHandler = {
    onRequestStart: () => {},
    onResponseStart: (_controller, status) => {
      if (!running) return
      if (status < 200) running.recording.interimHeads += 1
      else running.recording.httpStatus = status
    },
    onResponseData: (_controller, chunk) => {
      if (running && !recordBody(running.recording, chunk)) finish({ kind: 'body_too_large' })
    },
    // undici takes a reset for the end of a body that has no length.
    onResponseEnd: () => {
      const error = running?.recording.connection?.error
      finish(error ? { kind: 'error', error } : { kind: 'answered' })
    },
    onResponseError: (_controller, error) => {
      if (running && diedIdle(running)) queueMicrotask(dispatch)
      else finish({ kind: 'error', error })
    },
  }

  function dispatch() {
    if (!running) return
    running.dispatches += 1
    client.dispatch(running.options, handler)
  }

  const lane: Lane = {
    place: placeOf(origin, deps.route),
    exchange: (request, timeoutMs, startedMs) =>
      new Promise((resolve) => {
        running = {
          recording: createRecording(startedMs),
          options: toOptions(request),
          deadline: setTimeout(finish, timeoutMs, { kind: 'deadline' }),
          resolve,
          connects: 0,
          dispatches: 0,
        }
        dispatch()
      }),
    abort: (why) => finish({ kind: 'aborted', why }),
    close,
  }
  return lane
}

/** The connection kept from before broke before this exchange had sent anything: it may start again. */
function diedIdle({ recording, connects, dispatches }: Running): boolean {
  return recording.firstByteOutMs === null && connects === 0 && dispatches === 1
}

function toOptions({ method, path, headers, body }: WireRequest): Dispatcher.DispatchOptions {
  return {
    method,
    path,
    // undici copies it.
    headers: headers as string[],
    body: Buffer.from(body.buffer, body.byteOffset, body.length),
  }
}

/**
 * Keeps lanes between exchanges: the one used last first, so that few connections stay warm. How
 * many may be at work is the dispatcher's business; how many may idle is decided here.
 */
import type { WireRequest } from '../encode/request.ts'
import type { AbortReason, Exchange } from './exchange.ts'
import { createConnector, createLane, type Lane } from './lane.ts'

export interface LanePool {
  send(request: WireRequest, timeoutMs: number, startedMs: number): Sending
  /** Ends what is under way as interrupted, and closes every connection. */
  close(): void
}

export interface Sending {
  /** Never rejects. */
  readonly ended: Promise<Exchange>
  abort(why: AbortReason): void
}

const MAX_IDLE_LANES = 64

export function createLanePool(deps: {
  readonly monotonicMs: () => number
  readonly trust?: readonly string[]
}): LanePool {
  const idle = new Map<string, Lane[]>()
  /** All that idle, the longest idle first. */
  const byAge = new Set<Lane>()
  const busy = new Set<Lane>()
  const connector = createConnector(deps.trust)

  function open(origin: string): Lane {
    return createLane(origin, { connector, monotonicMs: deps.monotonicMs, onDisconnect: discard })
  }

  function take(origin: string): Lane {
    const lanes = idle.get(origin)
    const lane = lanes?.pop()
    if (!lane) return open(origin)
    if (lanes?.length === 0) idle.delete(origin)
    byAge.delete(lane)
    return lane
  }

  function keep(lane: Lane) {
    const lanes = idle.get(lane.origin)
    if (lanes) lanes.push(lane)
    else idle.set(lane.origin, [lane])
    byAge.add(lane)
    if (byAge.size <= MAX_IDLE_LANES) return
    for (const oldest of byAge) return discard(oldest)
  }

  function discard(lane: Lane) {
    if (!byAge.delete(lane)) return
    const others = (idle.get(lane.origin) ?? []).filter((other) => other !== lane)
    if (others.length > 0) idle.set(lane.origin, others)
    else idle.delete(lane.origin)
    lane.close()
  }

  async function run(lane: Lane, sent: Promise<Exchange>): Promise<Exchange> {
    const exchange = await sent
    busy.delete(lane)
    if (exchange.ending.kind === 'answered') keep(lane)
    return exchange
  }

  return {
    send: (request, timeoutMs, startedMs) => {
      const lane = take(request.origin)
      busy.add(lane)
      const ended = run(lane, lane.exchange(request, timeoutMs, startedMs))
      return { ended, abort: (why) => lane.abort(why) }
    },
    close: () => {
      for (const lane of [...busy, ...byAge]) lane.close()
      idle.clear()
      byAge.clear()
    },
  }
}

/**
 * Keeps lanes between exchanges: the one used last first, so that few connections stay warm. How
 * many may be at work is the dispatcher's business; how many may idle is decided here.
 */
import type { AbortReason, Exchange } from './exchange.ts'
import { createLane, type Lane, placeOf } from './lane.ts'
import type { Rendered } from './render.ts'
import { DIRECT, type Route } from './route.ts'

export interface LanePool {
  send(rendered: Pick<Rendered, 'request' | 'timeoutMs' | 'route'>, startedMs: number): Sending
  /** Ends what is under way as interrupted, and closes every connection. */
  close(): void
}

export interface Sending {
  /** Never rejects. */
  readonly ended: Promise<Exchange>
  abort(why: AbortReason): void
}

const MAX_IDLE_LANES = 64

export function createLanePool(deps: { readonly monotonicMs: () => number }): LanePool {
  const idle = new Map<string, Lane[]>()
  /** All that idle, the longest idle first. */
  const byAge = new Set<Lane>()
  const busy = new Set<Lane>()

  function open(origin: string, route: Route): Lane {
    return createLane(origin, { route, monotonicMs: deps.monotonicMs, onDisconnect: discard })
  }

  function take(origin: string, route: Route): Lane {
    const lane = idle.get(placeOf(origin, route))?.pop()
    if (!lane) return open(origin, route)
    byAge.delete(lane)
    return lane
  }

  function keep(lane: Lane) {
    const lanes = idle.get(lane.place)
    if (lanes) lanes.push(lane)
    else idle.set(lane.place, [lane])
    byAge.add(lane)
    if (byAge.size <= MAX_IDLE_LANES) return
    for (const oldest of byAge) return discard(oldest)
  }

  function discard(lane: Lane) {
    if (!byAge.delete(lane)) return
    const others = (idle.get(lane.place) ?? []).filter((other) => other !== lane)
    if (others.length > 0) idle.set(lane.place, others)
    else idle.delete(lane.place)
    lane.close()
  }

  async function run(lane: Lane, sent: Promise<Exchange>): Promise<Exchange> {
    const exchange = await sent
    busy.delete(lane)
    if (exchange.ending.kind === 'answered') keep(lane)
    else if (idle.get(lane.place)?.length === 0) idle.delete(lane.place)
    return exchange
  }

  return {
    send: ({ request, timeoutMs, route = DIRECT }, startedMs) => {
      const lane = take(request.origin, route)
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

/** Single exchanges that are no deliveries, such as what a receiver passes on: sent at once, once. */
import type { Judge } from '../destinations/index.ts'
import type { WireRequest } from '../encode/request.ts'
import { type Exchange, failedExchange } from './exchange.ts'
import { createLanePool } from './lane-pool.ts'
import { type Outcome, outcomeOf } from './outcome.ts'
import type { Route } from './route.ts'

export interface Exchanger {
  /** Never rejects. */
  send(request: WireRequest, timeoutMs: number): Promise<Exchange & Outcome>
  /** Ends what is under way as interrupted. */
  close(): void
}

export function createExchanger(deps: {
  readonly routeFor: (origin: string) => Route
  /** What the destination means by an answer; by default 2xx is success. */
  readonly judgeOf?: (request: WireRequest) => Judge | undefined
  /** Whether requests may leave for an origin. */
  readonly mayGoTo: (origin: string) => boolean
  readonly monotonicMs: () => number
}): Exchanger {
  const pool = createLanePool(deps)
  return {
    send: async (request, timeoutMs) => {
      const { host } = new URL(request.origin)
      if (!deps.mayGoTo(request.origin)) return { ...failedExchange(null), ...unconfirmed(host) }
      const sending = { request, timeoutMs, route: deps.routeFor(request.origin) }
      const exchange = await pool.send(sending, deps.monotonicMs()).ended
      const to = { origin: request.origin, timeoutMs }
      return { ...exchange, ...outcomeOf(exchange, to, deps.judgeOf?.(request)) }
    },
    close: pool.close,
  }
}

function unconfirmed(host: string): Outcome {
  return {
    code: 'host_unconfirmed',
    reason: `Nothing was sent to ${host}: confirm in Hookstage that requests may go there, then send it again.`,
  }
}

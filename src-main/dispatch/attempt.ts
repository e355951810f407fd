/**
 * One attempt of one delivery, from rendering to its record. "Sending" is committed before a byte
 * leaves; whatever comes of the exchange is committed after it. A network failure is a recorded
 * outcome, never an exception.
 */
import type { EventHub } from '../event-hub.ts'
import type { Runtime } from '../runtime.ts'
import type { AttemptRecord, DeliveryLog, QueuedDelivery } from '../store/history-records.ts'
import { type AbortReason, type Exchange, failedExchange, unsentExchange } from './exchange.ts'
import type { LanePool, Sending } from './lane-pool.ts'
import { type Outcome, outcomeOf } from './outcome.ts'
import { destinationOf } from './phase.ts'
import { type Render, type Rendered, renderJob } from './render.ts'

/** `unbegun`: the history could not be written, so nothing was sent and the delivery still waits. */
export type AttemptEnd = 'recorded' | 'cancelled' | 'unbegun'

export interface Attempt {
  /** Does nothing once the exchange is over. */
  abort(why: AbortReason): void
  /** Never rejects. */
  readonly done: Promise<AttemptEnd>
}

export interface AttemptDeps {
  readonly log: DeliveryLog
  readonly render: Render
  readonly runtime: Runtime
  readonly hub: EventHub
  readonly pool: LanePool
  readonly onError: (error: unknown) => void
}

/** @param onOffTheWire called once, when only the record is left to be written */
export function startAttempt(
  deps: AttemptDeps,
  delivery: QueuedDelivery,
  onOffTheWire: () => void,
): Attempt {
  const { log, runtime, hub, onError } = deps
  let aborted: AbortReason | null = null
  let sending: Sending | null = null

  function changed() {
    hub.deliveryChanged(delivery.id)
    hub.publish({ kind: 'status.changed' })
  }

  async function send(rendered: Rendered, startedMs: number): Promise<Exchange> {
    if (aborted) return unsentExchange(aborted)
    try {
      sending = deps.pool.send(rendered.request, rendered.timeoutMs, startedMs)
    } catch (error) {
      return failedExchange(error)
    }
    return sending.ended
  }

  async function run(): Promise<AttemptEnd> {
    const startedAtMs = runtime.nowMs()
    const stamp = { deliveryId: delivery.id, atMs: startedAtMs }
    const rendered = renderJob(deps.render, () => log.job(delivery.seq), stamp, onError)
    if ('problem' in rendered) {
      await log.finishUnsent(delivery.seq, 'bad_request', rendered.problem, runtime.nowMs())
      onOffTheWire()
      return 'recorded'
    }
    const start = { delivery, number: delivery.attempts + 1, startedAtMs }
    const startedMs = runtime.monotonicMs()
    try {
      await log.beginAttempt(delivery.seq, start.number, start.startedAtMs)
    } catch (error) {
      onError(error)
      return 'unbegun'
    }
    changed()
    const exchange = await send(rendered, startedMs)
    onOffTheWire()
    const destination = destinationOf(rendered.request.origin, rendered.timeoutMs)
    const outcome = outcomeOf(exchange, destination, rendered.judge)
    await log.finishAttempt(attemptRecord(start, exchange, outcome, runtime.nowMs()))
    return outcome.code === 'cancelled' ? 'cancelled' : 'recorded'
  }

  async function settle(): Promise<AttemptEnd> {
    try {
      return await run()
    } catch (error) {
      // The end could not be written: the history shows it as interrupted after the next start.
      onError(error)
      return 'recorded'
    } finally {
      changed()
    }
  }

  return {
    abort: (why) => {
      aborted ??= why
      sending?.abort(why)
    },
    done: settle(),
  }
}

interface AttemptStart {
  readonly delivery: QueuedDelivery
  readonly number: number
  /** Wall clock, as committed. */
  readonly startedAtMs: number
}

function attemptRecord(
  { delivery, number, startedAtMs }: AttemptStart,
  exchange: Exchange,
  { code, reason }: Outcome,
  finishedAtMs: number,
): AttemptRecord {
  const { ending: _, ...seen } = exchange
  return {
    ...seen,
    deliverySeq: delivery.seq,
    number,
    startedAtMs,
    finishedAtMs,
    marks: { ...exchange.marks, queuedMs: Math.min(delivery.queuedAtMs - startedAtMs, 0) },
    code,
    reason,
  }
}

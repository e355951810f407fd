/**
 * One attempt of one delivery, from rendering to its record. That it begins is written before a byte
 * leaves; whatever comes of the exchange is committed after it. A network failure is a recorded
 * outcome, never an exception.
 */
import { NO_MARKS, type Retry } from '#contract'
import type { EventHub } from '../event-hub.ts'
import type { PatientWriter } from '../patient-writer.ts'
import type { Runtime } from '../runtime.ts'
import {
  type AttemptRecord,
  type CutOff,
  type DeliveryEnd,
  type DeliveryLog,
  endWith,
  type Next,
  type QueuedDelivery,
} from '../store/history-records.ts'
import { type AbortReason, type Exchange, failedExchange, unsentExchange } from './exchange.ts'
import type { LanePool, Sending } from './lane-pool.ts'
import { CUT_OFF, type Outcome, outcomeOf } from './outcome.ts'
import { type Render, type Rendered, renderJob } from './render.ts'
import { retryAfterMs } from './retry-after.ts'
import type { EndedAttempt } from './schedule.ts'
import type { StageClock } from './stage-clock.ts'

/**
 * `again`: it waits for its next attempt. `unbegun`: the history could not be written, so nothing was
 * sent and the delivery is still queued. `unrecorded`: Hookstage closed before the end could be
 * written, or failed; the next start finds it cut off.
 */
export type AttemptEnd =
  | { readonly kind: 'final' | 'cancelled'; readonly outcome: DeliveryEnd }
  | { readonly kind: 'again' | 'unbegun' | 'unrecorded' }

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
  readonly clock: StageClock
  /** What becomes of the delivery after this attempt. */
  readonly decide: Decide
  readonly writer: PatientWriter
  readonly onError: (error: unknown) => void
}

export type Decide = (delivery: QueuedDelivery, retry: Retry, attempt: EndedAttempt) => Next

/** @param onOffTheWire called once, when only the record is left to be written */
export function startAttempt(
  deps: AttemptDeps,
  delivery: QueuedDelivery,
  onOffTheWire: (inTime: boolean) => void,
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
      sending = deps.pool.send(rendered, startedMs)
    } catch (error) {
      return failedExchange(error)
    }
    return sending.ended
  }

  /** What was exchanged is recorded, whatever comes of judging it. */
  function judged(exchange: Exchange, { request, timeoutMs, judge }: Rendered): Outcome {
    try {
      return outcomeOf(exchange, { origin: request.origin, timeoutMs }, judge)
    } catch (error) {
      onError(error)
      return UNJUDGED
    }
  }

  async function run(): Promise<AttemptEnd> {
    const startedAtMs = runtime.nowMs()
    const stamp = { deliveryId: delivery.id, atMs: startedAtMs }
    const rendered = renderJob(deps.render, () => log.jobOf(delivery), stamp, onError)
    if ('problem' in rendered) {
      const { problem } = rendered
      const endedAtMs = runtime.nowMs()
      await deps.writer.write(() =>
        log.finishUnsent(delivery.seq, 'bad_request', problem, endedAtMs),
      )
      onOffTheWire(true)
      return { kind: 'final', outcome: { code: 'bad_request', httpStatus: null, reason: problem } }
    }
    const stageAtMs = Math.round(deps.clock.nowMs())
    const start = { delivery, number: delivery.attempts + 1, startedAtMs, stageAtMs }
    const startedMs = runtime.monotonicMs()
    try {
      await log.beginAttempt(delivery, start.number, startedAtMs, stageAtMs)
    } catch (error) {
      deps.writer.trouble(error)
      return { kind: 'unbegun' }
    }
    changed()
    const exchange = await send(rendered, startedMs)
    onOffTheWire(exchange.ending.kind !== 'deadline')
    const outcome = judged(exchange, rendered)
    const record = attemptRecord(start, exchange, outcome, runtime.nowMs())
    const next = deps.decide(delivery, rendered.retry, endedAttempt(record, outcome))
    await deps.writer.write(() => log.finishAttempt(record, next))
    if (next.kind === 'retry') return { kind: 'again' }
    const kind = outcome.code === 'cancelled' ? 'cancelled' : 'final'
    return { kind, outcome: endWith(record, next) }
  }

  async function settle(): Promise<AttemptEnd> {
    try {
      return await run()
    } catch (error) {
      onError(error)
      return { kind: 'unrecorded' }
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

/** It may have arrived: it is not sent again by itself. */
const UNJUDGED: Outcome = {
  code: 'bad_response',
  reason:
    'Hookstage could not make out what this answer means. It is recorded as it came, and the log says why.',
  isFinal: true,
}

interface AttemptStart {
  readonly delivery: QueuedDelivery
  readonly number: number
  /** Wall clock, as committed. */
  readonly startedAtMs: number
  readonly stageAtMs: number
}

/** Of an attempt that was under way when the process died: nothing is known of it. */
export function cutOffRecord(cutOff: CutOff, finishedAtMs: number): AttemptRecord {
  const { attempts: number, startedAtMs, stageAtMs } = cutOff
  const start = { delivery: cutOff, number, startedAtMs, stageAtMs }
  const record = attemptRecord(start, unsentExchange('interrupted'), CUT_OFF, finishedAtMs)
  return { ...record, marks: NO_MARKS }
}

/** As the schedule sees it: by the status that was meant, where the destination answered another. */
export function endedAttempt(
  { number, code, httpStatus, responseHead, finishedAtMs }: AttemptRecord,
  { meantStatus, isFinal = false }: Outcome,
): EndedAttempt {
  const status = meantStatus ?? httpStatus
  const mayAsk = status === 429 || status === 503
  const wishMs = mayAsk ? retryAfterMs(responseHead, finishedAtMs) : null
  return { number, code, httpStatus: status, retryAfterMs: wishMs, isFinal }
}

function attemptRecord(
  { delivery, number, startedAtMs, stageAtMs }: AttemptStart,
  exchange: Exchange,
  { code, reason }: Outcome,
  finishedAtMs: number,
): AttemptRecord {
  return {
    ...exchange,
    deliverySeq: delivery.seq,
    number,
    startedAtMs,
    finishedAtMs,
    stageAtMs,
    waited: delivery.waited,
    marks: { ...exchange.marks, queuedMs: Math.min(delivery.queuedAtMs - startedAtMs, 0) },
    code,
    reason,
  }
}

/**
 * The dispatcher: takes committed deliveries, sends them within its limits, an origin at a time in
 * turn, and sees to it that each end is recorded. Nothing is sent that the history does not know.
 */
import type { EventHub } from '../event-hub.ts'
import type { Runtime } from '../runtime.ts'
import type { DeliveryLog, QueuedDelivery } from '../store/history-records.ts'
import { type Attempt, type AttemptEnd, startAttempt } from './attempt.ts'
import { createLanePool } from './lane-pool.ts'
import { createOriginQueues } from './origin-queues.ts'
import type { Render } from './render.ts'

export interface Dispatcher {
  /** Sends deliveries that are committed as queued, in order. */
  enqueue(deliveries: readonly QueuedDelivery[]): void
  /**
   * At start: what was being sent when the process died becomes interrupted, what was queued is
   * queued again. Answers how many were interrupted.
   */
  resume(): number
  /** Ends these, whether they wait or are under way. Resolves, once recorded, to how many it ended. */
  cancel(seqs: readonly number[]): Promise<number>
  counts(): { queued: number; sending: number; waiting: number }
  /** Resolves when nothing is queued or under way and everything is recorded. */
  idle(): Promise<void>
  /**
   * Begins nothing more; what is under way may end within `graceMs`, then it is recorded as
   * interrupted. What is queued stays so in the history.
   */
  close(options: { graceMs: number }): Promise<void>
}

export interface DispatcherDeps {
  readonly log: DeliveryLog
  readonly render: Render
  readonly runtime: Runtime
  readonly hub: EventHub
  /** Attempts at once. */
  readonly limits?: { readonly global: number; readonly perOrigin: number }
  /** Certificates of authorities, PEM, to trust besides the well-known ones. */
  readonly trust?: readonly string[]
  /** Hears of bugs and of a history that cannot be written. */
  readonly onError: (error: unknown) => void
}

const DEFAULT_LIMITS = { global: 32, perOrigin: 8 }
/** How long to begin nothing when the history could not be written. */
const WRITE_FAILURE_PAUSE_MS = 1_000

export function createDispatcher(deps: DispatcherDeps): Dispatcher {
  const { log, runtime, hub } = deps
  const limits = deps.limits ?? DEFAULT_LIMITS
  const queues = createOriginQueues(limits.perOrigin)
  const pool = createLanePool({
    monotonicMs: () => runtime.monotonicMs(),
    ...(deps.trust ? { trust: deps.trust } : {}),
  })
  const attemptDeps = { ...deps, pool }
  /** By seq, until recorded; at most `limits.global` of them hold a slot. */
  const attempts = new Map<number, Attempt>()
  const idleWaiters: (() => void)[] = []
  let slots = 0
  let closing = false
  let pause: NodeJS.Timeout | undefined
  let isPumping = false

  const mayStart = () => !closing && !pause && slots < limits.global

  /** Fills the free slots once this turn of the event loop is over, so that their jobs are read together. */
  function pump() {
    if (isPumping) return
    isPumping = true
    log.beginTogether(() => {
      isPumping = false
      fillSlots()
    })
  }

  function fillSlots() {
    while (mayStart()) {
      const delivery = queues.take()
      if (!delivery) return
      slots += 1
      void start(delivery)
    }
  }

  async function start(delivery: QueuedDelivery): Promise<void> {
    let holdsSlot = true
    // The slot is free as soon as the exchange is over, so that the next attempt's start and this
    // one's end are committed together.
    const attempt = startAttempt(attemptDeps, delivery, () => {
      holdsSlot = false
      slots -= 1
      queues.release(delivery.origin)
      pump()
    })
    attempts.set(delivery.seq, attempt)
    const end = await attempt.done
    attempts.delete(delivery.seq)
    if (holdsSlot) slots -= 1
    if (holdsSlot && end === 'unbegun') waitForHistory(delivery)
    else if (holdsSlot) queues.release(delivery.origin)
    wakeWhenIdle()
  }

  function waitForHistory(delivery: QueuedDelivery) {
    queues.putBack(delivery)
    if (closing) return
    pause ??= setTimeout(() => {
      pause = undefined
      pump()
    }, WRITE_FAILURE_PAUSE_MS)
  }

  function wakeWhenIdle() {
    if (attempts.size > 0 || queues.size() > 0) return
    for (const wake of idleWaiters.splice(0)) wake()
  }

  async function cancelAttempts(seqs: readonly number[]): Promise<number> {
    const ends: Promise<AttemptEnd>[] = []
    for (const seq of seqs) {
      const attempt = attempts.get(seq)
      attempt?.abort('cancelled')
      if (attempt) ends.push(attempt.done)
    }
    return (await Promise.all(ends)).filter((end) => end === 'cancelled').length
  }

  async function cancelQueued(seqs: readonly number[]): Promise<number> {
    const removed = queues.remove(new Set(seqs))
    await recordCancelled(deps, removed)
    wakeWhenIdle()
    return removed.length
  }

  return {
    enqueue: (deliveries) => {
      for (const delivery of deliveries) queues.add(delivery)
      pump()
    },
    resume: () => {
      const interrupted = log.interruptUnfinishedAttempts(runtime.nowMs())
      for (const delivery of unfinished(log)) queues.add(delivery)
      hub.publish({ kind: 'status.changed' })
      pump()
      return interrupted
    },
    cancel: async (seqs) => {
      const [started, queued] = [cancelAttempts(seqs), cancelQueued(seqs)]
      return (await started) + (await queued)
    },
    counts: () => ({ queued: queues.size(), sending: slots, waiting: 0 }),
    idle: () =>
      new Promise((resolve) => {
        idleWaiters.push(resolve)
        wakeWhenIdle()
      }),
    close: async ({ graceMs }) => {
      closing = true
      clearTimeout(pause)
      const grace = setTimeout(() => {
        for (const attempt of attempts.values()) attempt.abort('interrupted')
      }, graceMs)
      await Promise.all([...attempts.values()].map(({ done }) => done))
      clearTimeout(grace)
      pool.close()
    },
  }
}

const RESUME_PAGE = 1_000

function* unfinished(log: DeliveryLog): Generator<QueuedDelivery> {
  for (let afterSeq = 0; ; ) {
    const page = log.unfinished(afterSeq, RESUME_PAGE)
    yield* page
    const last = page.at(-1)
    if (!last || page.length < RESUME_PAGE) return
    afterSeq = last.seq
  }
}

/** So many ends share a transaction; the event loop turns in between. */
const CANCEL_GROUP = 500

async function recordCancelled(
  { log, runtime, hub }: DispatcherDeps,
  deliveries: readonly QueuedDelivery[],
): Promise<void> {
  const reason = 'Cancelled before anything was sent.'
  for (let from = 0; from < deliveries.length; from += CANCEL_GROUP) {
    const group = deliveries.slice(from, from + CANCEL_GROUP)
    const nowMs = runtime.nowMs()
    await Promise.all(group.map(({ seq }) => log.finishUnsent(seq, 'cancelled', reason, nowMs)))
    for (const { id } of group) hub.deliveryChanged(id)
    hub.publish({ kind: 'status.changed' })
  }
}

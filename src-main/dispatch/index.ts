/**
 * The dispatcher: takes committed deliveries, sends them within its limits, an endpoint at a time in
 * turn, again by their schedule where they fail, and sees to it that each end is recorded. Nothing is
 * sent that the history does not know.
 */
import type { ClockSpeed, DeliveryId, QueuedWhy, QueueState, Retry } from '#contract'
import type { EventHub } from '../event-hub.ts'
import { createPatientWriter } from '../patient-writer.ts'
import type { Runtime } from '../runtime.ts'
import type {
  CutOff,
  DeliveryJob,
  DeliveryLog,
  Next,
  QueuedDelivery,
} from '../store/history-records.ts'
import { cutOffRecord, endedAttempt, startAttempt } from './attempt.ts'
import { leastOf } from './endpoint-queues.ts'
import { createGates, type KeptGates, NO_GATES } from './gates.ts'
import { createLanePool } from './lane-pool.ts'
import { createLines, type Line, type LineOptions } from './lines.ts'
import { CUT_OFF } from './outcome.ts'
import type { Render } from './render.ts'
import { type EndedAttempt, holdMs, STOPPED, verdictOn } from './schedule.ts'
import { createSender, type SenderDeps } from './sender.ts'
import { createStageClock, type KeptClock } from './stage-clock.ts'
import { createWaiting } from './waiting.ts'

export { createExchanger, type Exchanger } from './exchanger.ts'
export { isForbidden } from './forbidden-address.ts'
export type { Line } from './lines.ts'
export type { AttemptStamp } from './render.ts'
export { createRoutes, type HttpProxy, type Route, type Routes } from './route.ts'

export interface Dispatcher {
  /** Sends deliveries that are committed as queued, in order. */
  enqueue(deliveries: readonly QueuedDelivery[]): void
  /**
   * A way of its own for deliveries that belong together, beside everybody else's: so many at once, and
   * none of the slots of the others. For deliveries that are not tried again.
   */
  openLine(options: LineOptions): Line
  /**
   * At start: what was being sent when the process died becomes an interrupted attempt and goes on by
   * its schedule; what was queued is queued again, what waited waits. Answers how many were cut off.
   */
  restore(options?: RestoreOptions): Promise<number>
  /** Ends these, whether they wait or are under way. Resolves, once recorded, to how many it ended. */
  cancel(seqs: readonly number[]): Promise<number>
  /** Ends those of these that are queued; what is under way goes on. Resolves as `cancel` does. */
  cancelQueued(seqs: readonly number[]): Promise<number>
  /**
   * Those of these that wait get their next attempt now, and so do those that a `Retry-After` holds
   * back: the hold on their endpoints ends. Answers how many.
   */
  retryNow(seqs: readonly number[]): number
  /** These, none of which has ended, get no further retry; those that wait end now. Answers how many. */
  stopRetrying(seqs: readonly number[]): number
  /** While paused nothing begins; what is under way ends. */
  setPaused(paused: boolean): void
  setSpeed(speed: ClockSpeed): void
  /** Moves the stage clock to when the next waiting delivery is due, or a hold on queued ones ends. */
  nextNow(): void
  state(): QueueState
  /** Queued deliveries by origin, of those that nothing may go to yet. */
  held(): { origin: string; count: number }[]
  /** Ends what is held for these origins. Resolves, once recorded, to how many it ended. */
  cancelHeld(origins: ReadonlySet<string>): Promise<number>
  /** To be called when the answer of `mayGoTo` has changed. */
  lookAgain(): void
  /** How many more deliveries may be queued; what is beyond is refused before it is recorded. */
  room(): number
  counts(): { queued: number; sending: number; waiting: number }
  /** By seq, why those of these that are queued still are; looked up now, and never stored. */
  whyQueued(seqs: ReadonlySet<number>): ReadonlyMap<number, QueuedWhy>
  /** Resolves when nothing is queued or under way and everything is recorded. */
  idle(): Promise<void>
  /**
   * Begins nothing more; what is under way may end within `graceMs`, then it is recorded as
   * interrupted. What is queued stays so in the history.
   */
  close(options: { graceMs: number }): Promise<void>
}

export interface RestoreOptions {
  /** What was queued and is not to be sent: whoever opens a line for it does that. */
  readonly leaveOut?: ReadonlySet<number>
}

/** What outlives the process besides the history. */
export interface KeptQueue {
  readonly paused: boolean
  readonly clock: KeptClock
  readonly gates: KeptGates
}

export interface DispatcherDeps {
  readonly log: DeliveryLog
  readonly render: Render
  /** The schedule of a delivery whose request is not made again. */
  readonly retryOf: (job: DeliveryJob) => Retry
  readonly runtime: Runtime
  readonly hub: EventHub
  /** Whether requests may leave for an origin; what may not stays queued. */
  readonly mayGoTo?: (origin: string) => boolean
  /** Attempts at once. */
  readonly limits?: {
    readonly global: number
    readonly perOrigin: number
    readonly perEndpoint: number
  }
  /** Deliveries in memory at once; 50,000 take some 25 MB. */
  readonly maxQueued?: number
  readonly kept?: KeptQueue | undefined
  readonly onKeep?: (kept: KeptQueue) => void
  /** Hears that the history cannot be written, and of null once it can be again. */
  readonly onUnwritable?: (error: unknown) => void
  /** Hears of bugs. */
  readonly onError: (error: unknown) => void
}

const DEFAULT_LIMITS = { global: 32, perOrigin: 8, perEndpoint: 6 }
const DEFAULT_KEPT: KeptQueue = { paused: false, clock: { speed: 1, aheadMs: 0 }, gates: NO_GATES }

export function createDispatcher(deps: DispatcherDeps): Dispatcher {
  const { log, runtime, hub, onError } = deps
  const kept = deps.kept ?? DEFAULT_KEPT
  log.takeUp()
  // With nothing that waits by it, it begins with the wall clock again.
  const waitsByIt = log.waiting.count() > 0 || kept.gates.holds.length > 0
  const aheadMs = waitsByIt ? kept.clock.aheadMs : 0
  const clock = createStageClock(runtime, { ...kept.clock, aheadMs }, log.waiting.lastSeenMs())
  const pool = createLanePool({ monotonicMs: () => runtime.monotonicMs() })
  /** Deliveries that end with the attempt that is queued or under way. */
  const stopped = new Set<number>()
  let paused = kept.paused
  let closing = false
  let keepsLater: (() => void) | null = null
  const gates = createGates({ runtime, clock, kept: kept.gates, onChange: keep })
  for (const { endpoint, untilMs } of log.waiting.held()) gates.hold(endpoint, untilMs)

  const writer = createPatientWriter({
    runtime,
    onTrouble: (error) => {
      if (error !== null) onError(error)
      else pumpAll()
      deps.onUnwritable?.(error)
    },
  })

  function decide({ seq, endpoint }: QueuedDelivery, retry: Retry, attempt: EndedAttempt): Next {
    const verdict = verdictOn(retry, attempt, () => runtime.randomInt(RANDOM_STEPS) / RANDOM_STEPS)
    const heldMs = holdMs(verdict, attempt)
    if (heldMs > 0) gates.hold(endpoint, Math.ceil(clock.nowMs()) + heldMs)
    const wasStopped = stopped.delete(seq)
    if (verdict.kind === 'final') return verdict
    if (wasStopped) return { kind: 'final', note: STOPPED }
    return { ...verdict, dueAtMs: Math.ceil(clock.nowMs()) + verdict.waitMs }
  }

  const attemptDeps = { ...deps, pool, clock, decide, writer }
  // What ends now could not be recorded.
  const mayStart = () => !closing && !paused && !writer.isBehind()
  const mayGoTo = deps.mayGoTo ?? (() => true)
  const start: SenderDeps['start'] = (delivery, onOffTheWire) =>
    startAttempt(attemptDeps, delivery, onOffTheWire)
  const lines = createLines({ runtime, gates, mayStart, mayGoTo, start })
  const sender = createSender({
    runtime,
    limits: deps.limits ?? DEFAULT_LIMITS,
    gates,
    mayStart,
    mayGoTo,
    start,
    onEnd: ({ seq }, { kind }) => {
      if (kind === 'again') waiting.rearm()
      else stopped.delete(seq)
    },
  })
  const waiting = createWaiting({
    log: log.waiting,
    clock,
    runtime,
    mayWake: mayStart,
    onDue: send,
    onError,
  })

  const held = () => [...sender.held(), ...lines.held()]

  function send(deliveries: readonly QueuedDelivery[]) {
    tellChanged(deliveries.map(({ id }) => id))
    sender.add(deliveries)
  }

  function tellChanged(ids: readonly DeliveryId[]) {
    for (const id of ids) hub.deliveryChanged(id)
    hub.publish({ kind: 'status.changed' })
  }

  function keep() {
    keepsLater?.()
    keepsLater = null
    try {
      deps.onKeep?.({ paused, clock: clock.kept(), gates: gates.kept() })
    } catch (error) {
      onError(error)
      if (!closing) keepsLater ??= runtime.after(KEEP_AGAIN_MS, keep)
    }
    hub.publish({ kind: 'status.changed' })
  }

  function nextDueAtMs(): number | null {
    const times = [log.waiting.nextDueAtMs(), sender.nextHoldEndMs(), lines.nextHoldEndMs()]
    return leastOf(times, (atMs) => atMs)
  }

  /** Also after a gate was lifted, or its clock changed, or what could not be written was. */
  function pumpAll() {
    sender.pump()
    lines.pump()
    waiting.rearm()
  }

  function whyQueued(seqs: ReadonlySet<number>): ReadonlyMap<number, QueuedWhy> {
    if (seqs.size === 0) return new Map()
    const all = new Map([...lines.why(seqs), ...sender.why(seqs)])
    const before: QueuedWhy | null = paused
      ? { kind: 'paused' }
      : writer.isBehind()
        ? { kind: 'unwritable' }
        : null
    return before ? new Map([...all.keys()].map((seq) => [seq, before])) : all
  }

  function heldAmong(seqs: ReadonlySet<number>): QueuedDelivery[] {
    return [...sender.queued(seqs), ...lines.queued(seqs)].filter(
      (delivery) => gates.why(delivery, 0)?.kind === 'retry_after',
    )
  }

  async function recordCutOff(cutOff: CutOff): Promise<void> {
    const record = cutOffRecord(cutOff, runtime.nowMs())
    const next = decide(cutOff, deps.retryOf(log.job(cutOff.seq)), endedAttempt(record, CUT_OFF))
    await log.finishAttempt(record, next)
  }

  async function cancelQueued(seqs: readonly number[]): Promise<number> {
    const removed = [...sender.remove(seqs), ...lines.remove(seqs)]
    for (const { seq } of removed) stopped.delete(seq)
    await inGroups(removed, async (group) => {
      const nowMs = runtime.nowMs()
      const writes = group.map(async (delivery) => {
        const { seq, attempts } = delivery
        const end = { code: 'cancelled', reason: cancelledBefore(attempts) } as const
        await writer.write(() => log.finishUnsent(seq, end.code, end.reason, nowMs))
        lines.ended(delivery, { ...end, httpStatus: null })
      })
      await Promise.all(writes)
      tellChanged(group.map(({ id }) => id))
    })
    return removed.length
  }

  async function cancelWaiting(seqs: readonly number[]): Promise<number> {
    let count = 0
    await inGroups(seqs, async (group) => {
      const ids = log.waiting.cancel(group, runtime.nowMs())
      count += ids.length
      if (ids.length > 0) tellChanged(ids)
      await new Promise(setImmediate)
    })
    return count
  }

  return {
    enqueue: (deliveries) => sender.add(deliveries),
    openLine: lines.open,
    restore: async ({ leaveOut } = {}) => {
      let count = 0
      for (let group = log.cutOff(GROUP); group.length > 0; group = log.cutOff(GROUP)) {
        await Promise.all(group.map(recordCutOff))
        count += group.length
      }
      for (const page of queuedPages(log)) {
        sender.add(leaveOut ? page.filter(({ seq }) => !leaveOut.has(seq)) : page)
      }
      waiting.rearm()
      hub.publish({ kind: 'status.changed' })
      return count
    },
    cancel: async (seqs) => {
      const underWay = [sender.cancel(seqs), lines.cancel(seqs)]
      const counts = [...underWay, cancelQueued(seqs), cancelWaiting(seqs)]
      return (await Promise.all(counts)).reduce((sum, count) => sum + count, 0)
    },
    cancelQueued,
    retryNow: (seqs) => {
      const taken = log.waiting.take(seqs, runtime.nowMs())
      const held = heldAmong(new Set(seqs))
      for (const { endpoint } of [...taken, ...held]) gates.lift(endpoint)
      send(taken)
      pumpAll()
      return taken.length + held.length
    },
    stopRetrying: (seqs) => {
      const ended = log.waiting.giveUp(seqs, STOPPED, runtime.nowMs())
      tellChanged(ended.map(({ id }) => id))
      const over = new Set(ended.map(({ seq }) => seq))
      // The others are queued or under way.
      for (const seq of seqs) if (!over.has(seq)) stopped.add(seq)
      return seqs.length
    },
    setPaused: (next) => {
      paused = next
      keep()
      pumpAll()
    },
    setSpeed: (speed) => {
      clock.setSpeed(speed)
      keep()
      pumpAll()
    },
    nextNow: () => {
      const dueAtMs = nextDueAtMs()
      if (dueAtMs === null) return
      clock.skipTo(dueAtMs)
      keep()
      pumpAll()
    },
    state: () => ({
      paused,
      speed: clock.speed,
      stageMs: clock.nowMs(),
      wallMs: runtime.nowMs(),
      nextDueAtMs: nextDueAtMs(),
    }),
    held: () => held().map(({ origin, seqs }) => ({ origin, count: seqs.length })),
    cancelHeld: (origins) =>
      cancelQueued(held().flatMap(({ origin, seqs }) => (origins.has(origin) ? seqs : []))),
    lookAgain: () => {
      sender.lookAgain()
      lines.lookAgain()
    },
    room: () => Math.max((deps.maxQueued ?? MAX_QUEUED) - sender.counts().queued, 0),
    counts: () => {
      const [own, others] = [sender.counts(), lines.counts()]
      return {
        queued: own.queued + others.queued,
        sending: own.sending + others.sending,
        waiting: log.waiting.count(),
      }
    },
    whyQueued,
    idle: () => sender.idle(),
    close: async ({ graceMs }) => {
      closing = true
      waiting.close()
      const finished = Promise.all([sender.finish(graceMs), lines.finish(graceMs)])
      const callOff = runtime.after(graceMs, () => writer.close())
      await finished
      callOff()
      writer.close()
      keep()
      pool.close()
    },
  }
}

/** So many ends share a transaction; the event loop turns in between. */
const GROUP = 500
const MAX_QUEUED = 50_000
const KEEP_AGAIN_MS = 1_000
const RANDOM_STEPS = 1_000_000
const RESTORE_PAGE = 1_000

function cancelledBefore(attempts: number): string {
  return attempts === 0
    ? 'Cancelled before anything was sent.'
    : `Cancelled before attempt ${attempts + 1} was sent.`
}

async function inGroups<T>(
  list: readonly T[],
  each: (group: readonly T[]) => Promise<void>,
): Promise<void> {
  for (let from = 0; from < list.length; from += GROUP) await each(list.slice(from, from + GROUP))
}

function* queuedPages(log: DeliveryLog): Generator<QueuedDelivery[]> {
  for (let afterSeq = 0; ; ) {
    const page = log.queued(afterSeq, RESTORE_PAGE)
    yield page
    const last = page.at(-1)
    if (!last || page.length < RESTORE_PAGE) return
    afterSeq = last.seq
  }
}

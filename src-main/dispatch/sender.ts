/**
 * Starts attempts as slots come free: whose turn it is, how many at once, and what is under way.
 */
import type { QueuedWhy } from '#contract'
import type { Runtime } from '../runtime.ts'
import type { QueuedDelivery } from '../store/history-records.ts'
import type { Attempt, AttemptEnd } from './attempt.ts'
import {
  createEndpointQueues,
  type EndpointLimits,
  type HeldOrigin,
  type Place,
} from './endpoint-queues.ts'
import type { AbortReason } from './exchange.ts'
import type { Gates } from './gates.ts'

export interface Sender {
  add(deliveries: readonly QueuedDelivery[]): void
  /** Starts what may be started; to be called when `mayStart`, a gate or its clock has changed. */
  pump(): void
  /** Why those of these that are queued still are; `mayStart` being false is left to the caller. */
  why(seqs: ReadonlySet<number>): Map<number, QueuedWhy>
  /** Those of these that are queued. */
  queued(seqs: ReadonlySet<number>): QueuedDelivery[]
  /** Aborts those of these that are under way; resolves, once recorded, to how many that cancelled. */
  cancel(seqs: readonly number[]): Promise<number>
  /** Takes those of these out that are queued. */
  remove(seqs: readonly number[]): QueuedDelivery[]
  /** What is queued for origins that nothing may go to. */
  held(): HeldOrigin[]
  /** To be called when the answer of `mayGoTo` has changed. */
  lookAgain(): void
  counts(): { queued: number; sending: number }
  /** When the first hold of an endpoint with something queued is over, by the stage clock. */
  nextHoldEndMs(): number | null
  /** Resolves when nothing is queued or under way. */
  idle(): Promise<void>
  /** Aborts what is under way after `graceMs`; resolves when nothing is. */
  finish(graceMs: number): Promise<void>
}

export interface SenderDeps {
  readonly runtime: Runtime
  readonly limits: EndpointLimits & { readonly global: number }
  readonly gates: Gates
  readonly mayStart: () => boolean
  /** Whether anything may leave for an origin. */
  readonly mayGoTo: (origin: string) => boolean
  readonly start: (delivery: QueuedDelivery, onOffTheWire: (inTime: boolean) => void) => Attempt
  readonly onEnd: (delivery: QueuedDelivery, end: AttemptEnd) => void
}

/** How long to begin nothing when the history could not be written. */
const WRITE_FAILURE_PAUSE_MS = 1_000
/** A timer stands still while the laptop sleeps, so gates are looked at again at least this often. */
const LOOK_AGAIN_MS = 5_000

export function createSender(deps: SenderDeps): Sender {
  const { runtime, limits } = deps
  const queues = createEndpointQueues(limits, deps.gates, deps.mayGoTo)
  /** By seq, until recorded; at most `limits.global` of them hold a slot. */
  const attempts = new Map<number, Attempt>()
  const idleWaiters: (() => void)[] = []
  let slots = 0
  let isPumping = false
  let callOffPause: (() => void) | null = null
  let callOffGate: (() => void) | null = null

  const mayStart = () => deps.mayStart() && !callOffPause && slots < limits.global

  /** Fills the free slots once this turn of the event loop is over, all of them at once. */
  function pump() {
    if (isPumping || queues.size() === 0) return
    isPumping = true
    setImmediate(() => {
      isPumping = false
      while (mayStart()) {
        const delivery = queues.take()
        if (!delivery) break
        slots += 1
        void run(delivery)
      }
      awaitGate()
    })
  }

  /** Those that only wait for their gate start when it opens. */
  function awaitGate() {
    // What else keeps them is over with a call of its own.
    if (callOffGate || !mayStart()) return
    const opensInMs = queues.nextOpensInMs()
    if (opensInMs === null) return
    const waitMs = Math.min(Math.ceil(Math.max(opensInMs, 1)), LOOK_AGAIN_MS)
    callOffGate = runtime.after(waitMs, () => {
      callOffGate = null
      pump()
    })
  }

  async function run(delivery: QueuedDelivery): Promise<void> {
    let holdsSlot = true
    const release = (inTime: boolean) => {
      holdsSlot = false
      slots -= 1
      queues.release(delivery, inTime)
      pump()
    }
    const attempt = deps.start(delivery, release)
    attempts.set(delivery.seq, attempt)
    const end = await attempt.done
    attempts.delete(delivery.seq)
    if (holdsSlot && end.kind === 'unbegun') waitForHistory(delivery)
    else if (holdsSlot) release(true)
    deps.onEnd(delivery, end)
    wakeWhenIdle()
  }

  function waitForHistory(delivery: QueuedDelivery) {
    slots -= 1
    queues.putBack(delivery)
    callOffPause ??= runtime.after(WRITE_FAILURE_PAUSE_MS, () => {
      callOffPause = null
      pump()
    })
  }

  function whyAt({ delivery, before, full }: Place): QueuedWhy {
    if (callOffPause) return { kind: 'unwritable' }
    if (!deps.mayGoTo(delivery.origin)) return { kind: 'unconfirmed' }
    const shut = deps.gates.why(delivery, before)
    if (shut) return shut
    if (before > 0) return { kind: 'turn', before }
    const of = slots >= limits.global ? 'all' : full
    return of === null ? { kind: 'turn', before } : { kind: 'slots', of }
  }

  function wakeWhenIdle() {
    if (attempts.size > 0 || queues.size() > 0) return
    for (const wake of idleWaiters.splice(0)) wake()
  }

  return {
    add: (deliveries) => {
      for (const delivery of deliveries) queues.add(delivery)
      pump()
    },
    pump: () => {
      callOffGate?.()
      callOffGate = null
      pump()
    },
    why: (seqs) => {
      const places = queues.places(seqs)
      return new Map(places.map((place) => [place.delivery.seq, whyAt(place)]))
    },
    queued: (seqs) => queues.places(seqs).map(({ delivery }) => delivery),
    cancel: async (seqs) => {
      const ends: Promise<AttemptEnd>[] = []
      for (const seq of seqs) {
        const attempt = attempts.get(seq)
        attempt?.abort('cancelled')
        if (attempt) ends.push(attempt.done)
      }
      return (await Promise.all(ends)).filter(({ kind }) => kind === 'cancelled').length
    },
    remove: (seqs) => {
      const removed = queues.remove(new Set(seqs))
      wakeWhenIdle()
      return removed
    },
    held: queues.held,
    lookAgain: () => {
      queues.lookAgain()
      pump()
    },
    nextHoldEndMs: () => queues.nextHoldEndMs(),
    counts: () => ({ queued: queues.size(), sending: slots }),
    idle: () =>
      new Promise((resolve) => {
        idleWaiters.push(resolve)
        wakeWhenIdle()
      }),
    finish: async (graceMs) => {
      callOffPause?.()
      callOffGate?.()
      const why: AbortReason = 'interrupted'
      const callOff = runtime.after(graceMs, () => {
        for (const attempt of attempts.values()) attempt.abort(why)
      })
      await Promise.all([...attempts.values()].map(({ done }) => done))
      callOff()
    },
  }
}

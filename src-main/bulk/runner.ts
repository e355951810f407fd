/**
 * A run that proceeds: items become deliveries shortly before they are due, a few more than may be
 * under way. Items are settled in groups, after the ends of their deliveries are recorded. Rules:
 * nothing new begins while it is paused or cancelled; an item gets a delivery only while it is pending;
 * no group holds up the event loop.
 */
import type { BulkCounts, BulkItemState, BulkRunState, DeliveryId } from '#contract'
import type { Dispatcher } from '../dispatch/index.ts'
import { AppError } from '../errors.ts'
import type { EventHub } from '../event-hub.ts'
import type { Runtime } from '../runtime.ts'
import { storageFault } from '../storage-fault.ts'
import type { DeliveryEnd, QueuedDelivery } from '../store/history-records.ts'
import type { DueItem, Store, StoredRun, Write } from '../store/index.ts'
import { createPacer } from './pacer.ts'
import type { PreparedItem, Preparer } from './prepare.ts'
import { createTally } from './tally.ts'
import { verdictOf } from './verdict.ts'

export interface Runner {
  /** As it was when it began to proceed. */
  readonly run: StoredRun
  state(): BulkRunState
  why(): string
  counts(): BulkCounts
  sending(): number
  /** Nothing is pending up to this position. */
  passed(): number
  pause(why: string): void
  resume(): void
  /** So many that were interrupted are pending again. */
  renewed(count: number): void
  /** Resolves when nothing of it is queued any more. */
  cancel(): Promise<void>
  /** Begins nothing more; what it is at goes on at the next start. */
  close(): Promise<void>
}

export interface RunnerDeps {
  readonly store: Store
  readonly dispatcher: Pick<Dispatcher, 'openLine' | 'cancelQueued'>
  readonly preparer: Preparer
  readonly runtime: Runtime
  readonly hub: EventHub
  readonly onOver: () => void
  readonly onError: (error: unknown) => void
}

/** A delivery of the run that has not ended. */
export interface Outstanding {
  readonly position: number
  readonly original: DueItem['original']
  readonly delivery: QueuedDelivery
}

/** So many become deliveries in one transaction, or fewer where they are large. */
const GROUP = 128
/** So many times what is under way at once are queued, so that there is always something to send. */
const AHEAD = 8
const GROUP_BYTES = 4 * 1024 * 1024
const CANCEL_GROUP = 500
/** Ends are written this late at most. */
const SETTLE_MS = 200
const LOOK_AGAIN_MS = 5_000
const UNMADE = 'Hookstage could not make the request. The log says why.'
const CANCELLED = 'The run was cancelled before it was sent.'

/** @param left what was queued when Hookstage ended; it is held until the run is resumed */
export function createRunner(
  deps: RunnerDeps,
  run: StoredRun,
  counts: BulkCounts,
  left: readonly Outstanding[] = [],
): Runner {
  const { store, runtime, hub } = deps
  const { atOnce, order } = run.pace
  const pacer = createPacer(run.pace.spacing)
  const tally = createTally(counts)
  /** By the seq of the delivery. */
  const outstanding = new Map(left.map((each) => [each.delivery.seq, each]))
  const line = deps.dispatcher.openLine({ atOnce, onEnd })
  let ended: Ended[] = []
  /** Where the order has come to. */
  let cursor: number | null = null
  /** There may be something pending behind what is not. */
  let isSkipping = false
  /** How often the order began anew, as some are pending again. */
  let renewals = 0
  let state = run.state
  let why = run.why
  let isClosed = false
  let isScheduled = false
  let isAskedAgain = false
  let filling: Promise<void> | null = null
  let callOffTimer: (() => void) | null = null

  line.hold(state !== 'running')
  line.enqueue(left.map(({ delivery }) => delivery))
  if (state === 'running') soon()

  /** What cannot be written holds back no pause and no cancellation. */
  function setState(next: 'paused' | 'cancelling', words: string) {
    state = next
    why = words
    try {
      write(next, null)
    } finally {
      hub.publish({ kind: 'bulk.changed' })
    }
  }

  /** It is over only once that is written; until then it is tried again. */
  function end(next: 'done' | 'cancelled') {
    write(next, runtime.nowMs())
    state = next
    why = ''
    hub.publish({ kind: 'bulk.changed' })
    line.close()
    callOffTimer?.()
    deps.onOver()
  }

  function write(next: BulkRunState, finishedAtMs: number | null) {
    store.together(() => {
      const words = next === 'paused' || next === 'cancelling' ? why : ''
      store.bulkRuns.setState(run.seq, next, words, finishedAtMs)
      store.bulkRuns.setCounts(run.seq, tally.counts())
    })
  }

  function onEnd({ seq }: QueuedDelivery, end: DeliveryEnd) {
    const item = outstanding.get(seq)
    if (!item || isClosed) return
    outstanding.delete(seq)
    const { position, original, delivery } = item
    ended.push({ position, deliveryId: delivery.id, end, verdict: verdictOf(original, end) })
    // Only then: what is queued keeps the line busy, and fewer transactions are made.
    const mayRefill = line.counts().queued <= (AHEAD * atOnce) / 2
    if (mayRefill || state !== 'running') soon()
    else later(SETTLE_MS)
  }

  /** In the next turn, so that what ends together is written together. */
  function soon() {
    if (isScheduled || isClosed) return
    isScheduled = true
    setImmediate(() => {
      isScheduled = false
      step()
    })
  }

  function later(ms: number) {
    callOffTimer ??= runtime.after(Math.min(Math.max(Math.ceil(ms), 1), LOOK_AGAIN_MS), () => {
      callOffTimer = null
      step()
    })
  }

  function step() {
    if (isClosed) return
    isAskedAgain = filling !== null
    if (filling) return
    filling = proceed()
      .catch((error: unknown) => {
        deps.onError(error)
        // Such as a disk that is full: nothing is lost, and it is tried again.
        later(LOOK_AGAIN_MS)
      })
      .finally(() => {
        filling = null
        if (isAskedAgain) soon()
      })
  }

  async function proceed(): Promise<void> {
    for (;;) {
      const begun = renewals
      const due = state === 'running' ? dueItems() : []
      const prepared = await prepareAll(due)
      if (isClosed) return
      const mayGo = state === 'running'
      await recordGroup(mayGo ? prepared : [])
      // Those that are pending again stand before it.
      const last = mayGo && begun === renewals ? due.at(-1) : undefined
      if (last) cursor = last.position
      if ((due.length === 0 && !isSkipping) || !mayGo) break
      await new Promise(setImmediate)
    }
    if (state === 'cancelling') await cancelLeft()
    if (isClosed || outstanding.size > 0 || ended.length > 0) return
    if (state === 'running' && tally.of('pending') === 0) end('done')
    if (state === 'cancelling' && tally.of('pending') === 0) end('cancelled')
  }

  /** What a cancellation could not take: what could not be written, and what was then queued again. */
  async function cancelLeft(): Promise<void> {
    if (tally.of('pending') > 0) await cancelPending()
    if (outstanding.size === 0) return
    later(LOOK_AGAIN_MS)
    // Not awaited: while nothing can be written, it does not end before Hookstage does.
    deps.dispatcher.cancelQueued([...outstanding.keys()]).catch(deps.onError)
  }

  /** Those that are due and that there is room for. */
  function dueItems(): DueItem[] {
    isSkipping = false
    const room = AHEAD * atOnce - line.counts().queued
    if (room < 1) return []
    const nowMs = runtime.monotonicMs()
    const due: DueItem[] = []
    let bytes = 0
    const limit = Math.min(room, GROUP)
    const next = store.bulkItems.pending(run.seq, order, cursor, limit)
    if (next.due.length === 0 && next.last !== null) {
      cursor = next.last
      isSkipping = true
    }
    for (const item of next.due) {
      const waitMs = pacer.dueMs(item.recordedAtMs, nowMs) - nowMs
      if (waitMs > 0 || (due.length > 0 && bytes + item.bodyBytes > GROUP_BYTES)) {
        if (waitMs > 0 && due.length === 0) restart(waitMs)
        break
      }
      pacer.sent(item.recordedAtMs, nowMs)
      bytes += item.bodyBytes
      due.push(item)
    }
    return due
  }

  function restart(ms: number) {
    callOffTimer?.()
    callOffTimer = null
    later(ms)
  }

  async function prepareAll(items: readonly DueItem[]): Promise<Prepared[]> {
    const prepared: Prepared[] = []
    if (items.length > 0) deps.preparer.read(items)
    for (const item of items) {
      try {
        const made = deps.preparer.prepare(item)
        prepared.push(made instanceof Promise ? await made : made)
      } catch (error) {
        if (storageFault(error) !== null) throw error
        if (!(error instanceof AppError)) deps.onError(error)
        prepared.push({ item, why: error instanceof AppError ? error.message : UNMADE })
      }
    }
    return prepared
  }

  /** One transaction: what ended, and what is to be sent with its deliveries. */
  async function recordGroup(group: readonly Prepared[]): Promise<void> {
    if (group.length === 0 && ended.length === 0) return
    const settled = ended.slice()
    const sendable = group.flatMap((each) => ('why' in each ? [] : [each]))
    const records = sendable.map(({ item, event, delivery }) => ({
      item,
      record: store.log.recordLater(event, delivery),
    }))
    excludeAll(group)
    const [begin] = records
    const firstSeq = await recorded(begin?.record.id, [
      ...settled.map(({ position, deliveryId, verdict, end }) =>
        store.bulkEnds.settle(run.seq, position, deliveryId, verdict, end),
      ),
      ...records.flatMap(({ record }) => record.writes),
    ])
    // Others may have ended meanwhile.
    ended = ended.slice(settled.length)
    for (const { end, verdict } of settled) {
      tally.move('made', verdict)
      tally.ended(end.code)
    }
    tally.move('pending', 'made', records.length)
    if (isClosed) return
    const made = records.map(({ item, record }, index): Outstanding => {
      const { position, original } = item
      return { position, original, delivery: record.queued(firstSeq + index) }
    })
    for (const each of made) {
      outstanding.set(each.delivery.seq, each)
      hub.deliveryChanged(each.delivery.id)
    }
    line.enqueue(made.map(({ delivery }) => delivery))
    hub.publish({ kind: 'bulk.changed' })
    if (made.length > 0) hub.publish({ kind: 'status.changed' })
  }

  /** Answers the seq of the first delivery of the group, where it has any. */
  async function recorded(
    first: DeliveryId | undefined,
    writes: readonly Write[],
  ): Promise<number> {
    const seqOf = () => (first === undefined ? null : store.log.seqOf(first))
    try {
      await store.commit(writes)
    } catch (error) {
      // The thread may have died between the commit and its answer.
      if (seqOf() === null) throw error
    }
    return seqOf() ?? 0
  }

  function excludeAll(group: readonly Prepared[]) {
    const unfit = group.flatMap((each) => ('why' in each ? [each] : []))
    if (unfit.length === 0) return
    store.together(() => {
      for (const { item, why: reason } of unfit) {
        store.bulkEnds.exclude(run.seq, item.position, reason)
      }
    })
    tally.move('pending', 'excluded', unfit.length)
  }

  async function cancelPending(): Promise<void> {
    for (let after = -1; ; ) {
      if (isClosed) return
      const { count, last } = store.bulkEnds.cancelPending(run.seq, CANCELLED, after, CANCEL_GROUP)
      tally.move('pending', 'cancelled', count)
      hub.publish({ kind: 'bulk.changed' })
      if (last === null) return
      after = last
      await new Promise(setImmediate)
    }
  }

  return {
    run,
    state: () => state,
    why: () => why,
    counts: () => tally.counts(),
    sending: () => line.counts().sending,
    passed: () => (order === 'recorded' ? (cursor ?? -1) : -1),
    pause: (words) => {
      if (state !== 'running') return
      line.hold(true)
      pacer.hold(runtime.monotonicMs())
      callOffTimer?.()
      callOffTimer = null
      soon()
      setState('paused', words)
    },
    resume: () => {
      if (state !== 'paused') return
      write('running', null)
      state = 'running'
      why = ''
      hub.publish({ kind: 'bulk.changed' })
      pacer.goOn(runtime.monotonicMs())
      line.hold(false)
      soon()
    },
    renewed: (count) => {
      tally.move('interrupted', 'pending', count)
      tally.ended('interrupted', -count)
      cursor = null
      renewals += 1
      soon()
    },
    cancel: async () => {
      if (state !== 'running' && state !== 'paused' && state !== 'cancelling') return
      line.hold(true)
      soon()
      setState('cancelling', '')
      // What is being recorded at this moment is queued first.
      await filling
      await Promise.all([deps.dispatcher.cancelQueued([...outstanding.keys()]), cancelPending()])
      soon()
    },
    close: async () => {
      isClosed = true
      callOffTimer?.()
      await filling
    },
  }
}

interface Ended {
  readonly position: number
  readonly deliveryId: DeliveryId
  readonly end: DeliveryEnd
  readonly verdict: BulkItemState
}

type Prepared = PreparedItem | { readonly item: DueItem; readonly why: string }

/**
 * Lines: ways of their own for deliveries that belong together, such as a bulk run's. Each has its
 * own number at once and can be held; it takes none of the slots of what is sent beside it.
 */
import type { QueuedWhy } from '#contract'
import type { Runtime } from '../runtime.ts'
import type { DeliveryEnd, QueuedDelivery } from '../store/history-records.ts'
import { leastOf } from './endpoint-queues.ts'
import type { Gates } from './gates.ts'
import { createSender, type Sender, type SenderDeps } from './sender.ts'

export interface LineOptions {
  /** So many are under way at once. */
  readonly atOnce: number
  /** Called once for each delivery, when its end is recorded, or Hookstage failed in the middle of it. */
  readonly onEnd: (delivery: QueuedDelivery, end: DeliveryEnd) => void
}

export interface Line {
  /** Sends deliveries that are committed as queued, in order. */
  enqueue(deliveries: readonly QueuedDelivery[]): void
  /** While it is held nothing begins; what is under way ends. */
  hold(isHeld: boolean): void
  /** How many wait for their turn, and how many are under way. */
  counts(): { queued: number; sending: number }
  /** Forgets the line; to be called when nothing of it is queued or under way. */
  close(): void
}

/** All lines as one. */
export interface Lines {
  open(options: LineOptions): Line
  cancel(seqs: readonly number[]): Promise<number>
  remove(seqs: readonly number[]): QueuedDelivery[]
  /** This one was ended without an attempt. */
  ended(delivery: QueuedDelivery, end: DeliveryEnd): void
  pump(): void
  held: Sender['held']
  lookAgain: Sender['lookAgain']
  /** When the first of their holds is over, by the stage clock. */
  nextHoldEndMs(): number | null
  /** As the sender's. */
  why(seqs: ReadonlySet<number>): Map<number, QueuedWhy>
  queued(seqs: ReadonlySet<number>): QueuedDelivery[]
  counts(): { queued: number; sending: number }
  finish(graceMs: number): Promise<void>
}

interface Opened {
  readonly sender: Sender
  readonly isHeld: () => boolean
  readonly onEnd: LineOptions['onEnd']
}

/** What the next start will find of such a delivery. */
const UNRECORDED: DeliveryEnd = {
  code: 'interrupted',
  httpStatus: null,
  reason:
    'Hookstage failed while it was being sent, and does not know what came of it. The log says why.',
}

export function createLines(deps: {
  readonly runtime: Runtime
  readonly gates: Gates
  readonly mayStart: () => boolean
  readonly mayGoTo: SenderDeps['mayGoTo']
  readonly start: SenderDeps['start']
}): Lines {
  const lines = new Set<Opened>()
  /** By seq, what was taken out of a line and has not ended yet. */
  const taken = new Map<number, Opened>()

  function open({ atOnce, onEnd }: LineOptions): Line {
    let isHeld = false
    const sender = createSender({
      runtime: deps.runtime,
      gates: deps.gates,
      limits: { global: atOnce, perOrigin: atOnce, perEndpoint: atOnce },
      mayStart: () => !isHeld && deps.mayStart(),
      mayGoTo: deps.mayGoTo,
      start: deps.start,
      onEnd: (delivery, end) => {
        if ('outcome' in end) onEnd(delivery, end.outcome)
        else if (end.kind === 'unrecorded') onEnd(delivery, UNRECORDED)
      },
    })
    const line = { sender, onEnd, isHeld: () => isHeld }
    lines.add(line)
    return {
      enqueue: (deliveries) => sender.add(deliveries),
      hold: (next) => {
        isHeld = next
        sender.pump()
      },
      counts: () => sender.counts(),
      close: () => {
        lines.delete(line)
      },
    }
  }

  return {
    open,
    cancel: async (seqs) => {
      const counts = await Promise.all([...lines].map(({ sender }) => sender.cancel(seqs)))
      return counts.reduce((sum, count) => sum + count, 0)
    },
    remove: (seqs) =>
      [...lines].flatMap((line) => {
        const removed = line.sender.remove(seqs)
        for (const { seq } of removed) taken.set(seq, line)
        return removed
      }),
    ended: (delivery, end) => {
      const line = taken.get(delivery.seq)
      taken.delete(delivery.seq)
      line?.onEnd(delivery, end)
    },
    pump: () => {
      for (const { sender } of lines) sender.pump()
    },
    held: () => [...lines].flatMap(({ sender }) => sender.held()),
    nextHoldEndMs: () => leastOf(lines, ({ sender }) => sender.nextHoldEndMs()),
    lookAgain: () => {
      for (const { sender } of lines) sender.lookAgain()
    },
    why: (seqs) => {
      const found = new Map<number, QueuedWhy>()
      for (const { sender, isHeld } of lines) {
        for (const [seq, why] of sender.why(seqs)) {
          found.set(seq, isHeld() ? { kind: 'run_paused' } : why)
        }
      }
      return found
    },
    queued: (seqs) => [...lines].flatMap(({ sender }) => sender.queued(seqs)),
    counts: () => {
      const counts = [...lines].map(({ sender }) => sender.counts())
      return {
        queued: counts.reduce((sum, { queued }) => sum + queued, 0),
        sending: counts.reduce((sum, { sending }) => sum + sending, 0),
      }
    },
    finish: async (graceMs) => {
      await Promise.all([...lines].map(({ sender }) => sender.finish(graceMs)))
    },
  }
}

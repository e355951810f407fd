/** Writes what receivers get and answer, as it happens; nobody's answer waits for more than one commit. */
import type { CaptureId, ReceiverId, RehearsalVerdict } from '#contract'
import type { EventHub } from '../event-hub.ts'
import type { Runtime } from '../runtime.ts'
import type { CaptureStore, ForwardedCapture } from '../store/captures.ts'
import { readAnswer } from './answer-tap.ts'
import type { ReceivedMessage } from './listener.ts'

export interface Recorder {
  /** @param verdict of a rehearsal's */
  record(receiverId: ReceiverId, message: ReceivedMessage, verdict?: RehearsalVerdict): Recording
  /** Resolves when everything that was begun is written. */
  settled(): Promise<void>
}

export interface Recording {
  /** Resolves once the request is committed, or could not be. */
  readonly done: Promise<unknown>
  forwarded(exchange: ForwardedCapture): void
  /** @param wire what went out */
  answered(wire: Buffer): void
}

export function createRecorder(deps: {
  readonly captures: Pick<CaptureStore, 'record' | 'answered' | 'forwarded'>
  readonly runtime: Runtime
  readonly hub: EventHub
  readonly onError: (error: unknown) => void
}): Recorder {
  const { captures, runtime, hub, onError } = deps
  const pending = new Set<Promise<unknown>>()

  /** A failure is told, and its sender answered all the same. */
  function write<T>(work: () => Promise<T>): Promise<T | null> {
    const done = work().then(
      (result) => {
        hub.publish({ kind: 'captures.changed' })
        return result
      },
      (error: unknown) => {
        onError(error)
        return null
      },
    )
    pending.add(done)
    void done.finally(() => pending.delete(done))
    return done
  }

  return {
    record: (receiverId, message, verdict) => {
      const id = runtime.newId('cap') as CaptureId
      const receivedAtMs = runtime.nowMs()
      const seq = write(() =>
        captures.record({ ...message, id, receiverId, receivedAtMs }, verdict),
      )
      const then = (next: (seq: number) => Promise<void>) =>
        void write(async () => {
          const known = await seq
          if (known !== null) await next(known)
        })
      return {
        done: seq,
        forwarded: (exchange) => then((known) => captures.forwarded(known, exchange)),
        answered: (wire) => {
          if (wire.length > 0) then((known) => captures.answered(known, readAnswer(wire)))
        },
      }
    },
    settled: async () => {
      while (pending.size > 0) await Promise.all(pending)
    },
  }
}

/**
 * Writes what receivers get and answer, as it happens; nobody's answer waits for more than one commit.
 * What cannot be written for want of disk, or as another program has the database locked, is kept in
 * memory until it can be, up to a bound.
 */
import type { CaptureId, ReceiverId, RehearsalVerdict } from '#contract'
import type { EventHub } from '../event-hub.ts'
import { createPatientWriter } from '../patient-writer.ts'
import type { Runtime } from '../runtime.ts'
import { storageFault } from '../storage-fault.ts'
import type { CaptureStore, ForwardedCapture } from '../store/captures.ts'
import { readAnswer } from './answer-tap.ts'
import type { ReceivedMessage } from './listener.ts'

export interface Recorder {
  /** @param verdict of a rehearsal's */
  record(receiverId: ReceiverId, message: ReceivedMessage, verdict?: RehearsalVerdict): Recording
  /** Resolves when everything that was begun is written, or could not be for a last time. */
  settled(): Promise<void>
}

export interface Recording {
  /** Resolves once the request is committed, or could not be at first. */
  readonly done: Promise<unknown>
  forwarded(exchange: ForwardedCapture): void
  /** @param wire what went out */
  answered(wire: Buffer): void
}

/** Bodies beyond are not kept while nothing can be written. */
const MOST_UNWRITTEN_BYTES = 64 * 1024 * 1024

export function createRecorder(deps: {
  readonly captures: Pick<CaptureStore, 'record' | 'answered' | 'forwarded'>
  readonly runtime: Runtime
  readonly hub: EventHub
  /** Hears why what comes cannot be recorded, and of null once it is. */
  readonly onUnrecorded?: (error: unknown) => void
  readonly onError: (error: unknown) => void
}): Recorder {
  const { captures, runtime, hub, onError } = deps
  const pending = new Set<Promise<unknown>>()
  let unwrittenBytes = 0
  const writer = createPatientWriter({
    runtime,
    onTrouble: (error) => {
      if (error !== null) onError(error)
      deps.onUnrecorded?.(error)
    },
  })

  /**
   * @param after what has to be written before it
   * @returns once it is written, what it came to; null when it could not be
   */
  function write<T>(
    bytes: number,
    work: () => Promise<T>,
    after?: Promise<unknown>,
  ): Promise<T | null> {
    const done = patiently(bytes, work, after).then(
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

  async function patiently<T>(
    bytes: number,
    work: () => Promise<T>,
    after?: Promise<unknown>,
  ): Promise<T> {
    if (writer.isBehind() && unwrittenBytes + bytes > MOST_UNWRITTEN_BYTES) {
      throw new Error(TOO_MUCH)
    }
    const found: { result?: T; error?: unknown } = {}
    unwrittenBytes += bytes
    try {
      await after
      await writer.write(async () => {
        try {
          found.result = await work()
        } catch (error) {
          // Only what may pass is tried again.
          if (storageFault(error) !== null) throw error
          found.error = error
        }
      })
    } finally {
      unwrittenBytes -= bytes
    }
    if ('error' in found) throw found.error
    return found.result as T
  }

  return {
    record: (receiverId, message, verdict) => {
      const id = runtime.newId('cap') as CaptureId
      const receivedAtMs = runtime.nowMs()
      const tried = Promise.withResolvers<void>()
      if (writer.isBehind()) tried.resolve()
      const seq = write(message.head.length + message.body.length, async () => {
        try {
          return await captures.record({ ...message, id, receiverId, receivedAtMs }, verdict)
        } finally {
          tried.resolve()
        }
      })
      const then = (bytes: number, next: (seq: number) => Promise<void>) => {
        const work = async () => {
          const known = await seq
          if (known !== null) await next(known)
        }
        void write(bytes, work, seq)
      }
      return {
        done: tried.promise,
        forwarded: (exchange) =>
          then(exchange.responseBody.length, (known) => captures.forwarded(known, exchange)),
        answered: (wire) => {
          if (wire.length === 0) return
          then(wire.length, (known) => captures.answered(known, readAnswer(wire)))
        },
      }
    },
    settled: async () => {
      writer.close()
      while (pending.size > 0) await Promise.all(pending)
    },
  }
}

const TOO_MUCH =
  'A request was received and not kept: too much waits in memory to be written already.'

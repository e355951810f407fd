/**
 * What is read again whenever a fact says that it may be another one, at a steady pace. A read that
 * fails takes nothing off the screen: what was read last stays, and why it could not be read stands
 * beside it. Only what is no longer there is gone.
 */
import { useEffect, useRef, useState } from 'react'
import type { Fact } from '#contract'
import { isGone, onFact, readFaultText } from './core.ts'
import { createPaced } from './paced.ts'

export interface Live<T> {
  /** As it was read last; null before the first time, and once it is gone. */
  readonly value: T | null
  /** Why it could not be read the last time, in words. */
  readonly problem: string | null
  /** The core knows it no longer. */
  readonly isGone: boolean
}

const NOT_READ: Live<never> = { value: null, problem: null, isGone: false }

interface LiveReading<T> {
  /** Fails with the core's reason. */
  readonly read: (signal: AbortSignal) => Promise<T>
  /** Whether a fact may have made it another one than it is now. */
  readonly concerns: (fact: Fact, now: Live<T>) => boolean
  readonly beatMs: number
  /** What is known of it already. */
  readonly before?: Live<T>
  readonly tell: (live: Live<T>) => void
}

/** Facts of these kinds. To be made once, not for each drawing. */
export function ofKinds(...kinds: readonly Fact['kind'][]): (fact: Fact) => boolean {
  return ({ kind }) => kinds.includes(kind)
}

/** For what stays as it is once it has been read: whether to try again after a failure. */
export function isToBeTriedAgain({ kind }: Fact, { problem }: Live<unknown>): boolean {
  return problem !== null && kind === 'status.changed'
}

/** Reads it now and whenever it may have changed; answers how to stop. */
export function openLive<T>({
  read,
  concerns,
  beatMs,
  before = NOT_READ,
  tell,
}: LiveReading<T>): () => void {
  const abort = new AbortController()
  const { signal } = abort
  let now = before
  const paced = createPaced(async () => {
    try {
      now = { value: await read(signal), problem: null, isGone: false }
    } catch (error) {
      const gone = isGone(error)
      now = { value: gone ? null : now.value, problem: readFaultText(error), isGone: gone }
    }
    if (!signal.aborted) tell(now)
  }, beatMs)
  const stop = onFact((fact) => {
    if (concerns(fact, now)) paced.request()
  })
  paced.request()
  return () => {
    stop()
    paced.cancel()
    abort.abort()
  }
}

/**
 * The same for a component. `read` and `concerns` have to stay the very same between drawings, or
 * it is read anew.
 * @param key what it is; while that is the same, the last value stays. Null: nothing
 */
export function useLive<T>(
  key: string | null,
  read: LiveReading<T>['read'],
  concerns: LiveReading<T>['concerns'],
  beatMs: number,
): Live<T> {
  const last = useRef<Held<T>>(NOTHING)
  const [held, setHeld] = useState<Held<T>>(NOTHING)
  useEffect(() => {
    if (key === null) return undefined
    const before = last.current.of === key ? last.current.live : NOT_READ
    return openLive<T>({
      read,
      concerns,
      beatMs,
      before,
      tell: (live) => {
        last.current = { of: key, live }
        setHeld(last.current)
      },
    })
  }, [key, read, concerns, beatMs])
  return held.of === key ? held.live : NOT_READ
}

interface Held<T> {
  readonly of: string | null
  readonly live: Live<T>
}

const NOTHING: Held<never> = { of: null, live: NOT_READ }

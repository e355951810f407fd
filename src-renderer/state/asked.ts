/**
 * Questions to the core that follow what is being typed: asked anew a moment after each change; an
 * answer to an older question is dropped, and the last one stays until the next is there.
 */
import { useEffect, useRef, useState } from 'react'
import { useConnection } from './connection.ts'
import { faultText } from './core.ts'

export interface Asked<T> {
  readonly value: T | null
  /** The value is not of the present question yet. */
  readonly isStale: boolean
  /** Why it could not be had, in words. */
  readonly problem: string | null
}

/** Asks anew whenever the question, as JSON, is another one. */
export function useAsked<Question, T>(
  input: Question,
  ask: (question: Question, signal: AbortSignal) => Promise<T | null>,
  afterMs: number,
): Asked<T> {
  const question = JSON.stringify(input)
  const [answer, setAnswer] = useState<{ of: string; value: T | null; problem: string | null }>()
  const isFirst = useRef(true)
  const isAway = useConnection((state) => state.state === 'away')
  useEffect(() => {
    if (isAway) return undefined
    const abort = new AbortController()
    const run = async () => {
      isFirst.current = false
      try {
        const value = await ask(JSON.parse(question) as Question, abort.signal)
        if (!abort.signal.aborted) setAnswer({ of: question, value, problem: null })
      } catch (error) {
        if (abort.signal.aborted) return
        const problem = faultText(error)
        setAnswer((before) => ({ of: question, value: before?.value ?? null, problem }))
      }
    }
    const timer = setTimeout(() => void run(), isFirst.current ? 0 : afterMs)
    return () => {
      clearTimeout(timer)
      abort.abort()
    }
  }, [question, isAway, ask, afterMs])
  return {
    value: answer?.value ?? null,
    isStale: answer?.of !== question,
    problem: answer?.problem ?? null,
  }
}

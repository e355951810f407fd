/**
 * Questions to the core that follow what is being typed: asked anew a moment after each change, and
 * after a reconnection; an answer to an older question is dropped, and the last one stays until the
 * next is there, with the question that it answers.
 */
import { useEffect, useRef, useState } from 'react'
import { useConnection } from './connection.ts'
import { type Fault, faultSentence, readFaultOf } from './core.ts'

export interface Asked<T, Question = unknown> {
  /** What was answered last. */
  readonly value: T | null
  /** What that answers; null without a value. */
  readonly of: Question | null
  /** The value is not of the present question. */
  readonly isStale: boolean
  /** The present question is neither answered nor refused yet. */
  readonly isBusy: boolean
  /** Why what was asked last could not be answered. */
  readonly fault: Fault | null
  /** The same in words. */
  readonly problem: string | null
}

/** What came back so far; questions are told apart by their JSON, `key`. */
export interface Answers<T, Question> {
  readonly had: { readonly key: string; readonly of: Question; readonly value: T | null } | null
  readonly failed: { readonly key: string; readonly fault: Fault } | null
}

/** What is known of the question with this key. */
export function askedOf<T, Question>(
  { had, failed }: Answers<T, Question>,
  key: string,
): Asked<T, Question> {
  const value = had?.value ?? null
  return {
    value,
    of: had === null || value === null ? null : had.of,
    isStale: had?.key !== key,
    isBusy: had?.key !== key && failed?.key !== key,
    fault: failed?.fault ?? null,
    problem: failed === null ? null : faultSentence(failed.fault),
  }
}

/** Asks anew whenever the question, as JSON, is another one. */
export function useAsked<Question, T>(
  input: Question,
  ask: (question: Question, signal: AbortSignal) => Promise<T | null>,
  afterMs: number,
): Asked<T, Question> {
  const key = JSON.stringify(input)
  const [answers, setAnswers] = useState<Answers<T, Question>>({ had: null, failed: null })
  const isFirst = useRef(true)
  const isAway = useConnection((state) => state.state === 'away')
  useEffect(() => {
    if (isAway) return undefined
    const abort = new AbortController()
    const run = async () => {
      isFirst.current = false
      const of = JSON.parse(key) as Question
      try {
        const value = await ask(of, abort.signal)
        if (!abort.signal.aborted) setAnswers({ had: { key, of, value }, failed: null })
      } catch (error) {
        if (abort.signal.aborted) return
        const fault = readFaultOf(error)
        setAnswers(({ had }) => ({ had, failed: { key, fault } }))
      }
    }
    const timer = setTimeout(() => void run(), isFirst.current ? 0 : afterMs)
    return () => {
      clearTimeout(timer)
      abort.abort()
    }
  }, [key, isAway, ask, afterMs])
  return askedOf(answers, key)
}

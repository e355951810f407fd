/**
 * What the core says of a form while it is being filled: the request it would make, and which
 * sample attendees it is for. Asked anew a moment after each edit; an answer to an older edit is
 * dropped, and the last one stays until the next is there.
 */
import { useEffect, useRef, useState } from 'react'
import type {
  EventName,
  RequestPreview,
  SecretId,
  Target,
  TargetMatch,
  WebhookDraft,
  WebhookId,
} from '#contract'
import { useConnection } from './connection.ts'
import { core, faultText } from './core.ts'

const PREVIEW_AFTER_MS = 60
const MATCH_AFTER_MS = 120

export interface Asked<T> {
  readonly value: T | null
  /** The value is not of the present question yet. */
  readonly isStale: boolean
  /** Why it could not be had, in words. */
  readonly problem: string | null
}

/** Asks anew whenever the question, as JSON, is another one. */
function useAsked<Question, T>(
  input: Question,
  ask: (question: Question, signal: AbortSignal) => Promise<T>,
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

interface PreviewQuestion {
  readonly webhookId: WebhookId | null
  readonly draft: WebhookDraft
  readonly event: EventName
  readonly seed: number
}

function askPreview(question: PreviewQuestion, signal: AbortSignal): Promise<RequestPreview> {
  return core().webhook.preview(question, { signal })
}

function askMatch(target: Target, signal: AbortSignal): Promise<TargetMatch> {
  return core().webhook.matchTarget({ target }, { signal })
}

export function usePreview(question: PreviewQuestion): Asked<RequestPreview> {
  return useAsked(question, askPreview, PREVIEW_AFTER_MS)
}

export function useTargetMatch(target: Target): Asked<TargetMatch> {
  return useAsked(target, askMatch, MATCH_AFTER_MS)
}

/** The value of a kept secret; the only way it reaches the page. */
export async function revealSecret(secretId: SecretId): Promise<string> {
  return (await core().secret.reveal({ secretId })).value
}

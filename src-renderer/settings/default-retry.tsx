/** The schedule that new webhooks start with; saved as it is chosen, a wrong one says why. */
import { useState } from 'react'
import type { Retry } from '#contract'
import { faultOf } from '../state/core.ts'
import { saveSettings } from '../state/settings.ts'
import { RetryChoice } from '../ui/retry-choice.tsx'

export function DefaultRetry({ retry }: { readonly retry: Retry }) {
  const [typed, setTyped] = useState<Retry | null>(null)
  const [problems, setProblems] = useState<ReadonlyMap<string, string>>(new Map())
  const change = async (next: Retry) => {
    setTyped(next)
    try {
      await saveSettings({ defaultRetry: next })
      setProblems(new Map())
    } catch (error) {
      const fault = faultOf(error)
      const found = fault.problems.map(({ field, message }) => [field, message] as const)
      setProblems(new Map(found.length > 0 ? found : [['retry.own.delaysMs', fault.message]]))
    }
  }
  return (
    <RetryChoice
      retry={typed ?? retry}
      onChange={(next) => void change(next)}
      notesOf={(part) => ({ error: problems.get(`retry.own.${part}`) })}
    />
  )
}

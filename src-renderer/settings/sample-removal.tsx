/** Takes the sample webhooks out at one click, and puts them back at another. */
import { Button } from '@mantine/core'
import { useState } from 'react'
import { create } from 'zustand'
import type { WebhookId } from '#contract'
import { core, faultText } from '../state/core.ts'
import { useWebhooks } from '../state/webhooks.ts'
import classes from './settings.module.css'

/** What was removed can be brought back as long as the window lives. */
const useRemoved = create<{ removed: readonly WebhookId[] }>()(() => ({ removed: [] }))

export function SampleRemoval() {
  const samples = useWebhooks((state) => state.webhooks.filter(({ isSample }) => isSample).length)
  const removed = useRemoved((state) => state.removed)
  const [problem, setProblem] = useState<string | null>(null)
  const attempt = async (work: () => Promise<readonly WebhookId[]>) => {
    try {
      useRemoved.setState({ removed: await work() })
      setProblem(null)
    } catch (error) {
      setProblem(faultText(error))
    }
  }
  return (
    <div className={classes.inline}>
      <Button
        size="xs"
        variant="default"
        disabled={samples === 0}
        onClick={() => void attempt(async () => (await core().app.removeSamples()).removed)}
      >
        Remove the sample webhooks
      </Button>
      <span role="status">{stateInWords(samples, removed.length, problem)}</span>
      {removed.length > 0 ? (
        <Button
          size="xs"
          variant="subtle"
          onClick={() =>
            void attempt(async () => {
              await core().webhook.restore({ webhookIds: [...removed] })
              return []
            })
          }
        >
          Undo
        </Button>
      ) : null}
    </div>
  )
}

function stateInWords(samples: number, removed: number, problem: string | null): string {
  if (problem !== null) return problem
  if (removed > 0) return removed === 1 ? '1 removed.' : `${removed} removed.`
  if (samples === 0) return 'There are none.'
  return samples === 1 ? '1 is there.' : `${samples} are there.`
}

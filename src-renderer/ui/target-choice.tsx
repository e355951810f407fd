/** Where replays go: where they went, a webhook's endpoint, or any URL. The caller lays it out. */
import { NativeSelect } from '@mantine/core'
import { useState } from 'react'
import type { ReplayRequest, SecretText, Webhook, WebhookId } from '#contract'
import { SecretInput } from './secret-input.tsx'
import { webhookOptions } from './webhook-options.ts'

type Target = ReplayRequest['target']

interface TargetChoiceProps {
  /** What it is called to go where it went, and to go to a URL. */
  readonly words: { readonly own: string; readonly url: string }
  readonly webhooks: readonly Webhook[]
  readonly target: Target
  /** What stands against the choice, and against the URL. */
  readonly problems: { readonly target?: string | undefined; readonly url: string | undefined }
  readonly onTarget: (target: Target) => void
}

const OWN = 'own'
const OTHER = 'url'

export function TargetChoice({ words, webhooks, target, problems, onTarget }: TargetChoiceProps) {
  // What was typed is there again when it is come back to.
  const [lastUrl, setLastUrl] = useState<SecretText>(
    target.kind === 'url' ? target.url : { kind: 'plain', text: '' },
  )
  const webhookId = target.kind === 'webhook' ? target.webhookId : null
  const choose = (value: string) => {
    if (value === OWN) onTarget({ kind: 'own' })
    else if (value === OTHER) onTarget({ kind: 'url', url: lastUrl })
    else onTarget({ kind: 'webhook', webhookId: value as WebhookId })
  }
  return (
    <>
      <NativeSelect
        label="To"
        error={problems.target}
        data={[
          { value: OWN, label: words.own },
          { value: OTHER, label: words.url },
          {
            group: 'The endpoint of',
            items: webhookOptions(webhooks, webhookId),
          },
        ]}
        value={webhookId ?? target.kind}
        onChange={({ currentTarget }) => choose(currentTarget.value)}
      />
      {target.kind === 'url' ? (
        <SecretInput
          label="URL"
          placeholder="http://127.0.0.1:3000/webhooks"
          value={target.url}
          typedKind="plain"
          error={problems.url}
          data-autofocus
          onValue={(url) => {
            setLastUrl(url)
            onTarget({ kind: 'url', url })
          }}
        />
      ) : null}
    </>
  )
}

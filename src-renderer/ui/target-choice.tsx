/** Where replays go: where they went, a webhook's endpoint, or any URL. The caller lays it out. */
import { NativeSelect } from '@mantine/core'
import type { ReplayRequest, Webhook } from '#contract'
import { webhookTitle } from '../state/webhooks.ts'
import { SecretInput } from './secret-input.tsx'

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
  const choose = (value: string) => {
    const webhook = webhooks.find(({ id }) => id === value)
    if (webhook) onTarget({ kind: 'webhook', webhookId: webhook.id })
    else if (value === OWN) onTarget({ kind: 'own' })
    else onTarget({ kind: 'url', url: { kind: 'plain', text: '' } })
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
            items: webhooks.map((webhook) => ({ value: webhook.id, label: webhookTitle(webhook) })),
          },
        ]}
        value={target.kind === 'webhook' ? target.webhookId : target.kind}
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
          onValue={(url) => onTarget({ kind: 'url', url })}
        />
      ) : null}
    </>
  )
}

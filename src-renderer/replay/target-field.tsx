/** Where a replay goes: where it went, a webhook's endpoint, or any URL. */
import { NativeSelect } from '@mantine/core'
import type { ReplayOriginal, ReplayRequest, Webhook } from '#contract'
import { webhookTitle } from '../state/webhooks.ts'
import { SecretInput } from '../ui/secret-input.tsx'
import classes from './replay.module.css'

type Target = ReplayRequest['target']

interface TargetFieldProps {
  readonly original: ReplayOriginal
  readonly webhooks: readonly Webhook[]
  readonly target: Target
  readonly problem: string | undefined
  readonly onTarget: (target: Target) => void
}

const OWN = 'own'
const OTHER = 'url'

export function TargetField({ original, webhooks, target, problem, onTarget }: TargetFieldProps) {
  const choose = (value: string) => {
    const webhook = webhooks.find(({ id }) => id === value)
    if (webhook) onTarget({ kind: 'webhook', webhookId: webhook.id })
    else if (value === OWN) onTarget({ kind: 'own' })
    else onTarget({ kind: 'url', url: { kind: 'plain', text: '' } })
  }
  return (
    <div className={classes.field}>
      <NativeSelect
        label="To"
        data={[
          {
            value: OWN,
            label:
              original.url === '' ? 'Where it went (not known)' : `Where it went: ${original.url}`,
          },
          { value: OTHER, label: 'Another URL…' },
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
          error={problem}
          data-autofocus
          onValue={(url) => onTarget({ kind: 'url', url })}
        />
      ) : null}
    </div>
  )
}

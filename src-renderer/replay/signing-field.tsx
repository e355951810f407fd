/** How a replay is signed: as it was, as a webhook does today, or with a scheme and secret that are typed. */
import { Checkbox, NativeSelect } from '@mantine/core'
import {
  emptySigning,
  type ReplayOriginal,
  type SecretText,
  SIGNING_LABELS,
  type Webhook,
} from '#contract'
import type { SignChoice } from '../state/replay-draft.ts'
import { webhookTitle } from '../state/webhooks.ts'
import { OwnSchemeFields, SchemeSelect } from '../ui/scheme-choice.tsx'
import { SecretInput } from '../ui/secret-input.tsx'
import classes from './replay.module.css'

interface SigningFieldProps {
  readonly original: ReplayOriginal
  readonly webhooks: readonly Webhook[]
  readonly choice: SignChoice
  readonly keepsId: boolean
  readonly problem: string | undefined
  /** It is what the dialog was opened for. */
  readonly isFirst: boolean
  readonly onChoice: (choice: SignChoice) => void
  readonly onKeepsId: (keepsId: boolean) => void
}

const LEAVE = 'leave'
const TYPED = 'typed'

export function SigningField(props: SigningFieldProps) {
  const { original, webhooks, choice, keepsId, problem, isFirst, onChoice, onKeepsId } = props
  const signed = webhooks.filter(({ signing }) => signing.scheme !== 'none')
  const hasId = original.headers.some(({ name }) => name.toLowerCase() === 'webhook-id')
  const choose = (value: string) => {
    const webhook = signed.find(({ id }) => id === value)
    if (webhook) onChoice({ kind: 'webhook', webhookId: webhook.id })
    else if (value === LEAVE) onChoice({ kind: 'leave' })
    else {
      const secret: SecretText = { kind: 'secret', text: '' }
      onChoice({ kind: 'typed', scheme: 'standard', own: null, secret })
    }
  }
  return (
    <div className={classes.field}>
      <NativeSelect
        label="Signature"
        data-autofocus={isFirst || undefined}
        error={choice.kind === 'typed' ? undefined : problem}
        description={
          choice.kind === 'leave'
            ? 'Sent as it was; a receiver that checks the time or the body may refuse it.'
            : 'Made when it is sent, with the time of then.'
        }
        data={[
          { value: LEAVE, label: 'As it was' },
          ...signed.map((webhook) => ({
            value: webhook.id,
            label: `Anew, as ${webhookTitle(webhook)} signs (${labelOf(webhook)})`,
          })),
          { value: TYPED, label: 'Anew, with a scheme and secret…' },
        ]}
        value={choice.kind === 'webhook' ? choice.webhookId : choice.kind}
        onChange={({ currentTarget }) => choose(currentTarget.value)}
      />
      {choice.kind === 'typed' ? (
        <>
          <SchemeSelect
            scheme={choice.scheme}
            withNone={false}
            onChange={(scheme) => scheme !== 'none' && onChoice({ ...choice, scheme })}
          />
          {choice.scheme === 'own' ? (
            <OwnSchemeFields
              own={choice.own ?? emptySigning().own}
              onChange={(own) => onChoice({ ...choice, own })}
            />
          ) : null}
          <SecretInput
            label="Secret"
            value={choice.secret}
            typedKind="secret"
            error={problem}
            onValue={(secret) => onChoice({ ...choice, secret })}
          />
        </>
      ) : null}
      {choice.kind !== 'leave' && hasId ? (
        <Checkbox
          label="Keep the id it was signed with"
          description="A receiver that has seen it takes it for the same message."
          checked={keepsId}
          onChange={({ currentTarget }) => onKeepsId(currentTarget.checked)}
        />
      ) : null}
    </div>
  )
}

function labelOf({ signing: { scheme } }: Webhook): string {
  return scheme === 'none' ? '' : SIGNING_LABELS[scheme]
}

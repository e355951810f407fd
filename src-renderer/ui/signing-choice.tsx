/**
 * How what is sent again is signed: as the caller's first choice says, as a webhook does today, or
 * with a scheme and secret that are typed. The caller lays it out.
 */
import { Checkbox, NativeSelect } from '@mantine/core'
import { useState } from 'react'
import { type ReplaySigning, SIGNING_LABELS, type Webhook, type WebhookId } from '#contract'
import { FIRST_TYPED, type TypedSigning } from '../state/replay-draft.ts'
import { webhookTitle } from '../state/webhooks.ts'
import { OwnSchemeFields, SchemeSelect } from './scheme-choice.tsx'
import { SecretInput } from './secret-input.tsx'
import { signingOptions } from './webhook-options.ts'

interface SigningChoiceProps {
  readonly words: {
    /** What it is called to choose neither a webhook nor a scheme; null: that cannot be chosen. */
    readonly first: string | null
    /** `As`, before a webhook. */
    readonly as: string
    readonly typed: string
  }
  readonly description?: string
  readonly webhooks: readonly Webhook[]
  /** Null: the first choice. */
  readonly signing: ReplaySigning | null
  /** Whether the signed ids stay, and what that is called; null where there is none to keep. */
  readonly keeping: {
    readonly label: string
    readonly description: string
    readonly isOn: boolean
    readonly onChange: (isOn: boolean) => void
  } | null
  readonly problem: string | undefined
  readonly autoFocus?: boolean
  readonly onSigning: (signing: ReplaySigning | null) => void
}

const FIRST = 'first'
const TYPED = 'typed'

export function SigningChoice(props: SigningChoiceProps) {
  const { words, description, webhooks, signing, keeping, problem, autoFocus, onSigning } = props
  const typed = signing !== null && 'secret' in signing ? signing : null
  const webhookId = signing !== null && 'webhookId' in signing ? signing.webhookId : null
  // What was typed is there again when it is come back to.
  const [lastTyped, setLastTyped] = useState(typed ?? FIRST_TYPED)
  const type = (next: TypedSigning) => {
    setLastTyped(next)
    onSigning(next)
  }
  const options = signingOptions(
    webhooks,
    webhookId,
    (webhook) => `${words.as} ${webhookTitle(webhook)} signs (${schemeOf(webhook)})`,
  )
  const choose = (value: string) => {
    if (value === FIRST) onSigning(null)
    else if (value === TYPED) onSigning(lastTyped)
    else onSigning({ webhookId: value as WebhookId })
  }
  return (
    <>
      <NativeSelect
        label="Signature"
        data-autofocus={autoFocus || undefined}
        error={typed ? undefined : problem}
        description={description}
        data={[
          ...(words.first === null ? [] : [{ value: FIRST, label: words.first }]),
          ...options,
          { value: TYPED, label: words.typed },
        ]}
        value={webhookId ?? (typed ? TYPED : FIRST)}
        onChange={({ currentTarget }) => choose(currentTarget.value)}
      />
      {typed ? <TypedFields typed={typed} problem={problem} onTyped={type} /> : null}
      {keeping ? (
        <Checkbox
          label={keeping.label}
          description={keeping.description}
          checked={keeping.isOn}
          onChange={({ currentTarget }) => keeping.onChange(currentTarget.checked)}
        />
      ) : null}
    </>
  )
}

interface TypedFieldsProps {
  readonly typed: TypedSigning
  readonly problem: string | undefined
  readonly onTyped: (typed: TypedSigning) => void
}

function TypedFields({ typed, problem, onTyped }: TypedFieldsProps) {
  return (
    <>
      <SchemeSelect
        scheme={typed.scheme}
        withNone={false}
        onChange={(scheme) => scheme !== 'none' && onTyped({ ...typed, scheme })}
      />
      {typed.scheme === 'own' ? (
        <OwnSchemeFields own={typed.own} onChange={(own) => onTyped({ ...typed, own })} />
      ) : null}
      <SecretInput
        label="Secret"
        value={typed.secret}
        typedKind="secret"
        error={problem}
        onValue={(secret) => onTyped({ ...typed, secret })}
      />
    </>
  )
}

function schemeOf({ signing: { scheme } }: Webhook): string {
  return scheme === 'none' ? '' : SIGNING_LABELS[scheme]
}

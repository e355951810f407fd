/** How a replay is signed: as it was, as a webhook does today, or with a scheme and secret that are typed. */
import type { ReplayOriginal, ReplaySigning, Webhook } from '#contract'
import { SigningChoice } from '../ui/signing-choice.tsx'
import classes from './replay.module.css'

interface SigningFieldProps {
  readonly original: ReplayOriginal
  readonly webhooks: readonly Webhook[]
  /** Null: as it was. */
  readonly signing: ReplaySigning | null
  readonly keepsId: boolean
  readonly problem: string | undefined
  /** It is what the dialog was opened for. */
  readonly isFirst: boolean
  readonly onSigning: (signing: ReplaySigning | null) => void
  readonly onKeepsId: (keepsId: boolean) => void
}

const WORDS = {
  first: 'As it was',
  as: 'Anew, as',
  typed: 'Anew, with a scheme and secret…',
}

export function SigningField(props: SigningFieldProps) {
  const { original, webhooks, signing, keepsId, problem, isFirst, onSigning, onKeepsId } = props
  const hasId = original.headers.some(({ name }) => name.toLowerCase() === 'webhook-id')
  return (
    <div className={classes.field}>
      <SigningChoice
        words={WORDS}
        description={
          signing === null
            ? 'Sent as it was; a receiver that checks the time or the body may refuse it.'
            : 'Made when it is sent, with the time of then.'
        }
        webhooks={webhooks}
        signing={signing}
        keeping={
          signing !== null && hasId
            ? {
                label: 'Keep the id it was signed with',
                description: 'A receiver that has seen it takes it for the same message.',
                isOn: keepsId,
                onChange: onKeepsId,
              }
            : null
        }
        problem={problem}
        autoFocus={isFirst}
        onSigning={onSigning}
      />
    </div>
  )
}

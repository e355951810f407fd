/** The message that a webhook would send of the payload as it stands; it follows every edit. */
import type { EventName, Webhook } from '#contract'
import { MessagePreview } from '../message/message-preview.tsx'
import { useSavedPreview } from '../state/preview.ts'
import { webhookTitle } from '../state/webhooks.ts'
import { ErrorNote } from '../ui/error-note.tsx'
import classes from './simulator.module.css'

interface WouldBeMessageProps {
  readonly webhook: Webhook
  readonly event: EventName
  readonly payloadText: string
}

export function WouldBeMessage({ webhook, event, payloadText }: WouldBeMessageProps) {
  const { value, isBusy, problem } = useSavedPreview(webhook, event, payloadText)
  if (problem !== null) return <ErrorNote message={problem} />
  if (!value) return <p className={classes.quiet}>Making the message…</p>
  const { message, problems, cuts } = value
  const errors = problems.filter(({ severity }) => severity === 'error')
  return (
    <div className={classes.wouldBe} aria-busy={isBusy}>
      {message ? (
        <MessagePreview message={message} from={webhookTitle(webhook)} />
      ) : (
        <p className={classes.unheard}>
          {errors[0]?.message ?? 'What it sends is no message that a chat would show.'}
        </p>
      )}
      {cuts.map((cut) => (
        <p key={cut} className={classes.unheard}>
          {cut}
        </p>
      ))}
    </div>
  )
}

/**
 * The signature of what was sent, taken apart: the string that was signed, how the secret became the
 * key, the result and whether the recorded bytes still give it, and the receiver that verifies it.
 */
import { Button, SegmentedControl } from '@mantine/core'
import { IconCircleCheck, IconCircleMinus, IconCircleX, IconStethoscope } from '@tabler/icons-react'
import type { Attempt, Delivery, SignatureView } from '#contract'
import { faultText } from '../state/core.ts'
import { useRemembered } from '../state/remembered.ts'
import { goTo } from '../state/route.ts'
import { attemptName, doctor } from '../state/signature-doctor.ts'
import { useSignature } from '../state/signing.ts'
import { useWebhooks } from '../state/webhooks.ts'
import { CopyButton } from '../ui/copy-button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { ErrorNote } from '../ui/error-note.tsx'
import { say } from '../ui/say.ts'
import { WireView } from '../ui/wire-view.tsx'
import { HeadersTable } from './headers-table.tsx'
import classes from './signature.module.css'
import { SignedString } from './signed-string.tsx'

interface SignaturePanelProps {
  readonly delivery: Delivery
  readonly attempt: Attempt
}

export function SignaturePanel({ delivery, attempt }: SignaturePanelProps) {
  const { value, problem } = useSignature(attempt.id, attempt.finishedAtMs)
  if (problem !== null && !value) return <ErrorNote message={problem} />
  if (attempt.finishedAtMs === null) {
    return <p className={classes.waiting}>The signature shows when the attempt has ended.</p>
  }
  if (!value) return <p className={classes.waiting}>Reading the signature…</p>
  if (!value.signature) return <Unsigned delivery={delivery} />
  const check = () => void checkAttempt(delivery, attempt)
  return <Signed signature={value.signature} onCheck={check} />
}

/** Opens the doctor with what an attempt sent. */
export async function checkAttempt(delivery: Delivery, { id, number }: Attempt): Promise<void> {
  const name = attemptName(number, delivery.webhookName || delivery.endpoint)
  try {
    await doctor.openAttempt({ attemptId: id, name }, delivery.webhookId)
  } catch (error) {
    say(faultText(error))
  }
}

function Unsigned({ delivery: { webhookId } }: { readonly delivery: Delivery }) {
  const webhook = useWebhooks((state) => state.webhooks.find(({ id }) => id === webhookId))
  const open = { label: 'Open the webhook', onClick: () => goTo('webhooks', webhookId) }
  if (!webhook) {
    return <EmptyState sentence="This request was sent without a signature." />
  }
  return webhook.signing.scheme === 'none' ? (
    <EmptyState
      sentence="This webhook signs nothing. Choose a scheme under Signing in its form, and receivers can tell that it was you who sent it."
      action={open}
    />
  ) : (
    <EmptyState
      sentence="This request carries no signature. Its webhook signs what it sends now."
      action={open}
    />
  )
}

interface SignedProps {
  readonly signature: SignatureView
  readonly onCheck: () => void
}

function Signed({ signature, onCheck }: SignedProps) {
  const { label, algorithm, keyHandling, headers, parts, values, code, notes } = signature
  return (
    <div className={classes.panel}>
      <div className={classes.bar}>
        <p className={classes.lead}>
          Signed as <strong>{label}</strong>
        </p>
        <span className={classes.spring} />
        <Button
          variant="default"
          size="compact-sm"
          leftSection={<IconStethoscope size={14} aria-hidden />}
          onClick={onCheck}
        >
          Check a signature
        </Button>
      </div>
      <SignedString parts={parts} />
      <dl className={classes.facts}>
        <dt>Key</dt>
        <dd>{keyHandling}</dd>
        <dt>Algorithm</dt>
        <dd>{algorithm}</dd>
        <dt>Result</dt>
        <dd>
          <ul className={classes.values}>
            {values.map((each) => (
              <SignatureValue key={each.value} {...each} />
            ))}
          </ul>
        </dd>
      </dl>
      <section className={classes.section} aria-label="Headers that carry it">
        <h3 className={classes.heading}>Headers that carry it</h3>
        <HeadersTable headers={headers} label="Signature headers, as sent" />
      </section>
      <ReceiverCode code={code} />
      {notes.length > 0 ? (
        <ul className={classes.notes} aria-label="Notes">
          {notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      ) : null}
    </div>
  )
}

function SignatureValue({ value, matches, secret }: SignatureView['values'][number]) {
  return (
    <li>
      <code>{value}</code>
      <span className={classes.match} data-matches={matches ?? 'unknown'}>
        {matches === null ? (
          <>
            <IconCircleMinus size={16} aria-hidden /> its secret cannot be opened any more
          </>
        ) : matches ? (
          <>
            <IconCircleCheck size={16} aria-hidden /> matches the recorded bytes
          </>
        ) : (
          <>
            <IconCircleX size={16} aria-hidden /> does not match the recorded bytes
          </>
        )}
      </span>
      {secret ? <span className={classes.quiet}>secret {secret}</span> : null}
    </li>
  )
}

const LANGUAGES = ['node', 'python'] as const
type Language = (typeof LANGUAGES)[number]

function isLanguage(value: unknown): value is Language {
  return LANGUAGES.some((language) => language === value)
}

function ReceiverCode({ code }: { readonly code: SignatureView['code'] }) {
  const [language, setLanguage] = useRemembered<Language>('signature.language', 'node', isLanguage)
  const shown = code.find((each) => each.language === language) ?? code[0]
  if (!shown) return null
  return (
    <section className={classes.section} aria-label="Receiver code">
      <div className={classes.bar}>
        <h3 className={classes.heading}>A receiver that verifies it</h3>
        <SegmentedControl
          size="xs"
          aria-label="Language"
          value={shown.language}
          data={code.map(({ language: value, title }) => ({ value, label: title }))}
          onChange={(value) => isLanguage(value) && setLanguage(value)}
        />
        <span className={classes.spring} />
        <CopyButton text={shown.text} label="Copy the code" />
      </div>
      <div className={classes.code}>
        <WireView
          key={shown.language}
          text={shown.text}
          language="text"
          label={`Receiver in ${shown.title}`}
        />
      </div>
    </section>
  )
}

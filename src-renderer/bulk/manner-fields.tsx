/** How the items of a bulk replay are sent again: as what, where to, and how they are signed. */
import { Checkbox, NativeSelect, SegmentedControl } from '@mantine/core'
import {
  type BulkManner,
  type BulkRun,
  emptySigning,
  type ReplaySigning,
  type SecretText,
  SIGNING_LABELS,
  type Webhook,
} from '#contract'
import { webhookTitle } from '../state/webhooks.ts'
import { OwnSchemeFields, SchemeSelect } from '../ui/scheme-choice.tsx'
import { SecretInput } from '../ui/secret-input.tsx'
import { TargetChoice } from '../ui/target-choice.tsx'
import classes from './bulk.module.css'

interface MannerFieldsProps {
  readonly of: BulkRun['of']
  readonly manner: BulkManner
  readonly webhooks: readonly Webhook[]
  /** What stands against a field, by the start of its name. */
  readonly problemOf: (field: string) => string | undefined
  readonly onManner: (manner: BulkManner) => void
}

export function MannerFields(props: MannerFieldsProps) {
  const { of, manner, onManner } = props
  const kinds = [
    { value: 'as_sent', label: of === 'captures' ? 'As received' : 'As sent' },
    { value: 're_signed', label: 'Signed anew' },
    ...(of === 'deliveries' ? [{ value: 'rendered', label: 'Rendered again' }] : []),
  ]
  const choose = (value: string) => {
    if (value === 're_signed') onManner({ ...manner, kind: value, signing: firstSigning(of) })
    else if (value === 'rendered') {
      onManner({ ...manner, kind: value, signing: null, target: { kind: 'own' } })
    } else onManner({ ...manner, kind: 'as_sent', signing: null })
  }
  return (
    <>
      <div className={classes.field}>
        <SegmentedControl
          size="xs"
          aria-label="How they are sent"
          data={kinds}
          value={manner.kind}
          onChange={choose}
        />
        <p className={classes.quiet}>{KIND_MEANINGS[manner.kind]}</p>
      </div>
      {manner.kind === 'rendered' ? null : (
        <div className={classes.field}>
          <TargetChoice
            words={{
              own: of === 'captures' ? 'Each to the receiver that got it' : 'Each to where it went',
              url: 'One URL…',
            }}
            webhooks={props.webhooks}
            target={manner.target}
            problems={{ target: props.problemOf('target'), url: props.problemOf('url') }}
            onTarget={(target) => onManner({ ...manner, target })}
          />
        </div>
      )}
      {manner.kind === 're_signed' ? <SigningChoice {...props} /> : null}
    </>
  )
}

const KIND_MEANINGS: Readonly<Record<BulkManner['kind'], string>> = {
  as_sent: 'The same body and headers, but for those of the connection.',
  re_signed: 'The same body; the signature is made when it is sent, with the time of then.',
  rendered: 'From today’s webhooks, to their endpoints.',
}

const OWN = 'own'

const TYPED = 'typed'
const FIRST_TYPED: ReplaySigning = {
  scheme: 'standard',
  own: emptySigning().own,
  secret: { kind: 'secret', text: '' },
}

function firstSigning(of: BulkRun['of']): BulkManner['signing'] {
  return of === 'deliveries' ? OWN : FIRST_TYPED
}

function SigningChoice({ of, manner, webhooks, problemOf, onManner }: MannerFieldsProps) {
  const { signing, keepsId } = manner
  const signed = webhooks.filter(({ signing: { scheme } }) => scheme !== 'none')
  const typed = typeof signing === 'object' && signing && 'scheme' in signing ? signing : null
  const byWebhook =
    typeof signing === 'object' && signing && 'webhookId' in signing ? signing : null
  const sign = (next: BulkManner['signing']) => onManner({ ...manner, signing: next })
  const choose = (value: string) => {
    const webhook = signed.find(({ id }) => id === value)
    if (webhook) sign({ webhookId: webhook.id })
    else sign(value === OWN ? OWN : FIRST_TYPED)
  }
  return (
    <div className={classes.field}>
      <NativeSelect
        label="Signature"
        error={typed ? undefined : problemOf('signing')}
        data={[
          ...(of === 'deliveries'
            ? [{ value: OWN, label: 'Each as its own webhook signs today' }]
            : []),
          ...signed.map((webhook) => ({
            value: webhook.id,
            label: `As ${webhookTitle(webhook)} signs (${labelOf(webhook)})`,
          })),
          { value: TYPED, label: 'With a scheme and secret…' },
        ]}
        value={byWebhook?.webhookId ?? (typed ? TYPED : OWN)}
        onChange={({ currentTarget }) => choose(currentTarget.value)}
      />
      {typed ? (
        <>
          <SchemeSelect
            scheme={typed.scheme}
            withNone={false}
            onChange={(scheme) => scheme !== 'none' && sign({ ...typed, scheme })}
          />
          {typed.scheme === 'own' ? (
            <OwnSchemeFields own={typed.own} onChange={(own) => sign({ ...typed, own })} />
          ) : null}
          <SecretInput
            label="Secret"
            value={typed.secret}
            typedKind="secret"
            error={problemOf('signing')}
            onValue={(secret: SecretText) => sign({ ...typed, secret })}
          />
        </>
      ) : null}
      <Checkbox
        label="Keep the ids they were signed with"
        description="A receiver that has seen an id takes it for the same message."
        checked={keepsId}
        onChange={({ currentTarget }) => onManner({ ...manner, keepsId: currentTarget.checked })}
      />
    </div>
  )
}

function labelOf({ signing: { scheme } }: Webhook): string {
  return scheme === 'none' ? '' : SIGNING_LABELS[scheme]
}

/** How the items of a bulk replay are sent again: as what, where to, and how they are signed. */
import { SegmentedControl } from '@mantine/core'
import type { BulkManner, BulkRun, Webhook } from '#contract'
import { FIRST_TYPED } from '../state/replay-draft.ts'
import { SigningChoice } from '../ui/signing-choice.tsx'
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
              own: of === 'captures' ? 'Each to where it was sent' : 'Each to where it went',
              url: 'One URL…',
            }}
            webhooks={props.webhooks}
            target={manner.target}
            problems={{ target: props.problemOf('target'), url: props.problemOf('url') }}
            onTarget={(target) => onManner({ ...manner, target })}
          />
        </div>
      )}
      {manner.kind === 're_signed' ? <Signing {...props} /> : null}
    </>
  )
}

const KIND_MEANINGS: Readonly<Record<BulkManner['kind'], string>> = {
  as_sent: 'The same body and headers, but for those of the connection.',
  re_signed: 'The same body; each is signed when it is sent, with a fresh timestamp.',
  rendered: 'From today’s webhooks, to their endpoints.',
}

const WORDS = { as: 'As', typed: 'With a scheme and secret…' }
const OWN = 'Each as its own webhook signs today'

function firstSigning(of: BulkRun['of']): BulkManner['signing'] {
  return of === 'deliveries' ? 'own' : FIRST_TYPED
}

function Signing({ of, manner, webhooks, problemOf, onManner }: MannerFieldsProps) {
  const { signing, keepsId } = manner
  return (
    <div className={classes.field}>
      <SigningChoice
        words={{ ...WORDS, first: of === 'deliveries' ? OWN : null }}
        webhooks={webhooks}
        signing={signing === 'own' ? null : signing}
        keeping={{
          label: 'Keep the ids they were signed with',
          description: 'A receiver that has seen an id takes it for the same message.',
          isOn: keepsId,
          onChange: (isOn) => onManner({ ...manner, keepsId: isOn }),
        }}
        problem={problemOf('signing')}
        onSigning={(next) => onManner({ ...manner, signing: next ?? 'own' })}
      />
    </div>
  )
}

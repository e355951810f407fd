/** How the webhook signs what it sends; folded away, and told in a word. */
import { Button, Code } from '@mantine/core'
import { IconKey } from '@tabler/icons-react'
import { use, useState } from 'react'
import {
  ROTATING_SCHEMES,
  type SecretText,
  SIGNING_LABELS,
  type Signing,
  type SigningScheme,
} from '#contract'
import { faultText } from '../state/core.ts'
import { generateSecret } from '../state/signing.ts'
import { CopyButton } from '../ui/copy-button.tsx'
import { say } from '../ui/say.ts'
import { OwnSchemeFields, SchemeSelect } from '../ui/scheme-choice.tsx'
import { FieldNotesContext, useFieldNotes } from './field-notes.tsx'
import { SecretInput } from './secret-input.tsx'
import classes from './webhook-form.module.css'

interface SigningFieldsProps {
  readonly signing: Signing
  readonly onChange: (edit: (signing: Signing) => Signing) => void
}

const FIELDS = [
  'signing.secret',
  'signing.secondSecret',
  'signing.own.header',
  'signing.own.prefix',
]

export function SigningFields({ signing, onChange }: SigningFieldsProps) {
  const { problemsOf } = use(FieldNotesContext)
  const [isOpen, setOpen] = useState(false)
  const isWrong = FIELDS.some((field) => problemsOf(field).length > 0)
  const { scheme, own } = signing
  const ownNotes = {
    header: useFieldNotes('signing.own.header'),
    prefix: useFieldNotes('signing.own.prefix'),
  }
  return (
    <details
      className={classes.delivery}
      open={isOpen || isWrong}
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary>
        <span className={classes.deliveryName}>Signing</span>
        <span className={classes.quiet}>{scheme === 'none' ? 'none' : SIGNING_LABELS[scheme]}</span>
      </summary>
      <div className={classes.groupBody}>
        <SchemeSelect
          scheme={scheme}
          withNone
          onChange={(next) => onChange((before) => ({ ...before, scheme: next }))}
        />
        {scheme === 'own' ? (
          <OwnSchemeFields
            own={own}
            onChange={(next) => onChange((before) => ({ ...before, own: next }))}
            notesOf={(part) => ownNotes[part]}
          />
        ) : null}
        {scheme === 'none' ? null : (
          <Secrets signing={signing} scheme={scheme} onChange={onChange} />
        )}
      </div>
    </details>
  )
}

interface SecretsProps extends SigningFieldsProps {
  readonly scheme: SigningScheme
}

function Secrets({ signing, scheme, onChange }: SecretsProps) {
  const rotates = ROTATING_SCHEMES.includes(scheme)
  return (
    <>
      <SigningSecret
        label="Secret"
        field="signing.secret"
        value={signing.secret}
        scheme={scheme}
        onValue={(secret) => onChange((before) => ({ ...before, secret }))}
      />
      {rotates ? (
        <SigningSecret
          label="Second secret, while rotating"
          field="signing.secondSecret"
          value={signing.secondSecret}
          scheme={scheme}
          onValue={(secondSecret) => onChange((before) => ({ ...before, secondSecret }))}
        />
      ) : null}
    </>
  )
}

interface SigningSecretProps {
  readonly label: string
  readonly field: string
  readonly value: SecretText
  readonly scheme: SigningScheme
  readonly onValue: (value: SecretText) => void
}

function SigningSecret({ label, field, value, scheme, onValue }: SigningSecretProps) {
  const notes = useFieldNotes(field)
  const [publicKey, setPublicKey] = useState<string | null>(null)
  const generate = async () => {
    try {
      const fresh = await generateSecret(scheme)
      setPublicKey(fresh.publicKey)
      onValue({ kind: 'secret', text: fresh.secret })
    } catch (error) {
      say(faultText(error))
    }
  }
  return (
    <div className={classes.signingSecret}>
      <SecretInput
        label={label}
        classNames={{ root: classes.signingInput }}
        value={value}
        typedKind="secret"
        onValue={(next) => {
          setPublicKey(null)
          onValue(next)
        }}
        {...notes}
      />
      <Button
        variant="default"
        size="sm"
        className={classes.generate}
        leftSection={<IconKey size={14} aria-hidden />}
        aria-label={`Generate: ${label}`}
        onClick={() => void generate()}
      >
        Generate
      </Button>
      {publicKey ? (
        <p className={classes.publicKey}>
          Receivers verify with the public key <Code>{publicKey}</Code>
          <CopyButton text={publicKey} label="Copy the public key" />
        </p>
      ) : null}
    </div>
  )
}

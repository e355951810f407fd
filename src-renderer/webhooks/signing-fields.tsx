/** How the webhook signs what it sends; folded away, and told in a word. */
import { Button } from '@mantine/core'
import { IconKey, IconRotate2 } from '@tabler/icons-react'
import { useState } from 'react'
import {
  ROTATING_SCHEMES,
  type SecretText,
  SIGNING_LABELS,
  type Signing,
  type SigningScheme,
} from '#contract'
import { faultText } from '../state/core.ts'
import { generateSecret, usePublicKey } from '../state/signing.ts'
import { CopyButton } from '../ui/copy-button.tsx'
import { CopySecretButton } from '../ui/copy-secret-button.tsx'
import { say } from '../ui/say.ts'
import { OwnSchemeFields, SchemeSelect } from '../ui/scheme-choice.tsx'
import { SecretInput } from '../ui/secret-input.tsx'
import { useFieldNotes } from './field-notes.tsx'
import { Fold } from './fold.tsx'
import { canRotate, hasSecret, rotated, withoutFresh } from './signing-edit.ts'
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
  const { scheme, own } = signing
  const ownNotes = {
    header: useFieldNotes('signing.own.header'),
    prefix: useFieldNotes('signing.own.prefix'),
  }
  return (
    <Fold
      name="Signing"
      summary={scheme === 'none' ? 'none' : SIGNING_LABELS[scheme]}
      fields={FIELDS}
    >
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
      {scheme === 'none' ? null : <Secrets signing={signing} scheme={scheme} onChange={onChange} />}
    </Fold>
  )
}

interface SecretsProps extends SigningFieldsProps {
  readonly scheme: SigningScheme
}

function Secrets({ signing, scheme, onChange }: SecretsProps) {
  const notes = useFieldNotes('signing.secret')
  const { secret } = signing
  return (
    <>
      <div className={classes.signingSecret}>
        <SecretInput
          label={scheme === 'standard_ed25519' ? 'Private key' : 'Secret'}
          value={secret}
          typedKind="secret"
          onValue={(next) => onChange((before) => ({ ...before, secret: next }))}
          {...notes}
        />
        <SecretActions signing={signing} scheme={scheme} onChange={onChange} />
        {scheme === 'standard_ed25519' ? <PublicKey secret={secret} /> : null}
      </div>
      {ROTATING_SCHEMES.includes(scheme) ? (
        <SecondSecret value={signing.secondSecret} onChange={onChange} />
      ) : null}
    </>
  )
}

function SecretActions({ scheme, signing, onChange }: SecretsProps) {
  const [isBusy, setBusy] = useState(false)
  const generate = async (lay: (before: Signing, fresh: SecretText) => Signing, words: string) => {
    setBusy(true)
    try {
      const fresh = await generateSecret(scheme)
      onChange((before) => lay(before, fresh))
      if (!hasSecret(signing.secret)) return
      const undo = () =>
        onChange((now) => {
          const before = withoutFresh(now, signing, fresh)
          if (before === now) say('It was saved or changed since, so it stays as it is.')
          return before
        })
      say(words, { action: { label: 'Undo', onClick: undo } })
    } catch (error) {
      say(faultText(error))
    } finally {
      setBusy(false)
    }
  }
  const replace = (before: Signing, fresh: SecretText) => ({ ...before, secret: fresh })
  return (
    <div className={classes.secretActions}>
      <Button
        variant="default"
        size="compact-sm"
        leftSection={<IconKey size={14} aria-hidden />}
        aria-disabled={isBusy}
        onClick={() => isBusy || void generate(replace, 'The secret was replaced by a new one.')}
      >
        Generate
      </Button>
      {canRotate(signing) ? (
        <Button
          variant="default"
          size="compact-sm"
          leftSection={<IconRotate2 size={14} aria-hidden />}
          aria-disabled={isBusy}
          title="A new secret; the present one goes on signing as the second"
          onClick={() => isBusy || void generate(rotated, 'A new secret signs beside the old one.')}
        >
          Rotate
        </Button>
      ) : null}
      {hasSecret(signing.secret) ? (
        <CopySecretButton secret={signing.secret} label="Copy the secret" />
      ) : null}
    </div>
  )
}

interface SecondSecretProps {
  readonly value: SecretText
  readonly onChange: SigningFieldsProps['onChange']
}

function SecondSecret({ value, onChange }: SecondSecretProps) {
  const notes = useFieldNotes('signing.secondSecret')
  return (
    <div className={classes.signingSecret}>
      <SecretInput
        label="Second secret while rotating"
        placeholder="none"
        value={value}
        typedKind="secret"
        onValue={(next) => onChange((before) => ({ ...before, secondSecret: next }))}
        {...notes}
      />
      <p className={classes.hint}>
        Signs too, so that receivers with either of the two accept it. Clear it once all have the
        new one.
      </p>
    </div>
  )
}

function PublicKey({ secret }: { readonly secret: SecretText }) {
  const { value, isBusy, problem } = usePublicKey(secret)
  if (value === null || problem !== null) return null
  return (
    <section className={classes.publicKey} aria-label="Public key" aria-busy={isBusy}>
      <span>Receivers verify with the public key</span>
      <code className={classes.wire}>{value}</code>
      <CopyButton text={value} label="Copy the public key" />
    </section>
  )
}

/** Signature schemes: the choice among them, and the parts of a scheme of one's own. */
import { NativeSelect, TextInput } from '@mantine/core'
import type { ReactNode } from 'react'
import { type OwnSigning, SIGNING_LABELS, SIGNING_SCHEMES, type SigningScheme } from '#contract'
import classes from './scheme-choice.module.css'

interface SchemeSelectProps {
  readonly scheme: SigningScheme | 'none'
  /** Offers to sign nothing. */
  readonly withNone: boolean
  readonly onChange: (scheme: SigningScheme | 'none') => void
}

export function SchemeSelect({ scheme, withNone, onChange }: SchemeSelectProps) {
  const schemes = SIGNING_SCHEMES.map((value) => ({ value, label: SIGNING_LABELS[value] }))
  return (
    <NativeSelect
      label="Scheme"
      description={scheme === 'none' ? SENDS_NOTHING : SENDS[scheme]}
      className={classes.scheme}
      data={withNone ? [{ value: 'none', label: 'None' }, ...schemes] : schemes}
      value={scheme}
      onChange={({ currentTarget: { value } }) => {
        onChange(SIGNING_SCHEMES.find((each) => each === value) ?? 'none')
      }}
    />
  )
}

const SENDS_NOTHING = 'Requests carry no signature.'

/** What each puts into the request. */
const SENDS: Readonly<Record<SigningScheme, string>> = {
  standard:
    'Sends webhook-id, webhook-timestamp and webhook-signature: HMAC-SHA256 of all three parts.',
  standard_ed25519:
    'The same headers, signed with a private key; receivers verify with the public one.',
  github: 'Sends X-Hub-Signature-256: HMAC-SHA256 of the body.',
  stripe: 'Sends Stripe-Signature: a timestamp, and HMAC-SHA256 of timestamp and body.',
  slack: 'Sends X-Slack-Request-Timestamp and X-Slack-Signature.',
  webex: 'Sends X-Spark-Signature: HMAC-SHA1 of the body.',
  teams: 'Sends Authorization: HMAC …, as an outgoing webhook of Teams does.',
  own: 'You name the header and what is signed how.',
}

interface OwnSchemeFieldsProps {
  readonly own: OwnSigning
  readonly onChange: (own: OwnSigning) => void
  /** What makes an input show what the core says of `signing.own.<part>`. */
  readonly notesOf?: (part: 'header' | 'prefix') => { readonly error?: ReactNode }
}

const CHOICES = [
  { part: 'signed', label: 'Signed', of: ['body', 'ts.body', 'id.ts.body'] },
  { part: 'hash', label: 'Hash', of: ['sha256', 'sha512', 'sha1'] },
  { part: 'encoding', label: 'Value as', of: ['hex', 'base64'] },
  { part: 'key', label: 'Secret is', of: ['text', 'base64'] },
] as const

export function OwnSchemeFields({ own, onChange, notesOf = () => ({}) }: OwnSchemeFieldsProps) {
  const setPart = (part: (typeof CHOICES)[number]['part'], value: string) => {
    const choice = CHOICES.find((each) => each.part === part)
    if (choice?.of.some((each) => each === value)) onChange({ ...own, [part]: value })
  }
  return (
    <div className={classes.own}>
      <TextInput
        label="Header"
        value={own.header}
        onChange={({ currentTarget: { value } }) => onChange({ ...own, header: value })}
        {...notesOf('header')}
      />
      <TextInput
        label="Prefix"
        placeholder="sha256="
        value={own.prefix}
        onChange={({ currentTarget: { value } }) => onChange({ ...own, prefix: value })}
        {...notesOf('prefix')}
      />
      {CHOICES.map(({ part, label, of }) => (
        <NativeSelect
          key={part}
          label={label}
          data={[...of]}
          value={own[part]}
          onChange={({ currentTarget: { value } }) => setPart(part, value)}
        />
      ))}
    </div>
  )
}

/** Signature schemes: the choice among them, and the parts of a scheme of one's own. */
import { NativeSelect, TextInput } from '@mantine/core'
import type { ReactNode } from 'react'
import {
  type OwnSigning,
  ownSigningSchema,
  SIGNING_LABELS,
  SIGNING_SCHEMES,
  type SigningScheme,
} from '#contract'
import classes from './scheme-choice.module.css'
import { SCHEME_SENDS } from './signing-words.ts'

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
      description={
        scheme === 'none' ? 'Requests carry no signature.' : `Sends ${SCHEME_SENDS[scheme]}.`
      }
      className={classes.scheme}
      data={withNone ? [{ value: 'none', label: 'None' }, ...schemes] : schemes}
      value={scheme}
      onChange={({ currentTarget: { value } }) => {
        onChange(SIGNING_SCHEMES.find((each) => each === value) ?? 'none')
      }}
    />
  )
}

interface OwnSchemeFieldsProps {
  readonly own: OwnSigning
  readonly onChange: (own: OwnSigning) => void
  /** What makes an input show what the core says of `signing.own.<part>`. */
  readonly notesOf?: (part: 'header' | 'prefix') => { readonly error?: ReactNode }
}

const CHOICES: readonly {
  readonly part: 'signed' | 'hash' | 'encoding' | 'key'
  readonly label: string
  readonly data: readonly { readonly value: string; readonly label: string }[]
}[] = [
  {
    part: 'signed',
    label: 'What is signed',
    data: [
      { value: 'body', label: 'the body' },
      { value: 'ts.body', label: 'timestamp.body' },
      { value: 'id.ts.body', label: 'id.timestamp.body' },
    ],
  },
  {
    part: 'hash',
    label: 'Hash',
    data: [
      { value: 'sha256', label: 'HMAC-SHA256' },
      { value: 'sha512', label: 'HMAC-SHA512' },
      { value: 'sha1', label: 'HMAC-SHA1' },
    ],
  },
  {
    part: 'encoding',
    label: 'Written in',
    data: [
      { value: 'hex', label: 'hex' },
      { value: 'base64', label: 'base64' },
    ],
  },
  {
    part: 'key',
    label: 'Key',
    data: [
      { value: 'text', label: 'the secret as text' },
      { value: 'base64', label: 'the secret, from base64' },
    ],
  },
]

const GOES_ALONG: Readonly<Record<OwnSigning['signed'], string | null>> = {
  body: null,
  'ts.body': 'X-Webhook-Timestamp (unix seconds) goes along.',
  'id.ts.body': 'X-Webhook-Id and X-Webhook-Timestamp (unix seconds) go along.',
}

export function OwnSchemeFields({ own, onChange, notesOf = () => ({}) }: OwnSchemeFieldsProps) {
  const note = GOES_ALONG[own.signed]
  return (
    <>
      <div className={classes.own}>
        {(['header', 'prefix'] as const).map((part) => (
          <TextInput
            key={part}
            label={part === 'header' ? 'Header' : 'Prefix'}
            placeholder={part === 'header' ? 'X-Signature' : 'sha256='}
            value={own[part]}
            onChange={({ currentTarget: { value } }) => onChange({ ...own, [part]: value })}
            autoComplete="off"
            spellCheck={false}
            classNames={{ input: classes.wire }}
            {...notesOf(part)}
          />
        ))}
        {CHOICES.map(({ part, label, data }) => (
          <NativeSelect
            key={part}
            label={label}
            data={data}
            value={own[part]}
            onChange={({ currentTarget: { value } }) => {
              const next = ownSigningSchema.safeParse({ ...own, [part]: value })
              if (next.success) onChange(next.data)
            }}
          />
        ))}
      </div>
      {note === null ? null : <p className={classes.note}>{note}</p>}
    </>
  )
}

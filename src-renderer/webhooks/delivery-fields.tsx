/**
 * How long to wait for an answer, when to try again, and by which way; folded away, as the defaults
 * mostly do.
 */
import { NativeSelect, NumberInput, SegmentedControl } from '@mantine/core'
import { useState } from 'react'
import {
  MAX_TIMEOUT_MS,
  MIN_TIMEOUT_MS,
  type Retry,
  TIMEOUT_PRESETS_MS,
  type WebhookDraft,
} from '#contract'
import { useCertificatesIgnored } from '../state/settings.ts'
import { CertificatesIgnored } from '../ui/certificates-ignored.tsx'
import { formatDuration } from '../ui/duration.ts'
import { RetryChoice } from '../ui/retry-choice.tsx'
import { retryInWords } from '../ui/retry-words.ts'
import { useFieldNotes } from './field-notes.tsx'
import { Fold } from './fold.tsx'
import type { Edit } from './form-state.ts'
import { NETWORK_FIELDS, NetworkFields, networkInWords } from './network-fields.tsx'
import classes from './webhook-form.module.css'

interface DeliveryFieldsProps {
  readonly draft: WebhookDraft
  readonly onChange: (edit: Edit) => void
}

const OWN_RETRY = ['delaysMs', 'firstMs', 'factor', 'capMs', 'retries', 'jitter'] as const
const FIELDS = ['timeoutMs', ...OWN_RETRY.map((part) => `retry.own.${part}`), ...NETWORK_FIELDS]

export function DeliveryFields({
  draft: { timeoutMs, retry, certificates, network },
  onChange,
}: DeliveryFieldsProps) {
  const isIgnored = useCertificatesIgnored(certificates)
  return (
    <Fold
      name="Delivery"
      summary={
        <>
          timeout {formatDuration(timeoutMs)} · {retryInWords(retry)}
          {networkInWords(network) === '' ? '' : ` · ${networkInWords(network)}`}
          {isIgnored ? ' · ' : ''}
          {isIgnored ? <CertificatesIgnored /> : null}
        </>
      }
      fields={FIELDS}
    >
      <h3 className={classes.columnLabel}>Timeout</h3>
      <TimeoutField
        timeoutMs={timeoutMs}
        onChange={(next) => onChange((before) => ({ ...before, timeoutMs: next }))}
      />
      <h3 className={classes.columnLabel}>Retries</h3>
      <RetryField
        retry={retry}
        onChange={(next) => onChange((before) => ({ ...before, retry: next }))}
      />
      <NativeSelect
        label="Certificates"
        description="Of the server, over https."
        className={classes.short}
        data={[
          { value: 'workspace', label: 'As in Settings' },
          { value: 'check', label: 'Check' },
          { value: 'ignore', label: 'Ignore faults' },
        ]}
        value={certificates}
        onChange={({ currentTarget: { value } }) => {
          const next = (['workspace', 'check', 'ignore'] as const).find((each) => each === value)
          if (next) onChange((before) => ({ ...before, certificates: next }))
        }}
      />
      {isIgnored ? (
        <p className={classes.hint}>
          <CertificatesIgnored /> Anyone between you and the server can read and change what is
          sent.
        </p>
      ) : null}
      <NetworkFields
        network={network}
        onChange={(change) =>
          onChange((before) => ({ ...before, network: { ...before.network, ...change } }))
        }
      />
    </Fold>
  )
}

interface RetryFieldProps {
  readonly retry: Retry
  readonly onChange: (retry: Retry) => void
}

function RetryField({ retry, onChange }: RetryFieldProps) {
  const notes = {
    kind: {},
    delaysMs: useFieldNotes('retry.own.delaysMs'),
    firstMs: useFieldNotes('retry.own.firstMs'),
    factor: useFieldNotes('retry.own.factor'),
    capMs: useFieldNotes('retry.own.capMs'),
    retries: useFieldNotes('retry.own.retries'),
    jitter: useFieldNotes('retry.own.jitter'),
  }
  return <RetryChoice retry={retry} onChange={onChange} notesOf={(part) => notes[part]} />
}

interface TimeoutFieldProps {
  readonly timeoutMs: number
  readonly onChange: (timeoutMs: number) => void
}

const CUSTOM = 'custom'

function TimeoutField({ timeoutMs, onChange }: TimeoutFieldProps) {
  const notes = useFieldNotes('timeoutMs')
  const isPreset = TIMEOUT_PRESETS_MS.some((preset) => preset === timeoutMs)
  const [isCustom, setCustom] = useState(!isPreset)
  const chosen = isCustom || !isPreset ? CUSTOM : String(timeoutMs)
  return (
    <>
      <div className={classes.timeout}>
        <SegmentedControl
          size="xs"
          aria-label="Timeout"
          data={[
            ...TIMEOUT_PRESETS_MS.map((preset) => ({
              value: String(preset),
              label: formatDuration(preset),
            })),
            { value: CUSTOM, label: 'Custom' },
          ]}
          value={chosen}
          onChange={(next) => {
            setCustom(next === CUSTOM)
            if (next !== CUSTOM) onChange(Number(next))
          }}
        />
        {chosen === CUSTOM ? (
          <NumberInput
            aria-label="Timeout in seconds"
            className={classes.seconds}
            suffix=" s"
            min={MIN_TIMEOUT_MS / 1000}
            max={MAX_TIMEOUT_MS / 1000}
            clampBehavior="none"
            allowNegative={false}
            value={timeoutMs / 1000}
            onChange={(seconds) => onChange(Math.round(Number(seconds) * 1000))}
            {...notes}
          />
        ) : null}
      </div>
      <p className={classes.hint}>
        From {MIN_TIMEOUT_MS / 1000} to {MAX_TIMEOUT_MS / 1000} s, from the first byte out to the
        last byte in.
      </p>
    </>
  )
}

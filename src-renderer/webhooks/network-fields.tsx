/** The way of one webhook where it is not the workspace's: its proxy, and authorities besides. */
import { NativeSelect } from '@mantine/core'
import type { WebhookNetwork } from '#contract'
import { useSettings } from '../state/settings.ts'
import { AuthoritiesField } from '../ui/authorities-field.tsx'
import { ProxyFields } from '../ui/proxy-fields.tsx'
import { useFieldNotes } from './field-notes.tsx'
import classes from './webhook-form.module.css'

export const NETWORK_FIELDS = [
  'network.proxyUrl',
  'network.proxyCredentials',
  'network.extraCa',
] as const

interface NetworkFieldsProps {
  readonly network: WebhookNetwork
  readonly onChange: (change: Partial<WebhookNetwork>) => void
}

export function NetworkFields({ network, onChange }: NetworkFieldsProps) {
  const workspace = useSettings(({ settings }) => settings?.network)
  const { proxy, proxyUrl, proxyCredentials, extraCa } = network
  const urlNotes = useFieldNotes('network.proxyUrl')
  const credentialsNotes = useFieldNotes('network.proxyCredentials')
  const caNotes = useFieldNotes('network.extraCa')
  return (
    <>
      <NativeSelect
        label="Proxy"
        description="Loopback is always reached directly."
        className={classes.short}
        data={[
          { value: 'workspace', label: `As in Settings (${workspace?.proxyUrl || 'none'})` },
          { value: 'direct', label: 'Direct' },
          { value: 'own', label: 'Its own' },
        ]}
        value={proxy}
        onChange={({ currentTarget: { value } }) => {
          const next = (['workspace', 'direct', 'own'] as const).find((each) => each === value)
          if (next) onChange({ proxy: next })
        }}
      />
      {proxy === 'own' ? (
        <ProxyFields
          proxyUrl={proxyUrl}
          credentials={proxyCredentials}
          onUrl={(next) => onChange({ proxyUrl: next })}
          onCredentials={(next) => onChange({ proxyCredentials: next })}
          urlNotes={urlNotes}
          credentialsNotes={credentialsNotes}
        />
      ) : null}
      <AuthoritiesField
        {...caNotes}
        label="Own authorities"
        description="Trusted besides those of Settings. PEM."
        extraCa={extraCa}
        onChange={(next) => onChange({ extraCa: next })}
      />
    </>
  )
}

/** `proxy http://…`, for the line that stands for the fields while they are folded. */
export function networkInWords({ proxy, proxyUrl, extraCa }: WebhookNetwork): string {
  const parts = [
    proxy === 'direct' ? 'no proxy' : proxy === 'own' ? `proxy ${proxyUrl.trim() || '…'}` : '',
    extraCa.trim() === '' ? '' : 'own authorities',
  ]
  return parts.filter((part) => part !== '').join(' · ')
}

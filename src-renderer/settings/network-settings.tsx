/** How requests reach the world. Nothing is in force before it is saved; wrong parts say why. */
import { Button, SegmentedControl, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { Network } from '#contract'
import { faultOf } from '../state/core.ts'
import { saveSettings } from '../state/settings.ts'
import { AuthoritiesField } from '../ui/authorities-field.tsx'
import { ErrorNote } from '../ui/error-note.tsx'
import { ProxyFields } from '../ui/proxy-fields.tsx'
import { say } from '../ui/say.ts'
import { SettingRow } from './setting-row.tsx'
import classes from './settings.module.css'

export function NetworkSettings({ network }: { readonly network: Network }) {
  const [edited, setEdited] = useState<Network | null>(null)
  const [problems, setProblems] = useState<ReadonlyMap<string, string>>(new Map())
  const shown = edited ?? network
  const change = (part: Partial<Network>) => setEdited({ ...shown, ...part })
  const save = async (next: Network) => {
    try {
      await saveSettings({ network: next })
      setEdited(null)
      setProblems(new Map())
    } catch (error) {
      const fault = faultOf(error)
      setEdited(next)
      setProblems(new Map(fault.problems.map(({ field, message }) => [field, message])))
      if (fault.problems.length === 0) say(fault.message)
    }
  }
  const errorOf = (part: keyof Network) => problems.get(`network.${part}`)
  return (
    <>
      <SettingRow
        name="Certificates"
        hint="Of servers reached over https; each webhook can choose otherwise."
      >
        <SegmentedControl
          size="xs"
          aria-label="Certificates"
          data={[
            { value: 'check', label: 'Check' },
            { value: 'ignore', label: 'Ignore faults' },
          ]}
          value={shown.certificates}
          onChange={(value) =>
            void save({ ...shown, certificates: value === 'ignore' ? 'ignore' : 'check' })
          }
        />
        {shown.certificates === 'ignore' ? (
          <ErrorNote message="Anyone between you and a server can read and change what is sent." />
        ) : null}
      </SettingRow>
      <SettingRow name="Own authorities" hint="Trusted besides the well-known ones. PEM.">
        <AuthoritiesField
          extraCa={shown.extraCa}
          onChange={(extraCa) => change({ extraCa })}
          error={errorOf('extraCa')}
        />
      </SettingRow>
      <SettingRow name="Proxy" hint="Loopback is always reached directly.">
        <ProxyFields
          proxyUrl={shown.proxyUrl}
          credentials={shown.proxyCredentials}
          onUrl={(proxyUrl) => change({ proxyUrl })}
          onCredentials={(proxyCredentials) => change({ proxyCredentials })}
          urlNotes={{ error: errorOf('proxyUrl') }}
        />
        <TextInput
          label="Reached directly"
          className={classes.wide}
          placeholder="intranet.example.com, .internal"
          autoComplete="off"
          value={shown.noProxy}
          onChange={({ currentTarget: { value } }) => change({ noProxy: value })}
        />
      </SettingRow>
      {edited ? (
        <div className={classes.inline}>
          <Button size="xs" onClick={() => void save(edited)}>
            Save the network settings
          </Button>
          <Button
            size="xs"
            variant="default"
            onClick={() => {
              setEdited(null)
              setProblems(new Map())
            }}
          >
            Cancel
          </Button>
        </div>
      ) : null}
    </>
  )
}

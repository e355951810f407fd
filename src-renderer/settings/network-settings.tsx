/** How requests reach the world. Nothing is in force before it is saved; wrong parts say why. */
import { Button, Code, FileButton, SegmentedControl, Textarea, TextInput } from '@mantine/core'
import { useEffect, useState } from 'react'
import type { Authority, Network } from '#contract'
import { faultOf, faultText } from '../state/core.ts'
import { readAuthorities, saveSettings } from '../state/settings.ts'
import { ErrorNote } from '../ui/error-note.tsx'
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
        <Textarea
          aria-label="Certificates of own authorities, PEM"
          className={classes.wide}
          classNames={{ input: classes.wire }}
          placeholder="-----BEGIN CERTIFICATE-----"
          autosize
          minRows={2}
          maxRows={6}
          spellCheck={false}
          value={shown.extraCa}
          onChange={({ currentTarget: { value } }) => change({ extraCa: value })}
          error={errorOf('extraCa')}
        />
        <div className={classes.inline}>
          <FileButton accept=".pem,.crt,.cer" onChange={(file) => void addFile(file)}>
            {(props) => (
              <Button {...props} size="xs" variant="default">
                Add from a file
              </Button>
            )}
          </FileButton>
        </div>
        <Authorities extraCa={network.extraCa} />
      </SettingRow>
      <SettingRow name="Proxy" hint="Loopback is always reached directly.">
        <TextInput
          aria-label="Proxy"
          className={classes.wide}
          placeholder="http://proxy.example.com:3128"
          autoComplete="off"
          value={shown.proxyUrl}
          onChange={({ currentTarget: { value } }) => change({ proxyUrl: value })}
          error={errorOf('proxyUrl')}
        />
        <TextInput
          label="User and password"
          className={classes.wide}
          placeholder={
            shown.proxyCredentials.kind === 'kept' ? shown.proxyCredentials.mask : 'user:password'
          }
          type="password"
          autoComplete="off"
          value={shown.proxyCredentials.kind === 'kept' ? '' : shown.proxyCredentials.text}
          onChange={({ currentTarget: { value } }) =>
            change({ proxyCredentials: { kind: 'secret', text: value } })
          }
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

  async function addFile(file: File | null) {
    if (!file) return
    const text = await file.text()
    change({ extraCa: [shown.extraCa.trim(), text.trim()].filter(Boolean).join('\n') })
  }
}

/** What is in force, as the core reads it. */
function Authorities({ extraCa }: { readonly extraCa: string }) {
  const [read, setRead] = useState<{ of: string; list: readonly Authority[] }>()
  useEffect(() => {
    if (extraCa === '') return undefined
    let isCurrent = true
    readAuthorities().then(
      (list) => isCurrent && setRead({ of: extraCa, list }),
      (error: unknown) => say(faultText(error)),
    )
    return () => {
      isCurrent = false
    }
  }, [extraCa])
  if (read?.of !== extraCa) return null
  return read.list.map(({ subject, validToMs, expired }) => (
    <p key={`${subject} ${validToMs}`} className={classes.sentence}>
      <Code>{subject}</Code> {expired ? 'expired on' : 'valid until'}{' '}
      {new Date(validToMs).toLocaleDateString('en-GB')}
    </p>
  ))
}

/** What holds for the whole workspace. Every change is saved at once; what cannot be saved says so. */
import { SegmentedControl } from '@mantine/core'
import { DEFAULT_RECEIVERS_PORT, MAX_TIMEOUT_MS, MIN_TIMEOUT_MS, type Settings } from '#contract'
import { saveSettings, useSettings } from '../state/settings.ts'
import { useStatus } from '../state/status.ts'
import { formatBytes } from '../ui/bytes.ts'
import { CopyButton } from '../ui/copy-button.tsx'
import { ConfirmedHosts } from './confirmed-hosts.tsx'
import { DefaultRetry } from './default-retry.tsx'
import { NetworkSettings } from './network-settings.tsx'
import { NumberSetting } from './number-setting.tsx'
import { RetentionSettings } from './retention-settings.tsx'
import { SampleRemoval } from './sample-removal.tsx'
import { SettingRow } from './setting-row.tsx'
import classes from './settings.module.css'
import { StrayWebhooks } from './stray-webhooks.tsx'

const THEMES = [
  { value: 'system', label: 'As the system' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
] as const satisfies readonly { value: Settings['theme']; label: string }[]

export function SettingsScreen() {
  const settings = useSettings((state) => state.settings)
  const status = useStatus((state) => state.status)
  if (!settings || !status) return <p className={classes.waiting}>Reading the settings…</p>
  return (
    <div className={classes.screen}>
      <div className={classes.page}>
        <Section title="Look">
          <SettingRow name="Theme">
            <SegmentedControl
              size="xs"
              aria-label="Theme"
              data={[...THEMES]}
              value={settings.theme}
              onChange={(value) => {
                const theme = THEMES.find((one) => one.value === value)?.value
                if (theme) void saveSettings({ theme })
              }}
            />
          </SettingRow>
        </Section>
        <Section title="Sending">
          <SettingRow name="Default timeout" hint="For new webhooks; each can have its own.">
            <NumberSetting
              name="Default timeout in seconds"
              unit="s"
              value={settings.defaultTimeoutMs / 1_000}
              minimum={MIN_TIMEOUT_MS / 1_000}
              maximum={MAX_TIMEOUT_MS / 1_000}
              save={(seconds) => saveSettings({ defaultTimeoutMs: seconds * 1_000 })}
            />
          </SettingRow>
          <SettingRow name="Default retries" hint="For new webhooks; each can have its own.">
            <DefaultRetry retry={settings.defaultRetry} />
          </SettingRow>
        </Section>
        <Section title="Network">
          <NetworkSettings network={settings.network} />
          <SettingRow
            name="Confirmed hosts"
            hint="Other machines that this workspace may send to. Each is asked about once, before the first request."
          >
            <ConfirmedHosts />
          </SettingRow>
        </Section>
        <Section title="Receivers">
          <SettingRow
            name="Port"
            hint={`On 127.0.0.1 only. 0 takes any free port; ${DEFAULT_RECEIVERS_PORT} unless changed.`}
          >
            <NumberSetting
              name="Port of the receivers"
              value={settings.receiversPort}
              minimum={0}
              maximum={65_535}
              save={(receiversPort) => saveSettings({ receiversPort })}
            />
            <ReceiversState {...status.receivers} />
            <StrayWebhooks />
          </SettingRow>
        </Section>
        <Section title="History">
          <RetentionSettings retention={settings.retention} />
        </Section>
        <Section title="Workspace">
          <SettingRow name="Sample webhooks" hint="Those that you have changed stay.">
            <SampleRemoval />
          </SettingRow>
          <SettingRow
            name="Data folder"
            hint={`The database has ${formatBytes(status.databaseBytes)}.`}
          >
            <div className={classes.inline}>
              <code className={classes.code}>{status.dataDir}</code>
              <CopyButton text={status.dataDir} label="Copy the path" />
            </div>
          </SettingRow>
          <SettingRow name="Secrets">
            <p className={classes.sentence}>{status.secretsAtRest}</p>
          </SettingRow>
          <SettingRow name="Version">
            <p className={classes.sentence}>Hookstage {status.version}</p>
          </SettingRow>
        </Section>
      </div>
    </div>
  )
}

interface SectionProps {
  readonly title: string
  readonly children: React.ReactNode
}

function Section({ title, children }: SectionProps) {
  return (
    <section className={classes.section} aria-label={title}>
      <h2 className={classes.title}>{title}</h2>
      {children}
    </section>
  )
}

interface ReceiversStateProps {
  readonly listening: boolean
  readonly port: number | null
  readonly problem: string | null
}

function ReceiversState({ listening, port, problem }: ReceiversStateProps) {
  const state = listening && port !== null ? `Listening on 127.0.0.1:${port}.` : 'Not listening.'
  return (
    <p className={classes.sentence} role="status">
      {problem === null ? state : `${state} ${problem}`}
    </p>
  )
}

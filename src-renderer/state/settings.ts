/** The workspace's settings, as the core has them. */
import { create } from 'zustand'
import type { Authority, Settings, WebhookCertificates } from '#contract'
import { core, onFact } from './core.ts'
import { createPaced } from './paced.ts'
import { recall, remember } from './remembered.ts'

const BEAT_MS = 100
const THEME_KEY = 'theme'

interface SettingsStore {
  /** Null until they are read for the first time. */
  readonly settings: Settings | null
  /** Known from the last visit before the core answers, so that the page does not flash. */
  readonly theme: Settings['theme']
}

export const useSettings = create<SettingsStore>()(() => ({
  settings: null,
  theme: recall(THEME_KEY, 'system', isTheme),
}))

function keep(settings: Settings): void {
  useSettings.setState({ settings, theme: settings.theme })
  remember(THEME_KEY, settings.theme)
}

const beat = createPaced(async () => keep(await core().settings.get()), BEAT_MS)

onFact(({ kind }) => {
  if (kind === 'settings.changed') beat.request()
})

/** Whether a webhook of this choice is sent even where the certificate is not to be trusted. */
export function useCertificatesIgnored(own: WebhookCertificates): boolean {
  const workspace = useSettings((state) => state.settings?.network.certificates)
  return (own === 'workspace' ? workspace : own) === 'ignore'
}

/** The authorities in a PEM text, as the core reads them. */
export function readAuthorities(extraCa: string, signal: AbortSignal): Promise<Authority[]> {
  return core().settings.authorities({ extraCa }, { signal })
}

/** Saves at once; fails with the core's reason. */
export async function saveSettings(change: Partial<Settings>): Promise<Settings> {
  const saved = await core().settings.update(change)
  keep(saved)
  return saved
}

function isTheme(value: unknown): value is Settings['theme'] {
  return value === 'system' || value === 'light' || value === 'dark'
}

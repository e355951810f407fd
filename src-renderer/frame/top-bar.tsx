/** The screen's name, the way into the palette, and the colour scheme. */

import { ActionIcon, Tooltip, UnstyledButton } from '@mantine/core'
import { spotlight } from '@mantine/spotlight'
import { IconDeviceDesktop, IconMoon, IconSearch, IconSun } from '@tabler/icons-react'
import type { Settings } from '#contract'
import { useRoute } from '../state/route.ts'
import { saveSettings, useSettings } from '../state/settings.ts'
import { keyName } from '../ui/key-name.ts'
import { orSay } from '../ui/or-say.ts'
import { SCREEN_NAMES } from './rail.tsx'
import classes from './top-bar.module.css'

const THEMES = {
  system: { Icon: IconDeviceDesktop, words: 'as the system', next: 'light' },
  light: { Icon: IconSun, words: 'light', next: 'dark' },
  dark: { Icon: IconMoon, words: 'dark', next: 'system' },
} as const

export function TopBar() {
  const screen = useRoute((route) => route.screen)
  return (
    <header className={classes.bar}>
      <h1 className={classes.title}>{SCREEN_NAMES[screen]}</h1>
      <UnstyledButton className={classes.search} onClick={spotlight.open}>
        <IconSearch size={14} aria-hidden />
        <span className={classes.words}>Search or do…</span>
        <kbd className={classes.key}>{keyName('K')}</kbd>
      </UnstyledButton>
      <ThemeButton />
    </header>
  )
}

function ThemeButton() {
  const theme = useSettings((state) => state.theme)
  const { Icon, words, next } = THEMES[theme]
  const label = `Colours: ${words}. Change to ${THEMES[next].words}.`
  return (
    <Tooltip label={label}>
      <ActionIcon aria-label={label} onClick={() => void setTheme(next)}>
        <Icon size={16} aria-hidden />
      </ActionIcon>
    </Tooltip>
  )
}

export async function setTheme(theme: Settings['theme']): Promise<void> {
  await orSay(saveSettings({ theme }))
}

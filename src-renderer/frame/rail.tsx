/** The rail on the left: one stop for each screen, and the settings at its foot. */
import { Tooltip } from '@mantine/core'
import {
  IconArrowsUpDown,
  IconBolt,
  IconDownload,
  IconSettings,
  IconWebhook,
} from '@tabler/icons-react'
import { goTo, hashOf, SCREENS, type Screen, useRoute } from '../state/route.ts'
import classes from './rail.module.css'

export const SCREEN_NAMES: Readonly<Record<Screen, string>> = {
  webhooks: 'Webhooks',
  simulator: 'Simulator',
  deliveries: 'Deliveries',
  captures: 'Captures',
  settings: 'Settings',
}

export const SCREEN_ICONS = {
  webhooks: IconWebhook,
  simulator: IconBolt,
  deliveries: IconArrowsUpDown,
  captures: IconDownload,
  settings: IconSettings,
} as const

export function Rail() {
  const screen = useRoute((route) => route.screen)
  return (
    <nav className={classes.rail} aria-label="Screens">
      {SCREENS.map((each) => {
        const Icon = SCREEN_ICONS[each]
        return (
          <Tooltip key={each} label={SCREEN_NAMES[each]} position="right">
            <a
              className={classes.stop}
              data-last={each === 'settings' || undefined}
              href={hashOf({ screen: each, chosen: null })}
              aria-label={SCREEN_NAMES[each]}
              aria-current={each === screen ? 'page' : undefined}
              onClick={(event) => {
                if (event.metaKey || event.ctrlKey || event.shiftKey) return
                event.preventDefault()
                goTo(each)
              }}
            >
              <Icon size={20} stroke={1.7} aria-hidden />
            </a>
          </Tooltip>
        )
      })}
    </nav>
  )
}

/** The command palette: every screen, every webhook, every receiver, every event, found by typing. */
import { Spotlight, type SpotlightActionGroupData } from '@mantine/spotlight'
import {
  IconBolt,
  IconClockPlay,
  IconFileExport,
  IconFileImport,
  IconKeyboard,
  IconPlayerPause,
  IconPlayerPlay,
  IconPlayerTrackNext,
  IconPlus,
  IconSearch,
  IconStethoscope,
} from '@tabler/icons-react'
import { startTransition, useState } from 'react'
import {
  CATALOGUE,
  CLOCK_SPEEDS,
  type DeliveryId,
  deliveryIdSchema,
  type EventName,
  eventLabel,
  type Webhook,
} from '#contract'
import { BULK_COMMANDS } from '../bulk/bulk-commands.tsx'
import { COMPARE_COMMAND } from '../compare/compare-command.tsx'
import { faultText } from '../state/core.ts'
import { exporting, exportListed } from '../state/exporting.ts'
import { importDialog } from '../state/import-dialog.ts'
import { making } from '../state/made-event.ts'
import { addWebhook } from '../state/new-webhook.ts'
import { receivers, useReceivers } from '../state/receivers.ts'
import { goTo, SCREENS, useRoute } from '../state/route.ts'
import { newSeed } from '../state/seed.ts'
import { doctor } from '../state/signature-doctor.ts'
import { useWebhooks, webhooks as webhookActions, webhookTitle } from '../state/webhooks.ts'
import { counted } from '../ui/bytes.ts'
import { DestinationMark } from '../ui/destination-mark.tsx'
import { say } from '../ui/say.ts'
import { showKeys } from './keys.tsx'
import { matching } from './palette-matching.ts'
import {
  nextRetryNow,
  pauseSending,
  resumeSending,
  SPEED_WORDS,
  setClockSpeed,
} from './queue-controls.tsx'
import { SCREEN_ICONS, SCREEN_NAMES } from './rail.tsx'
import { receiverAction } from './receiver-actions.tsx'
import { setTheme } from './top-bar.tsx'

/** Entries at most: those that are seen when it opens, drawn with it, and those drawn right after. */
const FIRST_ENTRIES = 20
const ALL_ENTRIES = 60

export function Palette() {
  const webhooks = useWebhooks((state) => state.webhooks)
  const receiverList = useReceivers((state) => state.receivers)
  const [query, setQuery] = useState('')
  const [limit, setLimit] = useState(FIRST_ENTRIES)
  const drawTheRest = () => startTransition(() => setLimit(ALL_ENTRIES))
  return (
    <Spotlight
      query={query}
      onQueryChange={setQuery}
      actions={[
        ...COMMANDS,
        { group: 'Webhooks', actions: webhooks.map(webhookAction) },
        { group: 'Receivers', actions: receiverList.map(receiverAction) },
        EVENTS,
      ]}
      onSpotlightOpen={() => {
        receivers.refresh()
        drawTheRest()
      }}
      onSpotlightClose={() => setLimit(FIRST_ENTRIES)}
      centered={false}
      attributes={{ content: { 'aria-label': 'Search or do' } }}
      shortcut="mod + K"
      tagsToIgnore={[]}
      triggerOnContentEditable
      // Of nothing typed there is nothing to mark, and looking for it takes half of the time to open.
      highlightQuery={query !== ''}
      filter={matching}
      scrollable
      maxHeight="min(420px, 60vh)"
      limit={limit}
      nothingFound="Nothing is called that."
      searchProps={{
        leftSection: <IconSearch size={16} aria-hidden />,
        placeholder: 'Search or do…',
        'aria-label': 'Search or do',
      }}
    />
  )
}

const COMMANDS: readonly SpotlightActionGroupData[] = [
  {
    group: 'Do',
    actions: [
      {
        id: 'add-webhook',
        label: 'Add webhook',
        keywords: 'new create write',
        leftSection: <IconPlus size={16} aria-hidden />,
        onClick: () => addWebhook(),
      },
      {
        id: 'check-signature',
        label: 'Check a signature',
        keywords: 'doctor verify hmac secret webhook signing',
        leftSection: <IconStethoscope size={16} aria-hidden />,
        onClick: () => void checkSignature(),
      },
      {
        id: 'make-event',
        label: 'Make an event of this delivery',
        keywords: 'sample draft again',
        leftSection: <IconBolt size={16} aria-hidden />,
        onClick: makeEvent,
      },
      ...BULK_COMMANDS,
      COMPARE_COMMAND,
      {
        id: 'import',
        label: 'Import…',
        keywords: 'paste curl har raw http json hookstage file',
        leftSection: <IconFileImport size={16} aria-hidden />,
        onClick: importDialog.open,
      },
      {
        id: 'export-deliveries',
        label: 'Export the listed deliveries…',
        keywords: 'har curl script hookstage file save',
        leftSection: <IconFileExport size={16} aria-hidden />,
        onClick: exportListed,
      },
      {
        id: 'export-workspace',
        label: 'Export webhooks and samples…',
        keywords: 'hookstage file save backup share',
        leftSection: <IconFileExport size={16} aria-hidden />,
        onClick: () =>
          exporting.open({ source: { kind: 'workspace' }, words: 'webhooks and samples' }),
      },
      {
        id: 'show-keys',
        label: 'Show the keys',
        leftSection: <IconKeyboard size={16} aria-hidden />,
        onClick: showKeys,
      },
      {
        id: 'pause-sending',
        label: 'Pause sending',
        keywords: 'queue stop hold',
        leftSection: <IconPlayerPause size={16} aria-hidden />,
        onClick: () => void pauseSending(),
      },
      {
        id: 'resume-sending',
        label: 'Resume sending',
        keywords: 'queue start go on',
        leftSection: <IconPlayerPlay size={16} aria-hidden />,
        onClick: () => void resumeSending(),
      },
      {
        id: 'next-retry',
        label: 'Next retry now',
        keywords: 'stage clock skip',
        leftSection: <IconPlayerTrackNext size={16} aria-hidden />,
        onClick: () => void nextRetryNow(),
      },
      ...CLOCK_SPEEDS.map((speed) => ({
        id: `stage-clock-${speed}`,
        label: `Stage clock ${SPEED_WORDS[speed]}`,
        keywords: 'retries schedule fast speed',
        leftSection: <IconClockPlay size={16} aria-hidden />,
        onClick: () => void setClockSpeed(speed),
      })),
      ...(['light', 'dark', 'system'] as const).map((theme) => ({
        id: `theme-${theme}`,
        label: theme === 'system' ? 'Colours as the system' : `Colours ${theme}`,
        keywords: 'theme colour scheme',
        onClick: () => void setTheme(theme),
      })),
    ],
  },
  {
    group: 'Go to',
    actions: SCREENS.map((screen) => {
      const Icon = SCREEN_ICONS[screen]
      return {
        id: `go-${screen}`,
        label: SCREEN_NAMES[screen],
        leftSection: <Icon size={16} aria-hidden />,
        onClick: () => goTo(screen),
      }
    }),
  },
]

function webhookAction(webhook: Webhook) {
  return {
    id: `webhook-${webhook.id}`,
    label: webhookTitle(webhook),
    description: eventLabel(webhook.event),
    leftSection: <DestinationMark destination={webhook.destination} compact />,
    onClick: () => goTo('webhooks', webhook.id),
  }
}

const EVENTS: SpotlightActionGroupData = {
  group: 'Fire',
  actions: CATALOGUE.map(({ name, description }) => ({
    id: `fire-${name}`,
    label: `Fire ${eventLabel(name)}`,
    description: `${name} · ${description}`,
    keywords: name,
    leftSection: <IconPlayerPlay size={16} aria-hidden />,
    onClick: () => void fire(name),
  })),
}

function shownDelivery(): DeliveryId | undefined {
  const { screen, chosen } = useRoute.getState()
  return deliveryIdSchema.safeParse(screen === 'deliveries' ? chosen : null).data
}

function makeEvent(): void {
  const deliveryId = shownDelivery()
  if (deliveryId === undefined) say('Choose a delivery first: an event is made of what it carried.')
  else making.open({ kind: 'delivery', deliveryId })
}

/** Of the delivery that is looked at, or of what is pasted. */
async function checkSignature(): Promise<void> {
  const id = shownDelivery()
  if (id === undefined) return doctor.open()
  await doctor.openDelivery(id).catch(doctor.open)
}

async function fire(event: EventName): Promise<void> {
  try {
    const { deliveries } = await webhookActions.fireEvent(event, newSeed())
    const [only] = deliveries
    if (only === undefined) {
      say(`${eventLabel(event)} was fired. No webhook receives it.`, {
        action: { label: 'Add webhook', onClick: () => addWebhook(event) },
      })
      return
    }
    const words = counted(deliveries.length, 'delivery', 'deliveries')
    say(`${eventLabel(event)} was fired: ${words}.`, {
      action: {
        label: 'Open',
        onClick: () => goTo('deliveries', deliveries.length === 1 ? only : null),
      },
    })
  } catch (error) {
    say(faultText(error))
  }
}

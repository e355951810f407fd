/** The frame around the screens: rail, top bar, banners, the screen that is chosen, status bar. */
import { MantineProvider, useMantineColorScheme } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { useEffect, useLayoutEffect } from 'react'
import { captureIdSchema, deliveryIdSchema } from '#contract'
import classes from './app.module.css'
import { BulkWindow } from './bulk/bulk-window.tsx'
import { CapturesScreen } from './captures/captures-screen.tsx'
import { CompareDialog } from './compare/compare-dialog.tsx'
import { DeliveriesScreen } from './deliveries/deliveries-screen.tsx'
import { Banners } from './frame/banners.tsx'
import { HostQuestion } from './frame/host-question.tsx'
import { Keys } from './frame/keys.tsx'
import { Palette } from './frame/palette.tsx'
import { Rail, SCREEN_NAMES } from './frame/rail.tsx'
import { StatusBar } from './frame/status-bar.tsx'
import { TopBar } from './frame/top-bar.tsx'
import { SignatureDoctor } from './inspector/signature-doctor.tsx'
import { DropTarget } from './interchange/drop-target.tsx'
import { ExportDialog } from './interchange/export-dialog.tsx'
import { ImportDialog } from './interchange/import-dialog.tsx'
import { MakeEvent } from './make-event/make-event.tsx'
import { ReplayDialog } from './replay/replay-dialog.tsx'
import { SettingsScreen } from './settings/settings-screen.tsx'
import { SimulatorScreen } from './simulator/simulator-screen.tsx'
import { addWebhook } from './state/new-webhook.ts'
import { goTo, useRoute } from './state/route.ts'
import { useSettings } from './state/settings.ts'
import { cssVariables, theme } from './theme.ts'
import { pageNonce } from './ui/page-nonce.ts'
import { WebhooksScreen } from './webhooks/webhooks-screen.tsx'

export function App() {
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      getStyleNonce={pageNonce}
      defaultColorScheme="auto"
    >
      <ColourScheme />
      <Frame />
    </MantineProvider>
  )
}

/** The scheme follows the settings. */
function ColourScheme() {
  const chosen = useSettings((state) => state.theme)
  const { setColorScheme } = useMantineColorScheme()
  useLayoutEffect(() => {
    setColorScheme(chosen === 'system' ? 'auto' : chosen)
  }, [chosen, setColorScheme])
  return null
}

function Frame() {
  const screen = useRoute((route) => route.screen)
  useEffect(() => {
    document.title = `${SCREEN_NAMES[screen]} – Hookstage`
  }, [screen])
  return (
    <div className={classes.frame}>
      <Rail />
      <TopBar />
      <Banners />
      <main className={classes.screen} aria-label={SCREEN_NAMES[screen]}>
        <ChosenScreen />
      </main>
      <StatusBar />
      <Palette />
      <Keys />
      <SignatureDoctor />
      <MakeEvent />
      <ReplayDialog />
      <BulkWindow />
      <ImportDialog />
      <ExportDialog />
      <DropTarget />
      <CompareDialog />
      <HostQuestion />
      <Notifications position="bottom-right" limit={4} transitionDuration={120} />
    </div>
  )
}

function ChosenScreen() {
  const { screen, chosen } = useRoute()
  if (screen === 'webhooks') return <WebhooksScreen chosen={chosen} />
  if (screen === 'simulator') return <SimulatorScreen onAddWebhook={addWebhook} />
  if (screen === 'captures') {
    return (
      <CapturesScreen
        selected={captureIdSchema.safeParse(chosen).data ?? null}
        onSelect={(id) => goTo('captures', id)}
      />
    )
  }
  if (screen === 'settings') return <SettingsScreen />
  return (
    <DeliveriesScreen
      selected={deliveryIdSchema.safeParse(chosen).data ?? null}
      onSelect={(id) => goTo('deliveries', id)}
      onOpenSimulator={() => goTo('simulator')}
    />
  )
}

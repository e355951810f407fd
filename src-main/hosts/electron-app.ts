/**
 * The Electron host from start to end, as one readable list: one instance per data folder, one
 * window, the core inside the main process; then the window, the core and the app, in this order.
 */
import { join } from 'node:path'
import { app, dialog, session } from 'electron'
import { ALREADY_EXPLAINED } from '../command-line.ts'
import { AppError } from '../errors.ts'
import type { Core } from '../services.ts'
import type { SecretSealer } from '../store/secret-sealer.ts'
import { APP_ORIGIN, registerAppScheme, serveAppScheme } from './app-protocol.ts'
import { servePort } from './electron-ipc.ts'
import { setMenu } from './electron-menu.ts'
import { createSystemSealer } from './electron-safe-storage.ts'
import { type AppWindow, createWindow, denyPermissions } from './electron-window.ts'
import { readOwner, removeOwner, writeOwner } from './owner-file.ts'
import { readStaticFiles } from './static-files.ts'

export interface ElectronAppOptions {
  readonly dataDir: string
  /** The folder of the page's build. */
  readonly pageFolder: string
  readonly preload: string
  /** @param sealer the system's key store; null where there is none */
  openCore(sealer: SecretSealer | null): Promise<Core>
  /** What went wrong, for the log; the user is told in words. */
  onError(error: unknown): void
}

/**
 * What has to be done before the app is ready.
 * @returns false when the folder's window is open already: it comes to the front, and this one ends
 */
export function prepareApp(dataDir: string): boolean {
  app.enableSandbox()
  registerAppScheme()
  // Chromium's own files, and with them the lock of the single instance, belong to the data folder.
  app.setPath('userData', join(dataDir, 'electron'))
  return app.requestSingleInstanceLock()
}

export async function startApp(options: ElectronAppOptions): Promise<void> {
  await app.whenReady()
  try {
    await open(options)
  } catch (error) {
    options.onError(error)
    dialog.showErrorBox('Hookstage cannot start', words(error, options.dataDir))
    app.exit(ALREADY_EXPLAINED)
  }
}

async function open({
  dataDir,
  pageFolder,
  preload,
  openCore,
  onError,
}: ElectronAppOptions): Promise<void> {
  const devServer = app.isPackaged ? undefined : process.env.ELECTRON_RENDERER_URL
  const files = devServer ? null : readStaticFiles(pageFolder)
  const core = await openCore(await createSystemSealer())
  writeOwner(dataDir, { pid: process.pid, host: 'electron', port: null, token: '' })
  const origin = devServer ?? APP_ORIGIN
  const own = session.fromPartition('hookstage')
  denyPermissions(own, origin)
  if (files) serveAppScheme(own.protocol, files)
  setMenu(process.platform, app.isPackaged)
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-attach-webview', (event) => event.preventDefault())
  })
  const shown = createWindow({
    session: own,
    preload,
    placeFile: join(dataDir, 'window.json'),
    url: `${origin}/`,
    isPackaged: app.isPackaged,
  })
  servePort(shown.window, origin, core.router)
  app.on('second-instance', shown.show)
  endInOrder(shown, async () => {
    await core.close().catch(onError)
    removeOwner(dataDir)
  })
}

/** Closing the window and quitting are the same: the window, then the core, then the app. */
function endInOrder(shown: AppWindow, closeCore: () => Promise<void>): void {
  let isEnding = false
  let isClosed = false
  const end = async () => {
    await shown.end()
    await closeCore()
    isClosed = true
    app.quit()
  }
  shown.window.on('close', (event) => {
    event.preventDefault()
    app.quit()
  })
  app.on('before-quit', (event) => {
    if (isClosed) return
    event.preventDefault()
    if (isEnding) return
    isEnding = true
    void end()
  })
  // Only `end` ends the app; without a listener Electron would, before the core is closed.
  app.on('window-all-closed', () => undefined)
}

function words(error: unknown, dataDir: string): string {
  if (!(error instanceof AppError)) {
    return 'Something in Hookstage failed while it started. Its log, hookstage.log in the data folder, has the details.'
  }
  const isServed = error.code === 'conflict' && readOwner(dataDir)?.host === 'browser'
  return isServed
    ? `${error.message} It is served to a browser: use it there, or end it first with Ctrl+C where it was started.`
    : error.message
}

/**
 * The Electron host: one instance, one window, the core inside the main process. Everything is closed
 * in order: the window, the core, then the app.
 */
import { join } from 'node:path'
import { app, dialog, Menu, session } from 'electron'
import { parseFlags } from './command-line.ts'
import { AppError } from './errors.ts'
import { APP_ORIGIN, registerAppScheme, serveAppScheme } from './hosts/app-protocol.ts'
import { servePort } from './hosts/electron-ipc.ts'
import { createSystemSealer } from './hosts/electron-safe-storage.ts'
import { createWindow, denyPermissions } from './hosts/electron-window.ts'
import { removeOwner, writeOwner } from './hosts/owner-file.ts'
import { readStaticFiles } from './hosts/static-files.ts'
import { createLog } from './log.ts'
import { type Core, openCore } from './services.ts'

app.enableSandbox()
registerAppScheme()

const parsed = parseFlags(process.argv.slice(app.isPackaged ? 1 : 2).filter(isOurFlag))
if ('problem' in parsed) {
  process.stderr.write(`${parsed.problem}\n`)
  app.exit(2)
} else if (app.requestSingleInstanceLock({ dataDir: parsed.dataDir })) {
  void run(parsed.dataDir)
} else {
  app.quit()
}

/** Chromium's own switches come in the same list. */
function isOurFlag(argument: string, index: number, all: readonly string[]): boolean {
  const ours = /^--(browser|port|data-dir|no-open|help|version)(=|$)/
  return ours.test(argument) || /^--(port|data-dir)$/.test(all[index - 1] ?? '')
}

async function run(dataDir: string): Promise<void> {
  await app.whenReady()
  const log = createLog(dataDir)
  const core = await open(dataDir)
  if (!core) return
  writeOwner(dataDir, { pid: process.pid, host: 'electron', port: null, token: '' })
  Menu.setApplicationMenu(null)
  const own = session.fromPartition('hookstage')
  denyPermissions(own, APP_ORIGIN)
  serveAppScheme(own.protocol, readStaticFiles(join(import.meta.dirname, '../renderer')))
  const devServer = app.isPackaged ? undefined : process.env.ELECTRON_RENDERER_URL
  const window = createWindow({
    session: own,
    preload: join(import.meta.dirname, '../preload/index.cjs'),
    placeFile: join(dataDir, 'window.json'),
    url: devServer ? `${devServer}/` : `${APP_ORIGIN}/`,
    isPackaged: app.isPackaged,
  })
  servePort(window, devServer ?? APP_ORIGIN, core.router)
  app.on('second-instance', () => {
    if (window.isMinimized()) window.restore()
    window.focus()
  })
  app.on('window-all-closed', () => app.quit())
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-attach-webview', (event) => event.preventDefault())
  })
  closeInOrder(core, dataDir)

  async function open(folder: string): Promise<Core | null> {
    try {
      const sealer = await createSystemSealer()
      return await openCore({
        dataDir: folder,
        host: 'electron',
        log,
        ...(sealer ? { sealer } : {}),
      })
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      dialog.showErrorBox('Hookstage cannot start', error.message)
      app.exit(1)
      return null
    }
  }
}

function closeInOrder(core: Core, dataDir: string): void {
  let closed = false
  app.on('before-quit', (event) => {
    if (closed) return
    event.preventDefault()
    void core.close().finally(() => {
      closed = true
      removeOwner(dataDir)
      app.quit()
    })
  })
}

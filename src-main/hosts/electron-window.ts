/**
 * The one window: sandboxed, isolated, without permissions, bound to our own page. It remembers its
 * place and size and comes back on a screen that exists.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { BrowserWindow, type Session, screen, type WebContents } from 'electron'
import { placeOnScreen, type WindowPlace, windowPlaceSchema } from './window-place.ts'

export interface AppWindow {
  readonly window: BrowserWindow
  /** Brings it to the front. */
  show(): void
  /** Hides it, leaves the page a moment to hand over what was typed last, and destroys it. */
  end(): Promise<void>
}

const MIN_SIZE = { minWidth: 960, minHeight: 600 }
const FIRST_SIZE = { width: 1280, height: 800 }
/** A hidden page hands over its drafts at once; that is one message. */
const HAND_OVER_MS = 300
/** A page that crashes again this soon is left as it is, so that it does not crash for ever. */
const CRASH_PAUSE_MS = 60_000

export function createWindow(options: {
  session: Session
  preload: string
  /** Where the place is remembered. */
  placeFile: string
  /** The page's address. */
  url: string
  isPackaged: boolean
}): AppWindow {
  const place = readPlace(options.placeFile)
  const { isMaximized, ...bounds } = place ?? { ...FIRST_SIZE, isMaximized: false }
  const window = new BrowserWindow({
    ...MIN_SIZE,
    ...bounds,
    show: false,
    title: 'Hookstage',
    backgroundColor: '#16191d',
    autoHideMenuBar: true,
    webPreferences: {
      preload: options.preload,
      session: options.session,
      nodeIntegration: false,
      contextIsolation: true,
      sandbox: true,
      webSecurity: true,
      spellcheck: false,
      navigateOnDragDrop: false,
      devTools: !options.isPackaged,
    },
  })
  if (isMaximized) window.maximize()
  bindToPage(window.webContents, new URL(options.url))
  reloadAfterCrash(window.webContents)
  window.once('ready-to-show', () => window.show())
  void window.loadURL(options.url)
  return {
    window,
    show: () => {
      if (window.isMinimized()) window.restore()
      window.show()
      window.focus()
    },
    end: async () => {
      if (window.isDestroyed()) return
      writePlace(options.placeFile, window)
      window.hide()
      await delay(HAND_OVER_MS)
      window.destroy()
    },
  }
}

/** Every permission is denied but writing to the clipboard when the user copies. */
export function denyPermissions(session: Session, origin: string): void {
  const allowed = (permission: string, requester: string) =>
    permission === 'clipboard-sanitized-write' && requester.startsWith(`${origin}/`)
  session.setPermissionRequestHandler((_contents, permission, decide, details) =>
    decide(allowed(permission, details.requestingUrl)),
  )
  session.setPermissionCheckHandler((_contents, permission, requester) =>
    allowed(permission, requester.endsWith('/') ? requester : `${requester}/`),
  )
  session.setDevicePermissionHandler(() => false)
  session.setDisplayMediaRequestHandler((_request, decide) => decide({}))
}

/** No navigation away, no new window, no web view. */
function bindToPage(contents: WebContents, page: URL): void {
  const isOurs = (url: string) => {
    const { protocol, host } = URL.parse(url) ?? {}
    return protocol === page.protocol && host === page.host
  }
  contents.on('will-navigate', (event) => {
    if (!isOurs(event.url)) event.preventDefault()
  })
  contents.on('will-frame-navigate', (event) => {
    if (!isOurs(event.url)) event.preventDefault()
  })
  contents.on('will-redirect', (event) => {
    if (!isOurs(event.url)) event.preventDefault()
  })
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
}

function reloadAfterCrash(contents: WebContents): void {
  let lastMs = Number.NEGATIVE_INFINITY
  contents.on('render-process-gone', (_event, { reason }) => {
    const nowMs = performance.now()
    if (reason === 'clean-exit' || nowMs - lastMs < CRASH_PAUSE_MS) return
    lastMs = nowMs
    contents.reload()
  })
}

function readPlace(file: string): WindowPlace | null {
  try {
    const place = windowPlaceSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
    const workAreas = screen.getAllDisplays().map(({ workArea }) => workArea)
    return placeOnScreen(place, workAreas)
  } catch {
    return null
  }
}

function writePlace(file: string, window: BrowserWindow): void {
  const place: WindowPlace = { ...window.getNormalBounds(), isMaximized: window.isMaximized() }
  try {
    writeFileSync(file, JSON.stringify(place), { mode: 0o600 })
  } catch {
    // A place that cannot be kept is not worth a word while the window closes.
  }
}

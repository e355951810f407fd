/**
 * The one window: sandboxed, isolated, without permissions, bound to our own page. It remembers its
 * place and size and comes back on a screen that exists.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { BrowserWindow, type Rectangle, type Session, screen, type WebContents } from 'electron'
import { z } from 'zod'

const MIN_SIZE = { minWidth: 960, minHeight: 600 }
const FIRST_SIZE = { width: 1280, height: 800 }

const placeSchema = z.object({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int(),
  height: z.number().int(),
  isMaximized: z.boolean(),
})

export function createWindow(options: {
  session: Session
  preload: string
  /** Where the place is remembered. */
  placeFile: string
  /** The page's address. */
  url: string
  isPackaged: boolean
}): BrowserWindow {
  const place = readPlace(options.placeFile)
  const window = new BrowserWindow({
    ...MIN_SIZE,
    ...(place ?? FIRST_SIZE),
    show: false,
    title: 'Hookstage',
    backgroundColor: '#16191d',
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
  if (place?.isMaximized) window.maximize()
  bindToPage(window.webContents, new URL(options.url))
  window.once('ready-to-show', () => window.show())
  window.on('close', () => writePlace(options.placeFile, window))
  void window.loadURL(options.url)
  return window
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

function readPlace(file: string): z.infer<typeof placeSchema> | null {
  try {
    const place = placeSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
    return isVisible(place) ? place : null
  } catch {
    return null
  }
}

/** At least a corner that can be grabbed lies on a screen. */
function isVisible({ x, y, width, height }: Rectangle): boolean {
  const margin = 64
  return screen.getAllDisplays().some(({ workArea }) => {
    const across = Math.min(x + width, workArea.x + workArea.width) - Math.max(x, workArea.x)
    const down = Math.min(y + height, workArea.y + workArea.height) - Math.max(y, workArea.y)
    return across >= margin && down >= margin && y >= workArea.y
  })
}

function writePlace(file: string, window: BrowserWindow): void {
  const place = { ...window.getNormalBounds(), isMaximized: window.isMaximized() }
  try {
    writeFileSync(file, JSON.stringify(place), { mode: 0o600 })
  } catch {
    // A place that cannot be kept is not worth a word while the window closes.
  }
}

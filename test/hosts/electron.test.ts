/** The Electron host over a fake `electron` module and real MessagePorts: the checklist, item by item. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { compileFunction } from 'node:vm'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import pino from 'pino'
import { build } from 'vite'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { ALREADY_EXPLAINED } from '../../src-main/command-line.ts'
import { prepareApp, startApp } from '../../src-main/hosts/electron-app.ts'
import { createSystemSealer } from '../../src-main/hosts/electron-safe-storage.ts'
import { writeOwner } from '../../src-main/hosts/owner-file.ts'
import { type Core, openCore } from '../../src-main/services.ts'
import { claimDataFolder } from '../../src-main/store/data-folder.ts'
import { draftWith } from '../support/factories.ts'
import { electron, fake } from '../support/fake-electron.ts'
import type { CoreClient } from '../support/open-core.ts'

vi.mock('electron', async () => (await import('../support/fake-electron.ts')).electron)

const ROOT = resolve(import.meta.dirname, '../..')
const dataDir = join(ROOT, 'test-results', `electron-${process.pid}`)

function window() {
  const [made] = fake.windows
  if (!made) throw new Error('no window was made')
  return made
}

function askForPort(frame: unknown) {
  electron.ipcMain.emit('hookstage:connect', { senderFrame: frame })
}

function openPort() {
  const { webContents } = window()
  askForPort(webContents.mainFrame)
  const port = webContents.received.at(-1)
  if (!port) throw new Error('no port was handed over')
  port.start()
  const client: CoreClient = createORPCClient(new RPCLink({ port }))
  return { client, close: () => port.close() }
}

let core: Core
const faults: unknown[] = []

/** What electron.ts does, with a page of our own. */
async function start(folder = dataDir) {
  await startApp({
    dataDir: folder,
    pageFolder: join(dataDir, 'page'),
    preload: join(dataDir, 'preload.cjs'),
    openCore: async (sealer) => {
      const log = pino({ enabled: false })
      core = await openCore({
        dataDir: folder,
        host: 'electron',
        log,
        ...(sealer ? { sealer } : {}),
      })
      return core
    },
    onError: (error) => faults.push(error),
  })
}

beforeAll(async () => {
  mkdirSync(join(dataDir, 'page'), { recursive: true })
  writeFileSync(join(dataDir, 'page/index.html'), '<meta name="csp-nonce" content="__CSP_NONCE__">')
  writeFileSync(
    join(dataDir, 'window.json'),
    JSON.stringify({ x: 100, y: 80, width: 1300, height: 820, isMaximized: true }),
  )
  expect(prepareApp(dataDir)).toBe(true)
  await start()
})

afterAll(() => rmSync(dataDir, { recursive: true, force: true }))

describe('at the start', () => {
  it('sandboxes everything and registers its scheme before the app is ready', () => {
    expect(fake.order).toEqual(['sandbox', 'schemes', 'userData path', 'lock', 'ready'])
    expect(fake.privileges).toEqual([
      { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
    ])
  })

  it('keeps Chromium’s files, and so the lock of the single instance, in the data folder', () => {
    expect(fake.paths.userData).toBe(join(dataDir, 'electron'))
  })

  it('has the menu that copy, zoom and quit hang on, without a way to load another page', () => {
    for (const role of ['editMenu', 'zoomIn', 'zoomOut', 'resetZoom', 'windowMenu']) {
      expect(fake.menu).toContain(`"${role}"`)
    }
    expect(fake.menu).not.toMatch(/reload|services/i)
  })

  it('opens one isolated, sandboxed window on its own page, in memory', () => {
    expect(window().options.webPreferences).toMatchObject({
      nodeIntegration: false,
      contextIsolation: true,
      sandbox: true,
      webSecurity: true,
      spellcheck: false,
      navigateOnDragDrop: false,
    })
    expect(window().webContents.mainFrame.url).toBe('app://hookstage/')
    expect(fake.partition).not.toMatch(/^persist:/)
  })

  it('puts the window where it was', () => {
    expect(window().options).toMatchObject({
      x: 100,
      y: 80,
      width: 1300,
      height: 820,
      minWidth: 960,
      minHeight: 600,
    })
    expect(window().maximized).toBe(true)
  })
})

describe('the page', () => {
  it('is served by name with its policy, and nothing else is', async () => {
    const get = async (url: string, method = 'GET') => {
      if (!fake.serveScheme) throw new Error('the scheme is not served')
      return fake.serveScheme(new Request(url, { method }))
    }
    const page = await get('app://hookstage/')
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(await page.text()).not.toContain('__CSP_NONCE__')
    expect((await get('app://hookstage/../../package.json')).status).toBe(404)
    expect((await get('app://other/')).status).toBe(404)
    expect((await get('app://hookstage/', 'POST')).status).toBe(405)
  })

  it('cannot navigate away, open windows or embed web views', () => {
    const { webContents } = window()
    for (const name of ['will-navigate', 'will-frame-navigate', 'will-redirect']) {
      const prevented = (url: string) => {
        const preventDefault = vi.fn()
        webContents.emit(name, { url, preventDefault })
        return preventDefault.mock.calls.length === 1
      }
      expect(prevented('https://evil.example/'), name).toBe(true)
      expect(prevented('app://evil/'), name).toBe(true)
      expect(prevented('file:///etc/passwd'), name).toBe(true)
      expect(prevented('not a url'), name).toBe(true)
      expect(prevented('app://hookstage/#/settings'), name).toBe(false)
    }
    const preventDefault = vi.fn()
    webContents.emit('will-attach-webview', { preventDefault })
    expect(preventDefault).toHaveBeenCalledOnce()
    expect(webContents.windowOpen?.()).toEqual({ action: 'deny' })
  })

  it('has no permission but to write to the clipboard', () => {
    const { request, check, device, display } = fake.permissions as Record<
      string,
      (...args: unknown[]) => unknown
    >
    const asked = (permission: string, requestingUrl: string) => {
      let answer: unknown
      request?.(null, permission, (decision: unknown) => (answer = decision), { requestingUrl })
      return answer
    }
    expect(asked('clipboard-sanitized-write', 'app://hookstage/')).toBe(true)
    expect(asked('clipboard-sanitized-write', 'https://evil.example/')).toBe(false)
    for (const permission of [
      'media',
      'geolocation',
      'notifications',
      'clipboard-read',
      'openExternal',
    ]) {
      expect(asked(permission, 'app://hookstage/')).toBe(false)
      expect(check?.(null, permission, 'app://hookstage')).toBe(false)
    }
    expect(check?.(null, 'clipboard-sanitized-write', 'app://hookstage')).toBe(true)
    expect(device?.()).toBe(false)
    const decide = vi.fn()
    display?.(null, decide)
    expect(decide).toHaveBeenCalledWith({})
  })
})

describe('the port to the core', () => {
  it('is handed to the main frame of our page only', () => {
    askForPort(null)
    askForPort({ url: 'app://hookstage/', postMessage: () => undefined })
    const { mainFrame } = window().webContents
    const own = mainFrame.url
    mainFrame.url = 'https://evil.example/'
    askForPort(mainFrame)
    mainFrame.url = own
    expect(fake.ports).toHaveLength(0)
  })

  it('carries calls, one live port at a time, until the page goes', async () => {
    const { webContents } = window()
    askForPort(webContents.mainFrame)
    const { client } = openPort()
    expect(fake.ports.map(({ closed }) => closed)).toEqual([true, false])
    const status = await client.app.status()
    expect(status).toMatchObject({ host: 'electron', dataDir })
    expect(status.secretsAtRest).toMatch(/key store of your system/)
    webContents.emit('did-start-navigation', { isMainFrame: true, isSameDocument: true })
    expect(fake.ports[1]?.closed).toBe(false)
    webContents.emit('did-start-navigation', { isMainFrame: true, isSameDocument: false })
    expect(fake.ports[1]?.closed).toBe(true)
  })
})

describe('a page that crashes', () => {
  it('is loaded again, but not for ever', () => {
    const { webContents } = window()
    webContents.emit('render-process-gone', {}, { reason: 'clean-exit' })
    expect(webContents.reloads).toBe(0)
    webContents.emit('render-process-gone', {}, { reason: 'crashed' })
    webContents.emit('render-process-gone', {}, { reason: 'crashed' })
    expect(webContents.reloads).toBe(1)
  })
})

describe('in the end', () => {
  it('a second start brings the window forward', () => {
    electron.app.emit('second-instance')
    expect(window().calls).toEqual(['restore', 'show', 'focus'])
  })

  it('closing the window lets the page hand over its drafts, then closes the core, then quits', async () => {
    fake.order.length = 0
    const { client, close } = openPort()
    const { close: closeCore } = core
    const closing = vi.spyOn(core, 'close').mockImplementation(() => {
      fake.order.push('core')
      return closeCore()
    })
    const preventDefault = vi.fn()
    window().emit('close', { preventDefault })
    expect(preventDefault).toHaveBeenCalledOnce()
    expect(fake.order).toEqual(['hide'])
    // What a page does when it is hidden.
    const kept = await client.draft.put({
      webhookId: null,
      draft: draftWith({ name: 'last words' }),
    })
    expect(kept.draft.name).toBe('last words')
    electron.app.quit()
    await vi.waitFor(() => expect(fake.order).toEqual(['hide', 'destroy', 'core', 'quit']))
    expect(closing).toHaveBeenCalledOnce()
    close()
    claimDataFolder(dataDir).release()
    expect(existsSync(join(dataDir, 'owner.json'))).toBe(false)
    expect(JSON.parse(readFileSync(join(dataDir, 'window.json'), 'utf8'))).toEqual({
      x: 40,
      y: 50,
      width: 1111,
      height: 777,
      isMaximized: true,
    })
  })
})

describe('when it cannot start', () => {
  it('ends at once when the window is open already', () => {
    fake.hasLock = false
    expect(prepareApp(dataDir)).toBe(false)
    fake.hasLock = true
  })

  it('says that a browser has the folder, and ends', async () => {
    const owner = await openCore({ dataDir, host: 'browser', log: pino({ enabled: false }) })
    writeOwner(dataDir, { pid: 1, host: 'browser', port: 1, token: '' })
    fake.order.length = 0
    await start()
    await owner.close()
    expect(fake.order).toEqual(['ready', 'dialog', `exit ${ALREADY_EXPLAINED}`])
    expect(fake.dialogs.at(-1)).toMatch(/Another Hookstage.*served to a browser/)
  })

  it('tells of a fault of its own without a stack, and leaves that to the log', async () => {
    rmSync(join(dataDir, 'page'), { recursive: true })
    faults.length = 0
    await start(join(dataDir, 'other'))
    expect(faults).toHaveLength(1)
    expect(fake.dialogs.at(-1)).toMatch(/hookstage\.log/)
    expect(fake.dialogs.at(-1)).not.toMatch(/at .*:\d+|ENOENT/)
  })
})

describe('secrets', () => {
  it('are sealed by the system’s key store, or by a key file where there is none', async () => {
    const sealer = await createSystemSealer()
    const blob = await sealer?.seal('abc')
    expect(Buffer.from(blob ?? []).toString()).toBe('sealed:abc')
    expect(await sealer?.open(blob ?? new Uint8Array())).toBe('abc')
    fake.isSealing = false
    expect(await createSystemSealer()).toBeNull()
    fake.isSealing = true
  })
})

describe('the preload', () => {
  it('is one CommonJS file that needs nothing but electron and gives the page one function', async () => {
    const result = await build({
      configFile: false,
      logLevel: 'silent',
      build: {
        write: false,
        lib: { entry: join(ROOT, 'src-preload/index.ts'), formats: ['cjs'] },
        rollupOptions: { external: ['electron'] },
      },
    })
    const [bundle] = Array.isArray(result) ? result : []
    const files = bundle?.output ?? []
    expect(files).toHaveLength(1)
    const code = files[0]?.type === 'chunk' ? files[0].code : ''
    expect(
      [...code.matchAll(/require\(([^)]*)\)/g)].map((match) => match[1]?.slice(1, -1)),
    ).toEqual(['electron'])
    const exposed = vi.fn()
    const sent: string[] = []
    const ipcRenderer = { on: vi.fn(), send: (channel: string) => sent.push(channel) }
    compileFunction(code, ['require'])(() => ({
      contextBridge: { exposeInMainWorld: exposed },
      ipcRenderer,
    }))
    const [name, api] = exposed.mock.calls[0] as [string, Record<string, () => unknown>]
    expect([name, Object.keys(api)]).toEqual(['hookstage', ['connect']])
    expect(api.connect?.()).toBeUndefined()
    expect(sent).toEqual(['hookstage:connect'])
  })
})

/** The Electron host over a fake `electron` module and real MessagePorts: the checklist, item by item. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { compileFunction } from 'node:vm'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import { build } from 'vite'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { electron, fake } from '../support/fake-electron.ts'
import type { CoreClient } from '../support/open-core.ts'

vi.mock('electron', () => electron)

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

beforeAll(async () => {
  mkdirSync(dataDir, { recursive: true })
  writeFileSync(
    join(dataDir, 'window.json'),
    JSON.stringify({ x: 100, y: 80, width: 1300, height: 820, isMaximized: true }),
  )
  // Built, the page lies beside the main process; from source it does not, so a stand-in is put there.
  vi.doMock('../../src-main/hosts/static-files.ts', async (load) => {
    const own = await load<typeof import('../../src-main/hosts/static-files.ts')>()
    mkdirSync(join(dataDir, 'page'), { recursive: true })
    writeFileSync(
      join(dataDir, 'page/index.html'),
      '<meta name="csp-nonce" content="__CSP_NONCE__">',
    )
    return { ...own, readStaticFiles: () => own.readStaticFiles(join(dataDir, 'page')) }
  })
  process.argv = ['electron', 'electron.js', '--data-dir', dataDir, '--some-chromium-switch']
  await import('../../src-main/electron.ts')
  await vi.waitFor(() => expect(fake.windows).toHaveLength(1))
  await vi.waitFor(() => expect(window().webContents.mainFrame.url).not.toBe(''))
  await vi.waitFor(() => expect(electron.app.listenerCount('before-quit')).toBe(1))
})

afterAll(() => rmSync(dataDir, { recursive: true, force: true }))

describe('at the start', () => {
  it('sandboxes everything and registers its scheme before the app is ready', () => {
    expect(fake.order.slice(0, 4)).toEqual(['sandbox', 'schemes', 'lock', 'ready'])
    expect(fake.order).toContain('menu null')
    expect(fake.privileges).toEqual([
      { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
    ])
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

  it('puts the window where it was, and remembers where it ends', () => {
    expect(window().options).toMatchObject({
      x: 100,
      y: 80,
      width: 1300,
      height: 820,
      minWidth: 960,
      minHeight: 600,
    })
    expect(window().maximized).toBe(true)
    window().emit('close')
    expect(JSON.parse(readFileSync(join(dataDir, 'window.json'), 'utf8'))).toEqual({
      x: 40,
      y: 50,
      width: 1111,
      height: 777,
      isMaximized: true,
    })
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
    askForPort(webContents.mainFrame)
    expect(fake.ports.map(({ closed }) => closed)).toEqual([true, false])
    const port = webContents.received[1]
    if (!port) throw new Error('no port was handed over')
    port.start()
    const client: CoreClient = createORPCClient(new RPCLink({ port }))
    const status = await client.app.status()
    expect(status).toMatchObject({ host: 'electron', dataDir })
    expect(status.secretsAtRest).toMatch(/key store of your system/)
    webContents.emit('did-start-navigation', { isMainFrame: true, isSameDocument: true })
    expect(fake.ports[1]?.closed).toBe(false)
    webContents.emit('did-start-navigation', { isMainFrame: true, isSameDocument: false })
    expect(fake.ports[1]?.closed).toBe(true)
  })
})

describe('in the end', () => {
  it('a second start brings the window forward', () => {
    electron.app.emit('second-instance')
    expect(window().calls).toEqual(['restore', 'focus'])
  })

  it('the core is closed before the app quits', async () => {
    const preventDefault = vi.fn()
    electron.app.emit('before-quit', { preventDefault })
    expect(preventDefault).toHaveBeenCalledOnce()
    expect(fake.order).not.toContain('quit')
    await vi.waitFor(() => expect(fake.order.at(-1)).toBe('quit'))
    const { claimDataFolder } = await import('../../src-main/store/data-folder.ts')
    claimDataFolder(dataDir).release()
    electron.app.emit('before-quit', { preventDefault })
    expect(preventDefault).toHaveBeenCalledOnce()
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

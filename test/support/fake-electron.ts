/**
 * What of Electron the host uses, remembering how it was used. Ports are real MessagePorts of
 * worker_threads, so that real calls go through.
 */
import { EventEmitter } from 'node:events'
import { MessageChannel, type MessagePort } from 'node:worker_threads'

type Handler = (...args: never[]) => unknown

/** A MessagePort with the event interface of Electron's MessagePortMain. */
class PortMain extends EventEmitter {
  readonly port: MessagePort
  closed = false
  constructor(port: MessagePort) {
    super()
    this.port = port
    port.on('message', (data) => this.emit('message', { data }))
    port.on('close', () => this.emit('close'))
  }
  start() {
    this.port.start()
  }
  postMessage(data: unknown) {
    this.port.postMessage(data)
  }
  close() {
    this.closed = true
    this.port.close()
  }
}

class MessageChannelMain {
  readonly port1: PortMain
  readonly port2: MessagePort
  constructor() {
    const { port1, port2 } = new MessageChannel()
    this.port1 = new PortMain(port1)
    this.port2 = port2
    fake.ports.push(this.port1)
  }
}

export interface FakeFrame {
  url: string
  postMessage(channel: string, message: unknown, ports: MessagePort[]): void
}

class WebContents extends EventEmitter {
  reloads = 0
  readonly received: MessagePort[] = []
  readonly mainFrame: FakeFrame = {
    url: '',
    postMessage: (_channel, _message, ports) => {
      this.received.push(...ports)
    },
  }
  windowOpen: Handler | null = null
  setWindowOpenHandler(handler: Handler) {
    this.windowOpen = handler
  }
  reload() {
    this.reloads += 1
  }
}

class BrowserWindow extends EventEmitter {
  readonly webContents = new WebContents()
  readonly options: Record<string, unknown>
  readonly calls: string[] = []
  bounds = { x: 40, y: 50, width: 1111, height: 777 }
  maximized = false
  minimized = true
  destroyed = false
  constructor(options: Record<string, unknown>) {
    super()
    this.options = options
    fake.windows.push(this)
  }
  async loadURL(url: string) {
    this.webContents.mainFrame.url = url
  }
  maximize() {
    this.maximized = true
  }
  isMaximized() {
    return this.maximized
  }
  isMinimized() {
    return this.minimized
  }
  getNormalBounds() {
    return this.bounds
  }
  show() {
    this.calls.push('show')
  }
  restore() {
    this.calls.push('restore')
  }
  focus() {
    this.calls.push('focus')
  }
  hide() {
    fake.order.push('hide')
  }
  isDestroyed() {
    return this.destroyed
  }
  destroy() {
    this.destroyed = true
    fake.order.push('destroy')
    this.emit('closed')
  }
}

/** What happened, in order, and what was made. */
export const fake = {
  order: [] as string[],
  windows: [] as BrowserWindow[],
  ports: [] as PortMain[],
  privileges: [] as { scheme: string; privileges: Record<string, boolean> }[],
  permissions: {} as Record<string, Handler>,
  serveScheme: null as null | ((request: Request) => Promise<Response> | Response),
  hasLock: true,
  isSealing: true,
  paths: {} as Record<string, string>,
  dialogs: [] as string[],
  menu: '',
  partition: '',
}

class App extends EventEmitter {
  readonly isPackaged = false
  enableSandbox() {
    fake.order.push('sandbox')
  }
  requestSingleInstanceLock() {
    fake.order.push('lock')
    return fake.hasLock
  }
  async whenReady() {
    fake.order.push('ready')
  }
  setPath(name: string, path: string) {
    fake.order.push(`${name} path`)
    fake.paths[name] = path
  }
  /** As Electron does it: asks, and quits when nobody objects. */
  quit() {
    let isPrevented = false
    this.emit('before-quit', { preventDefault: () => (isPrevented = true) })
    if (!isPrevented) fake.order.push('quit')
  }
  exit(status: number) {
    fake.order.push(`exit ${status}`)
  }
}

const permission = (name: string) => (handler: Handler) => {
  fake.permissions[name] = handler
}

/** The module `electron` as the host imports it. */
export const electron = {
  app: new App(),
  BrowserWindow,
  MessageChannelMain,
  ipcMain: new EventEmitter(),
  Menu: {
    buildFromTemplate: (template: unknown) => template,
    setApplicationMenu: (menu: unknown) => {
      fake.menu = JSON.stringify(menu)
    },
  },
  dialog: {
    showErrorBox: (title: string, text: string) => {
      fake.order.push('dialog')
      fake.dialogs.push(`${title}: ${text}`)
    },
  },
  safeStorage: {
    isAsyncEncryptionAvailable: async () => fake.isSealing,
    getSelectedStorageBackend: () => 'gnome_libsecret',
    encryptStringAsync: async (text: string) => Buffer.from(`sealed:${text}`),
    decryptStringAsync: async (blob: Buffer) => ({
      result: blob.toString().replace('sealed:', ''),
      shouldReEncrypt: false,
    }),
  },
  screen: { getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1920, height: 1080 } }] },
  protocol: {
    registerSchemesAsPrivileged: (schemes: typeof fake.privileges) => {
      fake.order.push('schemes')
      fake.privileges = schemes
    },
  },
  session: {
    fromPartition: (name: string) => {
      fake.partition = name
      return {
        protocol: {
          handle: (_scheme: string, handler: NonNullable<typeof fake.serveScheme>) => {
            fake.serveScheme = handler
          },
        },
        setPermissionRequestHandler: permission('request'),
        setPermissionCheckHandler: permission('check'),
        setDevicePermissionHandler: permission('device'),
        setDisplayMediaRequestHandler: permission('display'),
      }
    },
  },
}

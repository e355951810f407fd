/** The page's bridge against real hosts: the globals of a browser are stand-ins, the rest is real. */
import { createServer } from 'node:http'
import { text } from 'node:stream/consumers'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { MessageChannel } from 'node:worker_threads'
import { RPCHandler } from '@orpc/server/message-port'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { WebSocket } from 'ws'
import { type Fact, MAX_MESSAGE_BYTES, MAX_PAYLOAD_CHARACTERS } from '#contract'
import { startLoopbackServer } from '../../src-main/hosts/loopback-server.ts'
import { createSessionTokens } from '../../src-main/hosts/session-tokens.ts'
import { type Bridge, type BridgeState, connectBridge } from '../../src-renderer/bridge/index.ts'
import { draftWith } from '../support/factories.ts'
import { openTestCore } from '../support/open-core.ts'
import { tempFolder } from '../support/temp-folder.ts'

const nodeFetch = globalThis.fetch
const NO_FILES = { has: () => false, get: () => null }

async function startServer(dataDir = tempFolder(), port = 0) {
  const { core } = await openTestCore()
  const tokens = createSessionTokens(`${dataDir}/browser-host.json`, Date.now)
  const server = await startLoopbackServer({
    port,
    router: core.router,
    files: NO_FILES,
    tokens,
    onError: (error) => {
      throw error
    },
  })
  onTestFinished(() => server.close())
  return server
}

interface Page {
  readonly location: URL
  readonly storage: Map<string, string>
  /** What went out besides calls. */
  readonly sent: { readonly path: string; readonly headers: Record<string, string> }[]
  readonly sockets: string[]
  open(link: string): void
}

/** The globals that a page has at an address. Each test opens one page. */
function openPage(link: string): Page {
  const page = new EventTarget()
  const location = new URL(link)
  const storage = new Map<string, string>()
  const sent: Page['sent'] = []
  const sockets: string[] = []
  vi.stubGlobal('location', location)
  vi.stubGlobal('window', page)
  vi.stubGlobal('document', new EventTarget())
  vi.stubGlobal('addEventListener', page.addEventListener.bind(page))
  vi.stubGlobal('removeEventListener', page.removeEventListener.bind(page))
  vi.stubGlobal('history', { replaceState: () => (location.hash = '') })
  vi.stubGlobal('sessionStorage', {
    getItem: (key: string) => storage.get(key) ?? null,
    setItem: (key: string, value: string) => storage.set(key, value),
  })
  vi.stubGlobal('fetch', (path: string, init: { headers: Record<string, string> }) => {
    sent.push({ path, headers: init.headers })
    const { origin } = location
    return nodeFetch(origin + path, { ...init, headers: { ...init.headers, origin } })
  })
  class PageSocket extends WebSocket {
    constructor(url: string, protocols: string[]) {
      super(url, protocols, { origin: location.origin })
      sockets.push(protocols.join(', '))
      this.on('error', () => undefined)
    }
  }
  vi.stubGlobal('WebSocket', PageSocket)
  onTestFinished(() => void vi.unstubAllGlobals())
  return {
    location,
    storage,
    sent,
    sockets,
    open: (next) => {
      location.hash = new URL(next).hash
      page.dispatchEvent(new Event('hashchange'))
    },
  }
}

function connect(): Bridge {
  const bridge = connectBridge()
  onTestFinished(() => bridge.close())
  return bridge
}

function reaches(bridge: Bridge, wished: BridgeState): Promise<void> {
  return new Promise((resolve) => {
    bridge.onState((state) => {
      if (state === wished) resolve()
    })
  })
}

describe('over a WebSocket', () => {
  it('changes the code for a token, clears the address, and carries calls and facts', async () => {
    const server = await startServer()
    const page = openPage(server.newLink())
    const bridge = connect()
    const heard = new Promise<readonly Fact[]>((resolve) => bridge.onFacts(resolve))
    await reaches(bridge, 'connected')
    expect(page.location.hash).toBe('')
    expect([...page.storage.values()]).toEqual([expect.stringMatching(/^[\w-]{43}$/)])
    await bridge.client.webhook.save({ webhookId: null, draft: draftWith() })
    expect(await heard).toContainEqual({ kind: 'webhooks.changed' })
    await server.close()
  })

  it('lets a call wait for the connection', async () => {
    const server = await startServer()
    openPage(server.newLink())
    const { client } = connect()
    expect(await client.webhook.list()).toHaveLength(5)
  })

  it('finds its way back to a host that was started again, and says that things may have changed', async () => {
    const dataDir = tempFolder()
    const first = await startServer(dataDir)
    openPage(first.newLink())
    const bridge = connect()
    await reaches(bridge, 'connected')
    const reconnected = new Promise<void>((resolve) => bridge.onReconnected(resolve))
    const away = new Promise<void>((resolve) =>
      bridge.onState((state) => state === 'away' && resolve()),
    )
    await first.close()
    await away
    await startServer(dataDir, first.port)
    await reconnected
    expect(await bridge.client.webhook.list()).toHaveLength(5)
  })

  it('fails a call that was under way when the host went, with words', async () => {
    const server = await startServer()
    openPage(server.newLink())
    const bridge = connect()
    await reaches(bridge, 'connected')
    const call = bridge.client.simulator.fireAll({ seed: 1 })
    void server.close()
    await expect(call).rejects.toMatchObject({
      code: 'away',
      message: expect.stringMatching(/away/),
    })
  })

  it('refuses a call that is too large to be sent, and stays connected', async () => {
    const server = await startServer()
    openPage(server.newLink())
    const bridge = connect()
    await reaches(bridge, 'connected')
    const payloadText = 'x'.repeat(MAX_MESSAGE_BYTES)
    const call = bridge.client.simulator.check({ event: 'poll.created', payloadText })
    await expect(call).rejects.toMatchObject({
      code: 'invalid',
      message: expect.stringMatching(/too large/),
    })
    expect(MAX_MESSAGE_BYTES).toBeGreaterThan(3 * MAX_PAYLOAD_CHARACTERS)
    expect(await bridge.client.webhook.list()).toHaveLength(5)
    const states: BridgeState[] = []
    bridge.onState((state) => states.push(state))
    expect(states).toEqual(['connected'])
  })

  it('holds on to no answer, however long it is connected', async () => {
    setFlagsFromString('--expose-gc')
    const collect = runInNewContext('gc') as () => void
    const server = await startServer()
    openPage(server.newLink())
    const { client } = connect()
    const answers: WeakRef<object>[] = []
    for (let i = 0; i < 10; i++) answers.push(new WeakRef(await client.webhook.list()))
    await client.app.status()
    const held = () => {
      collect()
      return answers.filter((answer) => answer.deref()).length
    }
    await expect.poll(held).toBeLessThanOrEqual(1)
  })

  it('says that it has no access, and takes a link that is opened in the same tab', async () => {
    const server = await startServer()
    const page = openPage(`http://127.0.0.1:${server.port}/`)
    const bridge = connect()
    await reaches(bridge, 'refused')
    await expect(bridge.client.webhook.list()).rejects.toMatchObject({
      code: 'refused',
      message: expect.stringMatching(/^Without access/),
    })
    page.open(server.newLink())
    await reaches(bridge, 'connected')
    expect(page.location.hash).toBe('')
    expect(await bridge.client.webhook.list()).toHaveLength(5)
  })

  it('takes the code out of the address of a tab that has access already', async () => {
    const server = await startServer()
    const page = openPage(server.newLink())
    const bridge = connect()
    await reaches(bridge, 'connected')
    const before = [...page.storage.values()]
    page.open(server.newLink())
    expect(page.location.hash).toBe('')
    await vi.waitFor(() => expect([...page.storage.values()]).not.toEqual(before))
    expect(await bridge.client.webhook.list()).toHaveLength(5)
  })

  it('has no access with the token of another folder', async () => {
    const dataDir = tempFolder()
    const first = await startServer(dataDir)
    openPage(first.newLink())
    const bridge = connect()
    await reaches(bridge, 'connected')
    await first.close()
    await startServer(tempFolder(), first.port)
    await reaches(bridge, 'refused')
  })
})

describe('a program that took the port while Hookstage was away', () => {
  it('is not shown the token, even when it asks the true host for the proof', async () => {
    const dataDir = tempFolder()
    const first = await startServer(dataDir)
    const page = openPage(first.newLink())
    const bridge = connect()
    await reaches(bridge, 'connected')
    const [token = ''] = page.storage.values()
    await first.close()
    const elsewhere = await startServer(dataDir)
    const { origin } = new URL(elsewhere.newLink())
    const seen: string[] = []
    let told = () => {}
    const relayed = new Promise<void>((resolve) => (told = resolve))
    const impostor = createServer((request, response) => {
      const relay = async () => {
        const body = await text(request)
        seen.push(JSON.stringify(request.rawHeaders) + body)
        const headers = { origin, 'content-type': 'application/json' }
        const path = request.url ?? ''
        const answer = await nodeFetch(origin + path, { method: 'POST', headers, body })
        expect([path, answer.status]).toEqual(['/session/proof', 200])
        response.end(await answer.text())
        if (seen.length > 1) told()
      }
      void relay()
    })
    impostor.listen(first.port, '127.0.0.1')
    onTestFinished(() => void impostor.close())
    await relayed
    expect(seen.join()).not.toContain(token)
    expect(page.sockets).toHaveLength(1)
  })
})

describe('over a MessagePort', () => {
  it('asks for a port, and for another when that one ends', async () => {
    const { core } = await openTestCore()
    openPage('http://127.0.0.1:1/')
    const ports: { close(): void }[] = []
    const door = {
      connect: () => {
        const { port1, port2 } = new MessageChannel()
        new RPCHandler(core.router).upgrade(port1)
        port1.start()
        ports.push(port1)
        onTestFinished(() => port1.close())
        const message = new Event('message')
        Object.assign(message, { data: 'hookstage-port', ports: [port2] })
        Object.defineProperty(message, 'source', { value: window })
        window.dispatchEvent(message)
      },
    }
    Object.assign(window, { hookstage: door })
    const bridge = connect()
    await reaches(bridge, 'connected')
    expect(await bridge.client.webhook.list()).toHaveLength(5)
    const reconnected = new Promise<void>((resolve) => bridge.onReconnected(resolve))
    ports[0]?.close()
    await reconnected
    expect(ports).toHaveLength(2)
    expect(await bridge.client.webhook.list()).toHaveLength(5)
  })
})

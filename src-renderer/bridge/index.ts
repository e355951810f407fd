/**
 * The only door to the core: a typed client that outlives connections. It connects over a
 * MessagePort in Electron and a WebSocket in a browser, tries again when the core is away, and takes
 * the stream of facts up anew. Calls made meanwhile wait a moment, then fail with words.
 */
import { type ClientContext, type ClientLink, createORPCClient, ORPCError } from '@orpc/client'
import type { ContractRouterClient } from '@orpc/contract'
import type { Contract, Fact } from '#contract'
import { type ElectronDoor, type Line, openPort, openSocket } from './line.ts'
import { hasCode, isTokenKnown, sessionToken } from './session.ts'

export type BridgeState = 'connecting' | 'connected' | 'away' | 'refused'

export interface Bridge {
  readonly client: ContractRouterClient<Contract>
  onState(listener: (state: BridgeState) => void): void
  onFacts(listener: (facts: readonly Fact[]) => void): void
  /** Called after each connection but the first: what was known may be out of date. */
  onReconnected(listener: () => void): void
  /** Ends the connection and does not try again. */
  close(): void
}

declare global {
  interface Window {
    hookstage?: ElectronDoor
  }
}

const FIRST_DELAY_MS = 250
const LAST_DELAY_MS = 3_000
const CALL_PATIENCE_MS = 5_000

export function connectBridge(): Bridge {
  const stateListeners: ((state: BridgeState) => void)[] = []
  const factListeners: ((facts: readonly Fact[]) => void)[] = []
  const reconnectListeners: (() => void)[] = []
  const waiting = new Set<(line: Line) => void>()
  /** Fail the calls whose answers the line still owes. */
  const underWay = new Set<() => void>()
  let line: Line | null = null
  let state: BridgeState = 'connecting'
  let isClosed = false

  function setState(next: BridgeState) {
    state = next
    for (const listener of stateListeners) listener(next)
  }

  function currentLine(): Promise<Line> {
    if (line) return Promise.resolve(line)
    if (state === 'refused') return Promise.reject(noAccess())
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        waiting.delete(take)
        reject(state === 'refused' ? noAccess() : away())
      }, CALL_PATIENCE_MS)
      const take = (opened: Line) => {
        clearTimeout(timer)
        resolve(opened)
      }
      waiting.add(take)
    })
  }

  const link: ClientLink<ClientContext> = {
    call: async (path, input, options) => {
      const current = await currentLine()
      return new Promise((resolve, reject) => {
        const fail = () => reject(away())
        underWay.add(fail)
        // Not a race with the line's end, which would hold every answer until then.
        void current.link
          .call(path, input, options)
          .then(resolve, reject)
          .finally(() => underWay.delete(fail))
        if (line !== current) fail()
      })
    },
  }

  async function tell(facts: AsyncIterable<Fact[]>): Promise<void> {
    for await (const batch of facts) for (const listener of factListeners) listener(batch)
  }

  /**
   * Uses the line until it ends, or its facts do: without them what is shown would go stale.
   * @returns whether it came to be used
   */
  async function hold(opened: Line, isFirst: boolean): Promise<boolean> {
    const ended = opened.ended.then(() => null)
    const facts = await Promise.race([subscribe(opened), ended]).catch(() => null)
    if (!facts) return false
    line = opened
    for (const take of waiting) take(opened)
    waiting.clear()
    setState('connected')
    if (!isFirst) for (const listener of reconnectListeners) listener()
    await Promise.race([tell(facts).catch(() => undefined), ended])
    line = null
    for (const fail of underWay) fail()
    underWay.clear()
    return true
  }

  async function keepConnected(): Promise<void> {
    let isFirst = true
    let delayMs = FIRST_DELAY_MS
    for (;;) {
      if (isClosed) return
      const opened = await open()
      if (opened === 'refused') {
        setState('refused')
        await newCode()
        continue
      }
      if (opened && (await hold(opened, isFirst))) {
        isFirst = false
        delayMs = FIRST_DELAY_MS
      }
      opened?.close()
      if (state !== 'away') setState('away')
      await pause(delayMs)
      delayMs = Math.min(delayMs * 2, LAST_DELAY_MS)
    }
  }

  // A link opened in a tab that has access already: its code must not stay in the address.
  addEventListener('hashchange', () => {
    if (line && hasCode()) void sessionToken().catch(() => undefined)
  })
  void keepConnected()
  return {
    client: createORPCClient(link),
    onState: (listener) => {
      stateListeners.push(listener)
      listener(state)
    },
    onFacts: (listener) => {
      factListeners.push(listener)
    },
    onReconnected: (listener) => {
      reconnectListeners.push(listener)
    },
    close: () => {
      isClosed = true
      line?.close()
    },
  }
}

/** Resolves once the core is listened to: what is fetched from then on cannot miss a change. */
async function subscribe(opened: Line): Promise<AsyncIterable<Fact[]>> {
  const client: ContractRouterClient<Contract> = createORPCClient(opened.link)
  const facts = await client.app.facts()
  await facts.next()
  return facts
}

/** A code of its own: `unavailable` is what a core that is there may answer. */
function away(): ORPCError<'away', undefined> {
  return new ORPCError('away', {
    message: 'Hookstage is away, so this was not done. Try again when it is back.',
  })
}

/** The core is there, and does nothing for this page. */
function noAccess(): ORPCError<'refused', undefined> {
  return new ORPCError('refused', {
    message: 'Without access nothing is read or done for this page.',
  })
}

/** Null while there is no host to talk to; `refused` when there is one that does not take this page. */
async function open(): Promise<Line | 'refused' | null> {
  try {
    if (window.hookstage) return await openPort(window.hookstage)
    const token = await sessionToken()
    if (token === null || !(await isTokenKnown(token))) return 'refused'
    return await openSocket(token)
  } catch {
    return null
  }
}

/** Resolves when a link with a code is opened in this very tab, which does not load the page anew. */
function newCode(): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (!hasCode()) return
      removeEventListener('hashchange', look)
      resolve()
    }
    addEventListener('hashchange', look)
    look()
  })
}

/** A delay that ends early when the page is looked at again or the network is back. */
function pause(delayMs: number): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer)
      removeEventListener('online', end)
      document.removeEventListener('visibilitychange', end)
      resolve()
    }
    const timer = setTimeout(end, delayMs)
    addEventListener('online', end)
    document.addEventListener('visibilitychange', end)
  })
}

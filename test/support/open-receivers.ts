/** Receivers over a real store; both are closed after the test. */
import { onTestFinished } from 'vitest'
import { openVault, type Vault } from '../../src-main/authoring/vault.ts'
import { createExchanger, createRoutes } from '../../src-main/dispatch/index.ts'
import { createEventHub, type EventHub } from '../../src-main/event-hub.ts'
import { createReceivers, type Receivers } from '../../src-main/receivers/index.ts'
import { createRuntime, type Runtime } from '../../src-main/runtime.ts'
import type { Store } from '../../src-main/store/index.ts'
import { createKeyFileSealer } from '../../src-main/store/secret-sealer.ts'
import { tempFolder } from './temp-folder.ts'
import { tempStore } from './temp-store.ts'

export interface OpenReceivers {
  /** Not started yet. */
  readonly receivers: Receivers
  readonly store: Store
  readonly vault: Vault
}

/** Over a store of its own where none is given. */
export async function openReceivers(
  options: {
    readonly port?: number
    readonly store?: Store
    readonly hub?: EventHub
    readonly runtime?: Runtime
    readonly onError?: (error: unknown) => void
  } = {},
): Promise<OpenReceivers> {
  const { port = 0, store = tempStore(), hub = createEventHub() } = options
  const runtime = options.runtime ?? createRuntime()
  const sealer = createKeyFileSealer(`${tempFolder()}/secrets.key`)
  const routes = createRoutes({ trust: [], proxy: null, noProxy: '' })
  const exchanger = createExchanger({
    routeFor: (origin) => routes(origin, false),
    mayGoTo: () => true,
    monotonicMs: () => runtime.monotonicMs(),
  })
  const vault = await openVault({ store: store.secrets, sealer, runtime })
  const receivers = createReceivers({
    port,
    store: store.receivers,
    captures: store.captures,
    secrets: vault,
    passOn: exchanger.send,
    runtime,
    hub,
    onError:
      options.onError ??
      ((error) => {
        throw error
      }),
  })
  onTestFinished(async () => {
    exchanger.close()
    await receivers.close()
    hub.close()
  })
  return { receivers, store, vault }
}

/**
 * The composition root: builds the core for a host and closes it in order. Nothing else here; each
 * service is a folder of its own.
 */
import type { Logger } from 'pino'
import { emptyDraft, type Notice } from '#contract'
import { createRequests, type Requests } from './authoring/requests.ts'
import { openVault, type Vault } from './authoring/vault.ts'
import { createWebhooks, type Webhooks } from './authoring/webhooks.ts'
import { type BulkReplays, createBulkReplays } from './bulk/index.ts'
import { VERSION } from './config.ts'
import { judgeOf, recogniseEndpoint } from './destinations/index.ts'
import {
  createDispatcher,
  createExchanger,
  type Dispatcher,
  type Exchanger,
} from './dispatch/index.ts'
import { maskInText } from './encode/index.ts'
import { createEventHub, type EventHub } from './event-hub.ts'
import { type Channels, createChannels } from './inspect/channel.ts'
import { type Comparisons, createComparisons } from './inspect/comparisons.ts'
import { createInspector, type Inspector } from './inspect/inspector.ts'
import { createSignatures, type Signatures } from './inspect/signatures.ts'
import { createEventMaker, type EventMaker } from './make-event/index.ts'
import { createReceivers, type Receivers } from './receivers/index.ts'
import { createReplays, type Replays, receiverOrigins } from './replay/index.ts'
import { type AppRouter, createRouter } from './rpc/router.ts'
import { createRuntime, type Runtime } from './runtime.ts'
import { createSamples, type Samples } from './simulate/samples.ts'
import { createSimulator, type Simulator } from './simulate/simulator.ts'
import { storageFault } from './storage-fault.ts'
import { claimDataFolder } from './store/data-folder.ts'
import { openStore, type Store } from './store/index.ts'
import { createKeyFileSealer, type SecretSealer } from './store/secret-sealer.ts'
import { createExporter, type Exporter } from './transfer/exporter.ts'
import { createImporter, type Importer } from './transfer/importer.ts'
import { type ConfirmedHosts, createConfirmedHosts } from './workspace/confirmed-hosts.ts'
import { createRetentionKeeper, type RetentionKeeper } from './workspace/retention.ts'
import { sampleWebhooks } from './workspace/sample-workspace.ts'
import { createStatusReport, type StatusReport } from './workspace/status.ts'
import { createStrayKeeper, type StrayKeeper } from './workspace/stray-webhooks.ts'
import { createWorkspaceSettings, type WorkspaceSettings } from './workspace/workspace-settings.ts'

export interface CoreOptions {
  /** Created where it is missing; owned by one core at a time. */
  readonly dataDir: string
  readonly host: 'electron' | 'browser' | 'memory'
  readonly log: Logger
  /** The system's key store where the host has one; else a key file in the data folder. */
  readonly sealer?: SecretSealer
  readonly runtime?: Runtime
}

export interface Core {
  readonly router: AppRouter
  /** Ends what is under way within a few seconds, commits, and lets go of the data folder. */
  close(): Promise<void>
}

/** What the handlers may call. */
export interface Services {
  readonly store: Store
  readonly vault: Vault
  readonly webhooks: Webhooks
  readonly requests: Requests
  readonly simulator: Simulator
  readonly samples: Samples
  readonly eventMaker: EventMaker
  readonly replays: Replays
  readonly importer: Importer
  readonly exporter: Exporter
  readonly bulk: BulkReplays
  readonly dispatcher: Dispatcher
  readonly exchanger: Exchanger
  readonly receivers: Receivers
  readonly inspector: Inspector
  readonly comparisons: Comparisons
  readonly channels: Channels
  readonly signatures: Signatures
  readonly status: StatusReport
  readonly settings: WorkspaceSettings
  readonly strays: StrayKeeper
  readonly hosts: ConfirmedHosts
  readonly retention: RetentionKeeper
  readonly hub: EventHub
  readonly runtime: Runtime
  readonly log: Logger
}

const CLOSE_GRACE_MS = 3_000
const DAY_MS = 24 * 60 * 60 * 1000

/**
 * @throws AppError `conflict` when another Hookstage owns the folder; `unavailable` when the folder
 * or what is in it cannot be used, or its database is from a newer Hookstage
 */
export async function openCore(options: CoreOptions): Promise<Core> {
  const runtime = options.runtime ?? createRuntime()
  const folder = claimDataFolder(options.dataDir)
  const opened: Closing[] = [() => folder.release()]
  try {
    const store = openStore(folder, runtime.nowMs())
    opened.push(() => store.close())
    forgetDeleted(store, runtime.nowMs())
    const sealer = options.sealer ?? createKeyFileSealer(folder.file('secrets.key'))
    const services = await compose(options, { store, sealer, runtime })
    opened.push(
      () => services.hub.close(),
      () => services.receivers.close(),
      // Whoever waits for an answer that is passed on gets one.
      () => services.exchanger.close(),
      // Before the receivers: what is on its way to them may still end well.
      () => services.dispatcher.close({ graceMs: CLOSE_GRACE_MS }),
      () => services.retention.close(),
      // Before the dispatcher: nothing more becomes a delivery.
      () => services.bulk.close(),
    )
    await begin(services)
    return { router: createRouter(services), close: () => closeAll(opened) }
  } catch (error) {
    await closeAll(opened).catch(() => undefined)
    throw error
  }
}

type Closing = () => void | Promise<void>

/** Closes the last first, each whatever became of the others. @throws the first failure, at the end */
async function closeAll(opened: readonly Closing[]): Promise<void> {
  const failures: unknown[] = []
  for (const close of opened.toReversed()) {
    try {
      await close()
    } catch (error) {
      failures.push(error)
    }
  }
  if (failures.length > 0) throw failures[0]
}

/** Before the vault is opened, so that it never holds a secret that is no longer stored. */
function forgetDeleted(store: Store, nowMs: number): void {
  const dayAgoMs = nowMs - DAY_MS
  store.webhooks.forgetDeleted(dayAgoMs)
  store.drafts.discardOrphans()
  store.samples.forgetDeleted(dayAgoMs)
  store.captures.forgetDeleted(dayAgoMs)
  store.receivers.forgetDeleted(dayAgoMs)
  store.secrets.deleteUnused()
}

async function compose(
  { dataDir, host, log }: CoreOptions,
  { store, sealer, runtime }: { store: Store; sealer: SecretSealer; runtime: Runtime },
): Promise<Services> {
  const hub = createEventHub()
  const onError = (error: unknown) => log.error({ err: error }, 'background work failed')
  const vault = await openVault({ store: store.secrets, sealer, runtime })
  const tellWhether = (id: keyof typeof UNWRITTEN) => (error: unknown) =>
    error === null ? status.dismiss(id) : status.notify(unwrittenNotice(id, error))
  const mask = (text: string) => maskInText(text, vault.maskables())
  const requests = createRequests({ vault, runtime, version: VERSION })
  const hosts = createConfirmedHosts({ store, dispatcher: () => dispatcher, runtime, hub })
  const dispatcher = createDispatcher({
    log: store.log,
    render: ({ webhookVersion, payloadText, fixed }, stamp) => {
      const { draft, destination } = store.webhooks.version(webhookVersion)
      const { timeoutMs, retry } = draft
      const request = fixed
        ? requests.resend(draft, fixed, stamp)
        : requests.render(draft, payloadText, stamp)
      const route = settings.routeFor(request.origin, draft)
      return { request, timeoutMs, retry, route, judge: judgeOf(destination, request, mask) }
    },
    retryOf: ({ webhookVersion }) => store.webhooks.version(webhookVersion).draft.retry,
    kept: store.settings.queue() ?? undefined,
    onKeep: (queue) => store.settings.keepQueue(queue),
    runtime,
    hub,
    mayGoTo: hosts.mayGoTo,
    onUnwritable: tellWhether(UNWRITABLE),
    onError,
  })
  const exchanger = createExchanger({
    routeFor: (origin) => settings.routeFor(origin, emptyDraft()),
    judgeOf: (request) => {
      const { destination } = recogniseEndpoint(request.origin + request.path)
      return judgeOf(destination, request, mask)
    },
    mayGoTo: hosts.mayGoTo,
    monotonicMs: () => runtime.monotonicMs(),
  })
  const receivers = createReceivers({
    port: store.settings.get().receiversPort,
    store: store.receivers,
    captures: store.captures,
    secrets: vault,
    passOn: (request, timeoutMs) => {
      hosts.meet(request.origin, false)
      return exchanger.send(request, timeoutMs)
    },
    onForward: (origin) => hosts.meet(origin, true),
    onUnrecorded: tellWhether(UNRECORDED),
    runtime,
    hub,
    onError,
  })
  const settings = createWorkspaceSettings({
    store,
    vault,
    receivers,
    runtime,
    hub,
    onRetention: () => retention.look(),
  })
  const rules = () => settings.get().compareRules
  const comparisons = createComparisons({ store, vault, rules })
  const retention = createRetentionKeeper({
    store,
    chosen: () => settings.get().retention,
    runtime,
    hub,
    onError,
  })
  const status = createStatusReport({
    version: VERSION,
    host,
    dataDir,
    store,
    sealer,
    dispatcher,
    receivers,
    hosts,
    hub,
  })
  const inspector = createInspector({ store, vault })
  const samples = createSamples({ store, runtime, hub })
  const webhooks = createWebhooks({ store, vault, requests, runtime, hub })
  return {
    store,
    vault,
    requests,
    webhooks,
    simulator: createSimulator({
      store,
      dispatcher,
      runtime,
      hub,
      showRetryUrl: () => receivers.showRetryUrl(),
    }),
    samples,
    importer: createImporter({ store, vault, webhooks, samples, runtime, hub }),
    exporter: createExporter({
      store,
      vault,
      runtime,
      receiverOrigin: receiverOrigins(receivers),
      version: VERSION,
    }),
    replays: createReplays({ store, vault, inspector, receivers, dispatcher, runtime, hub }),
    bulk: createBulkReplays({
      store,
      vault,
      inspector,
      comparisons,
      receivers,
      dispatcher,
      hosts,
      runtime,
      hub,
      onError,
    }),
    eventMaker: createEventMaker({ store, receivers, webhooks, runtime }),
    dispatcher,
    exchanger,
    receivers,
    inspector,
    comparisons,
    channels: createChannels({ store, receivers, vault }),
    signatures: createSignatures({ store, vault, runtime }),
    status,
    settings,
    strays: createStrayKeeper({ store, vault, webhooks, receivers }),
    hosts,
    retention,
    hub,
    runtime,
    log,
  }
}

const UNWRITABLE = 'history-unwritable'
const UNRECORDED = 'captures-unrecorded'

const UNWRITTEN = {
  [UNWRITABLE]: {
    title: 'What is sent cannot be recorded',
    meanwhile: 'Nothing new is sent until it can be.',
  },
  [UNRECORDED]: {
    title: 'What receivers get cannot be recorded',
    meanwhile: 'Requests are answered and kept in memory, up to 64 MB, until it can be.',
  },
}

function unwrittenNotice(id: keyof typeof UNWRITTEN, error: unknown): Notice {
  const { title, meanwhile } = UNWRITTEN[id]
  const why = storageFault(error) ?? 'The database cannot be written; the log says why.'
  return { id, severity: 'error', title, message: `${why} ${meanwhile}` }
}

async function begin(services: Services): Promise<void> {
  const { store, status, settings, receivers, webhooks, dispatcher, bulk } = services
  if (store.setAside) {
    status.notify({
      id: 'database-set-aside',
      severity: 'warning',
      title: 'The database was damaged',
      message: `Hookstage could not read its database, so it began a new one. The damaged file was kept: ${store.setAside}`,
    })
  }
  await receivers.start()
  const port = receivers.port()
  // The first start settles the port, so that endpoints that name it stay true.
  if (port !== null && store.settings.markOnce('receivers-port')) {
    await settings.update({ receiversPort: port })
  }
  if (store.settings.markOnce('sample-workspace') && webhooks.list().length === 0) {
    await webhooks.addSamples(sampleWebhooks(receivers.list()))
  }
  services.retention.look()
  const interrupted = await dispatcher.restore({ leaveOut: bulk.queued() })
  await bulk.takeUp()
  if (interrupted > 0) {
    status.notify({
      id: 'interrupted',
      severity: 'info',
      title:
        interrupted === 1
          ? 'A delivery was interrupted'
          : `${interrupted} deliveries were interrupted`,
      message: 'They were on their way when Hookstage ended. The list of deliveries shows which.',
    })
  }
}

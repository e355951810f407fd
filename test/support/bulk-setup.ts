/** Bulk replays over a real store, a real dispatcher and real sockets, as one process has them. */
import type { BulkPace, BulkRun, BulkRunId, BulkSource, CompareRule } from '#contract'
import { createRequests } from '../../src-main/authoring/requests.ts'
import { openVault } from '../../src-main/authoring/vault.ts'
import { type BulkReplays, createBulkReplays } from '../../src-main/bulk/index.ts'
import { createDispatcher, type Dispatcher } from '../../src-main/dispatch/index.ts'
import { createEventHub, type EventHub } from '../../src-main/event-hub.ts'
import { createComparisons } from '../../src-main/inspect/comparisons.ts'
import type { Runtime } from '../../src-main/runtime.ts'
import type { Store } from '../../src-main/store/index.ts'
import { createKeyFileSealer } from '../../src-main/store/secret-sealer.ts'
import { mortal } from './mortal.ts'
import { tempFolder } from './temp-folder.ts'

export interface BulkProcess {
  readonly bulk: BulkReplays
  readonly dispatcher: Dispatcher
  readonly hub: EventHub
  readonly errors: unknown[]
  /** Ends it as a crash does: nothing is written from then on. */
  crash(): Promise<void>
  close(): Promise<void>
}

export const FAST: BulkPace = { order: 'recorded', spacing: { kind: 'fast' }, atOnce: 4 }
export const ALL: BulkSource = { kind: 'capture_filter', filter: {} }

/** Starts on a store, and takes up what the process before it left behind. */
export async function bulkProcess(
  lasting: Store,
  runtime: Runtime,
  rules: readonly CompareRule[] = [],
): Promise<BulkProcess> {
  const { alive: store, die, isDead } = mortal(lasting)
  const hub = createEventHub()
  const errors: unknown[] = []
  const onError = (error: unknown) => {
    if (!isDead()) errors.push(error)
  }
  const sealer = createKeyFileSealer(`${tempFolder()}/secrets.key`)
  const vault = await openVault({ store: store.secrets, sealer, runtime })
  const requests = createRequests({ vault, runtime, version: 'test' })
  const dispatcher = createDispatcher({
    log: store.log,
    render: ({ webhookVersion, payloadText, fixed }, stamp) => {
      const { draft } = store.webhooks.version(webhookVersion)
      const { timeoutMs, retry } = draft
      const request = fixed
        ? requests.resend(draft, fixed, stamp)
        : requests.render(draft, payloadText, stamp)
      return { request, timeoutMs, retry }
    },
    retryOf: ({ webhookVersion }) => store.webhooks.version(webhookVersion).draft.retry,
    runtime,
    hub,
    onError,
  })
  const bulk = createBulkReplays({
    store,
    vault,
    dispatcher,
    runtime,
    hub,
    receivers: { list: () => [] },
    inspector: { captureRows: () => [] },
    comparisons: createComparisons({ store, vault, rules: () => rules }),
    hosts: { unconfirmed: () => [], confirm: () => undefined },
    onError,
  })
  await dispatcher.restore({ leaveOut: bulk.queued() })
  await bulk.takeUp()
  return {
    bulk,
    dispatcher,
    hub,
    errors,
    crash: async () => {
      const dead = die()
      void bulk.close().catch(() => undefined)
      void dispatcher.close({ graceMs: 0 }).catch(() => undefined)
      // What it had asked for is committed now, as if just before it died.
      await dead
    },
    close: async () => {
      await bulk.close()
      await dispatcher.close({ graceMs: 0 })
      hub.close()
    },
  }
}

/** Reads what is chosen; resolves to the run when it is planned. */
export async function planned(process: BulkProcess, source: BulkSource): Promise<BulkRunId> {
  const { id } = process.bulk.gather(source)
  await until(process, id, ({ state }) => state !== 'gathering')
  return id
}

/** Resolves, once it is so, to the run. */
export function until(
  { bulk, hub }: BulkProcess,
  id: BulkRunId,
  isTrue: (run: BulkRun) => boolean,
): Promise<BulkRun> {
  return new Promise((resolve) => {
    const look = () => {
      const run = bulk.get(id)
      if (!isTrue(run)) return
      stop()
      resolve(run)
    }
    const stop = hub.subscribe(look)
    look()
  })
}

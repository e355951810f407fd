/**
 * Bulk replays: what the window shows, what was chosen on the screens, and the runs, live. A fact only
 * says that something changed; it is then read again, a few times a second.
 */
import { useCallback } from 'react'
import { create } from 'zustand'
import type {
  BulkAnswers,
  BulkDryRun,
  BulkManner,
  BulkPace,
  BulkRun,
  BulkRunId,
  BulkSource,
  CaptureId,
  DeliveryId,
} from '#contract'
import { core, onFact, readFaultText } from './core.ts'
import { type Live, ofKinds, useLive } from './live.ts'
import { createPaced } from './paced.ts'

const BEAT_MS = 400
const CHANGES = ofKinds('bulk.changed')
/** By the rules of the settings. */
const CHANGES_ANSWERS = ofKinds('bulk.changed', 'settings.changed')

/** What the window shows. */
export type BulkView =
  | { readonly kind: 'new'; readonly source: BulkSource }
  | { readonly kind: 'run'; readonly runId: BulkRunId }
  | { readonly kind: 'runs' }

interface BulkState {
  readonly open: BulkView | null
  /** Those that were started, the newest first; null until they are read. */
  readonly runs: readonly BulkRun[] | null
  /** Why they could not be read the last time, in words. */
  readonly runsProblem: string | null
  /** Ticked in the lists. */
  readonly deliveries: readonly DeliveryId[]
  readonly captures: readonly CaptureId[]
}

export const useBulk = create<BulkState>()(() => ({
  open: null,
  runs: null,
  runsProblem: null,
  deliveries: [],
  captures: [],
}))

const { getState: get, setState: set } = useBulk
const endListeners = new Set<(run: BulkRun) => void>()

const beat = createPaced(async () => {
  const before = get().runs
  const runs = await listed()
  if (runs === null) return
  set({ runs, runsProblem: null })
  for (const run of runs) {
    const was = before?.find(({ id }) => id === run.id)
    const hasEnded = run.state === 'done' && was && was.state !== 'done'
    if (hasEnded) for (const listener of endListeners) listener(run)
  }
}, BEAT_MS)

/** Null where they cannot be read, which is said. */
async function listed(): Promise<readonly BulkRun[] | null> {
  try {
    return await core().bulk.list()
  } catch (error) {
    set({ runsProblem: readFaultText(error) })
    return null
  }
}

onFact((fact) => {
  if (fact.kind === 'bulk.changed') beat.request()
})

/** Hears of runs that have sent everything. */
export function onBulkEnd(listener: (run: BulkRun) => void): () => void {
  endListeners.add(listener)
  return () => endListeners.delete(listener)
}

/** All but `begin`, `show…`, `close` and `choose…` fail with the core's reason. */
export const bulk = {
  /** Reads the runs. */
  begin: (): void => beat.request(),
  show: (view: BulkView): void => set({ open: view }),
  close: (): void => set({ open: null }),
  /** In place of its plan, unless that was left meanwhile. */
  showStarted: (source: BulkSource, runId: BulkRunId): void =>
    set(({ open }) =>
      open?.kind === 'new' && open.source === source ? { open: { kind: 'run', runId } } : {},
    ),
  chooseDeliveries: (ids: readonly DeliveryId[]): void => set({ deliveries: ids }),
  chooseCaptures: (ids: readonly CaptureId[]): void => set({ captures: ids }),
  gather: (source: BulkSource): Promise<BulkRun> => core().bulk.gather({ source }),
  dryRun: (runId: BulkRunId, manner: BulkManner): Promise<BulkDryRun> =>
    core().bulk.dryRun({ runId, manner }),
  start: async (
    runId: BulkRunId,
    manner: BulkManner,
    pace: BulkPace,
    confirmedHosts: readonly string[],
  ): Promise<void> => {
    await core().bulk.start({ runId, manner, pace, confirmedHosts: [...confirmedHosts] })
    beat.request()
  },
  pause: (runId: BulkRunId) => told(core().bulk.pause({ runId })),
  resume: (runId: BulkRunId) => told(core().bulk.resume({ runId })),
  cancel: (runId: BulkRunId) => told(core().bulk.cancel({ runId })),
  sendInterrupted: (runId: BulkRunId) => told(core().bulk.sendInterrupted({ runId })),
  delete: async (runId: BulkRunId): Promise<void> => {
    await core().bulk.delete({ runId })
    set(({ runs }) => ({ runs: runs?.filter(({ id }) => id !== runId) ?? null }))
  },
}

/** The run as the answer has it, at once. */
async function told(answer: Promise<BulkRun>): Promise<void> {
  const run = await answer
  set(({ runs }) => ({ runs: runs?.map((each) => (each.id === run.id ? run : each)) ?? null }))
}

/** Whether something of a run is still to come. */
export function isUnderWay({ state }: BulkRun): boolean {
  return state === 'running' || state === 'paused' || state === 'cancelling'
}

/** A run, whether it was started or not, live. */
export function useBulkRun(runId: BulkRunId | null): Live<BulkRun> {
  const read = useCallback(
    async (signal: AbortSignal) => {
      if (runId === null) throw new Error('there is no run to read')
      return core().bulk.get({ runId }, { signal })
    },
    [runId],
  )
  return useLive(runId, read, CHANGES, BEAT_MS / 2)
}

/** How the answers of a run compare with the originals', live; the run itself says why they cannot be read. */
export function useBulkAnswers(runId: BulkRunId): BulkAnswers | null {
  const read = useCallback(
    (signal: AbortSignal) => core().bulk.answers({ runId }, { signal }),
    [runId],
  )
  return useLive(runId, read, CHANGES_ANSWERS, BEAT_MS).value
}

/**
 * Bulk replays: what is chosen is read first, then shown as what would become of it (the dry run), then
 * sent in the background. Runs are remembered; after a restart they stand still until they are resumed.
 */
import { setImmediate as nextTurn } from 'node:timers/promises'
import type {
  BulkAnswer,
  BulkAnswers,
  BulkDryRun,
  BulkItem,
  BulkItemState,
  BulkManner,
  BulkPace,
  BulkRun,
  BulkRunId,
  BulkSource,
} from '#contract'
import { AppError } from '../errors.ts'
import type { StoredRun } from '../store/index.ts'
import { createRunAnswers } from './answers.ts'
import { gatherItems } from './gather.ts'
import { type Ground, planned, type Target, targetOf, templateOf } from './plan.ts'
import { createPreparer, isOfCaptures } from './prepare.ts'
import { leftBehind, queuedOfRuns } from './recover.ts'
import { createRunner, type Outstanding, type Runner } from './runner.ts'
import { itemsInView, runInView } from './view.ts'

export interface BulkReplays {
  /** Answers at once; reading goes on in the background. */
  gather(source: BulkSource): BulkRun
  /** @throws AppError `not_found`, `conflict`, `invalid` with problems, also below */
  dryRun(id: BulkRunId, manner: BulkManner): Promise<BulkDryRun>
  start(
    id: BulkRunId,
    manner: BulkManner,
    pace: BulkPace,
    confirmedHosts: readonly string[],
  ): Promise<BulkRun>
  pause(id: BulkRunId): BulkRun
  resume(id: BulkRunId): BulkRun
  cancel(id: BulkRunId): Promise<BulkRun>
  sendInterrupted(id: BulkRunId): Promise<BulkRun>
  /** Those that were started, the newest first. */
  list(): BulkRun[]
  get(id: BulkRunId): BulkRun
  items(
    id: BulkRunId,
    page: {
      state: BulkItemState | null
      answer: BulkAnswer | null
      after: number
      limit: number
    },
  ): { items: BulkItem[]; nextCursor: number | null }
  /** How the answers compare with the originals'; begins to work it out where that is not done. */
  answers(id: BulkRunId): BulkAnswers
  delete(id: BulkRunId): Promise<void>
  /** At start, before the dispatcher takes up what was queued: what of it belongs to runs. */
  queued(): ReadonlySet<number>
  /** At start, after that: runs that were under way stand still, and say why. */
  takeUp(): Promise<void>
  close(): Promise<void>
}

/** So many rows are written in one transaction. */
const GROUP = 500
const STOPPED = 'Hookstage was closed while it ran. Nothing that was answered is sent again.'

export function createBulkReplays(deps: Ground): BulkReplays {
  const { store, runtime, hub, onError } = deps
  const runners = new Map<BulkRunId, Runner>()
  const gathering = new Map<BulkRunId, { readonly abort: AbortController; count: number }>()
  /** Between the plan and the first delivery. */
  const starting = new Set<BulkRunId>()
  /** What was interrupted of them becomes pending. */
  const renewing = new Set<BulkRunId>()
  let isClosed = false
  const answers = createRunAnswers({
    ...deps,
    isSending: () => [...runners.values()].some((runner) => runner.state() === 'running'),
  })
  const changed = () => hub.publish({ kind: 'bulk.changed' })

  function find(id: BulkRunId): StoredRun {
    const run = store.bulkRuns.get(id)
    if (!run) throw new AppError('not_found', 'This bulk run does not exist any more.')
    return run
  }

  function inPlan(id: BulkRunId): StoredRun {
    const run = find(id)
    if (run.state !== 'planned' || starting.has(id)) {
      throw new AppError('conflict', 'This bulk run has been started, or is still being read.')
    }
    return run
  }

  function view(run: StoredRun): BulkRun {
    const gathered = gathering.get(run.id)?.count
    return runInView(run, runners.get(run.id), gathered)
  }

  async function read(run: StoredRun, source: BulkSource, signal: AbortSignal): Promise<void> {
    const progress = gathering.get(run.id)
    try {
      const take: Parameters<typeof gatherItems>[2] = (items) => {
        store.bulkItems.insert(run.seq, items)
        if (progress) progress.count += items.length
        changed()
      }
      await gatherItems(store, source, take, signal)
      store.together(() => {
        store.bulkRuns.setCounts(run.seq, store.bulkItems.counts(run.seq))
        store.bulkRuns.setState(run.seq, 'planned', '', null)
      })
    } catch (error) {
      if (signal.aborted) return
      onError(error)
      giveUp(run)
    } finally {
      gathering.delete(run.id)
      if (!signal.aborted) changed()
    }
  }

  /** What was read is not whole. Until that can be written it is tried again, or at the next start. */
  function giveUp(run: StoredRun) {
    if (isClosed || store.bulkRuns.get(run.id)?.state !== 'gathering') return
    try {
      store.bulkRuns.setState(run.seq, 'cancelled', UNREAD, runtime.nowMs())
      changed()
    } catch (error) {
      onError(error)
      runtime.after(GIVE_UP_AGAIN_MS, () => giveUp(run))
    }
  }

  function activate(run: StoredRun, left: readonly Outstanding[] = []): Runner {
    const runner = createRunner(
      {
        ...deps,
        preparer: createPreparer(deps, run),
        onOver: () => runners.delete(run.id),
      },
      run,
      store.bulkItems.counts(run.seq),
      left,
    )
    runners.set(run.id, runner)
    return runner
  }

  async function remove(run: StoredRun): Promise<void> {
    while (store.bulkItems.delete(run.seq, GROUP) === GROUP) await nextTurn()
    store.bulkRuns.delete(run.seq)
    changed()
  }

  async function exclude(run: StoredRun, excluded: ReadonlyMap<number, string>): Promise<void> {
    // Of a start that came to nothing.
    while (store.bulkEnds.forget(run.seq, GROUP) === GROUP) await nextTurn()
    const all = [...excluded]
    for (let from = 0; from < all.length; from += GROUP) {
      store.together(() => {
        for (const [position, why] of all.slice(from, from + GROUP)) {
          store.bulkEnds.exclude(run.seq, position, why)
        }
      })
      await nextTurn()
    }
  }

  async function begin(run: StoredRun, manner: BulkManner, target: Target, pace: BulkPace) {
    const template = await templateOf(deps, manner, target)
    const startedAtMs = runtime.nowMs()
    store.together(() => {
      const { version, manner: kept } = template.store()
      const start = { manner: kept, pace, target: target.words, template: version, startedAtMs }
      store.bulkRuns.start(run.seq, start)
    })
    activate(find(run.id))
    changed()
  }

  async function renew(run: StoredRun, runner: Runner | undefined): Promise<number> {
    for (let count = 0; ; await nextTurn()) {
      // A run with something pending is never over.
      const renewed = store.together(() => {
        const some = store.bulkEnds.renew(run.seq, GROUP)
        if (!runner && some > 0) store.bulkRuns.setState(run.seq, 'running', '', null)
        return some
      })
      runner?.renewed(renewed)
      count += renewed
      if (renewed < GROUP) return count
    }
  }

  const runnerOf = (id: BulkRunId) => {
    const run = find(id)
    const runner = runners.get(id)
    if (!runner) throw new AppError('conflict', 'This bulk run is not under way.')
    return { run, runner }
  }

  return {
    gather: (source) => {
      const id = runtime.newId('blk') as BulkRunId
      const of = isOfCaptures(source) ? 'captures' : 'deliveries'
      const run = store.bulkRuns.insert(id, of, runtime.nowMs())
      const abort = new AbortController()
      gathering.set(id, { abort, count: 0 })
      void read(run, source, abort.signal)
      return view(run)
    },
    dryRun: async (id, manner) => {
      const run = inPlan(id)
      return (await planned(deps, run, manner, targetOf(deps, manner))).dryRun
    },
    start: async (id, manner, pace, confirmedHosts) => {
      const run = inPlan(id)
      starting.add(id)
      try {
        const target = targetOf(deps, manner)
        const { dryRun, excluded } = await planned(deps, run, manner, target)
        if (dryRun.sent === 0) throw new AppError('invalid', 'Nothing of it can be sent.')
        const left = dryRun.hosts.filter((host) => !confirmedHosts.includes(host))
        if (left.length > 0) throw unconfirmed(left)
        if (dryRun.hosts.length > 0) deps.hosts.confirm(dryRun.hosts)
        await exclude(run, excluded)
        await begin(run, manner, target, pace)
      } finally {
        starting.delete(id)
      }
      return view(find(id))
    },
    pause: (id) => {
      runnerOf(id).runner.pause('')
      return view(find(id))
    },
    resume: (id) => {
      runnerOf(id).runner.resume()
      return view(find(id))
    },
    cancel: async (id) => {
      await runnerOf(id).runner.cancel()
      return view(find(id))
    },
    sendInterrupted: async (id) => {
      const run = find(id)
      const runner = runners.get(id)
      const isOver = run.state === 'done' || run.state === 'cancelled'
      if (renewing.has(id) || (runner ? runner.state() === 'cancelling' : !isOver)) {
        throw new AppError('conflict', 'Wait until the run has ended.')
      }
      renewing.add(id)
      try {
        if ((await renew(run, runner)) === 0) {
          throw new AppError('conflict', 'Nothing of it was interrupted.')
        }
      } finally {
        renewing.delete(id)
        // Also where only a part of them could be written.
        if (!runner && find(id).state === 'running') activate(find(id))
      }
      changed()
      return view(find(id))
    },
    list: () =>
      store.bulkRuns
        .all()
        .filter(({ startedAtMs }) => startedAtMs !== null)
        .map(view),
    // Asked for again and again while it proceeds.
    get: (id) => view(runners.get(id)?.run ?? find(id)),
    items: (id, { state, answer, after, limit }) => {
      const run = find(id)
      const wanted = { state, after, limit: limit + 1 }
      // Else it would be looked for among all that have been sent.
      const passed = state === 'pending' ? (runners.get(id)?.passed() ?? -1) : -1
      const rows =
        answer === null
          ? store.bulkItems.page(run.seq, state, Math.max(after, passed), limit + 1)
          : answers
              .positions(id, { answer, ...wanted })
              .flatMap((position) => store.bulkItems.page(run.seq, null, position - 1, 1))
      const items = rows.slice(0, limit)
      return {
        items: itemsInView(deps, run.of, items, (position) => answers.of(id, position)),
        nextCursor: rows.length > limit ? (items.at(-1)?.position ?? null) : null,
      }
    },
    answers: (id) => answers.look(find(id)),
    delete: async (id) => {
      const run = find(id)
      if (runners.has(id) || starting.has(id) || renewing.has(id)) {
        throw new AppError('conflict', 'The run is under way. Cancel it first.')
      }
      gathering.get(id)?.abort.abort()
      answers.forget(id)
      await remove(run)
    },
    queued: () => queuedOfRuns(store),
    takeUp: async () => {
      for (const run of store.bulkRuns.all()) {
        if (run.startedAtMs === null) await remove(run)
        else if (run.state === 'running' || run.state === 'paused' || run.state === 'cancelling') {
          const left = await leftBehind(store, run)
          if (run.state === 'running') store.bulkRuns.setState(run.seq, 'paused', STOPPED, null)
          const runner = activate(find(run.id), left)
          if (run.state === 'cancelling') await runner.cancel()
        }
      }
    },
    close: async () => {
      isClosed = true
      answers.close()
      for (const { abort } of gathering.values()) abort.abort()
      await Promise.all([...runners.values()].map((runner) => runner.close()))
    },
  }
}

const GIVE_UP_AGAIN_MS = 1_000
const UNREAD = 'What was chosen could not be read. The log says why.'

function unconfirmed(hosts: readonly string[]): AppError {
  const message = `Confirm that it may go to ${hosts.join(', ')}.`
  return new AppError('invalid', message, [{ field: 'hosts', severity: 'error', message }])
}

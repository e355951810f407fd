/**
 * How the answers of runs compare with those of their originals, by the rules of comparisons. Worked
 * out when it is asked for, after the run, in small steps; while another run is under way, with rests
 * between them. Kept in memory for the runs that were looked at last, and worked out anew when a rule is
 * another one.
 */
import type {
  BulkAnswer,
  BulkAnswers,
  BulkItemState,
  BulkRunId,
  CaptureId,
  ComparePlace,
  CompareRule,
  DeliveryId,
} from '#contract'
import type { Sliced } from '../compare/index.ts'
import type { EventHub } from '../event-hub.ts'
import type { Comparisons } from '../inspect/comparisons.ts'
import { inSlices } from '../inspect/in-slices.ts'
import type { Runtime } from '../runtime.ts'
import type { Store, StoredItem, StoredRun } from '../store/index.ts'

export interface RunAnswers {
  /** How far it is. Begins, or begins anew, what is not worked out by today's rules. */
  look(run: StoredRun): BulkAnswers
  /** Null while it is not worked out. */
  of(id: BulkRunId, position: number): BulkAnswer | null
  /** The positions of those in a state, or in any, of which this is known; up to `limit`. */
  positions(
    id: BulkRunId,
    wanted: { answer: BulkAnswer; state: BulkItemState | null; after: number; limit: number },
  ): number[]
  forget(id: BulkRunId): void
  close(): void
}

export interface AnswersDeps {
  readonly store: Pick<Store, 'bulkItems'>
  readonly comparisons: Pick<Comparisons, 'answers' | 'rules'>
  readonly runtime: Pick<Runtime, 'after'>
  readonly hub: EventHub
  /** Whether a run is being sent. */
  readonly isSending: () => boolean
  readonly onError: (error: unknown) => void
}

interface Work {
  readonly key: string
  readonly revision: number
  readonly total: number
  /** By position; null where it is not known yet. */
  readonly answers: (BulkAnswer | null)[]
  readonly states: BulkItemState[]
  readonly counts: Record<BulkAnswer, number>
  readonly abort: AbortController
  compared: number
  state: 'working' | 'done' | 'failed'
}

const MOST_RUNS = 4
const PAGE = 100
/** While a run is being sent: so long nothing is compared after each step. */
const REST_MS = 40
/** How often it is told how far it is, in items. */
const TOLD_EVERY = 500

export function createRunAnswers(deps: AnswersDeps): RunAnswers {
  const { store, comparisons, runtime, hub } = deps
  /** The one that was looked at last comes last. */
  const works = new Map<BulkRunId, Work>()
  let revisions = 0

  function rest(): Promise<void> {
    return new Promise((resolve) => {
      if (deps.isSending()) runtime.after(REST_MS, resolve)
      else setImmediate(resolve)
    })
  }

  function* compareAll(run: StoredRun, work: Work, rules: readonly CompareRule[]): Sliced<void> {
    for (;;) {
      const page = store.bulkItems.page(run.seq, null, work.answers.length - 1, PAGE)
      for (const item of page) {
        yield
        const answer = yield* answerOf(run, item, rules)
        work.answers.push(answer)
        work.states.push(item.state)
        work.counts[answer] += 1
        work.compared += 1
        if (work.compared % TOLD_EVERY === 0) hub.publish({ kind: 'bulk.changed' })
      }
      if (page.length < PAGE) return
    }
  }

  function* answerOf(
    { of }: StoredRun,
    { sourceId, deliveryId }: StoredItem,
    rules: readonly CompareRule[],
  ): Sliced<BulkAnswer> {
    if (deliveryId === null) return 'nothing'
    const left: ComparePlace =
      of === 'captures'
        ? { kind: 'capture', captureId: sourceId as CaptureId }
        : { kind: 'delivery', deliveryId: sourceId as DeliveryId }
    return yield* comparisons.answers(left, { kind: 'delivery', deliveryId }, rules)
  }

  async function workOut(run: StoredRun, work: Work, rules: readonly CompareRule[]) {
    try {
      await rest()
      await inSlices(compareAll(run, work, rules), { rest, signal: work.abort.signal })
      work.state = 'done'
    } catch (error) {
      if (work.abort.signal.aborted) return
      work.state = 'failed'
      deps.onError(error)
    }
    hub.publish({ kind: 'bulk.changed' })
  }

  function begin(run: StoredRun, key: string, rules: readonly CompareRule[]): Work {
    forget(run.id)
    const work: Work = {
      key,
      revision: ++revisions,
      total: run.counts.total,
      answers: [],
      states: [],
      counts: { ...NONE },
      abort: new AbortController(),
      compared: 0,
      state: 'working',
    }
    void workOut(run, work, rules)
    return work
  }

  function forget(id: BulkRunId) {
    works.get(id)?.abort.abort()
    works.delete(id)
  }

  return {
    look: (run) => {
      const { finishedAtMs, counts } = run
      if (finishedAtMs === null) {
        forget(run.id)
        return { ...NOT_YET, total: counts.total }
      }
      const rules = comparisons.rules()
      const active = rules.flatMap(({ isOn, kind, pattern }) => (isOn ? [[kind, pattern]] : []))
      const key = JSON.stringify([finishedAtMs, active])
      const known = works.get(run.id)
      const work = known?.key === key ? known : begin(run, key, rules)
      works.delete(run.id)
      works.set(run.id, work)
      const [oldest] = works.keys()
      if (works.size > MOST_RUNS && oldest !== undefined) forget(oldest)
      const { state, compared, total, revision } = work
      return { state, compared, total, counts: { ...work.counts }, revision }
    },
    of: (id, position) => works.get(id)?.answers[position] ?? null,
    positions: (id, { answer, state, after, limit }) => {
      const work = works.get(id)
      const found: number[] = []
      if (!work) return found
      for (let at = after + 1; at < work.answers.length && found.length < limit; at++) {
        if (work.answers[at] !== answer) continue
        if (state === null || work.states[at] === state) found.push(at)
      }
      return found
    },
    forget,
    close: () => {
      for (const id of works.keys()) forget(id)
    },
  }
}

const NONE: BulkAnswers['counts'] = { same: 0, differs: 0, nothing: 0 }
const NOT_YET: BulkAnswers = { state: 'not_yet', compared: 0, total: 0, counts: NONE, revision: 0 }

/** Bulk replays: what was chosen, how it is sent again, and how it stands. Their items are `bulk-items`. */
import {
  type BulkCounts,
  type BulkManner,
  type BulkPace,
  type BulkRunId,
  type BulkRunState,
  bulkCountsSchema,
  bulkMannerSchema,
  bulkPaceSchema,
  bulkRunStateSchema,
  FIRST_MANNER,
  FIRST_PACE,
} from '#contract'
import type { Database } from './database.ts'
import type { WebhookVersion } from './history-records.ts'

export interface StoredRun {
  readonly seq: number
  readonly id: BulkRunId
  readonly of: 'deliveries' | 'captures'
  readonly state: BulkRunState
  readonly why: string
  readonly manner: BulkManner
  readonly pace: BulkPace
  readonly target: string
  /** Holds the URL and the signature that were typed, sealed. */
  readonly template: WebhookVersion | null
  /** Of when it was last written. */
  readonly counts: BulkCounts
  readonly createdAtMs: number
  readonly startedAtMs: number | null
  readonly finishedAtMs: number | null
}

export type RunStart = Pick<StoredRun, 'manner' | 'pace' | 'target' | 'template'> & {
  readonly startedAtMs: number
}

export interface BulkRunStore {
  /** As `gathering`. */
  insert(id: BulkRunId, of: StoredRun['of'], createdAtMs: number): StoredRun
  get(id: BulkRunId): StoredRun | null
  /** The newest first. */
  all(): StoredRun[]
  start(seq: number, start: RunStart): void
  setState(seq: number, state: BulkRunState, why: string, finishedAtMs: number | null): void
  setCounts(seq: number, counts: BulkCounts): void
  /** Without its items. */
  delete(seq: number): void
}

interface Row {
  seq: number
  id: string
  source: string
  state: string
  why: string
  manner: string
  pace: string
  target: string
  template: number | null
  counts: string
  created_at_ms: number
  started_at_ms: number | null
  finished_at_ms: number | null
}

const NO_COUNTS: BulkCounts = { total: 0, states: {}, codes: {} }

export function createBulkRunStore(db: Database): BulkRunStore {
  const insert = db.prepare(
    `INSERT INTO bulk_runs (id, source, state, manner, pace, counts, created_at_ms)
     VALUES (?, ?, 'gathering', ?, ?, ?, ?)`,
  )
  const selectOne = db.prepare<[string], Row>('SELECT * FROM bulk_runs WHERE id = ?')
  const selectAll = db.prepare<[], Row>('SELECT * FROM bulk_runs ORDER BY seq DESC')
  const start = db.prepare(
    `UPDATE bulk_runs SET state = 'running', why = '', manner = ?, pace = ?, target = ?, template = ?,
       started_at_ms = ? WHERE seq = ?`,
  )
  const setState = db.prepare(
    'UPDATE bulk_runs SET state = ?, why = ?, finished_at_ms = ? WHERE seq = ?',
  )
  const setCounts = db.prepare('UPDATE bulk_runs SET counts = ? WHERE seq = ?')
  const remove = db.prepare('DELETE FROM bulk_runs WHERE seq = ?')

  const get = (id: BulkRunId) => {
    const row = selectOne.get(id)
    return row ? toRun(row) : null
  }
  return {
    insert: (id, of, createdAtMs) => {
      const texts = [FIRST_MANNER, FIRST_PACE, NO_COUNTS].map((value) => JSON.stringify(value))
      insert.run(id, of, ...texts, createdAtMs)
      const run = get(id)
      if (!run) throw new Error(`bulk run ${id} is missing`)
      return run
    },
    get,
    all: () => selectAll.all().map(toRun),
    start: (seq, { manner, pace, target, template, startedAtMs }) => {
      start.run(JSON.stringify(manner), JSON.stringify(pace), target, template, startedAtMs, seq)
    },
    setState: (seq, state, why, finishedAtMs) => {
      setState.run(state, why, finishedAtMs, seq)
    },
    setCounts: (seq, counts) => {
      setCounts.run(JSON.stringify(counts), seq)
    },
    delete: (seq) => {
      remove.run(seq)
    },
  }
}

function toRun(row: Row): StoredRun {
  return {
    seq: row.seq,
    id: row.id as BulkRunId,
    of: row.source === 'captures' ? 'captures' : 'deliveries',
    state: bulkRunStateSchema.parse(row.state),
    why: row.why,
    manner: bulkMannerSchema.parse(JSON.parse(row.manner)),
    pace: bulkPaceSchema.parse(JSON.parse(row.pace)),
    target: row.target,
    template: row.template as WebhookVersion | null,
    counts: bulkCountsSchema.parse(JSON.parse(row.counts)),
    createdAtMs: row.created_at_ms,
    startedAtMs: row.started_at_ms,
    finishedAtMs: row.finished_at_ms,
  }
}

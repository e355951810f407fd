/**
 * One page of deliveries under a filter. The most selective condition present drives the query
 * through its index, one keyset query per value, merged by seq; the others are tested on the rows.
 */
import { setImmediate as nextTurn } from 'node:timers/promises'
import {
  type DeliveryFilter,
  type DeliveryPage,
  type DeliveryStatus,
  type DeliverySummary,
  OUTCOME_CODES,
  outcomeStatus,
} from '#contract'
import type { Database } from './database.ts'
import { ATTEMPTS_PER_DELIVERY } from './history-keys.ts'
import { SUMMARY_COLUMNS, type SummaryRow } from './history-rows.ts'
import { holdsText, SEARCH_STEP, searched, textToFind } from './text-search.ts'

interface Clause {
  readonly sql: string
  readonly values: readonly (string | number)[]
}

const UNFINISHED_STATES = ['queued', 'sending', 'waiting'] as const

/**
 * The keyset queries of a filter without its text; each takes its values, then the cursor, then the limit.
 * @param sending seqs of what is being sent, which the rows have as queued
 * Exported for the test that asserts their query plans.
 */
export function pageQueries(filter: DeliveryFilter, sending: readonly number[]): Clause[] {
  const { drivers, rest } = clausesOf(filter, sending)
  return drivers.map((driver) => {
    const conditions = [driver, ...rest]
    const where = [...conditions.map(({ sql }) => sql), 'd.seq < ?'].join(' AND ')
    return {
      sql: `SELECT ${SUMMARY_COLUMNS} WHERE ${where} ORDER BY d.seq DESC LIMIT ?`,
      values: conditions.flatMap(({ values }) => values),
    }
  })
}

const SEARCHED = [
  'v.name',
  'v.endpoint',
  'b.request_body',
  'b.response_body',
  'b.request_head',
  'b.response_head',
]

export function createPageQuery(
  db: Database,
  toSummary: (row: SummaryRow) => DeliverySummary,
  sending: () => number[],
) {
  const hasText = db.prepare<{ seq: number; text: string }, { seq: number }>(`
    SELECT d.seq FROM deliveries AS d
    JOIN webhook_versions AS v ON v.version = d.webhook_version
    LEFT JOIN bodies AS b ON b.key > d.seq * ${ATTEMPTS_PER_DELIVERY}
      AND b.key < (d.seq + 1) * ${ATTEMPTS_PER_DELIVERY}
    WHERE d.seq = @seq AND (
      ${SEARCHED.map(holdsText).join(' OR ')})
    LIMIT 1`)

  function rows(queries: readonly Clause[], before: number, limit: number): SummaryRow[] {
    const found = queries.flatMap(({ sql, values }) =>
      db.prepare<unknown[], SummaryRow>(sql).all(...values, before, limit),
    )
    return queries.length === 1 ? found : found.sort((a, b) => b.seq - a.seq).slice(0, limit)
  }

  return async (
    filter: DeliveryFilter,
    cursor: number | undefined,
    limit: number,
    signal?: AbortSignal,
  ): Promise<DeliveryPage> => {
    const queries = pageQueries(filter, sending())
    const text = textToFind(filter.text ?? '')
    let before = cursor ?? Number.MAX_SAFE_INTEGER
    const items: SummaryRow[] = []
    const holds = ({ seq }: SummaryRow) => hasText.get({ seq, text }) !== undefined
    const step = text ? SEARCH_STEP : limit + 1
    for (;;) {
      signal?.throwIfAborted()
      const found = rows(queries, before, step)
      items.push(...(text ? await searched(found, holds, signal) : found))
      const last = found.at(-1)
      if (items.length > limit || found.length < step || !last) break
      before = last.seq
      await nextTurn()
    }
    const page = items.slice(0, limit)
    const nextCursor = items.length > limit ? (page.at(-1)?.seq ?? null) : null
    return { items: page.map(toSummary), nextCursor }
  }
}

function clausesOf(
  filter: DeliveryFilter,
  sending: readonly number[],
): { drivers: Clause[]; rest: Clause[] } {
  const byWebhook = filter.webhookId
    ? [{ sql: 'd.webhook_id = ?', values: [filter.webhookId] }]
    : []
  const byStatus = filter.statuses?.length ? statusClauses(filter.statuses, sending) : []
  const byEvent = (filter.events ?? []).map((event) => ({ sql: 'd.event = ?', values: [event] }))
  const [drivers = [ALL], ...others] = [byWebhook, byStatus, byEvent].filter(
    (clauses) => clauses.length > 0,
  )
  return { drivers, rest: [...others.map(anyOf), ...timeClauses(filter)] }
}

const ALL: Clause = { sql: 'TRUE', values: [] }

function anyOf(clauses: readonly Clause[]): Clause {
  return {
    // The unary plus keeps SQLite from driving by this condition instead.
    sql: `+(${clauses.map(({ sql }) => `(${sql})`).join(' OR ')})`,
    values: clauses.flatMap(({ values }) => values),
  }
}

function statusClauses(statuses: readonly DeliveryStatus[], sending: readonly number[]): Clause[] {
  const begun = JSON.stringify(sending)
  const unfinished: Record<(typeof UNFINISHED_STATES)[number], Clause> = {
    queued: {
      sql: "d.finished_at_ms IS NULL AND d.state = 'queued' AND d.seq NOT IN (SELECT value FROM json_each(?))",
      values: [begun],
    },
    sending: {
      // Those that the last process left are marked as such in their rows.
      sql: "d.finished_at_ms IS NULL AND (d.state = 'sending' OR d.seq IN (SELECT value FROM json_each(?)))",
      values: [begun],
    },
    waiting: { sql: "d.finished_at_ms IS NULL AND d.state = 'waiting'", values: [] },
  }
  const states = UNFINISHED_STATES.filter((state) => statuses.includes(state))
  const codes = OUTCOME_CODES.filter((code) => statuses.includes(outcomeStatus(code)))
  return [
    ...states.map((state) => unfinished[state]),
    ...codes.map((code) => ({
      sql: 'd.finished_at_ms IS NOT NULL AND d.code = ?',
      values: [code],
    })),
  ]
}

function timeClauses(filter: DeliveryFilter): Clause[] {
  const bound = (edge: 'min' | 'max', comparison: string, ms: number): Clause => ({
    sql: `d.seq ${comparison} (SELECT ${edge}(+seq) FROM deliveries WHERE created_at_ms ${comparison} ?)`,
    values: [ms],
  })
  return [
    ...(filter.sinceMs === undefined ? [] : [bound('min', '>=', filter.sinceMs)]),
    ...(filter.untilMs === undefined ? [] : [bound('max', '<=', filter.untilMs)]),
  ]
}

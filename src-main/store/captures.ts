/**
 * Requests that receivers recorded, with what was answered: exact bytes, written once. What the user
 * adds (kept, a note) stands beside them. Deleting can be undone for a day.
 */
import { setImmediate as nextTurn } from 'node:timers/promises'
import {
  type CaptureFilter,
  type CaptureId,
  IMPORTED_RECEIVER,
  type ImportKind,
  importKindSchema,
  type OutcomeCode,
  outcomeCodeSchema,
  type ReceiverId,
  type RehearsalVerdict,
  type SecretId,
} from '#contract'
import { AppError } from '../errors.ts'
import type { Database } from './database.ts'
import { holdsText, SEARCH_STEP, searched, textToFind } from './text-search.ts'
import type { WriteBatch } from './write-batch.ts'

export interface NewCapture {
  readonly id: CaptureId
  readonly receiverId: ReceiverId
  readonly receivedAtMs: number
  /** As it came in, but for the values of cookies. */
  readonly head: Uint8Array
  /** Chunk framing removed, content coding kept; maybe cut. */
  readonly body: Uint8Array
  /** How much there was in all. */
  readonly bodyBytes: number
  readonly isChunked: boolean
  readonly problem: string | null
}

/** Where an imported request comes from. */
export interface CaptureImport {
  readonly from: ImportKind
  /** `https://example.com:8443`; empty where nothing says where it was for. */
  readonly origin: string
  /** When it was sent, where that is known. */
  readonly sentAtMs: number | null
}

export interface NewImport {
  readonly id: CaptureId
  readonly importedAtMs: number
  readonly head: Uint8Array
  readonly body: Uint8Array
  readonly isChunked: boolean
  readonly note: string
  readonly answer: CaptureAnswer | null
  readonly imported: CaptureImport
}

export interface CaptureAnswer {
  /** Null when no status line went out. */
  readonly status: number | null
  readonly head: Uint8Array
  readonly body: Uint8Array
}

/** What passing a request on came to; the body that was sent is the request's own. */
export interface ForwardedCapture {
  readonly origin: string
  /** Of the URL, where it is one. */
  readonly secretId: SecretId | null
  readonly code: OutcomeCode
  readonly reason: string
  readonly requestHead: Uint8Array
  readonly responseHead: Uint8Array
  readonly responseBody: Uint8Array
}

/** What lists show of a capture. */
export interface CaptureRow extends Omit<NewCapture, 'body'> {
  readonly seq: number
  readonly status: number | null
  readonly isKept: boolean
  readonly note: string
  /** Null of one that a receiver recorded. */
  readonly imported: CaptureImport | null
}

export interface RecordedCapture extends CaptureRow {
  readonly body: Uint8Array
  readonly answer: CaptureAnswer | null
  readonly forwarded: ForwardedCapture | null
}

export interface CaptureStore {
  /** All of them or none; committed when it returns. */
  import(requests: readonly NewImport[]): void
  /** Resolves, once it is committed, to its seq. @param verdict of a rehearsal's */
  record(capture: NewCapture, verdict?: RehearsalVerdict): Promise<number>
  /** Resolves once it is committed. */
  answered(seq: number, answer: CaptureAnswer): Promise<void>
  /** Resolves once it is committed. */
  forwarded(seq: number, exchange: ForwardedCapture): Promise<void>
  /** Newest first. Rejects with the signal's reason once it is aborted. */
  page(
    filter: CaptureFilter,
    cursor: number | undefined,
    limit: number,
    signal?: AbortSignal,
  ): Promise<{ items: CaptureRow[]; nextCursor: number | null }>
  /** Those that there are and that are not deleted. */
  some(ids: readonly CaptureId[]): CaptureRow[]
  /** @throws AppError `not_found` */
  get(id: CaptureId): RecordedCapture
  /** Without the request, which may be large. @throws AppError `not_found` */
  answer(id: CaptureId): CaptureAnswer | null
  /** How many a receiver recorded that are not deleted. */
  count(receiverId: ReceiverId): number
  setKept(ids: readonly CaptureId[], isKept: boolean): void
  /** @throws AppError `not_found` */
  setNote(id: CaptureId, note: string): void
  markDeleted(ids: readonly CaptureId[], deletedAtMs: number | null): void
  /** Deletes for good what was marked before that. */
  forgetDeleted(beforeMs: number): void
}

interface Row {
  seq: number
  id: string
  receiver_id: string
  received_at_ms: number
  body_bytes: number
  is_chunked: number
  problem: string | null
  is_kept: number
  note: string
  status: number | null
  head: Uint8Array
  imported_from: string | null
  origin: string | null
  sent_at_ms: number | null
}

interface WholeRow extends Row {
  body: Uint8Array
  answer_head: Uint8Array | null
  answer_body: Uint8Array | null
}

interface ForwardRow {
  origin: string
  secret_id: string | null
  code: string
  reason: string
  request_head: Uint8Array
  response_head: Uint8Array
  response_body: Uint8Array
}

const COLUMNS = `c.seq, c.id, c.receiver_id, c.received_at_ms, c.body_bytes, c.is_chunked, c.problem,
  c.is_kept, c.note, c.imported_from, c.origin, c.sent_at_ms, a.status, r.head`
const FROM = `FROM captures AS c JOIN capture_requests AS r USING (seq)
  LEFT JOIN capture_answers AS a USING (seq)`
const INSERT_ANSWER = 'INSERT OR IGNORE INTO capture_answers VALUES (?, ?, ?, ?)'

export function createCaptureStore(db: Database, batch: WriteBatch): CaptureStore {
  const insert = batch.statement(`
    INSERT INTO captures (id, receiver_id, received_at_ms, body_bytes, is_chunked, problem)
    VALUES (?, ?, ?, ?, ?, ?)`)
  const insertImport = db.prepare(`
    INSERT INTO captures (id, receiver_id, received_at_ms, body_bytes, is_chunked, note,
      imported_from, origin, sent_at_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`)
  const importRequest = db.prepare('INSERT INTO capture_requests VALUES (?, ?, ?)')
  const importAnswer = db.prepare(INSERT_ANSWER)
  const insertRequest = batch.statement(
    'INSERT INTO capture_requests VALUES (last_insert_rowid(), ?, ?)',
  )
  const insertVerdict = batch.statement(
    'INSERT INTO capture_verdicts VALUES (last_insert_rowid(), ?, ?, ?, ?)',
  )
  const selectSeq = db.prepare<[string], { seq: number }>('SELECT seq FROM captures WHERE id = ?')
  const insertAnswer = batch.statement(INSERT_ANSWER)
  const insertForward = batch.statement(
    'INSERT INTO capture_forwards VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
  )
  const selectForward = db.prepare<[number], ForwardRow>(
    'SELECT * FROM capture_forwards WHERE seq = ?',
  )
  const selectOne = db.prepare<[string], WholeRow>(
    `SELECT ${COLUMNS}, r.body, a.head AS answer_head, a.body AS answer_body ${FROM} WHERE c.id = ?`,
  )
  const selectAnswer = db.prepare<
    [string],
    Pick<WholeRow, 'status' | 'answer_head' | 'answer_body'>
  >(
    `SELECT a.status, a.head AS answer_head, a.body AS answer_body FROM captures AS c
     LEFT JOIN capture_answers AS a USING (seq) WHERE c.id = ?`,
  )
  const selectRow = db.prepare<[string], Row>(
    `SELECT ${COLUMNS} ${FROM} WHERE c.id = ? AND c.deleted_at_ms IS NULL`,
  )
  const selectCount = db.prepare<[string], { count: number }>(
    'SELECT count(*) AS count FROM captures WHERE receiver_id = ? AND deleted_at_ms IS NULL',
  )
  const searchedColumns = ['c.note', 'r.head', 'r.body', 'a.head', 'a.body']
  const hasText = db.prepare<{ seq: number; text: string }>(`
    SELECT 1 ${FROM} WHERE c.seq = @seq AND (${searchedColumns.map(holdsText).join(' OR ')})`)
  const updateKept = db.prepare('UPDATE captures SET is_kept = ? WHERE id = ?')
  const updateNote = db.prepare('UPDATE captures SET note = ? WHERE id = ?')
  const updateDeleted = db.prepare('UPDATE captures SET deleted_at_ms = ? WHERE id = ?')
  const forget = [
    'capture_requests',
    'capture_forwards',
    'capture_answers',
    'capture_verdicts',
    'captures',
  ].map((table) =>
    db.prepare(
      `DELETE FROM ${table} WHERE seq IN (SELECT seq FROM captures WHERE deleted_at_ms < ?)`,
    ),
  )

  function find(id: CaptureId): WholeRow {
    return existing(selectOne.get(id))
  }

  const importAll = db.transaction((requests: readonly NewImport[]) => {
    for (const { id, importedAtMs, head, body, isChunked, note, answer, imported } of requests) {
      const { from, origin, sentAtMs } = imported
      const about = [id, IMPORTED_RECEIVER, importedAtMs, body.length, isChunked ? 1 : 0]
      const seq = Number(insertImport.run(...about, note, from, origin, sentAtMs).lastInsertRowid)
      importRequest.run(seq, head, body)
      if (answer) importAnswer.run(seq, answer.status, answer.head, answer.body)
    }
  })

  const eachId = (ids: readonly CaptureId[], change: (id: CaptureId) => void) =>
    db.transaction(() => {
      for (const id of ids) change(id)
    })()

  /** The row before it in the group is its request's. */
  const verdictRow = ({ result, code, words, isTold }: RehearsalVerdict) =>
    insertVerdict(result, code, words, isTold ? 1 : 0)

  return {
    record: async (capture, verdict) => {
      const { id, receiverId, receivedAtMs, head, body, bodyBytes, isChunked, problem } = capture
      await batch.run(
        insert(id, receiverId, receivedAtMs, bodyBytes, isChunked ? 1 : 0, problem),
        insertRequest(head, body),
        ...(verdict ? [verdictRow(verdict)] : []),
      )
      return selectSeq.get(id)?.seq ?? 0
    },
    answered: (seq, { status, head, body }) => batch.run(insertAnswer(seq, status, head, body)),
    forwarded: (seq, { origin, secretId, code, reason, ...bytes }) => {
      const { requestHead, responseHead, responseBody } = bytes
      return batch.run(
        insertForward(seq, origin, secretId, code, reason, requestHead, responseHead, responseBody),
      )
    },
    import: (requests) => importAll(requests),
    page: async (filter, cursor, limit, signal) => {
      const { sql, values } = pageQuery(filter)
      const select = db.prepare<unknown[], Row>(sql)
      const text = textToFind(filter.text ?? '')
      const step = text ? SEARCH_STEP : limit + 1
      const found: Row[] = []
      let before = cursor ?? Number.MAX_SAFE_INTEGER
      for (;;) {
        signal?.throwIfAborted()
        const rows = select.all(...values, before, step)
        const holds = ({ seq }: Row) => hasText.get({ seq, text }) !== undefined
        found.push(...(text ? await searched(rows, holds, signal) : rows))
        const last = rows.at(-1)
        if (found.length > limit || rows.length < step || !last) break
        before = last.seq
        await nextTurn()
      }
      const items = found.slice(0, limit).map(toCapture)
      return { items, nextCursor: found.length > limit ? (items.at(-1)?.seq ?? null) : null }
    },
    some: (ids) => ids.flatMap((id) => selectRow.all(id).map(toCapture)),
    get: (id) => {
      const row = find(id)
      return toWhole(row, selectForward.get(row.seq))
    },
    answer: (id) => toAnswer(existing(selectAnswer.get(id))),
    count: (receiverId) => selectCount.get(receiverId)?.count ?? 0,
    setKept: (ids, isKept) => eachId(ids, (id) => updateKept.run(isKept ? 1 : 0, id)),
    setNote: (id, note) => {
      if (updateNote.run(note, id).changes === 0) find(id)
    },
    markDeleted: (ids, deletedAtMs) => eachId(ids, (id) => updateDeleted.run(deletedAtMs, id)),
    forgetDeleted: (beforeMs) => {
      db.transaction(() => {
        for (const statement of forget) statement.run(beforeMs)
      })()
    },
  }
}

function existing<R>(row: R | undefined): R {
  if (!row) throw new AppError('not_found', 'This capture does not exist any more.')
  return row
}

/** Takes its values, then the cursor, then the limit. */
function pageQuery(filter: CaptureFilter): { sql: string; values: (string | number)[] } {
  const conditions = ['c.deleted_at_ms IS NULL']
  const values: (string | number)[] = []
  const add = (condition: string, value: string | number | undefined) => {
    if (value === undefined) return
    conditions.push(condition)
    values.push(value)
  }
  const bound = (edge: 'min' | 'max', comparison: string) =>
    `c.seq ${comparison} (SELECT ${edge}(+seq) FROM captures WHERE received_at_ms ${comparison} ?)`
  add('c.receiver_id = ?', filter.receiverId)
  add('c.is_kept = ?', filter.isKept === undefined ? undefined : Number(filter.isKept))
  add(bound('min', '>='), filter.sinceMs)
  add(bound('max', '<='), filter.untilMs)
  conditions.push('c.seq < ?')
  return {
    sql: `SELECT ${COLUMNS} ${FROM} WHERE ${conditions.join(' AND ')} ORDER BY c.seq DESC LIMIT ?`,
    values,
  }
}

function toCapture(row: Row): CaptureRow {
  return {
    seq: row.seq,
    id: row.id as CaptureId,
    receiverId: row.receiver_id as ReceiverId,
    receivedAtMs: row.received_at_ms,
    head: row.head,
    bodyBytes: row.body_bytes,
    isChunked: row.is_chunked === 1,
    problem: row.problem,
    status: row.status,
    isKept: row.is_kept === 1,
    note: row.note,
    imported: toImport(row),
  }
}

function toImport({ imported_from, origin, sent_at_ms }: Row): CaptureImport | null {
  if (imported_from === null) return null
  return { from: importKindSchema.parse(imported_from), origin: origin ?? '', sentAtMs: sent_at_ms }
}

function toWhole(row: WholeRow, forward: ForwardRow | undefined): RecordedCapture {
  return {
    ...toCapture(row),
    body: row.body,
    answer: toAnswer(row),
    forwarded: forward ? toForwarded(forward) : null,
  }
}

function toAnswer({
  answer_head: head,
  answer_body: body,
  status,
}: Pick<WholeRow, 'status' | 'answer_head' | 'answer_body'>): CaptureAnswer | null {
  return head && body ? { status, head, body } : null
}

function toForwarded(row: ForwardRow): ForwardedCapture {
  return {
    origin: row.origin,
    secretId: row.secret_id as SecretId | null,
    code: outcomeCodeSchema.parse(row.code),
    reason: row.reason,
    requestHead: row.request_head,
    responseHead: row.response_head,
    responseBody: row.response_body,
  }
}

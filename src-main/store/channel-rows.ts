/** What rehearsals made of the requests that they got, in the order in which they came. */
import {
  type CaptureId,
  type ReceiverId,
  type RehearsalVerdict,
  rehearsalVerdictSchema,
} from '#contract'
import type { Database } from './database.ts'

export interface ChannelRow extends RehearsalVerdict {
  readonly captureId: CaptureId
  readonly seq: number
  readonly receivedAtMs: number
  readonly status: number | null
}

export interface ChannelRows {
  /** Newest first, without what is deleted. */
  page(
    receiverId: ReceiverId,
    cursor: number | undefined,
    limit: number,
  ): { items: ChannelRow[]; nextCursor: number | null }
}

interface Row {
  seq: number
  id: string
  received_at_ms: number
  status: number | null
  result: string
  code: string
  words: string
  is_told: number
}

const PAGE = `SELECT c.seq, c.id, c.received_at_ms, a.status, v.result, v.code, v.words, v.is_told
  FROM captures AS c JOIN capture_verdicts AS v USING (seq) LEFT JOIN capture_answers AS a USING (seq)
  WHERE c.receiver_id = ? AND c.deleted_at_ms IS NULL AND c.seq < ? ORDER BY c.seq DESC LIMIT ?`

export function createChannelRows(db: Database): ChannelRows {
  const select = db.prepare<[string, number, number], Row>(PAGE)
  return {
    page: (receiverId, cursor, limit) => {
      const rows = select.all(receiverId, cursor ?? Number.MAX_SAFE_INTEGER, limit + 1)
      const items = rows.slice(0, limit).map(toEntry)
      return { items, nextCursor: rows.length > limit ? (items.at(-1)?.seq ?? null) : null }
    },
  }
}

function toEntry({
  seq,
  id,
  received_at_ms: receivedAtMs,
  status,
  is_told,
  ...row
}: Row): ChannelRow {
  const verdict = rehearsalVerdictSchema.parse({ ...row, isTold: is_told === 1 })
  return { ...verdict, seq, captureId: id as CaptureId, receivedAtMs, status }
}

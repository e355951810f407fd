/** What a bulk replay reads of the deliveries and captures that it is made from, by id and in numbers. */
import { type DeliveryId, type OutcomeCode, outcomeCodeSchema } from '#contract'
import type { Database } from './database.ts'
import { ATTEMPTS_PER_DELIVERY, attemptKeysOf } from './history-keys.ts'

export interface SentBytes {
  /** The number of the attempt. */
  readonly number: number
  /** Where they went: `https://example.com:8443`. */
  readonly origin: string
  readonly head: Uint8Array
  readonly body: Uint8Array
}

export interface CapturedBytes {
  readonly head: Uint8Array
  readonly body: Uint8Array
}

export interface BulkSources {
  /** Of the last attempt of a delivery that sent anything; null when none did. */
  lastSent(deliverySeq: number): SentBytes | null
  /** Which attempt that is. */
  lastSentNumber(id: DeliveryId): number | null
  /** The bytes of a capture. */
  capture(seq: number): CapturedBytes | null
  /** The same of several, by seq. */
  captures(seqs: readonly number[]): ReadonlyMap<number, CapturedBytes>
  /** What a capture was answered with; null when nothing is kept of it. */
  answer(seq: number): { readonly head: Uint8Array; readonly body: Uint8Array } | null
  /** What passing it on came to; null when it was not. */
  forwardCode(seq: number): OutcomeCode | null
}

interface SentRow {
  key: number
  origin: string
  request_head: Uint8Array
  request_body: Uint8Array
}

export function createBulkSources(db: Database): BulkSources {
  const selectSent = db.prepare<[number, number], SentRow>(
    `SELECT b.key, b.request_head, b.request_body, v.origin FROM bodies AS b
     JOIN deliveries AS d ON d.seq = b.key / ${ATTEMPTS_PER_DELIVERY}
     JOIN webhook_versions AS v ON v.version = d.webhook_version
     WHERE b.key > ? AND b.key < ? AND length(b.request_head) > 0 ORDER BY b.key DESC LIMIT 1`,
  )
  const selectSentKey = db.prepare<[number, number], { key: number }>(
    `SELECT key FROM bodies
     WHERE key > ? AND key < ? AND length(request_head) > 0 ORDER BY key DESC LIMIT 1`,
  )
  const selectSeq = db.prepare<[string], { seq: number }>('SELECT seq FROM deliveries WHERE id = ?')
  const selectBytes = db.prepare<[number], { head: Uint8Array; body: Uint8Array }>(
    'SELECT head, body FROM capture_requests WHERE seq = ?',
  )
  // In one piece: what makes bytes dear is how many pieces there are.
  const selectSome = db.prepare<[string], { seq: number; head_bytes: number; bytes: Uint8Array }>(
    `SELECT seq, length(head) AS head_bytes, CAST(head || body AS BLOB) AS bytes
     FROM capture_requests WHERE seq IN (SELECT value FROM json_each(?))`,
  )
  const selectAnswer = db.prepare<[number], { head: Uint8Array; body: Uint8Array }>(
    'SELECT head, body FROM capture_answers WHERE seq = ?',
  )
  const selectForward = db.prepare<[number], { code: string }>(
    'SELECT code FROM capture_forwards WHERE seq = ?',
  )
  const numberOf = (seq: number, key: number) => key - attemptKeysOf(seq)[0]
  return {
    lastSent: (seq) => {
      const row = selectSent.get(...attemptKeysOf(seq))
      if (!row) return null
      const { key, origin, request_head: head, request_body: body } = row
      return { number: numberOf(seq, key), origin, head, body }
    },
    lastSentNumber: (id) => {
      const seq = selectSeq.get(id)?.seq
      const row = seq === undefined ? undefined : selectSentKey.get(...attemptKeysOf(seq))
      return seq === undefined || !row ? null : numberOf(seq, row.key)
    },
    capture: (seq) => selectBytes.get(seq) ?? null,
    captures: (seqs) =>
      new Map(
        selectSome
          .all(JSON.stringify(seqs))
          .map(({ seq, head_bytes: end, bytes }) => [
            seq,
            { head: bytes.subarray(0, end), body: bytes.subarray(end) },
          ]),
      ),
    answer: (seq) => selectAnswer.get(seq) ?? null,
    forwardCode: (seq) => {
      const row = selectForward.get(seq)
      return row ? outcomeCodeSchema.parse(row.code) : null
    },
  }
}

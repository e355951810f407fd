/** Payloads that the user kept under a name, per event. */
import { type EventName, eventNameSchema, type Sample, type SampleId } from '#contract'
import type { Database } from './database.ts'

export interface SampleStore {
  list(): Sample[]
  get(id: SampleId): Sample | null
  put(sample: Sample): void
  markDeleted(id: SampleId, deletedAtMs: number | null): void
  forgetDeleted(beforeMs: number): void
}

interface Row {
  id: string
  event: string
  name: string
  payload: string
  created_at_ms: number
}

const SELECT =
  'SELECT id, event, name, payload, created_at_ms FROM samples WHERE deleted_at_ms IS NULL'

export function createSampleStore(db: Database): SampleStore {
  const selectAll = db.prepare<[], Row>(`${SELECT} ORDER BY event, name, id`)
  const selectOne = db.prepare<[string], Row>(`${SELECT} AND id = ?`)
  const upsert = db.prepare(
    `INSERT INTO samples (id, event, name, payload, created_at_ms) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET event = excluded.event, name = excluded.name, payload = excluded.payload`,
  )
  const updateDeleted = db.prepare('UPDATE samples SET deleted_at_ms = ? WHERE id = ?')
  const forget = db.prepare('DELETE FROM samples WHERE deleted_at_ms < ?')
  return {
    list: () => selectAll.all().map(toSample),
    get: (id) => {
      const row = selectOne.get(id)
      return row ? toSample(row) : null
    },
    put: (sample) => {
      upsert.run(sample.id, sample.event, sample.name, sample.payloadText, sample.createdAtMs)
    },
    markDeleted: (id, deletedAtMs) => {
      updateDeleted.run(deletedAtMs, id)
    },
    forgetDeleted: (beforeMs) => {
      forget.run(beforeMs)
    },
  }
}

function toSample(row: Row): Sample {
  const event: EventName = eventNameSchema.parse(row.event)
  return {
    id: row.id as SampleId,
    event,
    name: row.name,
    payloadText: row.payload,
    createdAtMs: row.created_at_ms,
  }
}

/** Payloads as the user left them in the simulator, one an event at most. */
import { type EventName, type PayloadDraft, payloadDraftSchema } from '#contract'
import type { Database } from './database.ts'

export interface PayloadDraftStore {
  list(): PayloadDraft[]
  put(draft: PayloadDraft): void
  discard(event: EventName): void
}

interface Row {
  event: string
  seed: number
  sample_id: string | null
  original: string
  text: string
}

export function createPayloadDraftStore(db: Database): PayloadDraftStore {
  const selectAll = db.prepare<[], Row>(
    'SELECT event, seed, sample_id, original, text FROM payload_drafts ORDER BY event',
  )
  const upsert = db.prepare('INSERT OR REPLACE INTO payload_drafts VALUES (?, ?, ?, ?, ?)')
  const remove = db.prepare('DELETE FROM payload_drafts WHERE event = ?')
  return {
    list: () => selectAll.all().map(toDraft),
    put: ({ event, seed, sampleId, original, text }) => {
      upsert.run(event, seed, sampleId, original, text)
    },
    discard: (event) => {
      remove.run(event)
    },
  }
}

function toDraft({ event, seed, sample_id, original, text }: Row): PayloadDraft {
  return payloadDraftSchema.parse({ event, seed, sampleId: sample_id, original, text })
}

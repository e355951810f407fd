/** What the user chose for the receivers. */
import { type AnswerScript, answerScriptSchema, type ReceiverId } from '#contract'
import type { Database } from './database.ts'

export interface ReceiverStore {
  /** Null when it was never chosen, or can no longer be read. */
  script(id: ReceiverId): AnswerScript | null
  putScript(id: ReceiverId, script: AnswerScript): void
}

export function createReceiverStore(db: Database): ReceiverStore {
  const select = db.prepare<[string], { script: string }>(
    'SELECT script FROM receivers WHERE id = ?',
  )
  const upsert = db.prepare('INSERT OR REPLACE INTO receivers (id, script) VALUES (?, ?)')
  return {
    script: (id) => {
      const row = select.get(id)
      const parsed = row && answerScriptSchema.safeParse(JSON.parse(row.script))
      return parsed?.success ? parsed.data : null
    },
    putScript: (id, script) => {
      upsert.run(id, JSON.stringify(script))
    },
  }
}

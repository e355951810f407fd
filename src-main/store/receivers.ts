/** Receivers as the user set them up. */

import type { SecretId, SecretText } from '#contract'
import { type AnswerScript, answerScriptSchema, OK_SCRIPT, type ReceiverId } from '#contract'
import type { Database } from './database.ts'

export interface StoredReceiver {
  readonly id: ReceiverId
  readonly name: string
  /** `/in/echo` */
  readonly path: string
  /** A port of its own besides; null: only the receivers' port. */
  readonly port: number | null
  readonly isStarted: boolean
  readonly script: AnswerScript
  /** Where it passes requests on to; an empty text: nowhere. `plain` or `kept`. */
  readonly forwardTo: SecretText
}

export interface ReceiverStore {
  /** In the order in which they were made. */
  list(): StoredReceiver[]
  /** Null also for one that is deleted. */
  get(id: ReceiverId): StoredReceiver | null
  put(receiver: StoredReceiver, nowMs: number): void
  markDeleted(id: ReceiverId, deletedAtMs: number | null): void
  forgetDeleted(beforeMs: number): void
}

interface Row {
  id: string
  name: string
  path: string
  port: number | null
  is_started: number
  script: string
  forward_to: string
  forward_secret_id: string | null
}

const SELECT = `SELECT id, name, path, port, is_started, script, forward_to, forward_secret_id
  FROM receivers WHERE deleted_at_ms IS NULL`

export function createReceiverStore(db: Database): ReceiverStore {
  const selectAll = db.prepare<[], Row>(`${SELECT} ORDER BY created_at_ms, id`)
  const selectOne = db.prepare<[string], Row>(`${SELECT} AND id = ?`)
  const upsert = db.prepare(`
    INSERT INTO receivers (id, name, path, port, is_started, script, forward_to, forward_secret_id, created_at_ms)
    VALUES (@id, @name, @path, @port, @isStarted, @script, @forwardTo, @secretId, @nowMs)
    ON CONFLICT (id) DO UPDATE SET name = @name, path = @path, port = @port,
      is_started = @isStarted, script = @script, forward_to = @forwardTo, forward_secret_id = @secretId`)
  const updateDeleted = db.prepare('UPDATE receivers SET deleted_at_ms = ? WHERE id = ?')
  const forget = db.prepare('DELETE FROM receivers WHERE deleted_at_ms < ?')
  return {
    list: () => selectAll.all().map(toReceiver),
    get: (id) => {
      const row = selectOne.get(id)
      return row ? toReceiver(row) : null
    },
    put: ({ id, name, path, port, isStarted, script, forwardTo }, nowMs) => {
      const isKept = forwardTo.kind === 'kept'
      upsert.run({
        id,
        name,
        path,
        port,
        nowMs,
        isStarted: isStarted ? 1 : 0,
        script: JSON.stringify(script),
        forwardTo: isKept ? forwardTo.mask : forwardTo.text,
        secretId: isKept ? forwardTo.secretId : null,
      })
    },
    markDeleted: (id, deletedAtMs) => {
      updateDeleted.run(deletedAtMs, id)
    },
    forgetDeleted: (beforeMs) => {
      forget.run(beforeMs)
    },
  }
}

function toReceiver(row: Row): StoredReceiver {
  const { id, name, path, port, forward_to: text, forward_secret_id: secretId } = row
  const script = answerScriptSchema.safeParse(JSON.parse(row.script))
  return {
    id: id as ReceiverId,
    name,
    path,
    port,
    isStarted: row.is_started === 1,
    script: script.success ? script.data : OK_SCRIPT,
    forwardTo:
      secretId === null
        ? { kind: 'plain', text }
        : { kind: 'kept', secretId: secretId as SecretId, mask: text, readable: true },
  }
}

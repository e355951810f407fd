/** Receivers as the user set them up. */
import {
  type AnswerScript,
  AS_THE_REAL_ONE,
  answerScriptSchema,
  OK_SCRIPT,
  type ReceiverId,
  type ReceiverKind,
  type RehearsalSettings,
  receiverKindSchema,
  rehearsalSettingsSchema,
  type SecretId,
  type SecretText,
} from '#contract'
import type { Database } from './database.ts'

export interface StoredReceiver {
  readonly id: ReceiverId
  readonly kind: ReceiverKind
  readonly name: string
  /** `/in/echo`; of a rehearsal with its query. */
  readonly path: string
  /** A port of its own besides; null: only the receivers' port. */
  readonly port: number | null
  readonly isStarted: boolean
  readonly script: AnswerScript
  /** Where it passes requests on to; an empty text: nowhere. `plain` or `kept`. */
  readonly forwardTo: SecretText
  /** Of a rehearsal. */
  readonly rehearsal: RehearsalSettings
  /** The whole URL of a rehearsal as a secret, for those who look at it; null until there is one. */
  readonly urlSecretId: SecretId | null
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
  kind: string
  name: string
  path: string
  port: number | null
  is_started: number
  script: string
  forward_to: string
  forward_secret_id: string | null
  rehearsal: string
  url_secret_id: string | null
}

const SELECT = `SELECT id, kind, name, path, port, is_started, script, forward_to,
    forward_secret_id, rehearsal, url_secret_id
  FROM receivers WHERE deleted_at_ms IS NULL`

export function createReceiverStore(db: Database): ReceiverStore {
  const selectAll = db.prepare<[], Row>(`${SELECT} ORDER BY created_at_ms, id`)
  const selectOne = db.prepare<[string], Row>(`${SELECT} AND id = ?`)
  const upsert = db.prepare(`
    INSERT INTO receivers (id, kind, name, path, port, is_started, script, forward_to,
      forward_secret_id, rehearsal, url_secret_id, created_at_ms)
    VALUES (@id, @kind, @name, @path, @port, @isStarted, @script, @forwardTo,
      @secretId, @rehearsal, @urlSecretId, @nowMs)
    ON CONFLICT (id) DO UPDATE SET name = @name, path = @path, port = @port,
      is_started = @isStarted, script = @script, forward_to = @forwardTo,
      forward_secret_id = @secretId, rehearsal = @rehearsal, url_secret_id = @urlSecretId`)
  const updateDeleted = db.prepare('UPDATE receivers SET deleted_at_ms = ? WHERE id = ?')
  const forget = db.prepare('DELETE FROM receivers WHERE deleted_at_ms < ?')
  return {
    list: () => selectAll.all().map(toReceiver),
    get: (id) => {
      const row = selectOne.get(id)
      return row ? toReceiver(row) : null
    },
    put: ({ isStarted, script, forwardTo, rehearsal, ...same }, nowMs) => {
      const isKept = forwardTo.kind === 'kept'
      upsert.run({
        ...same,
        nowMs,
        isStarted: isStarted ? 1 : 0,
        script: JSON.stringify(script),
        rehearsal: JSON.stringify(rehearsal),
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
  const rehearsal = rehearsalSettingsSchema.safeParse(JSON.parse(row.rehearsal))
  return {
    id: id as ReceiverId,
    kind: receiverKindSchema.parse(row.kind),
    name,
    path,
    port,
    isStarted: row.is_started === 1,
    script: script.success ? script.data : OK_SCRIPT,
    rehearsal: rehearsal.success ? rehearsal.data : AS_THE_REAL_ONE,
    urlSecretId: row.url_secret_id as SecretId | null,
    forwardTo:
      secretId === null
        ? { kind: 'plain', text }
        : { kind: 'kept', secretId: secretId as SecretId, mask: text, readable: true },
  }
}

/**
 * Brings a database to the present schema. Rules, one test each: steps run in order, each in one
 * transaction with its version; a database from a newer Hookstage is refused untouched; before an
 * older one is changed, a copy of it is made beside it.
 */
import { AppError } from '../errors.ts'
import type { Database } from './database.ts'
import type { Migration } from './migrations/index.ts'

/**
 * To be asked before anything is written to the file.
 * @throws AppError `unavailable` when the database is from a newer Hookstage
 */
export function refuseNewer(db: Database, migrations: readonly Migration[]): void {
  if (versionOf(db) <= migrations.length) return
  throw new AppError(
    'unavailable',
    'This data folder was last used by a newer Hookstage. Start that one, or choose another folder with --data-dir. Nothing was changed.',
  )
}

/**
 * @param backUp makes a copy before anything is changed; told the version that it holds
 */
export function migrate(
  db: Database,
  migrations: readonly Migration[],
  backUp: (fromVersion: number) => void,
): void {
  const version = versionOf(db)
  const pending = migrations.slice(version)
  if (version > 0 && pending.length > 0) backUp(version)
  for (const [index, step] of pending.entries()) {
    db.transaction(() => {
      db.exec(step.sql)
      db.pragma(`user_version = ${version + index + 1}`)
    })()
  }
}

function versionOf(db: Database): number {
  return Number(db.pragma('user_version', { simple: true }))
}

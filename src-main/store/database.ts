/**
 * Opens the workspace's SQLite file; the only place that knows better-sqlite3. A file that is not a
 * sound database is set aside under another name, never deleted, and a new one begun in its place.
 */
import { chmodSync, existsSync, renameSync, statSync } from 'node:fs'
import BetterSqlite, { type Database as Handle } from 'better-sqlite3'
import { AppError } from '../errors.ts'
import { migrate, refuseNewer } from './migrate.ts'
import { MIGRATIONS, type Migration } from './migrations/index.ts'

export type Database = Handle

export interface OpenedDatabase {
  readonly db: Database
  /** Where a damaged file now lies, when there was one. */
  readonly setAside: string | null
}

/** Beyond this a full check would delay the start; then only what is read first is checked. */
const FULL_CHECK_BYTES = 64 * 1024 * 1024

/** What another program does with the database meanwhile is waited for, as the event loop stands still. */
const BRIEFLY_MS = 100

/** Opens or creates one SQLite file, 0600, answering at once when another process has it locked. */
export function openFile(path: string): Database {
  const isNew = !existsSync(path)
  const db = new BetterSqlite(path, { timeout: 0 })
  if (isNew) chmodSync(path, 0o600)
  return db
}

/** One more connection to a database that is open. It folds the write-ahead log in when it is told to. */
export function openBeside(path: string): Database {
  const db = new BetterSqlite(path, { timeout: 0, fileMustExist: true })
  configure(db)
  db.pragma('wal_autocheckpoint = 0')
  db.pragma('cache_size = -2048')
  return db
}

function configure(db: Database): void {
  // A commit survives the death of the process; after a power cut the last moments may be missing,
  // but the database is sound.
  db.pragma('synchronous = NORMAL')
  db.pragma('foreign_keys = ON')
  db.pragma('cache_size = -8192')
  db.pragma('journal_size_limit = 67108864')
  db.pragma(`busy_timeout = ${BRIEFLY_MS}`)
}

/**
 * @param stamp distinguishes the names of files set aside and of backups
 * @throws AppError `unavailable` when the database is from a newer Hookstage, or cannot be used
 */
export function openDatabase(
  path: string,
  stamp: string,
  migrations: readonly Migration[] = MIGRATIONS,
): OpenedDatabase {
  try {
    return { db: openSound(path, stamp, migrations), setAside: null }
  } catch (error) {
    if (isHindrance(error)) throw new AppError('unavailable', cannotUse(path, error))
    if (!isDamage(error)) throw error
    const setAside = moveAside(path, stamp)
    return { db: openSound(path, stamp, migrations), setAside }
  }
}

function openSound(path: string, stamp: string, migrations: readonly Migration[]): Database {
  const db = openFile(path)
  try {
    checkSound(db, path)
    refuseNewer(db, migrations)
    checkWritable(db)
    db.pragma('journal_mode = WAL')
    configure(db)
    // A thread does that long before; this is for when there is none.
    db.pragma('wal_autocheckpoint = 48000')
    migrate(db, migrations, (version) => {
      const copy = `${path}.v${version}.${stamp}.backup`
      db.prepare('VACUUM INTO ?').run(copy)
      chmodSync(copy, 0o600)
    })
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

function checkSound(db: Database, path: string): void {
  db.prepare('SELECT count(*) FROM sqlite_schema').get()
  if (statSync(path).size > FULL_CHECK_BYTES) return
  const verdict = String(db.pragma('quick_check(1)', { simple: true }))
  if (verdict !== 'ok') throw new DamagedDatabase(verdict)
}

/** SQLite opens what it may only read without a word; this fails now, not at the first change. */
function checkWritable(db: Database): void {
  const version = Number(db.pragma('user_version', { simple: true }))
  db.exec(`BEGIN IMMEDIATE; PRAGMA user_version = ${version}; ROLLBACK`)
}

class DamagedDatabase extends Error {}

function isDamage(error: unknown): boolean {
  if (error instanceof DamagedDatabase) return true
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB'
}

/** The file may be sound, but the system, the disk or another program does not let us have it. */
function isHindrance(error: unknown): error is Error {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return /^SQLITE_(CANTOPEN|READONLY|PERM|AUTH|IOERR|FULL|BUSY|LOCKED)/.test(code)
}

function cannotUse(path: string, { message }: Error): string {
  return `Hookstage cannot use its database ${path} (${message}). See that it can be written and that no other program holds it, or choose another folder with --data-dir.`
}

function moveAside(path: string, stamp: string): string {
  const target = `${path}.damaged-${stamp}`
  for (const suffix of ['', '-wal', '-shm']) {
    if (existsSync(path + suffix)) renameSync(path + suffix, target + suffix)
  }
  return target
}

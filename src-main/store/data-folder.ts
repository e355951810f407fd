/**
 * The folder that holds everything: private to the user, and owned by one Hookstage at a time. The
 * lock is an exclusive lock of SQLite's on a file of its own, so the system releases it whatever
 * way the owner ends.
 */
import { chmodSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { AppError } from '../errors.ts'
import { type Database, openFile } from './database.ts'

export interface DataFolder {
  readonly path: string
  /** The path of a file in the folder. */
  file(name: string): string
  release(): void
}

/**
 * Creates the folder (0700) where it is missing and takes its lock.
 * @throws AppError `conflict` when another Hookstage owns it, `unavailable` when it cannot be written
 */
export function claimDataFolder(path: string): DataFolder {
  let lock: Database
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 })
    chmodSync(path, 0o700)
    lock = openFile(join(path, 'owner.lock'))
  } catch (error) {
    throw new AppError('unavailable', cannotUse(path, error))
  }
  try {
    lock.pragma('locking_mode = EXCLUSIVE')
    lock.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    lock.close()
    if (isBusy(error)) {
      throw new AppError('conflict', `Another Hookstage is using the data folder ${path}.`)
    }
    throw new AppError('unavailable', cannotUse(path, error))
  }
  return {
    path,
    file: (name) => join(path, name),
    release: () => lock.close(),
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_BUSY')
}

function cannotUse(path: string, error: unknown): string {
  const detail = error instanceof Error ? error.message : String(error)
  return `Hookstage cannot write to its data folder ${path} (${detail}). Make it writable, or choose another one with --data-dir.`
}

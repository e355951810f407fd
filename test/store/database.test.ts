import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { AppError } from '../../src-main/errors.ts'
import { claimDataFolder } from '../../src-main/store/data-folder.ts'
import { openDatabase } from '../../src-main/store/database.ts'
import { MIGRATIONS } from '../../src-main/store/migrations/index.ts'
import { tempFolder } from '../support/temp-folder.ts'

const ADD_COLOUR = { title: 'a colour', sql: 'ALTER TABLE samples ADD COLUMN colour TEXT' }

describe('opening the database', () => {
  it('makes STRICT tables only, in WAL mode, with foreign keys on and the file private', () => {
    const path = join(tempFolder(), 'a.sqlite')
    const { db } = openDatabase(path, 'now')
    const tables = db
      .prepare<[], { name: string; strict: number }>(
        "SELECT name, strict FROM pragma_table_list WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
      )
      .all()
    expect(tables.length).toBeGreaterThan(8)
    expect(tables.filter(({ strict }) => strict !== 1)).toEqual([])
    expect(db.pragma('journal_mode', { simple: true })).toBe('wal')
    expect(db.pragma('foreign_keys', { simple: true })).toBe(1)
    expect(statSync(path).mode & 0o777).toBe(0o600)
    db.close()
  })

  it('keeps a copy of an older database before it changes it, and the old rows in the new one', () => {
    const folder = tempFolder()
    const path = join(folder, 'a.sqlite')
    const { db: old } = openDatabase(path, 'then')
    old.prepare("INSERT INTO samples VALUES ('smp_1', 'poll.created', 'Kept', '{}', 1, NULL)").run()
    old.close()
    const { db } = openDatabase(path, 'now', [...MIGRATIONS, ADD_COLOUR])
    expect(db.pragma('user_version', { simple: true })).toBe(MIGRATIONS.length + 1)
    expect(db.prepare('SELECT name, colour FROM samples').all()).toEqual([
      { name: 'Kept', colour: null },
    ])
    db.close()
    const backup = readdirSync(folder).find((name) => name.endsWith('.backup'))
    expect(backup).toBe(`a.sqlite.v${MIGRATIONS.length}.now.backup`)
    const { db: copy } = openDatabase(join(folder, backup ?? ''), 'later')
    expect(copy.prepare('SELECT name FROM samples').all()).toEqual([{ name: 'Kept' }])
    copy.close()
  })

  it('refuses one that another program writes to, and leaves it where it is', () => {
    const path = join(tempFolder(), 'a.sqlite')
    const { db: other } = openDatabase(path, 'then')
    other.exec('BEGIN IMMEDIATE')
    expect(() => openDatabase(path, 'now')).toThrow(/no other program holds it/)
    other.exec('ROLLBACK')
    other.close()
    expect(openDatabase(path, 'now').setAside).toBeNull()
  })

  it('leaves a database as it was when a step fails', () => {
    const path = join(tempFolder(), 'a.sqlite')
    openDatabase(path, 'then').db.close()
    const broken = { title: 'broken', sql: 'CREATE TABLE half (a TEXT) STRICT; SELECT nonsense(' }
    expect(() => openDatabase(path, 'now', [...MIGRATIONS, broken])).toThrow()
    const { db } = openDatabase(path, 'later')
    expect(db.pragma('user_version', { simple: true })).toBe(MIGRATIONS.length)
    expect(db.prepare("SELECT name FROM sqlite_schema WHERE name = 'half'").all()).toEqual([])
    db.close()
  })

  it('refuses a database from a newer Hookstage and does not touch it', () => {
    const path = join(tempFolder(), 'a.sqlite')
    openDatabase(path, 'then', [...MIGRATIONS, ADD_COLOUR]).db.close()
    const before = readFileSync(path)
    expect(() => openDatabase(path, 'now')).toThrow(/newer Hookstage/)
    expect(readFileSync(path).equals(before)).toBe(true)
  })

  it('sets a file that is no database aside, whole, and begins a new one', () => {
    const path = join(tempFolder(), 'a.sqlite')
    const rubbish = Buffer.from(
      'this was never a database, but it may be dear to someone'.repeat(50),
    )
    writeFileSync(path, rubbish)
    const { db, setAside } = openDatabase(path, 'now')
    expect(setAside).toBe(`${path}.damaged-now`)
    expect(readFileSync(setAside ?? '').equals(rubbish)).toBe(true)
    expect(db.prepare('SELECT count(*) AS n FROM deliveries').get()).toEqual({ n: 0 })
    db.close()
  })

  it('sets a database aside whose pages were overwritten', () => {
    const path = join(tempFolder(), 'a.sqlite')
    const { db: sound } = openDatabase(path, 'then')
    for (let i = 0; i < 200; i++) {
      sound
        .prepare("INSERT INTO samples VALUES (?, 'poll.created', 'x', ?, 1, NULL)")
        .run(`smp_${i}`, 'x'.repeat(500))
    }
    sound.close()
    const bytes = readFileSync(path)
    bytes.fill(0x5a, 4096 * 3, bytes.length - 4096)
    writeFileSync(path, bytes)
    const { db, setAside } = openDatabase(path, 'now')
    expect(setAside).not.toBeNull()
    expect(existsSync(setAside ?? '')).toBe(true)
    db.close()
  })
})

describe('owning the data folder', () => {
  it('is private and belongs to one at a time, until it is released', () => {
    const path = join(tempFolder(), 'deep', 'data')
    const first = claimDataFolder(path)
    expect(statSync(path).mode & 0o777).toBe(0o700)
    expect(() => claimDataFolder(path)).toThrow(/Another Hookstage/)
    first.release()
    claimDataFolder(path).release()
  })

  it('says what is wrong when the folder cannot be made', () => {
    const file = join(tempFolder(), 'a-file')
    writeFileSync(file, '')
    const claim = () => claimDataFolder(join(file, 'data'))
    expect(claim).toThrow(AppError)
    expect(claim).toThrow(/--data-dir/)
  })
})

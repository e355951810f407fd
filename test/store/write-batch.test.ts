import { renameSync } from 'node:fs'
import { describe, expect, it, onTestFinished } from 'vitest'
import { type Database, openBeside, openDatabase } from '../../src-main/store/database.ts'
import { createWriteBatch, type WriteBatch } from '../../src-main/store/write-batch.ts'
import { createWriteLink } from '../../src-main/store/write-link.ts'
import { inTurn } from '../../src-main/store/write-turn.ts'
import { tempFolder } from '../support/temp-folder.ts'

/** @param few writes of an entry that is committed without the thread */
function batchOver(few = 0, path = `${tempFolder()}/a.sqlite`, foldPages?: number) {
  const { db } = openDatabase(path, 'now')
  const link = createWriteLink(db, few, foldPages)
  const { turn } = link
  const batch = createWriteBatch(link)
  const insert = batch.statement("INSERT INTO settings (name, value) VALUES (?, 'x')")
  const append = batch.statement('UPDATE settings SET value = value || ? WHERE name = ?')
  const names = () =>
    db
      .prepare<[], { name: string }>('SELECT name FROM settings ORDER BY name')
      .all()
      .map(({ name }) => name)
  const textOf = (name: string) =>
    db.prepare<[string], { value: string }>('SELECT value FROM settings WHERE name = ?').get(name)
      ?.value
  const close = () => {
    batch.close()
    db.close()
  }
  onTestFinished(() => {
    if (db.open) close()
  })
  return { batch, insert, append, names, textOf, close, db, turn, path }
}

const all = (promises: readonly Promise<unknown>[]) =>
  Promise.allSettled(promises).then((ends) => ends.map(({ status }) => status))

const FEW = 1_000
const BUSY = { status: 'rejected', reason: { code: 'SQLITE_BUSY' } }

describe.each([
  ['on the thread', 0],
  ['without it', FEW],
])('a group of writes, %s', (_, few) => {
  it('is there once its promises resolve, and not before they are handed over', async () => {
    const { batch, insert, names } = batchOver(few)
    const write = batch.run(insert('a'))
    expect(names()).toEqual([])
    await write
    expect(names()).toEqual(['a'])
  })

  it('is tried one by one when one of it fails, which alone is rejected', async () => {
    const { batch, insert, names } = batchOver(few)
    const good = batch.run(insert('good'))
    const twice = batch.run(insert('other'), insert('good'))
    expect(await all([good, twice])).toEqual(['fulfilled', 'rejected'])
    expect(names()).toEqual(['good'])
  })

  it('goes on with the next after one that failed', async () => {
    const { batch, insert, names } = batchOver(few)
    await batch.run(insert('a'))
    await expect(batch.run(insert('a'))).rejects.toThrow(/UNIQUE/)
    await batch.run(insert('b'))
    expect(names()).toEqual(['a', 'b'])
  })

  it('keeps values of each kind as they are', async () => {
    const { batch, db } = batchOver(few)
    db.exec('CREATE TABLE kinds (a TEXT, b REAL, c INTEGER, d BLOB, e BLOB, f TEXT) STRICT')
    const put = batch.statement('INSERT INTO kinds VALUES (?, ?, ?, ?, ?, ?)')
    // A piece of a larger buffer, as the pool of Buffer has it.
    const bytes = Buffer.from('\0whole\xff', 'latin1').subarray(1)
    await batch.run(put('é\0😀', 0.1, 2 ** 52, bytes, new Uint8Array(0), null))
    const empty = Buffer.alloc(0)
    expect(db.prepare('SELECT * FROM kinds').get()).toEqual({
      a: 'é\0😀',
      b: 0.1,
      c: 2 ** 52,
      d: bytes,
      e: empty,
      f: null,
    })
  })

  it('is refused whole, with the code of SQLite, while another program writes; then it can be again', async () => {
    const { batch, insert, names, path } = batchOver(few)
    const other = openBeside(path)
    other.exec('BEGIN IMMEDIATE')
    await expect(batch.run(insert('a'))).rejects.toMatchObject({ code: 'SQLITE_BUSY' })
    const refused = await Promise.allSettled(['b', 'c', 'd'].map((name) => batch.run(insert(name))))
    expect(refused).toMatchObject([BUSY, BUSY, BUSY])
    other.exec('ROLLBACK')
    other.close()
    await batch.run(insert('a'))
    expect(names()).toEqual(['a'])
  })
})

it('a transaction asks for its lock before it reads, as a lock after a read is not waited for', () => {
  const { db, turn, path } = batchOver()
  let hasRead = false
  const read = inTurn(db, turn).transaction(() => {
    hasRead = true
  })
  const other = openBeside(path)
  other.exec('BEGIN IMMEDIATE')
  expect(() => read()).toThrow(expect.objectContaining({ code: 'SQLITE_BUSY' }))
  expect(hasRead).toBe(false)
  other.exec('ROLLBACK')
  other.close()
  read()
  expect(hasRead).toBe(true)
})

describe('writes of many groups', () => {
  it('come in the order in which they were asked for, wherever they are committed', async () => {
    const { batch, insert, append, textOf } = batchOver(3)
    const writes = [batch.run(insert('a'))]
    for (let n = 0; n < 300; n++) {
      const more = n % 5 === 0 ? Array.from({ length: 4 }, () => append('', 'a')) : []
      writes.push(batch.run(append(`${n} `, 'a'), ...more))
      if (n % 7 === 0) await new Promise(setImmediate)
    }
    await Promise.all(writes)
    expect(textOf('a')).toBe(`x${Array.from({ length: 300 }, (_, n) => `${n} `).join('')}`)
  })

  it('and those of the main thread wait for each other, and neither is refused', async () => {
    const { batch, insert, names, db, turn } = batchOver()
    const own = inTurn(db, turn).prepare("INSERT INTO settings (name, value) VALUES (?, 'own')")
    const together = inTurn(db, turn).transaction((name: string) => {
      own.run(`${name} first`)
      own.run(`${name} second`)
    })
    const writes: Promise<void>[] = []
    for (let n = 0; n < 300; n++) {
      writes.push(batch.run(insert(`thread ${n}`)))
      if (n % 3 === 0) await new Promise(setImmediate)
      own.run(`main ${n}`)
      together(`together ${n}`)
    }
    expect(new Set(await all(writes))).toEqual(new Set(['fulfilled']))
    expect(names().length).toBe(1_200)
  })

  it('leave a write-ahead log behind that is folded in as they go', async () => {
    const { batch, db } = batchOver(0, undefined, 4_000)
    const { put, bytes } = large(db, batch)
    for (let n = 0; n < 80; n++) await batch.run(put(bytes))
    expect(logOf(db).log).toBeLessThan((80 * bytes.length) / 4096)
  })

  it('leave one behind that is folded in when no more come', async () => {
    const { batch, db } = batchOver()
    const { put, bytes } = large(db, batch)
    await batch.run(...Array.from({ length: 20 }, () => put(bytes)))
    const pages = (20 * bytes.length) / 4096
    await expect.poll(() => logOf(db).checkpointed, { timeout: 20_000 }).toBeGreaterThan(pages)
  })
})

describe('the thread that writes', () => {
  it('is waited for while it folds the log in, and what waits for that is written before it ends', async () => {
    const { batch, insert, close, path } = batchOver(FEW, undefined, 1)
    // Looks at the log are made at every eighth write; the thread, which starts, has not folded yet.
    for (let n = 0; n < 8; n++) await batch.run(insert(`${n}`))
    const first = batch.run(insert('a'))
    await new Promise((resolve) => setImmediate(setImmediate, resolve))
    const second = batch.run(insert('b'))
    close()
    expect(await all([first, second])).toEqual(['fulfilled', 'fulfilled'])
    expect(batchOver(0, path).names()).toHaveLength(10)
  })

  it('is asked for all that is waiting before it ends', async () => {
    const { batch, insert, close, path } = batchOver()
    const first = batch.run(insert('a'))
    await new Promise((resolve) => setImmediate(setImmediate, resolve))
    const second = batch.run(insert('b'))
    close()
    expect(await all([first, second])).toEqual(['fulfilled', 'fulfilled'])
    await expect(batch.run(insert('c'))).rejects.toThrow(/closed/)
    expect(batchOver(0, path).names()).toEqual(['a', 'b'])
  })

  it('is replaced when it died, and what it left undone is refused', async () => {
    const { batch, insert, names, path } = batchOver()
    renameSync(path, `${path}.away`)
    await expect(batch.run(insert('a'))).rejects.toMatchObject({ code: 'SQLITE_CANTOPEN' })
    renameSync(`${path}.away`, path)
    await batch.run(insert('b'))
    expect(names()).toEqual(['b'])
  })
})

function large(db: Database, batch: WriteBatch) {
  db.exec('CREATE TABLE large (bytes BLOB NOT NULL) STRICT')
  return { put: batch.statement('INSERT INTO large VALUES (?)'), bytes: new Uint8Array(256 * 1024) }
}

/** The pages in the write-ahead log, and those of them that are folded in. */
function logOf(db: Database): { readonly log: number; readonly checkpointed: number } {
  const [state] = db.pragma('wal_checkpoint(NOOP)') as { log: number; checkpointed: number }[]
  if (!state) throw new Error('there is no log')
  return state
}

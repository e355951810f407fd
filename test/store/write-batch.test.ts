import { describe, expect, it } from 'vitest'
import { openDatabase } from '../../src-main/store/database.ts'
import { createWriteBatch } from '../../src-main/store/write-batch.ts'
import { tempFolder } from '../support/temp-folder.ts'

function batchOver() {
  const { db } = openDatabase(`${tempFolder()}/a.sqlite`, 'now')
  const insert = db.prepare("INSERT INTO settings (name, value) VALUES (?, 'x')")
  const names = () =>
    db
      .prepare<[], { name: string }>('SELECT name FROM settings ORDER BY name')
      .all()
      .map(({ name }) => name)
  return { batch: createWriteBatch(db), insert: (name: string) => insert.run(name), names, db }
}

describe('a group of writes', () => {
  it('takes in what its preparations ask for, and they see it whole', async () => {
    const { batch, insert, names, db } = batchOver()
    const order: string[] = []
    const joined = new Promise<void>((resolve) => {
      batch.prepare(() => {
        order.push(db.inTransaction ? 'within' : 'outside')
        void batch.run(() => insert('joined')).then(resolve)
      })
    })
    await Promise.all([batch.run(() => insert('first')), joined])
    expect(names()).toEqual(['first', 'joined'])
    expect(order).toEqual(['within'])
  })

  it('is tried one by one when one of it fails, without preparing twice', async () => {
    const { batch, insert, names } = batchOver()
    let prepared = 0
    let joined: Promise<void> | undefined
    batch.prepare(() => {
      prepared += 1
      joined = batch.run(() => insert('joined'))
    })
    const good = batch.run(() => insert('good'))
    const twice = batch.run(() => insert('good'))
    const outcomes = await Promise.allSettled([good, twice])
    await joined
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected'])
    expect([prepared, names()]).toEqual([1, ['good', 'joined']])
  })

  it('goes on with the next after one that failed', async () => {
    const { batch, insert, names } = batchOver()
    await batch.run(() => insert('a'))
    await expect(batch.run(() => insert('a'))).rejects.toThrow(/UNIQUE/)
    await batch.run(() => insert('b'))
    expect(names()).toEqual(['a', 'b'])
  })
})

/** What cannot be written now: when it is tried again, what waits for it, and what is told of it. */
import { expect, it } from 'vitest'
import { createPatientWriter } from '../../src-main/patient-writer.ts'
import { createFakeRuntime } from '../support/fake-runtime.ts'

const LOCKED = Object.assign(new Error('database is locked'), { code: 'SQLITE_BUSY' })
const SECOND = 1_000

function setup() {
  const runtime = createFakeRuntime()
  const told: unknown[] = []
  const writer = createPatientWriter({ runtime, onTrouble: (error) => told.push(error) })
  let refusal: Error | null = LOCKED
  const tried: string[] = []
  const written: string[] = []
  const write = (name: string) =>
    writer.write(async () => {
      tried.push(name)
      if (refusal) throw refusal
      written.push(name)
    })
  const refuse = (error: Error | null) => {
    refusal = error
  }
  const pass = async () => {
    runtime.advance(SECOND)
    await new Promise(setImmediate)
  }
  return { writer, write, refuse, pass, told, tried, written }
}

it('tries one of those that wait each second, and writes all once it can', async () => {
  const { writer, write, refuse, pass, told, tried, written } = setup()
  const all = Promise.all(['a', 'b', 'c'].map(write))
  await new Promise(setImmediate)
  expect([tried, told, writer.isBehind()]).toEqual([['a', 'b', 'c'], [LOCKED], true])
  const late = write('d')
  await pass()
  await pass()
  expect(tried).toEqual(['a', 'b', 'c', 'a', 'b'])
  refuse(null)
  await pass()
  await Promise.all([all, late])
  expect(written.toSorted()).toEqual(['a', 'b', 'c', 'd'])
  expect([told, writer.isBehind()]).toEqual([[LOCKED, null], false])
})

it('lets nothing else wait for a write that fails for another reason', async () => {
  const { writer, write, refuse, written } = setup()
  refuse(new Error('a bug'))
  const stuck = write('a').catch((error: unknown) => String(error))
  await new Promise(setImmediate)
  expect(writer.isBehind()).toBe(false)
  refuse(null)
  await write('b')
  await stuck
  expect(written.toSorted()).toEqual(['a', 'b'])
})

it('gives up with the reason when it is closed, after a last try', async () => {
  const { writer, write, tried } = setup()
  const a = write('a')
  const b = write('b')
  await new Promise(setImmediate)
  writer.close()
  await expect(a).rejects.toBe(LOCKED)
  await expect(b).rejects.toBe(LOCKED)
  await expect(write('c')).rejects.toBe(LOCKED)
  expect(tried).toEqual(['a', 'b', 'a', 'b', 'c'])
})

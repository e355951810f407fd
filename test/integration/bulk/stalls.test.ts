/** Where a run could come to stand still for ever: what it is told or refused while it is recording. */
import { describe, expect, it, onTestFinished } from 'vitest'
import { createRuntime } from '../../../src-main/runtime.ts'
import type { Store } from '../../../src-main/store/index.ts'
import { asReceived } from '../../support/as-received.ts'
import { ALL, bulkProcess, FAST, planned, until } from '../../support/bulk-setup.ts'
import { recordCaptures } from '../../support/captured-folder.ts'
import { createFakeRuntime } from '../../support/fake-runtime.ts'
import { startSilent } from '../../support/silent-server.ts'
import { tempStore } from '../../support/temp-store.ts'
import { startWireServer } from '../../support/wire-server.ts'

const ITEMS = 100

/** Something that calls wait for once it is shut. */
function createGate() {
  let isShut = false
  let onReached: () => void = () => undefined
  let onOpened: () => void = () => undefined
  const reached = new Promise<void>((resolve) => {
    onReached = resolve
  })
  const opened = new Promise<void>((resolve) => {
    onOpened = resolve
  })
  return {
    /** The first call after it was shut is there. */
    reached,
    shut: () => {
      isShut = true
    },
    open: () => {
      isShut = false
      onOpened()
    },
    pass: async () => {
      if (!isShut) return
      onReached()
      await opened
    },
  }
}

const FULL = Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' })
const isOver = ({ state }: { state: string }) => state === 'done' || state === 'cancelled'

/** A run that ended with its process while the first of its requests were under way. */
async function cutOff() {
  const { server, open } = await startSilent()
  const store = tempStore()
  await recordCaptures(store, ITEMS)
  const before = await bulkProcess(store, createRuntime())
  const id = await planned(before, ALL)
  await before.bulk.start(id, asReceived(server.origin), FAST, [])
  await server.requestsSeen(FAST.atOnce)
  await before.crash()
  open()
  return { server, store, id }
}

describe('a run', () => {
  it('sends what was interrupted, asked for while a group is being recorded', async () => {
    const { server, store, id } = await cutOff()
    const gate = createGate()
    const slow: Store = {
      ...store,
      commit: async (...writes) => {
        await gate.pass()
        return store.commit(...writes)
      },
    }
    const after = await bulkProcess(slow, createRuntime())
    onTestFinished(after.close)
    gate.shut()
    after.bulk.resume(id)
    await gate.reached
    await after.bulk.sendInterrupted(id)
    gate.open()
    expect((await until(after, id, isOver)).counts.codes).toEqual({ ok: ITEMS })
    expect(server.requests).toHaveLength(ITEMS + FAST.atOnce)
  })

  it('goes on with what is to be sent again, though not all of that could be written', async () => {
    const { server, store, id } = await cutOff()
    let groups = 0
    const bulkEnds: Store['bulkEnds'] = {
      ...store.bulkEnds,
      renew: (runSeq, limit) => {
        groups += 1
        if (groups > 1) throw FULL
        store.bulkEnds.renew(runSeq, limit)
        // As if there were more of them.
        return limit
      },
    }
    const after = await bulkProcess({ ...store, bulkEnds }, createRuntime())
    onTestFinished(after.close)
    after.bulk.resume(id)
    await until(after, id, isOver)
    await expect(after.bulk.sendInterrupted(id)).rejects.toBe(FULL)
    expect((await until(after, id, isOver)).counts.codes).toEqual({ ok: ITEMS })
    expect(server.requests).toHaveLength(ITEMS + FAST.atOnce)
  })

  it('is given up in words though its reading failed when that could not be written either', async () => {
    const store = tempStore()
    await recordCaptures(store, 3)
    let refusals = 2
    const bulkItems: Store['bulkItems'] = {
      ...store.bulkItems,
      insert: () => {
        throw FULL
      },
    }
    const bulkRuns: Store['bulkRuns'] = {
      ...store.bulkRuns,
      setState: (...change) => {
        if (refusals-- > 0) throw FULL
        store.bulkRuns.setState(...change)
      },
    }
    const runtime = createFakeRuntime()
    const process = await bulkProcess({ ...store, bulkItems, bulkRuns }, runtime)
    onTestFinished(process.close)
    const { id } = process.bulk.gather(ALL)
    await until(process, id, () => process.errors.length === 2)
    expect(process.bulk.get(id).state).toBe('gathering')
    runtime.advance(1_000)
    expect(process.errors).toHaveLength(3)
    runtime.advance(1_000)
    const run = process.bulk.get(id)
    expect([run.state, run.why]).toEqual(['cancelled', expect.stringMatching(/could not be read/)])
  })

  it('is cancelled though what was about to begin could not be written', async () => {
    const { server } = await startSilent()
    const store = tempStore()
    await recordCaptures(store, ITEMS)
    const gate = createGate()
    let isFull = true
    const log: Store['log'] = {
      ...store.log,
      beginAttempt: async (...attempt) => {
        await gate.pass()
        if (isFull) throw FULL
        return store.log.beginAttempt(...attempt)
      },
    }
    const runtime = createFakeRuntime()
    const process = await bulkProcess({ ...store, log }, runtime)
    onTestFinished(process.close)
    gate.shut()
    const id = await planned(process, ALL)
    await process.bulk.start(id, asReceived(server.origin), FAST, [])
    await gate.reached
    await process.bulk.cancel(id)
    expect(process.bulk.get(id).state).toBe('cancelling')
    gate.open()
    await until(process, id, () => process.errors.includes(FULL))
    isFull = false
    const over = until(process, id, isOver)
    await new Promise(setImmediate)
    runtime.advance(5_000)
    expect((await over).counts.states).toEqual({ cancelled: ITEMS })
    expect(server.requests).toEqual([])
  })

  it('is resumed once that can be written, though it could not be at first', async () => {
    const { server, open } = await startSilent()
    open()
    const store = tempStore()
    await recordCaptures(store, ITEMS)
    let isFull = false
    const together: Store['together'] = (writes) => {
      if (isFull) throw FULL
      return store.together(writes)
    }
    const process = await bulkProcess({ ...store, together }, createRuntime())
    onTestFinished(process.close)
    const id = await planned(process, ALL)
    await process.bulk.start(id, asReceived(server.origin), FAST, [])
    process.bulk.pause(id)
    isFull = true
    expect(() => process.bulk.resume(id)).toThrow(FULL)
    expect(process.bulk.get(id).state).toBe('paused')
    isFull = false
    process.bulk.resume(id)
    expect((await until(process, id, isOver)).counts.codes).toEqual({ ok: ITEMS })
  })

  it('ends though its end could not be written at first, and can be forgotten then', async () => {
    const { server, open } = await startSilent()
    open()
    const store = tempStore()
    await recordCaptures(store, 3)
    let refusals = 1
    const bulkRuns: Store['bulkRuns'] = {
      ...store.bulkRuns,
      setState: (...change) => {
        if (change[1] === 'done' && refusals-- > 0) throw FULL
        store.bulkRuns.setState(...change)
      },
    }
    const runtime = createFakeRuntime()
    const process = await bulkProcess({ ...store, bulkRuns }, runtime)
    onTestFinished(process.close)
    const id = await planned(process, ALL)
    await process.bulk.start(id, asReceived(server.origin), FAST, [])
    await until(process, id, () => process.errors.includes(FULL))
    expect(process.bulk.get(id).state).toBe('running')
    const over = until(process, id, isOver)
    runtime.advance(5_000)
    expect(await over).toMatchObject({ state: 'done', counts: { states: { same: 3 } } })
    await process.bulk.delete(id)
  })

  it('sends nothing twice though it was not told that its deliveries are recorded', async () => {
    const { server, open } = await startSilent()
    open()
    const lasting = tempStore()
    await recordCaptures(lasting, ITEMS)
    let losses = 1
    const commit: Store['commit'] = async (writes) => {
      await lasting.commit(writes)
      if (losses-- > 0) throw new Error('The thread that writes the history ended.')
    }
    const process = await bulkProcess({ ...lasting, commit }, createRuntime())
    onTestFinished(process.close)
    const id = await planned(process, ALL)
    await process.bulk.start(id, asReceived(server.origin), FAST, [])
    expect((await until(process, id, isOver)).counts.states).toEqual({ same: ITEMS })
    expect(server.requests).toHaveLength(ITEMS)
    expect(process.errors).toEqual([])
  })

  it('ends though Hookstage failed in the middle of sending, and may send that again', async () => {
    const fault = new Error('no such field')
    let fails = false
    const server = await startWireServer({
      onRequest: (connection) => {
        fails = server.requests.length === 1
        connection.send('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n')
      },
    })
    onTestFinished(server.close)
    const store = tempStore()
    await recordCaptures(store, 1)
    const runtime = createRuntime()
    const nowMs = () => {
      if (!fails) return runtime.nowMs()
      fails = false
      throw fault
    }
    const process = await bulkProcess(store, { ...runtime, nowMs })
    onTestFinished(process.close)
    const id = await planned(process, ALL)
    await process.bulk.start(id, asReceived(server.origin), FAST, [])
    expect((await until(process, id, isOver)).counts.states).toEqual({ interrupted: 1 })
    expect(process.errors).toEqual([fault])
    await process.bulk.sendInterrupted(id)
    expect((await until(process, id, isOver)).counts.states).toEqual({ same: 1 })
    expect(server.requests).toHaveLength(2)
  })

  it('is cancelled though that could not be written at first', async () => {
    const { server } = await startSilent()
    const store = tempStore()
    await recordCaptures(store, ITEMS)
    let refusals = 1
    const bulkRuns: Store['bulkRuns'] = {
      ...store.bulkRuns,
      setState: (...change) => {
        if (change[1] === 'cancelling' && refusals-- > 0) throw FULL
        store.bulkRuns.setState(...change)
      },
    }
    const process = await bulkProcess({ ...store, bulkRuns }, createRuntime())
    onTestFinished(process.close)
    const id = await planned(process, ALL)
    const pace = { ...FAST, spacing: { kind: 'rate' as const, perSecond: 0.01 } }
    process.dispatcher.setPaused(true)
    await process.bulk.start(id, asReceived(server.origin), pace, [])
    await until(process, id, ({ counts }) => counts.states.made === 1)
    await expect(process.bulk.cancel(id)).rejects.toThrow(/full/)
    const over = await until(process, id, isOver)
    expect(over).toMatchObject({ state: 'cancelled', counts: { states: { cancelled: ITEMS } } })
  })
})

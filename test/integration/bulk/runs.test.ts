/** Bulk replays over real sockets: ten thousand, in what order and when, paused, cancelled, resumed. */
import { createServer } from 'node:http'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { BulkPace, BulkRun, BulkRunId, CaptureId } from '#contract'
import { createRuntime } from '../../../src-main/runtime.ts'
import { asReceived } from '../../support/as-received.ts'
import {
  ALL,
  type BulkProcess,
  bulkProcess,
  FAST,
  planned,
  until,
} from '../../support/bulk-setup.ts'
import { recordCaptures } from '../../support/captured-folder.ts'
import { createFakeRuntime } from '../../support/fake-runtime.ts'
import { startSilent } from '../../support/silent-server.ts'
import { tempStore } from '../../support/temp-store.ts'

interface Receiver {
  readonly origin: string
  /** The numbers of the requests, in the order in which they came. */
  readonly numbers: number[]
}

/** Answers at once; with 500 where it is told to. */
async function startReceiver(fails: (number: number) => boolean = () => false): Promise<Receiver> {
  const numbers: number[] = []
  const server = createServer((request, response) => {
    const number = Number(request.headers['x-number'])
    numbers.push(number)
    request.resume()
    request.on('end', () => response.writeHead(fails(number) ? 500 : 200).end('ok'))
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return { origin: `http://127.0.0.1:${port}`, numbers }
}

async function start(process: BulkProcess, origin: string, pace: BulkPace): Promise<BulkRunId> {
  const id = await planned(process, ALL)
  await process.bulk.start(id, asReceived(origin), pace, [])
  return id
}

const isOver = ({ state }: { state: string }) => state === 'done' || state === 'cancelled'
const inOrder = (count: number) => Array.from({ length: count }, (_, number) => number)

/** So many times what is under way at once a run may have queued. */
const AHEAD = 8

describe('ten thousand captures', () => {
  it('are each sent once, and the report tells what changed', async () => {
    const receiver = await startReceiver((number) => number % 100 === 0)
    const store = tempStore()
    await recordCaptures(store, 10_000, (number) => ({ status: number % 1_000 === 1 ? 500 : 200 }))
    const process = await bulkProcess(store, createRuntime())
    onTestFinished(process.close)
    const id = await start(process, receiver.origin, { ...FAST, atOnce: 32 })
    const { counts, sending } = await until(process, id, isOver)
    expect(receiver.numbers.toSorted((a, b) => a - b)).toEqual(inOrder(10_000))
    expect(counts.total).toBe(10_000)
    expect(counts.states).toEqual({ broken: 100, fixed: 10, same: 9_890 })
    expect(counts.codes).toEqual({ ok: 9_900, http_status: 100 })
    expect(sending).toBe(0)
    const page = process.bulk.items(id, { state: 'broken', answer: null, after: -1, limit: 500 })
    expect(page.items.map(({ position }) => position)).toEqual(
      inOrder(100).map((number) => number * 100),
    )
    const [first] = page.items
    expect(first?.original).toEqual({ code: 'ok', httpStatus: 200 })
    expect(first?.replay).toMatchObject({ code: 'http_status', httpStatus: 500 })
    expect(process.errors).toEqual([])
  }, 240_000)
})

describe('a run that is cancelled', () => {
  it('begins nothing more, cancels what is queued, and lets end what is under way', async () => {
    const { server, open } = await startSilent()
    const store = tempStore()
    await recordCaptures(store, 500)
    const process = await bulkProcess(store, createRuntime())
    onTestFinished(process.close)
    const id = await start(process, server.origin, FAST)
    await server.requestsSeen(FAST.atOnce)
    await process.bulk.cancel(id)
    expect(process.bulk.get(id).state).toBe('cancelling')
    const stopping = ({ counts: { states } }: BulkRun) => states.made === FAST.atOnce
    expect((await until(process, id, stopping)).counts.states.pending).toBeUndefined()
    open()
    const { counts } = await until(process, id, isOver)
    expect(server.requests).toHaveLength(FAST.atOnce)
    expect(counts.states).toEqual({ same: FAST.atOnce, cancelled: 500 - FAST.atOnce })
    expect(process.dispatcher.counts()).toEqual({ queued: 0, sending: 0, waiting: 0 })
  })
})

describe('a run that is paused', () => {
  it('begins nothing until it is resumed, and holds a bounded number in the queue', async () => {
    const { server, open } = await startSilent()
    const store = tempStore()
    await recordCaptures(store, 300)
    const process = await bulkProcess(store, createRuntime())
    onTestFinished(process.close)
    const id = await start(process, server.origin, FAST)
    await server.requestsSeen(FAST.atOnce)
    process.bulk.pause(id)
    open()
    await until(process, id, ({ sending, counts }) => sending === 0 && counts.codes.ok === 4)
    expect(server.requests).toHaveLength(FAST.atOnce)
    const { counts } = process.bulk.get(id)
    expect(counts.states.made ?? 0).toBeLessThanOrEqual(AHEAD * FAST.atOnce)
    expect(process.dispatcher.counts().queued).toBe(counts.states.made)
    process.bulk.resume(id)
    expect((await until(process, id, isOver)).counts.codes).toEqual({ ok: 300 })
    expect(server.requests).toHaveLength(300)
  })

  it('stands still after a restart, says why, and goes on where it was', async () => {
    const { server, open } = await startSilent()
    const store = tempStore()
    await recordCaptures(store, 100)
    const before = await bulkProcess(store, createRuntime())
    const id = await start(before, server.origin, FAST)
    await server.requestsSeen(FAST.atOnce)
    await before.crash()
    open()
    const after = await bulkProcess(store, createRuntime())
    onTestFinished(after.close)
    const run = after.bulk.get(id)
    expect(run).toMatchObject({ state: 'paused', counts: { states: { interrupted: FAST.atOnce } } })
    expect(run.why).toMatch(/closed while it ran/)
    expect(server.requests).toHaveLength(FAST.atOnce)
    after.bulk.resume(id)
    const { counts } = await until(after, id, isOver)
    expect(counts.codes).toEqual({ ok: 100 - FAST.atOnce, interrupted: FAST.atOnce })
    expect(server.requests).toHaveLength(100)
    await after.bulk.sendInterrupted(id)
    expect((await until(after, id, isOver)).counts.codes).toEqual({ ok: 100 })
    expect(server.requests).toHaveLength(100 + FAST.atOnce)
  })
})

describe('the order and the spacing', () => {
  /** When each was made, by the wall clock, as the history has it. */
  async function madeAt(pace: BulkPace, recordedAtMs: readonly number[]) {
    const receiver = await startReceiver()
    const store = tempStore()
    await recordCaptures(store, recordedAtMs.length, (number) => ({
      receivedAtMs: recordedAtMs[number] ?? 0,
    }))
    const runtime = createFakeRuntime()
    const process = await bulkProcess(store, runtime)
    onTestFinished(process.close)
    const startMs = runtime.nowMs()
    const id = await start(process, receiver.origin, pace)
    const made = () =>
      inOrder(recordedAtMs.length).flatMap((number) => {
        const capture = `cap_${String(number).padStart(8, '0')}` as CaptureId
        return store.history
          .replaysOf(capture, 1)
          .map(({ createdAtMs }) => ({ number, atMs: createdAtMs - startMs }))
      })
    /** What is due now has been sent when nothing of the run is outstanding any more. */
    const settled = () =>
      until(process, id, ({ counts: { states, codes } }) => {
        return (states.made ?? 0) === 0 && (codes.ok ?? 0) === made().length && made().length > 0
      })
    await settled()
    return { made, runtime, settled, process, id, receiver }
  }

  it('sends them as far apart as they were recorded, times the factor', async () => {
    const pace: BulkPace = {
      order: 'recorded',
      spacing: { kind: 'recorded', factor: 0.5 },
      atOnce: 1,
    }
    const run = await madeAt(pace, [1_000, 3_000, 3_000, 13_000])
    expect(run.made()).toEqual([{ number: 0, atMs: 0 }])
    run.runtime.advance(999)
    await new Promise(setImmediate)
    expect(run.made()).toHaveLength(1)
    run.runtime.advance(1)
    await until(run.process, run.id, ({ counts }) => counts.codes.ok === 3)
    run.runtime.advance(5_000)
    await until(run.process, run.id, isOver)
    expect(run.made()).toEqual([
      { number: 0, atMs: 0 },
      { number: 1, atMs: 1_000 },
      { number: 2, atMs: 1_000 },
      { number: 3, atMs: 6_000 },
    ])
  })

  it('sends the newest first, at a fixed rate, and makes nothing up after a pause', async () => {
    const pace: BulkPace = { order: 'newest', spacing: { kind: 'rate', perSecond: 2 }, atOnce: 4 }
    const run = await madeAt(pace, [1, 2, 3, 4])
    expect(run.made()).toEqual([{ number: 3, atMs: 0 }])
    run.runtime.advance(500)
    await until(run.process, run.id, ({ counts }) => counts.codes.ok === 2)
    run.process.bulk.pause(run.id)
    run.runtime.advance(60_000)
    run.process.bulk.resume(run.id)
    await new Promise(setImmediate)
    expect(run.made()).toHaveLength(2)
    run.runtime.advance(500)
    await until(run.process, run.id, ({ counts }) => counts.codes.ok === 3)
    run.runtime.advance(500)
    await until(run.process, run.id, isOver)
    expect(run.made()).toEqual([
      { number: 0, atMs: 61_500 },
      { number: 1, atMs: 61_000 },
      { number: 2, atMs: 500 },
      { number: 3, atMs: 0 },
    ])
    expect(run.receiver.numbers).toEqual([3, 2, 1, 0])
  })
})

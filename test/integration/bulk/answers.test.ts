/** The answers of a run against those of its originals: by the rules, in steps, anew for other rules. */
import { describe, expect, it, onTestFinished } from 'vitest'
import { type BulkAnswer, type BulkRunId, type CompareRule, DEFAULT_COMPARE_RULES } from '#contract'
import { createRuntime, type Runtime } from '../../../src-main/runtime.ts'
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
import { tempStore } from '../../support/temp-store.ts'
import { startWireServer } from '../../support/wire-server.ts'

const OK = 'HTTP/1.1 200 X\r\n\r\nok'
const JSON_TYPE = 'HTTP/1.1 200 X\r\nContent-Type: application/json\r\n'
const FORM_TYPE = 'HTTP/1.1 200 X\r\nContent-Type: application/x-www-form-urlencoded\r\n'

/** What was answered then, what is answered now (null: nothing), and what comes of it by the first rules. */
const PAIRS: readonly (readonly [string, string | null, BulkAnswer])[] = [
  [OK, framed('HTTP/1.1 200 X\r\n', 'ok'), 'same'],
  [OK, framed('HTTP/1.1 200 X\r\n', 'no'), 'differs'],
  [OK, framed('HTTP/1.1 500 X\r\n', 'ok'), 'differs'],
  [OK, framed('HTTP/1.1 200 X\r\nX-Extra: 1\r\n', 'ok'), 'differs'],
  [OK, framed('HTTP/1.1 200 X\r\nDate: Mon, 01 Mar 2027 09:00:00 GMT\r\n', 'ok'), 'same'],
  [`${JSON_TYPE}\r\n{"id":"a","n":1}`, framed(JSON_TYPE, '{ "n": 1, "id": "b" }'), 'same'],
  [`${JSON_TYPE}\r\n{"id":"a","n":1}`, framed(JSON_TYPE, '{"id":"a","n":1.0}'), 'differs'],
  [`${FORM_TYPE}\r\na=%20&id=1`, framed(FORM_TYPE, 'a=+&id=2'), 'same'],
  [OK, null, 'nothing'],
]

function framed(head: string, body: string): string {
  return `${head}Content-Length: ${body.length}\r\n\r\n${body}`
}

function positionsOf(wanted: BulkAnswer): number[] {
  return PAIRS.flatMap(([, , answer], position) => (answer === wanted ? [position] : []))
}

/** A run over all pairs, `times` over, that has ended. */
async function ranOver(
  rules: readonly CompareRule[] = DEFAULT_COMPARE_RULES,
  times = 1,
  runtime: Runtime = createRuntime(),
) {
  const pairOf = (number: number) => PAIRS[number % PAIRS.length] ?? [OK, null, 'nothing' as const]
  const server = await startWireServer({
    onRequest: (connection, { head }) => {
      const number = Number(/x-number: (\d+)/i.exec(head.toString('latin1'))?.[1])
      const [, answer] = pairOf(number)
      if (answer === null) connection.reset()
      else connection.send(answer)
    },
  })
  onTestFinished(server.close)
  const store = tempStore()
  const captureIds = await recordCaptures(store, PAIRS.length * times, (number) => ({
    answer: pairOf(number)[0],
  }))
  const chosen = [...rules]
  const process = await bulkProcess(store, runtime, chosen)
  onTestFinished(process.close)
  const id = await planned(process, ALL)
  await process.bulk.start(id, asReceived(server.origin), FAST, [])
  await until(process, id, ({ state }) => state === 'done')
  return { process, store, id, captureIds, rules: chosen, origin: server.origin }
}

/** Waits, by the facts, until it is worked out. */
async function worked({ bulk, hub }: BulkProcess, id: BulkRunId) {
  const answers = bulk.answers(id)
  if (answers.state === 'done') return answers
  await new Promise<void>((resolve) => {
    const stop = hub.subscribe(() => {
      if (bulk.answers(id).state !== 'done') return
      stop()
      resolve()
    })
  })
  return bulk.answers(id)
}

const ANY = { state: null, after: -1, limit: 100 }

function positions(process: BulkProcess, id: BulkRunId, answer: BulkAnswer, more = {}): number[] {
  const { items } = process.bulk.items(id, { ...ANY, answer, ...more })
  return items.map(({ position }) => position)
}

describe('the answers of a run', () => {
  it('are compared with those of the originals by the rules, and can be narrowed down', async () => {
    const { process, id } = await ranOver()
    expect(process.bulk.answers(id)).toMatchObject({ state: 'working', compared: 0 })
    expect(process.bulk.items(id, { ...ANY, answer: null }).items[0]?.answer).toBeNull()
    const { counts, compared, total } = await worked(process, id)
    expect([compared, total]).toEqual([PAIRS.length, PAIRS.length])
    expect(counts).toEqual({ same: 4, differs: 4, nothing: 1 })
    for (const answer of ['same', 'differs', 'nothing'] as const) {
      expect(positions(process, id, answer), answer).toEqual(positionsOf(answer))
    }
    const { items } = process.bulk.items(id, { ...ANY, answer: null })
    expect(items.map(({ answer }) => answer)).toEqual(PAIRS.map(([, , answer]) => answer))
    // The same outcome, and yet another answer.
    expect(positions(process, id, 'differs', { state: 'same' })).toEqual([1, 3, 6])
    const page = process.bulk.items(id, { ...ANY, answer: 'differs', limit: 2 })
    expect(page).toMatchObject({ items: [{ position: 1 }, { position: 2 }], nextCursor: 2 })
    expect(positions(process, id, 'differs', { after: 2 })).toEqual([3, 6])
    expect(process.errors).toEqual([])
  })

  it('are compared anew when a rule is another one, and only then', async () => {
    const { process, id, rules } = await ranOver()
    const first = await worked(process, id)
    expect(process.bulk.answers(id)).toEqual(first)
    rules.splice(0, rules.length, {
      id: 'x',
      kind: 'header',
      pattern: 'Content-Length',
      isOn: true,
    })
    expect(process.bulk.answers(id)).toMatchObject({ state: 'working', compared: 0 })
    const strict = await worked(process, id)
    expect(strict.counts).toEqual({ same: 1, differs: 7, nothing: 1 })
    expect(strict.revision).not.toBe(first.revision)
    rules.push({ id: 'y', kind: 'path', pattern: 'id', isOn: false })
    expect(process.bulk.answers(id)).toEqual(strict)
  })

  it('are nothing to compare where the original is gone, or nothing was sent', async () => {
    const { process, store, id, captureIds } = await ranOver()
    store.captures.markDeleted(captureIds.slice(0, 2), 1)
    store.captures.forgetDeleted(2)
    expect((await worked(process, id)).counts).toEqual({ same: 3, differs: 3, nothing: 3 })
  })

  it('of a run over deliveries are compared with what these were answered', async () => {
    const { process, origin } = await ranOver()
    const id = await planned(process, { kind: 'delivery_filter', filter: {} })
    await process.bulk.start(id, asReceived(origin), FAST, [])
    await until(process, id, ({ state }) => state === 'done')
    const { counts } = await worked(process, id)
    expect(counts).toEqual({ same: PAIRS.length - 1, differs: 0, nothing: 1 })
  })

  it('wait for the end of the run', async () => {
    const silent = await startWireServer({ onRequest: () => undefined })
    onTestFinished(silent.close)
    const store = tempStore()
    await recordCaptures(store, 3)
    const process = await bulkProcess(store, createRuntime())
    onTestFinished(process.close)
    const id = await planned(process, ALL)
    await process.bulk.start(id, asReceived(silent.origin), FAST, [])
    expect(process.bulk.answers(id)).toMatchObject({ state: 'not_yet', compared: 0, total: 3 })
    expect(positions(process, id, 'same')).toEqual([])
  })

  it('are compared in steps: everything else has its turn between them', async () => {
    const { process, id } = await ranOver(DEFAULT_COMPARE_RULES, 60)
    const seen = new Set<number>()
    for (let answers = process.bulk.answers(id); answers.state !== 'done'; ) {
      seen.add(answers.compared)
      await new Promise(setImmediate)
      answers = process.bulk.answers(id)
    }
    expect(seen.size).toBeGreaterThan(5)
    const { counts } = process.bulk.answers(id)
    expect(counts).toEqual({ same: 240, differs: 240, nothing: 60 })
  })

  it('are compared with rests while another run is being sent', async () => {
    const runtime = createFakeRuntime()
    const { process, id } = await ranOver(DEFAULT_COMPARE_RULES, 1, runtime)
    const silent = await startWireServer({ onRequest: () => undefined })
    onTestFinished(silent.close)
    const other = await planned(process, ALL)
    await process.bulk.start(other, asReceived(silent.origin), FAST, [])
    await silent.requestsSeen(FAST.atOnce)
    expect(process.bulk.answers(id)).toMatchObject({ state: 'working', compared: 0 })
    for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate)
    expect(process.bulk.answers(id)).toMatchObject({ state: 'working', compared: 0 })
    runtime.advance(40)
    await new Promise(setImmediate)
    expect(process.bulk.answers(id).compared).toBeGreaterThan(0)
  })

  it('are forgotten with the run', async () => {
    const { process, id } = await ranOver()
    await worked(process, id)
    await process.bulk.delete(id)
    expect(() => process.bulk.answers(id)).toThrow(/does not exist/)
  })
})

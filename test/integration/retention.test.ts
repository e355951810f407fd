/** What is deleted of the history when the user wants less of it, and what never is. */
import { describe, expect, it, onTestFinished } from 'vitest'
import type { Retention } from '#contract'
import { createEventHub } from '../../src-main/event-hub.ts'
import { createRetentionKeeper } from '../../src-main/workspace/retention.ts'
import { attemptWith, FINAL, storedDeliveries, storedWebhook } from '../support/factories.ts'
import { createFakeRuntime } from '../support/fake-runtime.ts'
import { tempStore } from '../support/temp-store.ts'

const DAY_MS = 86_400_000

async function history(chosen: Retention, bodyBytes = 10) {
  const store = tempStore()
  const runtime = createFakeRuntime()
  const webhook = storedWebhook(store)
  const requestBody = Buffer.alloc(bodyBytes, 'x')
  /** One delivery of that age. */
  async function add(ageDays: number, isEnded = true) {
    const createdAtMs = runtime.nowMs() - ageDays * DAY_MS
    const [delivery] = storedDeliveries(store, [webhook], { createdAtMs })
    if (!delivery) throw new Error('no delivery')
    if (isEnded) await store.log.finishAttempt(attemptWith(delivery, { requestBody }), FINAL)
    return delivery.id
  }
  const hub = createEventHub()
  const keeper = createRetentionKeeper({
    store,
    chosen: () => chosen,
    runtime,
    hub,
    onError: (error) => {
      throw error
    },
  })
  onTestFinished(() => {
    keeper.close()
    hub.close()
  })
  return { store, runtime, add, keeper }
}

const idsIn = async (store: Awaited<ReturnType<typeof history>>['store']) =>
  (await store.history.page({}, undefined, 500)).items.map(({ id }) => id)

describe('retention', () => {
  it('is off unless chosen', async () => {
    const { store, runtime, add, keeper } = await history({ maxAgeDays: null, maxMb: null })
    const id = await add(3_000)
    keeper.look()
    runtime.advance(DAY_MS)
    expect(await idsIn(store)).toEqual([id])
  })

  it('by age deletes what is older, with bytes and events, but nothing that has not ended', async () => {
    const { store, runtime, add, keeper } = await history({ maxAgeDays: 30, maxMb: null })
    for (let n = 0; n < 450; n++) await add(31)
    const waiting = await add(40, false)
    const young = await add(29)
    keeper.look()
    runtime.advance(1_000)
    expect(await idsIn(store)).toEqual([young, waiting])
    expect(store.history.lastFirings()).toHaveLength(1)
    expect(() => store.history.exchange(`${young}-1` as never)).not.toThrow()
  })

  it('by size deletes the oldest until the rest fits', async () => {
    const { store, runtime, add, keeper } = await history({ maxAgeDays: null, maxMb: 10 }, 100_000)
    for (let n = 0; n < 300; n++) await add(1)
    const last = await add(0)
    expect(store.retention.usedBytes()).toBeGreaterThan(10 * 1024 * 1024)
    keeper.look()
    runtime.advance(1_000)
    expect(store.retention.usedBytes()).toBeLessThanOrEqual(10 * 1024 * 1024)
    const left = await idsIn(store)
    expect(left[0]).toBe(last)
    expect(left.length).toBeGreaterThan(50)
  })
})

/** The list of deliveries when it, or what is further down in it, could not be read. */
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import type { DeliveryId, DeliverySummary } from '#contract'
import { openCore, tellFacts } from '../../../src-renderer/state/core.ts'
import { deliveries, useDeliveries } from '../../../src-renderer/state/deliveries.ts'

const AWAY = Object.assign(new Error('It is busy.'), { code: 'unavailable' })
let failure: Error | null = null

const stored = Array.from({ length: 150 }, (_, at) => {
  const seq = 150 - at
  return { id: `d${seq}` as DeliveryId, seq, status: 'delivered', createdAtMs: 0 }
}) as DeliverySummary[]

const delivery = {
  list: async ({ cursor, limit }: { cursor?: number; limit: number }) => {
    if (failure) throw failure
    const older = stored.filter(({ seq }) => seq < (cursor ?? Number.POSITIVE_INFINITY))
    const items = older.slice(0, limit)
    return { items, nextCursor: older.length > limit ? (items.at(-1)?.seq ?? null) : null }
  },
  some: async () => [],
}

const settle = () => vi.advanceTimersByTimeAsync(1_000)

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  onTestFinished(() => {
    deliveries.close()
    vi.useRealTimers()
  })
  failure = null
  openCore({ delivery } as unknown as Parameters<typeof openCore>[0])
  deliveries.open()
  await settle()
})

test('a list that could not be read is read once the core is there again', async () => {
  failure = AWAY
  await deliveries.reload()
  expect(useDeliveries.getState().phase).toBe('failed')
  failure = null
  tellFacts([{ kind: 'deliveries.changed', ids: [], more: true }])
  await settle()
  expect(useDeliveries.getState()).toMatchObject({ phase: 'ready', problem: '' })
  expect(useDeliveries.getState().window.count).toBe(100)
})

test('that older rows could not be read is said, and they are read when asked again', async () => {
  failure = AWAY
  deliveries.see(90, 99)
  await settle()
  expect(useDeliveries.getState()).toMatchObject({ phase: 'ready', problem: AWAY.message })
  failure = null
  deliveries.readOn()
  await settle()
  expect(useDeliveries.getState()).toMatchObject({ phase: 'ready', problem: '' })
  expect(useDeliveries.getState().window.count).toBe(150)
})

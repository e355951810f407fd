/** Aiming webhooks at the receivers' new port: what is said of it, and until when. */
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import type { StrayWebhooks, WebhookId } from '#contract'
import { openCore, tellFacts } from '../../../src-renderer/state/core.ts'
import { aimStrays, useStrays, watchStrays } from '../../../src-renderer/state/strays.ts'

const strays = (...names: string[]): StrayWebhooks => ({
  port: names.length > 0 ? 4001 : null,
  webhooks: names.map((name) => ({ webhookId: `wh_${name}` as WebhookId, name, port: 4000 })),
})

let there = strays('a', 'b')
let refusal: Error | null = null
const receiver = {
  strayWebhooks: () => Promise.resolve(there),
  aimWebhooks: ({ webhookIds }: { webhookIds: readonly WebhookId[] }) => {
    if (refusal) return Promise.reject(refusal)
    there = strays()
    return Promise.resolve({ aimed: webhookIds.length })
  },
}
openCore({ receiver } as unknown as Parameters<typeof openCore>[0])

let stop = () => {}
beforeAll(() => {
  stop = watchStrays()
})
afterAll(() => stop())

const isShown = (expected: StrayWebhooks) =>
  vi.waitFor(() => expect(useStrays.getState().strays).toEqual(expected))

it('says beside them why they could not be aimed, until they are others', async () => {
  await isShown(strays('a', 'b'))
  refusal = Object.assign(new Error('The database is full.'), { code: 'unwritable' })
  await aimStrays()
  expect(useStrays.getState()).toMatchObject({
    strays: strays('a', 'b'),
    problem: 'The database is full.',
    aimed: null,
  })
  there = strays('a')
  tellFacts([{ kind: 'webhooks.changed' }])
  await isShown(strays('a'))
  expect(useStrays.getState().problem).toBeNull()
})

it('says how many were aimed, until there are strays again', async () => {
  refusal = null
  await aimStrays()
  expect(useStrays.getState().aimed).toEqual({ count: 1, port: 4001 })
  there = strays('c')
  tellFacts([{ kind: 'settings.changed' }])
  await isShown(strays('c'))
  expect(useStrays.getState().aimed).toBeNull()
})

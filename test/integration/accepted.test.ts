/** Teams' 202 is accepted, result unknown: nowhere is it counted as delivered, or as failed. */
import { describe, expect, it } from 'vitest'
import type { CaptureId, OutcomeCode } from '#contract'
import { verdictOf } from '../../src-main/bulk/verdict.ts'
import { draftWith } from '../support/factories.ts'
import { type CoreClient, ended, openTestCore } from '../support/open-core.ts'
import { startWireServer } from '../support/wire-server.ts'

const FLOW =
  '/powerautomate/automations/direct/workflows/00112233445566778899aabbccddeeff/triggers/manual/paths/invoke?api-version=1&sp=x&sv=1.0&sig=abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG'

/** A flow that takes everything, and a webhook that is aimed at it. */
async function acceptedOne() {
  const flow = await startWireServer({
    onRequest: (connection) =>
      connection.send('HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n'),
  })
  const { client } = await openTestCore()
  await client.app.removeSamples()
  const endpoint = { kind: 'plain' as const, text: flow.origin + FLOW }
  const { id, destination } = await client.webhook.save({
    webhookId: null,
    draft: draftWith({ name: 'Channel', event: 'poll.created', endpoint }),
  })
  expect(destination).toBe('teams')
  const { payloadText } = await client.simulator.payload({ event: 'poll.created', seed: 1 })
  const fired = await client.simulator.fire({ event: 'poll.created', payloadText, stamp: true })
  const [delivery] = await ended(client, fired.deliveries)
  const attempt = delivery?.attemptList[0]
  if (!delivery || !attempt) throw new Error('nothing was sent')
  return { client, flow, webhookId: id, delivery, attempt }
}

async function counted(
  client: CoreClient,
  status: 'delivered' | 'accepted' | 'refused' | 'failed',
) {
  return (await client.delivery.list({ filter: { statuses: [status] }, limit: 10 })).items.length
}

describe('a delivery that Teams accepted', () => {
  it('is accepted in the history, its filter, the board, the webhook’s last outcome and the counts', async () => {
    const { client, delivery, attempt } = await acceptedOne()
    expect(delivery).toMatchObject({ state: 'accepted', status: 'accepted', code: 'accepted' })
    expect(attempt.code).toBe('accepted')
    expect(delivery.reason).toContain('whether its flow posted it is not known')
    expect(await counted(client, 'accepted')).toBe(1)
    for (const status of ['delivered', 'refused', 'failed'] as const) {
      expect(await counted(client, status)).toBe(0)
    }
    const row = (await client.simulator.board()).find(({ event }) => event === 'poll.created')
    expect(row?.last).toEqual([{ status: 'accepted', count: 1 }])
    const [webhook] = await client.webhook.list()
    expect(webhook?.last?.code).toBe('accepted')
    const { queued, sending, waiting } = await client.app.status()
    expect([queued, sending, waiting]).toEqual([0, 0, 0])
  })

  it('is accepted again when it is replayed as it was sent, and in the tree of replays', async () => {
    const { client, delivery, attempt } = await acceptedOne()
    const { deliveryId } = await client.replay.send({
      source: { kind: 'attempt', attemptId: attempt.id },
      kind: 'as_sent',
      target: { kind: 'own' },
      signing: null,
      keepsId: true,
      edited: null,
    })
    const [replay] = await ended(client, [deliveryId])
    expect(replay?.status).toBe('accepted')
    const tree = await client.replay.tree({ deliveryId: delivery.id })
    expect(JSON.stringify(tree)).not.toMatch(/"status":"(delivered|refused|failed)"/)
    expect(tree.length).toBe(2)
  })

  it('makes an event like any other', async () => {
    const { client, delivery } = await acceptedOne()
    const source = { kind: 'delivery' as const, deliveryId: delivery.id }
    expect(await client.event.make({ source, mapping: null })).toMatchObject({
      event: 'poll.created',
    })
  })
})

describe('a request that is passed on to Teams', () => {
  it('is accepted as well, and its 202 is passed back', async () => {
    const { client, flow } = await acceptedOne()
    const forwardTo = { kind: 'plain' as const, text: flow.origin + FLOW }
    const { url } = await client.receiver.update({ receiverId: 'echo', change: { forwardTo } })
    const answer = await fetch(url, { method: 'POST', body: '{}' })
    expect(answer.status).toBe(202)
    const { items } = await client.capture.list({ filter: {}, limit: 1 })
    const captureId = items[0]?.id as CaptureId
    const forwarded = async () =>
      (await client.capture.get({ captureId, whole: false })).forwarded?.code
    await expect.poll(forwarded).toBe('accepted')
  })
})

describe('a run of replays', () => {
  it('takes what is accepted for neither fixed nor broken', () => {
    const verdict = (before: OutcomeCode, after: OutcomeCode) =>
      verdictOf({ code: before, httpStatus: 200 }, { code: after, httpStatus: 200 })
    expect(verdict('http_status', 'accepted')).toBe('different')
    expect(verdict('ok', 'accepted')).toBe('different')
    expect(verdict('accepted', 'destination_refused')).toBe('different')
    expect(verdict('accepted', 'accepted')).toBe('same')
    expect([verdict('http_status', 'ok'), verdict('ok', 'reset')]).toEqual(['fixed', 'broken'])
  })
})

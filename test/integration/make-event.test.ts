/** What a receiver got, or a delivery sent, made into an event and a webhook again. */
import { describe, expect, it } from 'vitest'
import type { CaptureId, DeliveryId, EventSource } from '#contract'
import { type CoreClient, ended, openTestCore } from '../support/open-core.ts'
import { rawClient } from '../support/raw-client.ts'

async function newest(client: CoreClient) {
  return (await client.capture.list({ filter: {}, limit: 1 })).items[0]
}

async function receivedBy(client: CoreClient, raw: string) {
  const [echo] = await client.receiver.list()
  if (!echo) throw new Error('no receiver')
  const { socket, until } = await rawClient(Number(new URL(echo.url).port))
  socket.write(raw, 'latin1')
  await until('\r\n\r\n')
  const row = await newest(client)
  if (!row) throw new Error('nothing was received')
  return { kind: 'capture', captureId: row.id } satisfies EventSource
}

const BODY = '{"type":"poll.answered","data":{"n":1.0}}'

function post(body: string, ...headers: string[]): string {
  const length = Buffer.byteLength(body)
  const lines = ['POST /in/echo HTTP/1.1', 'Host: x', ...headers, `Content-Length: ${length}`]
  return `${lines.join('\r\n')}\r\n\r\n${body}`
}

describe('making events', () => {
  it('takes a received request’s event, token by token', async () => {
    const { client } = await openTestCore()
    const source = await receivedBy(client, post(BODY, 'Content-Type: application/json'))
    const made = await client.event.make({ source, mapping: null })
    expect(made).toMatchObject({ event: 'poll.answered', isObject: true, notes: [] })
    expect(made.payloadText).toBe(
      '{\n  "type": "poll.answered",\n  "data": {\n    "n": 1.0\n  }\n}',
    )
  })

  it('refuses in words what holds no event, and a request that is gone', async () => {
    const { client } = await openTestCore()
    const source = await receivedBy(client, post('hello'))
    const refused = client.event.make({ source, mapping: null })
    await expect(refused).rejects.toMatchObject({
      code: 'invalid',
      message: expect.stringMatching(/neither JSON nor a form/),
    })
    const none = { kind: 'capture' as const, captureId: 'none' as CaptureId }
    const gone = client.event.make({ source: none, mapping: null })
    await expect(gone).rejects.toMatchObject({ code: 'not_found' })
  })

  it('takes one of more than 1 MB when asked, which a replay does not look for', async () => {
    const { client } = await openTestCore()
    const large = `{"type":"poll.answered","data":{"text":"${'x'.repeat(1024 * 1024)}"}}`
    const source = await receivedBy(client, post(large, 'Content-Type: application/json'))
    const made = await client.event.make({ source, mapping: null })
    expect(made).toMatchObject({ event: 'poll.answered', isObject: true })
    const { deliveryId } = await client.replay.send({
      source,
      kind: 'as_sent',
      target: { kind: 'own' },
      signing: null,
      keepsId: true,
      edited: null,
    })
    const [delivery] = await ended(client, [deliveryId])
    expect(delivery).toMatchObject({ status: 'delivered', event: null })
    expect((await newest(client))?.bodyBytes).toBe(large.length)
    const replayed = client.event.make({ source: { kind: 'delivery', deliveryId }, mapping: null })
    await expect(replayed).rejects.toThrow(/more than 1 MB/)
  })

  it('refuses in words what is longer than a payload may be once it is mapped', async () => {
    const { client } = await openTestCore()
    const list = `[${'0,'.repeat(12 * 1024 * 1024)}0]`
    const source = await receivedBy(client, post(list))
    const made = await client.event.make({ source, mapping: null })
    expect(made.payloadText).toBe(list)
    const body = `["${'x'.repeat(25 * 1024 * 1024 - 10)}"]`
    const longest = await receivedBy(client, post(body))
    const mapping = { event: 'poll.answered', place: 'data' } as const
    await expect(client.event.make({ source: longest, mapping })).rejects.toMatchObject({
      code: 'invalid',
      message: expect.stringMatching(/longer than 25 MB/),
    })
  })

  it('drafts a webhook that sends it so, with its secret header sealed and its signature left out', async () => {
    const { client } = await openTestCore()
    const form = `payload=${encodeURIComponent(BODY)}`
    const source = await receivedBy(
      client,
      post(
        form,
        'Content-Type: application/x-www-form-urlencoded',
        'X-Kind: a',
        'X-Kind: b',
        'Authorization: Bearer s3cret-token-1234',
        'webhook-signature: v1,abc',
        'User-Agent: other/1',
      ),
    )
    const { draft } = await client.event.draftWebhook({ source, event: 'poll.answered' })
    expect(draft).toMatchObject({
      event: 'poll.answered',
      contentType: 'application/x-www-form-urlencoded',
      formEncoding: 'payload',
    })
    const shown = draft.headers.map(({ name, value }) => [name, value.kind])
    expect(shown).toEqual([
      ['X-Kind', 'plain'],
      ['X-Kind', 'plain'],
      ['Authorization', 'kept'],
    ])
    expect(JSON.stringify(draft)).not.toContain('s3cret-token')
    expect((await client.draft.list()).map(({ webhookId }) => webhookId)).toEqual([null])

    const webhook = await client.webhook.save({ webhookId: null, draft })
    const { id, event } = webhook
    const fired = await client.simulator.fire({ event, payloadText: BODY, stamp: false })
    await ended(client, fired.deliveries)
    const last = await newest(client)
    const again = { kind: 'capture' as const, captureId: last?.id ?? ('none' as CaptureId) }
    const { payloadText } = await client.event.make({ source: again, mapping: null })
    expect([id, JSON.parse(payloadText).type]).toEqual([webhook.id, 'poll.answered'])
  })

  it('takes a delivery’s event as it was fired, and its webhook as it was then', async () => {
    const { client } = await openTestCore()
    const [webhook] = await client.webhook.list()
    if (!webhook) throw new Error('no webhook')
    const { deliveries } = await client.webhook.fireSample({ webhookId: webhook.id, seed: 3 })
    const [delivery] = await ended(client, deliveries)
    if (!delivery) throw new Error('no delivery')
    await client.webhook.delete({ webhookIds: [webhook.id] })
    const source = { kind: 'delivery' as const, deliveryId: delivery.id }
    const { event, payloadText } = await client.event.make({ source, mapping: null })
    expect([event, JSON.parse(payloadText).id]).toEqual([delivery.event, delivery.eventId])
    const { draft } = await client.event.draftWebhook({ source, event: 'poll.created' })
    expect(draft).toMatchObject({ name: webhook.name, event: 'poll.created' })
  })

  it('is sent as a sample with a new id, to its webhook alone, and only where it is an object', async () => {
    const { client } = await openTestCore()
    const [webhook] = await client.webhook.list()
    if (!webhook) throw new Error('no webhook')
    const sample = { webhookId: webhook.id, seed: 1 }
    const payloadText = '{"id":"evt_old","data":{"n":1.0}}'
    const { deliveries, eventId } = await client.webhook.fireSample({ ...sample, payloadText })
    const [delivery, ...others] = await ended(client, deliveries)
    expect([delivery?.webhookName, others, eventId === 'evt_old']).toEqual([
      webhook.name,
      [],
      false,
    ])
    const source = {
      kind: 'delivery' as const,
      deliveryId: deliveries[0] ?? ('none' as DeliveryId),
    }
    const made = await client.event.make({ source, mapping: null })
    expect(made.payloadText).toContain('"n": 1.0')
    expect(made.payloadText).toContain(`"id": "${eventId}"`)
    await expect(client.webhook.fireSample({ ...sample, payloadText: '[]' })).rejects.toThrow()
  })
})

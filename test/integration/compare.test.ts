/** Recorded messages compared through the core: deliveries, attempts, captures, by the workspace's rules. */
import { describe, expect, it, onTestFinished } from 'vitest'
import type { ComparePart, ComparePlace, ReplayRequest } from '#contract'
import { startByteRecorder } from '../support/byte-recorder.ts'
import { draftWith } from '../support/factories.ts'
import { type CoreClient, ended, openTestCore } from '../support/open-core.ts'

const SECRET = 'Bearer s3cret-abcdefgh'

/** A delivery, and an edited replay of it to another endpoint. */
async function setup() {
  const recorder = await startByteRecorder()
  onTestFinished(recorder.close)
  const { client } = await openTestCore()
  await client.app.removeSamples()
  const [echo] = await client.receiver.list()
  const { id } = await client.webhook.save({
    webhookId: null,
    draft: draftWith({
      endpoint: { kind: 'plain', text: echo?.url ?? '' },
      headers: [{ rowId: 'a', name: 'X-Key', value: { kind: 'secret', text: SECRET } }],
    }),
  })
  const fired = await client.webhook.fireSample({ webhookId: id, seed: 4 })
  const [delivery] = await ended(client, fired.deliveries)
  const attemptId = delivery?.attemptList[0]?.id
  if (!delivery || !attemptId) throw new Error('nothing was sent')
  const source = { kind: 'attempt' as const, attemptId }
  const { headers } = await client.replay.original({ source, reveal: [] })
  const request: ReplayRequest = {
    source,
    kind: 'edited',
    target: { kind: 'url', url: { kind: 'plain', text: `${recorder.origin}/other` } },
    signing: null,
    keepsId: true,
    edited: {
      method: 'POST',
      headers: [
        ...headers.flatMap(({ name }, from) => (name === 'X-Key' ? [] : [{ from }])),
        { name: 'X-Key', value: 'Bearer other-abcdefgh' },
      ],
      body: { kind: 'text', text: '{"id":"evt_other","type":"meeting.booked","data":{}}' },
    },
  }
  const [replay] = await ended(client, [(await client.replay.send(request)).deliveryId])
  if (!replay) throw new Error('nothing was replayed')
  return { client, delivery, replay, attemptId }
}

function compare(
  client: CoreClient,
  left: ComparePlace,
  right: ComparePlace,
  part: ComparePart = 'request',
) {
  return client.compare.messages({ left, right, part, withEqual: false })
}

describe('a comparison', () => {
  it('of a replay with its origin says what was changed, and ignores what is volatile', async () => {
    const { client, delivery, replay } = await setup()
    const left = { kind: 'delivery' as const, deliveryId: delivery.id }
    const right = { kind: 'delivery' as const, deliveryId: replay.id }
    const found = await compare(client, left, right)
    expect([found.left.id, found.right.id]).toEqual([delivery.id, replay.id])
    expect(found.startLine.rows).toMatchObject([
      { left: { label: 'Path', text: '/in/echo' }, right: { text: '/other' } },
    ])
    expect(found.headers.rows.map(({ left: side, ruleId }) => [side?.label, ruleId])).toEqual([
      ['host', 'header:Host'],
      ['X-Key', null],
      ['content-length', 'header:Content-Length'],
    ])
    expect(found.body.kind).toBe('json')
    const paths = found.body.rows.map(({ left: side, ruleId }) => [side?.label, ruleId])
    expect(paths).toContainEqual(['id', 'path:id'])
    expect(paths).toContainEqual(['data.meeting', null])
    const answers = await compare(client, left, right, 'response')
    expect(answers.body.rows).toMatchObject([{ left: { text: 'ok' }, right: { text: 'moin!' } }])
  })

  it('shows no secret, and that they differ', async () => {
    const { client, delivery, replay } = await setup()
    const found = await compare(
      client,
      { kind: 'delivery', deliveryId: delivery.id },
      { kind: 'delivery', deliveryId: replay.id },
    )
    expect(JSON.stringify(found)).not.toContain('s3cret')
    const row = found.headers.rows.find(({ left }) => left?.label === 'X-Key')
    expect(row).toMatchObject({ isEqual: false, ruleId: null })
  })

  it('shows no credentials of an imported URL', async () => {
    const { client, attemptId } = await setup()
    const question = {
      source: { kind: 'text' as const, text: "curl 'http://127.0.0.1:1/x?sig=s3cretsig1' -d a" },
      passphrase: null,
    }
    const { captureIds } = await client.import.save({ ...question, chosen: [0], mapping: null })
    const [captureId] = captureIds
    if (!captureId) throw new Error('nothing was imported')
    const left = { kind: 'attempt' as const, attemptId }
    const found = await compare(client, left, { kind: 'capture', captureId })
    expect(JSON.stringify(found)).not.toContain('s3cretsig1')
    expect(found.right.title).toBe('POST /x?sig=•••••••• HTTP/1.1')
  })

  it('of a capture with the delivery that it came from finds the same request', async () => {
    const { client, attemptId } = await setup()
    const [capture] = (await client.capture.list({ filter: {}, limit: 1 })).items
    if (!capture) throw new Error('nothing was captured')
    const found = await compare(
      client,
      { kind: 'attempt', attemptId },
      { kind: 'capture', captureId: capture.id },
    )
    expect([found.body.kind, found.headers.differences, found.startLine.differences]).toEqual([
      'same',
      0,
      0,
    ])
    expect(found.right).toMatchObject({ isThere: true, isCut: false })
    expect(found.right.title).toBe('POST /in/echo HTTP/1.1')
  })

  it('goes by the rules of the workspace, which are kept', async () => {
    const { client, delivery, replay } = await setup()
    const rules = [
      { id: 'mine', kind: 'path' as const, pattern: '**', isOn: true },
      { id: 'all', kind: 'header' as const, pattern: '*', isOn: true },
    ]
    const { compareRules } = await client.settings.update({ compareRules: rules })
    expect(compareRules).toEqual(rules)
    const found = await compare(
      client,
      { kind: 'delivery', deliveryId: delivery.id },
      { kind: 'delivery', deliveryId: replay.id },
    )
    expect([found.headers.differences, found.body.differences]).toEqual([0, 0])
    expect(found.headers.ignored).toBe(3)
  })

  it('says when there is nothing on a side', async () => {
    const { client, delivery } = await setup()
    await client.queue.pause()
    const { webhookId } = delivery
    const { deliveries } = await client.webhook.fireSample({ webhookId, seed: 1 })
    const [deliveryId] = deliveries
    if (!deliveryId) throw new Error('nothing was fired')
    const right = { kind: 'delivery' as const, deliveryId }
    const left = { kind: 'delivery' as const, deliveryId: delivery.id }
    const found = await compare(client, left, right)
    expect([found.left.isThere, found.right.isThere]).toEqual([true, false])
  })
})

/** Replays that are not as sent: edited, signed anew, rendered again; and what they know of each other. */
import { describe, expect, it, onTestFinished } from 'vitest'
import { type AttemptId, emptySigning, type ReplayRequest, type SigningScheme } from '#contract'
import { generateSecret } from '../../../src-main/signing/index.ts'
import { startByteRecorder } from '../../support/byte-recorder.ts'
import { draftWith } from '../../support/factories.ts'
import {
  type SeenRequest,
  type Verifier,
  verifyEd25519,
  verifyGithub,
  verifyOwn,
  verifySlack,
  verifyStandard,
  verifyStripe,
  verifyTeams,
  verifyWebex,
} from '../../support/foreign-verifiers.ts'
import { type CoreClient, ended, openTestCore } from '../../support/open-core.ts'

async function setup() {
  const recorder = await startByteRecorder()
  onTestFinished(recorder.close)
  const { client } = await openTestCore()
  await client.app.removeSamples()
  return { recorder, client }
}

async function fired(client: CoreClient, draft: Parameters<typeof draftWith>[0]) {
  const webhook = await client.webhook.save({ webhookId: null, draft: draftWith(draft) })
  const { deliveries } = await client.webhook.fireSample({ webhookId: webhook.id, seed: 4 })
  const [delivery] = await ended(client, deliveries)
  const attemptId = delivery?.attemptList[0]?.id
  if (!delivery || !attemptId) throw new Error('nothing was sent')
  return { webhook, delivery, attemptId }
}

function replay(attemptId: AttemptId, change: Partial<ReplayRequest>): ReplayRequest {
  return {
    source: { kind: 'attempt', attemptId },
    kind: 'as_sent',
    target: { kind: 'own' },
    signing: null,
    keepsId: true,
    edited: null,
    ...change,
  }
}

describe('an edited replay', () => {
  it('has what is secret by its name masked in a copied command, unless that is asked for', async () => {
    const { recorder, client } = await setup()
    const endpoint = { kind: 'plain' as const, text: recorder.origin }
    const { attemptId } = await fired(client, { endpoint })
    const text = '{"password":"hunter2222","n":1}'
    const edited = { method: 'POST', headers: [], body: { kind: 'text' as const, text } }
    const { deliveryId } = await client.replay.send(replay(attemptId, { kind: 'edited', edited }))
    const [again] = await ended(client, [deliveryId])
    const copied = (withSecrets: boolean) =>
      client.delivery.curl({ attemptId: again?.attemptList[0]?.id ?? attemptId, withSecrets })
    expect(await copied(false)).toMatchObject({
      masked: true,
      command: expect.stringContaining('{"password":"**********","n":1}'),
    })
    expect(await copied(true)).toMatchObject({
      masked: false,
      command: expect.stringContaining(text),
    })
  })

  it('sends what was edited and keeps the rest, secrets among it', async () => {
    const { recorder, client } = await setup()
    const endpoint = { kind: 'plain' as const, text: `${recorder.origin}/in?token=s3cretvalue` }
    const secret = { kind: 'secret' as const, text: 'Bearer abcdefgh1234' }
    const headers = [
      { rowId: 'a', name: 'Authorization', value: secret },
      { rowId: 'b', name: 'X-Old', value: { kind: 'plain' as const, text: '1' } },
    ]
    const { attemptId, delivery } = await fired(client, { endpoint, headers })
    const source = { kind: 'attempt' as const, attemptId }
    const original = await client.replay.original({ source, reveal: [] })
    expect(JSON.stringify(original)).not.toMatch(/abcdefgh|s3cretvalue/)
    const at = original.headers.findIndex(({ name }) => name === 'Authorization')
    const { deliveryId } = await client.replay.send(
      replay(attemptId, {
        kind: 'edited',
        edited: {
          method: 'PUT',
          headers: [{ from: at }, { name: 'X-New', value: ' 2 ' }],
          body: { kind: 'hex', text: '00 ff\n0a' },
        },
      }),
    )
    const [again] = await ended(client, [deliveryId])
    expect(again).toMatchObject({
      replayOf: delivery.id,
      replayKind: 'edited',
      status: 'delivered',
    })
    expect(again?.endpoint).not.toContain('s3cretvalue')
    const [, sent] = recorder.requests
    expect(sent?.head).toMatch(/^PUT \/in\?token=s3cretvalue HTTP\/1\.1\r\n/)
    expect(sent?.head).toContain('\r\nAuthorization: Bearer abcdefgh1234\r\nX-New: 2\r\n')
    expect(sent?.head).not.toContain('X-Old')
    expect(sent?.body).toEqual(Buffer.from([0, 0xff, 10]))
  })

  it.each([
    ['a method', { method: 'PO ST' }, 'method'],
    ['a header', { headers: [{ name: 'X', value: 'a\r\nb' }] }, 'headers.0'],
    ['a managed header', { headers: [{ name: 'Host', value: 'x' }] }, 'headers.0'],
    ['bytes', { body: { kind: 'hex' as const, text: '0g' } }, 'body'],
  ])('says what is wrong with %s, and sends nothing', async (_what, change, field) => {
    const { recorder, client } = await setup()
    const { attemptId } = await fired(client, {
      endpoint: { kind: 'plain', text: recorder.origin },
    })
    const edits = { method: 'POST', headers: [], body: { kind: 'unchanged' as const }, ...change }
    const refused = client.replay.send(replay(attemptId, { kind: 'edited', edited: edits }))
    await expect(refused).rejects.toMatchObject({ data: { problems: [{ field }] } })
    expect(recorder.requests).toHaveLength(1)
  })
})

const VERIFIERS: readonly (readonly [SigningScheme, Verifier])[] = [
  ['standard', verifyStandard],
  ['standard_ed25519', verifyEd25519],
  ['github', verifyGithub],
  ['stripe', verifyStripe],
  ['slack', verifySlack],
  ['webex', verifyWebex],
  ['teams', verifyTeams],
  ['own', verifyOwn(emptySigning().own)],
]

function seen({ head, body }: { readonly head: string; readonly body: Buffer }): SeenRequest {
  const lines = head.split('\r\n').slice(1, -2)
  const headers = lines.map((line): [string, string] => {
    const colon = line.indexOf(': ')
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 2)]
  })
  return { headers: new Map(headers), body }
}

describe('a replay that is signed anew', () => {
  it.each(VERIFIERS)(
    '%s: its receivers accept it though it was tampered with, and reject it before',
    async (scheme, verify) => {
      const { secret, publicKey } = generateSecret(scheme)
      const accepts = (request: { readonly head: string; readonly body: Buffer }) =>
        verify(seen(request), publicKey ?? secret)
      const { recorder, client } = await setup()
      const endpoint = { kind: 'plain' as const, text: recorder.origin }
      const signing = {
        ...emptySigning(),
        scheme,
        secret: { kind: 'secret' as const, text: secret },
      }
      const { attemptId, webhook } = await fired(client, { endpoint, signing })
      const source = { kind: 'attempt' as const, attemptId }
      const { headers } = await client.replay.original({ source, reveal: [] })
      const edits = {
        method: 'POST',
        headers: headers.map((_, from) => ({ from })),
        body: { kind: 'text' as const, text: '{"tampered":true}' },
      }
      const plain = replay(attemptId, { kind: 'edited', edited: edits })
      const signed = { ...plain, signing: { webhookId: webhook.id } }
      for (const request of [plain, signed]) {
        await ended(client, [(await client.replay.send(request)).deliveryId])
      }
      const verdicts: boolean[] = []
      for (const request of recorder.requests) verdicts.push(await accepts(request))
      expect(verdicts).toEqual([true, false, true])
      const ids = recorder.requests.map(({ head }) => /\nwebhook-id: (\S+)/.exec(head)?.[1])
      expect(new Set(ids).size).toBe(1)
      const again = { ...signed, kind: 're_signed' as const, edited: null, keepsId: false }
      await ended(client, [(await client.replay.send(again)).deliveryId])
      expect(await accepts(recorder.requests[3] ?? { head: '', body: Buffer.of() })).toBe(true)
    },
  )
})

describe('a capture that is signed anew', () => {
  it.each(VERIFIERS)(
    '%s: its receivers accept it though it was tampered with, and reject it before',
    async (scheme, verify) => {
      const { secret, publicKey } = generateSecret(scheme)
      const { recorder, client } = await setup()
      const [echo] = await client.receiver.list()
      const endpoint = { kind: 'plain' as const, text: echo?.url ?? '' }
      const sealed = { kind: 'secret' as const, text: secret }
      const signing = { ...emptySigning(), scheme, secret: sealed }
      await fired(client, { endpoint, signing })
      const [capture] = (await client.capture.list({ filter: {}, limit: 1 })).items
      if (!capture) throw new Error('nothing was captured')
      const source = { kind: 'capture' as const, captureId: capture.id }
      const { headers } = await client.replay.original({ source, reveal: [] })
      const edits = {
        method: 'POST',
        headers: headers.map((_, from) => ({ from })),
        body: { kind: 'text' as const, text: '{"tampered":true}' },
      }
      const url = { kind: 'plain' as const, text: `${recorder.origin}/other` }
      const sent = { source, target: { kind: 'url' as const, url }, keepsId: true }
      const { own } = emptySigning()
      const typed = { scheme, own, secret: sealed }
      for (const request of [
        { ...sent, kind: 'as_sent' as const, edited: null, signing: null },
        { ...sent, kind: 'edited' as const, edited: edits, signing: null },
        { ...sent, kind: 'edited' as const, edited: edits, signing: typed },
      ]) {
        await ended(client, [(await client.replay.send(request)).deliveryId])
      }
      const verdicts: boolean[] = []
      for (const request of recorder.requests) {
        verdicts.push(await verify(seen(request), publicKey ?? secret))
      }
      expect(verdicts).toEqual([true, false, true])
    },
  )
})

describe('a replay that is rendered again', () => {
  it('is what the webhook sends of the same event today', async () => {
    const { recorder, client } = await setup()
    const endpoint = { kind: 'plain' as const, text: recorder.origin }
    const { webhook, attemptId, delivery } = await fired(client, { endpoint })
    await client.webhook.save({ webhookId: webhook.id, draft: { ...webhook, jsonStyle: 'pretty' } })
    const { deliveryId } = await client.replay.send(replay(attemptId, { kind: 'rendered' }))
    const [again] = await ended(client, [deliveryId])
    expect(again).toMatchObject({ replayKind: 'rendered', eventId: delivery.eventId })
    const [first, second] = recorder.requests.map(({ body }) => body.toString())
    expect(second).not.toBe(first)
    expect(JSON.parse(second ?? '')).toEqual(JSON.parse(first ?? ''))
  })

  it('knows its relatives, and shows the board nothing', async () => {
    const { recorder, client } = await setup()
    const endpoint = { kind: 'plain' as const, text: recorder.origin }
    const { attemptId, delivery } = await fired(client, { endpoint })
    const first = await client.replay.send(replay(attemptId, { kind: 'rendered' }))
    const [child] = await ended(client, [first.deliveryId])
    const childAttempt = child?.attemptList[0]?.id ?? attemptId
    const second = await client.replay.send(replay(childAttempt, {}))
    await ended(client, [second.deliveryId])
    const tree = await client.replay.tree({ deliveryId: second.deliveryId })
    expect(tree.map(({ depth, delivery: each }) => [depth, each?.id])).toEqual([
      [0, delivery.id],
      [1, first.deliveryId],
      [2, second.deliveryId],
    ])
    const board = await client.simulator.board()
    const place = board.find(({ event }) => event === delivery.event)
    expect(place?.last).toEqual([{ status: 'delivered', count: 1 }])
  })
})

/** The path of a replay: as it was, or as it was typed, byte for byte; secrets in it stay hidden. */
import { connect } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { AttemptId, EditedRequest, ReplayRequest } from '#contract'
import { startByteRecorder } from '../../support/byte-recorder.ts'
import { draftWith } from '../../support/factories.ts'
import { type CoreClient, ended, openTestCore } from '../../support/open-core.ts'

const ODD = '/x/../y//z/./%7e%2F?a=+%20&&b=\xe9\xff"<>|&c#d'

async function setup() {
  const recorder = await startByteRecorder()
  onTestFinished(recorder.close)
  const { client, core, dataDir } = await openTestCore()
  await client.app.removeSamples()
  const lines = () => recorder.requests.map(({ head }) => head.split('\r\n')[0])
  return { recorder, lines, client, core, dataDir }
}

async function fired(client: CoreClient, url: string) {
  const draft = draftWith({ endpoint: { kind: 'plain', text: url } })
  const webhook = await client.webhook.save({ webhookId: null, draft })
  const { deliveries } = await client.webhook.fireSample({ webhookId: webhook.id, seed: 4 })
  const [delivery] = await ended(client, deliveries)
  const attemptId = delivery?.attemptList[0]?.id
  if (!attemptId) throw new Error('nothing was sent')
  return { webhook, attemptId }
}

/** All of the original but its path. */
function edited(attemptId: AttemptId, path: string | undefined, target = OWN): ReplayRequest {
  const edits: EditedRequest = { method: 'POST', headers: [], body: { kind: 'unchanged' } }
  return {
    source: { kind: 'attempt', attemptId },
    kind: 'edited',
    target,
    signing: null,
    keepsId: true,
    edited: path === undefined ? edits : { ...edits, path },
  }
}

const OWN: ReplayRequest['target'] = { kind: 'own' }

async function sent(client: CoreClient, request: ReplayRequest) {
  const { deliveryId } = await client.replay.send(request)
  const [delivery] = await ended(client, [deliveryId])
  if (!delivery) throw new Error('nothing was sent')
  return delivery
}

describe('the request line of a replay', () => {
  it('is what was typed, to its own endpoint and to others', async () => {
    const { recorder, lines, client } = await setup()
    const { attemptId, webhook } = await fired(client, `${recorder.origin}/hook?own=1`)
    const url = { kind: 'plain' as const, text: ` ${recorder.origin}/other?x ` }
    const others = [
      OWN,
      { kind: 'url' as const, url },
      { kind: 'webhook' as const, webhookId: webhook.id },
    ]
    for (const target of others) {
      expect((await sent(client, edited(attemptId, ODD, target))).status).toBe('delivered')
      await sent(client, edited(attemptId, undefined, target))
    }
    await sent(client, edited(attemptId, '/?'))
    expect(lines()).toEqual([
      'POST /hook?own=1 HTTP/1.1',
      `POST ${ODD} HTTP/1.1`,
      'POST /hook?own=1 HTTP/1.1',
      `POST ${ODD} HTTP/1.1`,
      'POST /other?x HTTP/1.1',
      `POST ${ODD} HTTP/1.1`,
      'POST /hook?own=1 HTTP/1.1',
      'POST /? HTTP/1.1',
    ])
  })

  it('is sent after a restart as it was typed', async () => {
    const { recorder, lines, client, core, dataDir } = await setup()
    const { attemptId } = await fired(client, recorder.origin)
    await client.queue.pause()
    const { deliveryId } = await client.replay.send(edited(attemptId, ODD))
    await core.close()
    const after = await openTestCore(dataDir)
    await after.client.queue.resume()
    await ended(after.client, [deliveryId])
    expect(lines()).toEqual(['POST / HTTP/1.1', `POST ${ODD} HTTP/1.1`])
  })

  it.each(['/in/echo//a/../b?x=%7e&y=+%20&', '/in/echo?', '/in/echo/<"|\\^`{}>?\'#x'])(
    'is as it was captured, where it goes to the same receiver: %j',
    async (path) => {
      const { client } = await openTestCore()
      const [echo] = await client.receiver.list()
      const socket = connect(Number(new URL(echo?.url ?? '').port), '127.0.0.1')
      onTestFinished(() => void socket.destroy())
      socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`, 'latin1')
      const count = () => client.receiver.list().then((list) => list[0]?.received)
      await expect.poll(count).toBe((echo?.received ?? 0) + 1)
      const [capture] = (await client.capture.list({ filter: {}, limit: 1 })).items
      if (!capture) throw new Error('nothing was captured')
      const source = { kind: 'capture' as const, captureId: capture.id }
      const original = await client.replay.original({ source, reveal: [] })
      expect(original.path).toEqual({ text: path, isHidden: false })
      const rest = { signing: null, keepsId: true, edited: null }
      await sent(client, { source, kind: 'as_sent', target: OWN, ...rest })
      const { items } = await client.capture.list({ filter: {}, limit: 2 })
      expect(items.map(({ startLine }) => startLine)).toEqual([
        `GET ${path} HTTP/1.1`,
        `GET ${path} HTTP/1.1`,
      ])
    },
  )

  it.each([
    ['', /begins with/],
    ['x', /begins with/],
    ['/a b', /space/],
    ['/a\r\nX-Evil: 1', /line break/],
    ['/☃', /%E2%98%83/],
    ['/services/T0/B0/••••••••', /masked/],
  ])('is refused in words when it cannot be sent: %j', async (path, words) => {
    const { recorder, client } = await setup()
    const { attemptId } = await fired(client, recorder.origin)
    await expect(client.replay.send(edited(attemptId, path))).rejects.toMatchObject({
      data: { problems: [{ field: 'path', message: expect.stringMatching(words) }] },
    })
    expect(recorder.requests).toHaveLength(1)
  })
})

describe('a path that holds a secret', () => {
  const shown = { text: '/services/T0ABC/B0DEF/••••••••mnop', isHidden: true }

  it('is masked until it is asked for, and so is the one that takes its place', async () => {
    const { recorder, lines, client } = await setup()
    const path = '/services/T0ABC/B0DEF/abcdefghijklmnop'
    const { attemptId } = await fired(client, recorder.origin + path)
    const source = { kind: 'attempt' as const, attemptId }
    const masked = await client.replay.original({ source, reveal: ['body'] })
    expect(masked.path).toEqual(shown)
    expect(JSON.stringify(masked)).not.toContain('abcdefgh')
    const plain = await client.replay.original({ source, reveal: ['path'] })
    expect(plain.path).toEqual({ text: path, isHidden: false })
    const delivery = await sent(client, edited(attemptId, '/services/T0ABC/B0DEF/qrstuvwxyz0123'))
    expect(lines()[1]).toBe('POST /services/T0ABC/B0DEF/qrstuvwxyz0123 HTTP/1.1')
    const again = delivery.attemptList[0]?.id ?? attemptId
    const views = await Promise.all([
      client.delivery.exchange({ attemptId: again, whole: true }),
      client.replay.original({ source: { kind: 'attempt', attemptId: again }, reveal: [] }),
      client.delivery.curl({ attemptId: again, withSecrets: false }),
    ])
    const seen = JSON.stringify([delivery, ...views])
    expect(seen).not.toMatch(/abcdefgh|qrstuvwx/)
    expect(seen).not.toContain(Buffer.from('qrstuvwx').toString('base64').slice(0, 10))
    // What is edited of it and not its path goes where the secret stays.
    await sent(client, edited(attemptId, undefined))
    expect(lines()[2]).toBe(`POST ${path} HTTP/1.1`)
  })

  it('is masked in an import that says no origin, too', async () => {
    const { client } = await setup()
    const text = 'POST /services/T0ABC/B0DEF/abcdefghijklmnop HTTP/1.1\n\n{}'
    const question = { source: { kind: 'text' as const, text }, passphrase: null }
    const all = { chosen: [0], mapping: null }
    const { captureIds } = await client.import.save({ ...question, ...all })
    const [captureId] = captureIds
    if (!captureId) throw new Error('nothing was imported')
    const asked = { source: { kind: 'capture' as const, captureId }, reveal: [] }
    expect(await client.replay.original(asked)).toMatchObject({ path: shown, isImported: true })
  })
})

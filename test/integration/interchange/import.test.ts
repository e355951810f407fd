/** Imports as a whole: shown first, then kept, inspected, and sent to where they were for. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { CaptureId, ImportRequest, ReplayRequest } from '#contract'
import { draftWith } from '../../support/factories.ts'
import { type CoreClient, ended, openTestCore } from '../../support/open-core.ts'
import { startWireServer, type WireServer } from '../../support/wire-server.ts'

async function recording(): Promise<WireServer> {
  return startWireServer({
    onRequest: (connection) => connection.send('HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n'),
  })
}

const text = (source: string) => ({
  source: { kind: 'text' as const, text: source },
  passphrase: null,
})

async function saved(client: CoreClient, source: string, change: Partial<ImportRequest> = {}) {
  const question = text(source)
  const { items } = await client.import.recognise(question)
  const chosen = items.map(({ index }) => index)
  return client.import.save({ ...question, chosen, mapping: null, ...change })
}

function asItIs(captureId: CaptureId): ReplayRequest {
  return {
    source: { kind: 'capture', captureId },
    kind: 'as_sent',
    target: { kind: 'own' },
    signing: null,
    keepsId: true,
    edited: null,
  }
}

describe('an imported request', () => {
  it('goes to where it was for, with its own bytes', async () => {
    const server = await recording()
    const { client } = await openTestCore()
    const body = Buffer.from([0, 255, 13, 10, 0xc3, 0x28, 0x41])
    const head = `POST /a%20b?x=1&x=2 HTTP/1.1\r\nHost: ${server.origin.slice(7)}\r\nX-Odd: 1\r\nx-odd: \xe9\r\nContent-Length: 7\r\n\r\n`
    const bytes = Buffer.concat([Buffer.from(head, 'latin1'), body])
    const question = {
      source: { kind: 'bytes' as const, base64: bytes.toString('base64') },
      passphrase: null,
    }
    const { captureIds } = await client.import.save({ ...question, chosen: [0], mapping: null })
    const [captureId] = captureIds
    if (!captureId) throw new Error('nothing was imported')
    const { deliveryId } = await client.replay.send(asItIs(captureId))
    const [delivery] = await ended(client, [deliveryId])
    expect(delivery).toMatchObject({ status: 'delivered', replayOf: captureId })
    const [seen] = server.requests
    expect(seen?.body.equals(body)).toBe(true)
    expect(seen?.head.toString('latin1').split('\r\n')).toEqual([
      'POST /a%20b?x=1&x=2 HTTP/1.1',
      expect.stringMatching(/^host: /),
      'connection: keep-alive',
      'X-Odd: 1',
      'x-odd: \xe9',
      'content-length: 7',
      '',
      '',
    ])
  })

  it('stands among the captures, in the order of the text, and can be told apart from them', async () => {
    const { client } = await openTestCore()
    await saved(client, 'curl http://127.0.0.1:1/one\ncurl http://127.0.0.1:1/two -d x')
    const { items } = await client.capture.list({ filter: { receiverId: 'imported' }, limit: 10 })
    expect(items.map(({ startLine }) => startLine)).toEqual([
      'GET /one HTTP/1.1',
      'POST /two HTTP/1.1',
    ])
    expect(items[1]).toMatchObject({
      receiverId: 'imported',
      problem: null,
      status: null,
      imported: { from: 'curl', url: 'http://127.0.0.1:1/two', sentAtMs: null },
    })
  })

  it('shows nothing of the secret in its URL, anywhere', async () => {
    const { client, dataDir } = await openTestCore()
    const url = 'https://hooks.slack.com/services/T000/B000/sEcReTpArT99'
    const { items } = await client.import.recognise(
      text(`curl ${url} -d '{}' -H 'Authorization: Bearer sEcReTtOkEn'`),
    )
    const { captureIds } = await saved(
      client,
      `curl ${url} -d '{}' -H 'Authorization: Bearer sEcReTtOkEn'`,
    )
    const [captureId] = captureIds
    if (!captureId) throw new Error('nothing was imported')
    const source = { kind: 'capture' as const, captureId }
    const shown = JSON.stringify([
      items,
      await client.capture.list({ filter: {}, limit: 10 }),
      await client.capture.get({ captureId, whole: true }),
      await client.replay.original({ source, reveal: [] }),
      await client.replay.tree({ captureId }),
    ])
    expect(shown).not.toMatch(/sEcReT/)
    expect(shown).toMatch(/hooks\.slack\.com\/services\/T000\/B000/)
    // What is at rest is exact.
    expect(readFileSync(`${dataDir}/hookstage.sqlite-wal`).includes('sEcReTpArT99')).toBe(true)
  })

  it.each(['*', '.elsewhere.example/x', '@elsewhere.example', '0/x', 'http://elsewhere.example/x'])(
    'goes to where it was for, whatever its request line holds: %s',
    async (target) => {
      const server = await recording()
      const { client } = await openTestCore()
      const command = `curl ${server.origin} --request-target '${target}'`
      const { items } = await client.import.recognise(text(command))
      const expected = target.replace(/^http:..[^/]*\/?/, '')
      expect(items[0]?.title).toBe(`${server.origin}/${expected}`)
      const { captureIds } = await saved(client, command)
      const [captureId] = captureIds
      if (!captureId) throw new Error('nothing was imported')
      const { deliveryId } = await client.replay.send(asItIs(captureId))
      const [delivery] = await ended(client, [deliveryId])
      expect(delivery?.status).toBe('delivered')
      expect(server.requests[0]?.head.toString('latin1')).toMatch(/^GET \/\S* HTTP/)
    },
  )

  it('that does not say where it was for is refused to go there, in words', async () => {
    const { client } = await openTestCore()
    const { captureIds } = await saved(client, 'POST /x HTTP/1.1\n\nhello')
    const [captureId] = captureIds
    if (!captureId) throw new Error('nothing was imported')
    await expect(client.replay.send(asItIs(captureId))).rejects.toMatchObject({
      code: 'invalid',
      message: expect.stringMatching(/where this request was for/),
    })
  })

  it('becomes an event, and a webhook for where it was for', async () => {
    const { client } = await openTestCore()
    const command = `curl http://127.0.0.1:1/hook --json '{"type":"poll.created","data":{"n":1.0}}'`
    const { captureIds } = await saved(client, command)
    const [captureId] = captureIds
    if (!captureId) throw new Error('nothing was imported')
    const source = { kind: 'capture' as const, captureId }
    const made = await client.event.make({ source, mapping: null })
    expect(made).toMatchObject({
      event: 'poll.created',
      payloadText: expect.stringContaining('1.0'),
    })
    const { draft } = await client.event.draftWebhook({ source, event: 'poll.created' })
    expect(draft.endpoint).toEqual({ kind: 'plain', text: 'http://127.0.0.1:1/hook' })
  })
})

describe('imported JSON', () => {
  it('is kept as samples, number for number, each under a name of its own', async () => {
    const { client } = await openTestCore()
    const events = `[{"type":"poll.created","n":1.0},{"type":"poll.created","n":12345678901234567890}]`
    const { sampleIds } = await saved(client, events)
    expect(sampleIds).toHaveLength(2)
    const samples = await client.sample.list()
    expect(samples.map(({ name }) => name)).toEqual(['Imported', 'Imported 2'])
    expect(samples.map(({ payloadText }) => payloadText.replace(/\s/g, ''))).toEqual([
      '{"type":"poll.created","n":1.0}',
      '{"type":"poll.created","n":12345678901234567890}',
    ])
  })

  it('that names no event waits for the user to choose one', async () => {
    const { client } = await openTestCore()
    await expect(saved(client, '{"ping":true}')).rejects.toMatchObject({ code: 'invalid' })
    expect(await client.sample.list()).toEqual([])
    const mapping = { event: 'poll.created' as const, place: 'data' as const }
    await saved(client, '{"ping":true}', { mapping })
    const [sample] = await client.sample.list()
    expect(JSON.parse(sample?.payloadText ?? '')).toEqual({
      type: 'poll.created',
      data: { ping: true },
    })
  })
})

describe('what cannot be imported', () => {
  const head = Buffer.from('POST / HTTP/1.1\r\nHost: a\r\n\r\n').toString('base64')
  const bytes = { head, body: '' }
  const request = {
    ...bytes,
    origin: 'http://127.0.0.1:1',
    isChunked: false,
    sentAtMs: 1,
    note: '',
    answer: null,
  }
  it.each([
    ['origin', { origin: 'http://[' }],
    ['origin', { origin: 'http://user:word@127.0.0.1:1' }],
    ['origin', { origin: 'http://127.0.0.1:1?token=abcd' }],
    ['sentAtMs', { sentAtMs: 1.5 }],
    ['sentAtMs', { sentAtMs: 1e17 }],
    ['answer.status', { answer: { ...bytes, status: 1e6 } }],
  ])('of a Hookstage file is a request whose %s is none: %j', async (place, change) => {
    const { client } = await openTestCore()
    const requests = [{ ...request, ...change }, request]
    const file = JSON.stringify({ hookstage: { version: 1 }, requests })
    const { items } = await client.import.recognise(text(file))
    expect(items.map(({ kind, lost }) => [kind, ...lost])).toEqual([
      ['refused', `Its ${place} is not as a Hookstage file has it.`],
      ['request'],
    ])
  })

  it.each([
    ['signing', { scheme: 'future_scheme' }, ['This version does not know how it is signed']],
    ['signing', null, ['This version does not know how it is signed']],
    ['retry', { kind: 'future' }, ['This version does not know its retry schedule']],
    ['signing', undefined, []],
    ['retry', undefined, []],
  ])('of a Hookstage file is said of its webhook: %s %j', async (setting, unread, said) => {
    const { client } = await openTestCore()
    const webhooks = [{ ...draftWith({}), [setting]: unread }]
    const file = JSON.stringify({ hookstage: { version: 1 }, webhooks })
    const { items } = await client.import.recognise(text(file))
    expect(items.map(({ kind, lost }) => [kind, ...lost])).toEqual([
      [
        'webhook',
        'It is inactive until you switch it on.',
        ...said.map((words) => expect.stringContaining(words)),
      ],
    ])
  })

  it('of size, which is read on a thread, is kept byte for byte', async () => {
    const { client } = await openTestCore()
    const body = Buffer.from(Uint8Array.from({ length: 1_500_000 }, (_, i) => (i * 7) % 256))
    const head = `POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: ${body.length}\r\n\r\n`
    const base64 = Buffer.concat([Buffer.from(head), body]).toString('base64')
    const source = { kind: 'bytes' as const, base64 }
    const { captureIds } = await client.import.save({
      source,
      passphrase: null,
      chosen: [0],
      mapping: null,
    })
    const [captureId] = captureIds
    if (!captureId) throw new Error('nothing was imported')
    const { request } = await client.capture.get({ captureId, whole: true })
    expect(Buffer.from(request?.body.base64 ?? '', 'base64').equals(body)).toBe(true)
  })

  it('of a HAR is an answer whose status is none', async () => {
    const { client } = await openTestCore()
    const post = { method: 'POST', url: 'http://127.0.0.1:1/', headers: [], cookies: [] }
    const entries = [{ request: post, response: { status: 200.5 } }]
    await saved(client, JSON.stringify({ log: { version: '1.2', entries } }))
    const { items } = await client.capture.list({ filter: { receiverId: 'imported' }, limit: 10 })
    expect(items.map(({ status }) => status)).toEqual([null])
  })

  it.each([
    ['', /nothing in it/],
    ['  \n ', /nothing in it/],
    ['hello', /no cURL command/],
    ['{"a":', /Line 1, column 6/],
    ['[]', /empty/],
    ["curl 'http://x", /Line 1, column 6: the ' that begins here is never closed/],
    ['HTTP/1.1 200 OK\r\n\r\n', /This is an answer/],
    ['{"log":{"entries":[]}}', /no requests/],
    ['{"hookstage":{"version":2}}', /newer Hookstage \(file version 2; this one reads 1\)/],
    ['{"hookstage":{"version":1}}', /empty/],
    ['['.repeat(100_000), /JSON/],
  ])('%j is refused in words', async (source, words) => {
    const { client } = await openTestCore()
    await expect(client.import.recognise(text(source))).rejects.toMatchObject({
      code: 'invalid',
      message: expect.stringMatching(words),
    })
  })
})

/** Exports: files that other tools take, that come back as they were, and that hold no secret unasked. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { connect } from 'node:net'
import type { Entry, Har } from 'har-format'
import { har as validHar } from 'har-validator/lib/promise.js'
import { describe, expect, it } from 'vitest'
import {
  type CaptureId,
  type DeliveryId,
  type ExportPiece,
  type ExportRequest,
  type ReceiverId,
  textAnswer,
  WORKSPACE_NETWORK,
} from '#contract'
import { draftWith } from '../../support/factories.ts'
import { type CoreClient, ended, openTestCore } from '../../support/open-core.ts'

const ECHO = 'echo' as ReceiverId
const PLAIN: Omit<ExportRequest, 'source'> = {
  format: 'har',
  withSecrets: false,
  passphrase: null,
  webhooks: false,
  samples: false,
}

async function exported(client: CoreClient, request: ExportRequest) {
  let text = ''
  let end: Extract<ExportPiece, { kind: 'end' }> | null = null
  for await (const piece of await client.export.write(request)) {
    if (piece.kind === 'text') text += piece.text
    else end = piece
  }
  if (!end) throw new Error('the file has no end')
  return { text, end }
}

/** Stricter than the schema: what a reader may rely on. */
function checkRules(text: string): void {
  const { log } = JSON.parse(text) as Har
  for (const { request, timings, time } of log.entries) {
    expect(URL.canParse(request.url)).toBe(true)
    expect(request.queryString).toHaveLength([...new URL(request.url).searchParams].length)
    const postData: (Entry['request']['postData'] & { _base64?: string }) | undefined =
      request.postData
    expect(postData === undefined).toBe(request.bodySize === 0)
    if (postData) {
      expect(Object.hasOwn(postData, 'text') && !Object.hasOwn(postData, 'params')).toBe(true)
      const bytes =
        postData._base64 === undefined
          ? Buffer.from(postData.text ?? '')
          : Buffer.from(postData._base64, 'base64')
      expect(bytes).toHaveLength(request.bodySize)
    }
    const phases = ['blocked', 'dns', 'connect', 'send', 'wait', 'receive'] as const
    const sum = phases.map((name) => Math.max(0, timings[name] ?? -1)).reduce((a, b) => a + b, 0)
    expect(time).toBeCloseTo(sum, 3)
  }
}

async function echoUrl(client: CoreClient): Promise<string> {
  const [echo] = await client.receiver.list()
  if (!echo) throw new Error('no Echo')
  return echo.url
}

async function newest(client: CoreClient, limit: number): Promise<CaptureId[]> {
  const { items } = await client.capture.list({ filter: {}, limit })
  return items.map(({ id }) => id)
}

/** The oldest first, as exports have them, once all of them were answered. */
async function answered(client: CoreClient, count: number): Promise<CaptureId[]> {
  const statuses = async () => {
    const { items } = await client.capture.list({ filter: {}, limit: count + 1 })
    return items.filter(({ status }) => status !== null)
  }
  await expect.poll(statuses).toHaveLength(count)
  return (await newest(client, count)).toReversed()
}

async function fired(client: CoreClient): Promise<DeliveryId[]> {
  const all = await client.simulator.fireAll({ seed: 3 })
  const ids = all.flatMap(({ deliveries }) => deliveries)
  await ended(client, ids)
  return ids
}

const BODIES: readonly (readonly [type: string, body: Uint8Array<ArrayBuffer>])[] = [
  ['application/json', Uint8Array.from(Buffer.from('{"a":1.0,"b":"é🎉"}'))],
  ['application/octet-stream', Uint8Array.from({ length: 256 }, (_, index) => index)],
  ['text/plain', Uint8Array.from(Buffer.from('\ufeffa\r\nb\0'))],
  ['application/x-www-form-urlencoded', Uint8Array.from(Buffer.from('a=+%20&a=2&%zz'))],
]

describe('a HAR file', () => {
  it('of deliveries passes the validator and our own rules', async () => {
    const { client } = await openTestCore()
    const ids = await fired(client)
    const { text, end } = await exported(client, { ...PLAIN, source: { kind: 'deliveries', ids } })
    expect(end).toMatchObject({ requests: ids.length, leftOut: [] })
    expect(end.fileName).toMatch(/^hookstage-\d{4}-\d\d-\d\d-\d{4}\.har$/)
    await validHar(JSON.parse(text))
    checkRules(text)
  })

  it('of captures comes back byte for byte, with the answers', async () => {
    const { client } = await openTestCore()
    const url = await echoUrl(client)
    for (const [type, body] of BODIES) {
      await fetch(`${url}/p?q=a%20b&q=+`, {
        method: 'POST',
        body,
        headers: { 'content-type': type },
      })
    }
    const ids = await answered(client, 4)
    const { text } = await exported(client, { ...PLAIN, source: { kind: 'captures', ids } })
    await validHar(JSON.parse(text))
    checkRules(text)
    const question = { source: { kind: 'text' as const, text }, passphrase: null }
    const { items } = await client.import.recognise(question)
    expect(items.map(({ status }) => status)).toEqual([200, 200, 200, 200])
    const { captureIds } = await client.import.save({
      ...question,
      chosen: [0, 1, 2, 3],
      mapping: null,
    })
    for (const [index, id] of ids.entries()) {
      const before = await client.capture.get({ captureId: id, whole: true })
      const importedId = captureIds[index]
      if (!importedId) throw new Error('one is missing')
      const after = await client.capture.get({ captureId: importedId, whole: true })
      expect(after.request?.body.base64).toBe(before.request?.body.base64)
      expect(after.request?.startLine).toBe(before.request?.startLine)
      expect(after.request?.headers).toEqual(before.request?.headers)
      expect(after.response?.body.base64).toBe(before.response?.body.base64)
    }
  })

  it('of what a filter lets through leaves out what is no whole request, and says so', async () => {
    const { client } = await openTestCore()
    const url = await echoUrl(client)
    await fetch(url, { method: 'POST', body: 'x' })
    const socket = connect(Number(new URL(url).port), '127.0.0.1')
    socket.end('no HTTP\r\n\r\n')
    await expect.poll(() => newest(client, 10)).toHaveLength(2)
    const source = { kind: 'matching_captures' as const, filter: {} }
    const { end } = await exported(client, { ...PLAIN, source })
    expect(end).toMatchObject({ requests: 1, leftOut: [{ count: 1, why: 'is no whole request' }] })
  })
})

describe('secrets in exports', () => {
  const SECRETS = [
    'kNoWnSecret1',
    'uRlSecret22',
    'fOrMSecret3',
    'jSoNSecret4',
    'nEsTedSecret5',
    'pArtSecret6',
    'cOoKieless7',
  ]

  async function withSecrets(client: CoreClient): Promise<CaptureId[]> {
    const url = await echoUrl(client)
    await client.webhook.save({
      webhookId: null,
      draft: draftWith({
        endpoint: { kind: 'plain', text: `${url}?token=kNoWnSecret1` },
        headers: [{ rowId: 'a', name: 'X-Mine', value: { kind: 'secret', text: 'cOoKieless7' } }],
      }),
    })
    const form = new FormData()
    form.set('token', 'pArtSecret6')
    const send = (path: string, body: BodyInit, type?: string) =>
      fetch(url + path, {
        method: 'POST',
        body,
        ...(type ? { headers: { 'content-type': type } } : {}),
      })
    await send('?api_key=uRlSecret22', 'kNoWnSecret1 and cOoKieless7', 'text/plain')
    const payload = encodeURIComponent('{"access_token":"nEsTedSecret5"}')
    await send('', `a=1&token=fOrMSecret3&payload=${payload}`, 'application/x-www-form-urlencoded')
    await send(
      '',
      '{"user":{"password":"jSoNSecret4","pin":1},"again":"jSoNSecret4"}',
      'application/json',
    )
    await send('', form)
    return answered(client, 4)
  }

  it.each(['har', 'curl', 'hookstage'] as const)(
    'are hidden in %s: URLs, headers, forms, JSON',
    async (format) => {
      const { client } = await openTestCore()
      const ids = await withSecrets(client)
      const request = {
        ...PLAIN,
        format,
        source: { kind: 'captures' as const, ids },
        webhooks: true,
      }
      const { text, end } = await exported(client, request)
      const plain =
        format === 'hookstage'
          ? text.replace(/[A-Za-z0-9+/]{16,}={0,2}/g, (part) =>
              Buffer.from(part, 'base64').toString('latin1'),
            )
          : text
      for (const secret of SECRETS) expect(plain).not.toContain(secret)
      expect(plain).toContain('/in/echo')
      expect(end.masked).toBe(4)
    },
  )

  it.each(['har', 'curl'] as const)('are in %s when they are asked for', async (format) => {
    const { client } = await openTestCore()
    const ids = await withSecrets(client)
    const source = { kind: 'captures' as const, ids }
    const { text, end } = await exported(client, { ...PLAIN, format, source, withSecrets: true })
    for (const secret of SECRETS)
      expect(decodeURIComponent(text.replace(/%(?![0-9A-F]{2})/g, '%25'))).toContain(secret)
    expect(end.masked).toBe(0)
  })

  it('are hidden in an answer that repeats them too', async () => {
    const { client } = await openTestCore()
    const url = await echoUrl(client)
    await client.receiver.setScript({
      receiverId: ECHO,
      script: {
        steps: [textAnswer(200, 'Welcome with hunter2222, dear user.')],
        atEnd: 'repeat_last',
      },
    })
    const headers = { 'Content-Type': 'application/json' }
    await fetch(url, { method: 'POST', headers, body: '{"password":"hunter2222"}' })
    const ids = await answered(client, 1)
    const { text } = await exported(client, { ...PLAIN, source: { kind: 'captures', ids } })
    expect(text).not.toContain('hunter2222')
    expect(text).toContain('Welcome with **********, dear user.')
  })

  it('are in a Hookstage file only under a passphrase, and come back with it', async () => {
    const { client } = await openTestCore()
    const ids = await withSecrets(client)
    const request = {
      ...PLAIN,
      format: 'hookstage' as const,
      source: { kind: 'captures' as const, ids },
      withSecrets: true,
      webhooks: true,
    }
    await expect(exported(client, request)).rejects.toMatchObject({ code: 'invalid' })
    const { text } = await exported(client, { ...request, passphrase: 'open sésame' })
    expect(text).not.toMatch(/echo/)

    const { client: other } = await openTestCore()
    const source = { kind: 'text' as const, text }
    const asked = await other.import.recognise({ source, passphrase: null })
    expect(asked).toMatchObject({ needsPassphrase: true, items: [] })
    await expect(other.import.recognise({ source, passphrase: 'no' })).rejects.toMatchObject({
      code: 'invalid',
    })
    const question = { source, passphrase: 'open sésame' }
    const { items } = await other.import.recognise(question)
    const chosen = items.map(({ index }) => index)
    const { captureIds, webhookIds } = await other.import.save({
      ...question,
      chosen,
      mapping: null,
    })
    expect([captureIds.length, webhookIds.length]).toEqual([4, 6])
    const webhooks = await other.webhook.list()
    const mine = webhooks.find(({ headers }) => headers.some(({ name }) => name === 'X-Mine'))
    const secret = mine?.headers[0]?.value
    expect(mine?.status).toBe('inactive')
    if (secret?.kind !== 'kept') throw new Error('it is not sealed')
    expect(await other.secret.reveal({ secretId: secret.secretId })).toEqual({
      value: 'cOoKieless7',
    })
  })
})

describe('a Hookstage file', () => {
  it('without secrets brings webhooks that say what they lack', async () => {
    const { client } = await openTestCore()
    await client.webhook.save({
      webhookId: null,
      draft: draftWith({
        name: 'To them',
        endpoint: { kind: 'plain', text: 'http://127.0.0.1:9/hook?token=sEcReT12345' },
        headers: [{ rowId: 'a', name: 'X-Mine', value: { kind: 'secret', text: 'aSecretValue' } }],
        network: {
          ...WORKSPACE_NETWORK,
          proxy: 'own',
          proxyUrl: 'http://proxy.example.com:3128',
          proxyCredentials: { kind: 'secret', text: 'me:pRoXySecret' },
        },
      }),
    })
    const request = { ...PLAIN, format: 'hookstage' as const, webhooks: true, samples: true }
    const { text, end } = await exported(client, { ...request, source: { kind: 'workspace' } })
    expect(text).not.toMatch(/sEcReT12345|aSecretValue|pRoXySecret/)
    expect(end).toMatchObject({ webhooks: 6, requests: 0 })

    const { client: other } = await openTestCore()
    const question = { source: { kind: 'text' as const, text }, passphrase: null }
    const { items } = await other.import.recognise(question)
    const item = items.find(({ title }) => title === 'To them')
    expect(item?.lost).toEqual([
      'It is inactive until you switch it on.',
      'The secret part of its URL is not in the file: enter it.',
      'The value of its header X-Mine is not in the file: enter it.',
      'It goes through a proxy of its own: enter user and password where that asks for them.',
    ])
    await other.import.save({ ...question, chosen: [item?.index ?? -1], mapping: null })
    const webhook = (await other.webhook.list()).find(({ name }) => name === 'To them')
    if (!webhook) throw new Error('it was not imported')
    await other.host.confirm({ hosts: ['hooks.slack.com'] })
    const { deliveries } = await other.webhook.fireSample({ webhookId: webhook.id, seed: 1 })
    const [delivery] = await ended(other, deliveries)
    expect(delivery?.code).toBe('bad_request')
  })

  it('carries captures with their exact bytes', async () => {
    const { client } = await openTestCore()
    const url = await echoUrl(client)
    for (const [type, body] of BODIES) {
      await fetch(url, { method: 'POST', body, headers: { 'content-type': type } })
    }
    const ids = await answered(client, 4)
    const format = 'hookstage' as const
    const { text } = await exported(client, { ...PLAIN, format, source: { kind: 'captures', ids } })
    const { client: other } = await openTestCore()
    const question = { source: { kind: 'text' as const, text }, passphrase: null }
    const { captureIds } = await other.import.save({
      ...question,
      chosen: [0, 1, 2, 3],
      mapping: null,
    })
    for (const [index, id] of ids.entries()) {
      const importedId = captureIds[index]
      if (!importedId) throw new Error('one is missing')
      const before = await client.capture.get({ captureId: id, whole: true })
      const after = await other.capture.get({ captureId: importedId, whole: true })
      expect([after.request, after.response]).toEqual([before.request, before.response])
    }
  })
})

/** The forms in which curl sends a body. */
const CURL_BODIES: readonly (readonly string[])[] = [
  [],
  ['-X', 'PUT', '-d', ''],
  ['-d', 'a=1', '-d', 'b=2 c'],
  ['--data-raw', '@x\n\r\n!'],
  ['--data-binary', '\u00e9\u{1f389}'],
  ['--data-urlencode', 'q=a b&c'],
  ['--json', '{"a":1.0}'],
  ['-F', 'a=1', '-F', 'b={};type=application/json'],
  ['-H', 'Transfer-Encoding: chunked', '-d', 'abc'],
  ['-G', '-d', 'a=1'],
  ['-I'],
  ['-X', 'POST'],
  ['-H', 'X-Empty;', '-H', "x-empty: it's", '-u', 'me:pw', '-b', 'a=1'],
]

describe('a cURL script', () => {
  it('of what the real curl sent comes back as it was', async () => {
    const { client } = await openTestCore()
    const url = await echoUrl(client)
    for (const words of CURL_BODIES) {
      await once(
        spawn('curl', ['-q', '-s', ...words, `${url}/a?b=c`], { stdio: 'ignore' }),
        'close',
      )
    }
    const ids = await answered(client, CURL_BODIES.length)
    const source = { kind: 'captures' as const, ids }
    const { text } = await exported(client, { ...PLAIN, format: 'curl', source, withSecrets: true })
    const question = { source: { kind: 'text' as const, text }, passphrase: null }
    const chosen = ids.map((_, index) => index)
    const { captureIds } = await client.import.save({ ...question, chosen, mapping: null })
    for (const [index, id] of ids.entries()) {
      const importedId = captureIds[index]
      if (!importedId) throw new Error('one is missing')
      const before = await client.capture.get({ captureId: id, whole: true })
      const after = await client.capture.get({ captureId: importedId, whole: true })
      expect(after.request).toEqual(before.request)
      expect(after.isChunked).toBe(before.isChunked)
    }
  })
})

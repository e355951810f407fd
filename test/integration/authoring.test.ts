import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import type { WebhookDraft } from '#contract'
import { draftWith } from '../support/factories.ts'
import { ended, openTestCore } from '../support/open-core.ts'
import { tempFolder } from '../support/temp-folder.ts'
import { startWireServer } from '../support/wire-server.ts'

const SECRET = 'Bearer sk_live_0123456789abcdef'
const SLACK = 'https://hooks.slack.com/services/T00000000/B00000000/XyZsecretXyZsecret123456'

function withSecrets(change: Partial<WebhookDraft> = {}): WebhookDraft {
  return draftWith({
    endpoint: { kind: 'plain', text: SLACK },
    headers: [{ rowId: 'auth', name: 'Authorization', value: { kind: 'secret', text: SECRET } }],
    ...change,
  })
}

describe('a new workspace', () => {
  it('has a sample webhook per event type, which Echo and the rehearsals take at once', async () => {
    const { client } = await openTestCore()
    const webhooks = await client.webhook.list()
    expect(webhooks.map(({ event }) => event.split('.')[0])).toEqual([
      'attendee',
      'meeting',
      'session',
      'sponsor',
      'poll',
    ])
    const fired = await client.simulator.fireAll({ seed: 3 })
    expect(fired).toHaveLength(22)
    const deliveries = await ended(
      client,
      fired.flatMap(({ deliveries: ids }) => ids),
    )
    expect(deliveries).toHaveLength(5)
    const outcomes = deliveries.map(({ webhookName, status }) => `${webhookName}: ${status}`)
    expect(outcomes.toSorted()).toEqual([
      'Booked meetings → Echo: delivered',
      'New attendees → Slack: delivered',
      'Poll answers → Echo (form fields): delivered',
      'Session joins → Webex: delivered',
      'Sponsor leads → Teams: accepted',
    ])
    const receivers = await client.receiver.list()
    expect(receivers.map(({ kind, received }) => `${kind} ${received}`)).toEqual([
      'plain 2',
      'slack 1',
      'teams 1',
      'teams_legacy 0',
      'webex 1',
    ])
    for (const { id, kind, received } of receivers) {
      if (kind === 'plain' || received === 0) continue
      const { items } = await client.receiver.channel({ receiverId: id, limit: 10 })
      expect(items).toMatchObject([{ result: 'posted', message: { chat: kind } }])
    }
  })

  it('gets its samples once, and loses them in one go with a way back', async () => {
    const first = await openTestCore()
    const { removed } = await first.client.app.removeSamples()
    expect(removed).toHaveLength(5)
    expect(await first.client.webhook.list()).toEqual([])
    await first.client.webhook.restore({ webhookIds: removed })
    expect(await first.client.webhook.list()).toHaveLength(5)
    await first.client.app.removeSamples()
    await first.core.close()
    const second = await openTestCore(first.dataDir)
    expect(await second.client.webhook.list()).toEqual([])
  })
})

describe('a form', () => {
  it('that holds too much is kept, and each field says so', async () => {
    const { client } = await openTestCore()
    const long = 'v'.repeat(70_000)
    const draft = draftWith({
      name: long,
      endpoint: { kind: 'plain', text: `http://127.0.0.1:9/${long}` },
      headers: [{ rowId: 'long', name: 'X-Long', value: { kind: 'plain', text: long } }],
    })
    await client.draft.put({ webhookId: null, draft })
    expect((await client.draft.list())[0]?.draft.name).toBe(long)
    await expect(client.webhook.save({ webhookId: null, draft })).rejects.toMatchObject({
      code: 'invalid',
      data: {
        problems: [
          { field: 'name', message: expect.stringContaining('500 characters') },
          { field: 'endpoint', message: expect.stringContaining('65,536 characters') },
          { field: 'headers.long.value', message: expect.stringContaining('65,536 characters') },
        ],
      },
    })
  })

  it('is warned of an address that is never connected to', async () => {
    const { client } = await openTestCore()
    for (const text of [
      'http://169.254.169.254/latest',
      'http://[fe80::1]/',
      'http://2852039166/',
    ]) {
      const draft = draftWith({ endpoint: { kind: 'plain', text } })
      const { problems } = await client.webhook.preview({ webhookId: null, draft, seed: 1 })
      const message = expect.stringContaining('does not connect to')
      expect(problems).toMatchObject([{ field: 'endpoint', severity: 'warning', message }])
    }
  })

  it('shows the request without the header that is still being typed', async () => {
    const { client } = await openTestCore()
    const draft = draftWith({
      headers: [
        { rowId: 'a', name: '', value: { kind: 'plain', text: 'v' } },
        { rowId: 'b', name: 'X-B', value: { kind: 'plain', text: 'b' } },
      ],
    })
    const { request, problems } = await client.webhook.preview({ webhookId: null, draft, seed: 1 })
    expect(problems).toMatchObject([{ field: 'headers.a.name', severity: 'error' }])
    expect(request?.headers.filter(({ origin }) => origin === 'user')).toMatchObject([
      { name: 'X-B', value: 'b' },
    ])
  })
})

describe('what the core cannot take', () => {
  it('is refused in words', async () => {
    const { client } = await openTestCore()
    const payloadText = JSON.stringify({ text: 'x'.repeat(27_000_000) })
    await expect(
      client.simulator.fire({ event: 'poll.created', payloadText, stamp: true }),
    ).rejects.toMatchObject({
      code: 'invalid',
      message:
        'This is longer than 26,214,400 characters, the most that Hookstage takes. Shorten it.',
    })
  })
})

describe('secrets', () => {
  it('reach the renderer as masks, are revealed one at a time, and survive a restart', async () => {
    const path = tempFolder()
    const first = await openTestCore(path)
    const saved = await first.client.webhook.save({ webhookId: null, draft: withSecrets() })
    const everything = JSON.stringify([saved, await first.client.webhook.list()])
    expect(everything).not.toContain('0123456789abcdef')
    expect(everything).not.toContain('XyZsecret')
    expect(saved.endpoint).toMatchObject({
      kind: 'kept',
      mask: 'https://hooks.slack.com/services/T00000000/B00000000/••••••••3456',
    })
    const asked = { webhookId: saved.id, draft: saved, seed: 1 }
    const { request } = await first.client.webhook.preview(asked)
    expect(request?.startLine).toBe('POST /services/T00000000/B00000000/••••••••3456 HTTP/1.1')
    await first.core.close()
    const database = new Database(join(path, 'hookstage.sqlite'))
    database.exec("UPDATE secrets SET mask = 'masked by other rules'")
    database.close()

    const { client } = await openTestCore(path)
    const webhook = (await client.webhook.list()).find(({ id }) => id === saved.id)
    const value = webhook?.headers[0]?.value
    if (value?.kind !== 'kept') throw new Error('not kept')
    expect(value.mask).toBe('Bearer ••••••••cdef')
    expect(webhook?.endpoint).toEqual(saved.endpoint)
    expect(await client.secret.reveal({ secretId: value.secretId })).toEqual({ value: SECRET })
  })

  it('are masked in preview, inspector and cURL, but sent as they are', async () => {
    const { client } = await openTestCore()
    await client.app.removeSamples()
    const server = await startWireServer({
      onRequest: (connection, request) => {
        const echoed = Buffer.concat([request.head, request.body])
        connection.send(
          `HTTP/1.1 200 OK\r\nX-Echo: ${SECRET}\r\ncontent-length: ${echoed.length}\r\n\r\n`,
        )
        connection.send(echoed)
      },
    })
    const draft = withSecrets({
      endpoint: { kind: 'plain', text: `${server.origin}/in?token=tok-0123456789` },
      headers: [{ rowId: 'x', name: 'X-Partner', value: { kind: 'secret', text: SECRET } }],
    })
    const preview = await client.webhook.preview({ webhookId: null, draft, seed: 1 })
    const webhook = await client.webhook.save({ webhookId: null, draft })
    const fired = await client.webhook.fireSample({ webhookId: webhook.id, seed: 1 })
    const [delivery] = await ended(client, fired.deliveries)
    const attemptId = delivery?.attemptList[0]?.id
    if (!delivery || !attemptId) throw new Error('nothing was sent')
    const exchange = await client.delivery.exchange({ attemptId, whole: true })
    const masked = await client.delivery.curl({ attemptId, withSecrets: false })
    const shown = JSON.stringify([
      preview,
      delivery,
      exchange,
      masked,
      await client.delivery.list({ filter: {}, limit: 10 }),
    ])
    const bytes = [exchange.request, exchange.response].map((side) =>
      Buffer.from(side?.body.base64 ?? '', 'base64').toString(),
    )
    for (const text of [shown, ...bytes]) {
      expect(text).not.toContain('sk_live_0123456789abcdef')
      expect(text).not.toContain('tok-0123456789')
    }
    expect(masked.masked).toBe(true)
    const sent = server.requests[0]?.head.toString() ?? ''
    expect(sent).toContain(`X-Partner: ${SECRET}\r\n`)
    expect(sent).toContain('?token=tok-0123456789 ')
    const open = await client.delivery.curl({ attemptId, withSecrets: true })
    expect(open).toMatchObject({ masked: false })
    expect(open.command).toContain(SECRET)
  })

  it('ask to be entered again when their key is gone, and nothing else breaks', async () => {
    const path = tempFolder()
    const first = await openTestCore(path)
    const saved = await first.client.webhook.save({ webhookId: null, draft: withSecrets() })
    await first.core.close()
    const { rmSync } = await import('node:fs')
    rmSync(`${path}/secrets.key`)
    const { client } = await openTestCore(path)
    const webhook = (await client.webhook.list()).find(({ id }) => id === saved.id)
    expect(webhook?.headers[0]?.value).toMatchObject({ kind: 'kept', readable: false })
    if (!webhook) throw new Error('lost')
    await expect(
      client.webhook.save({ webhookId: saved.id, draft: webhook }),
    ).rejects.toMatchObject({
      code: 'invalid',
      data: { problems: [{ field: 'endpoint' }, { field: 'headers.auth.value' }] },
    })
    await client.host.confirm({ hosts: ['hooks.slack.com'] })
    const fired = await client.webhook.fireSample({ webhookId: saved.id, seed: 1 })
    const [delivery] = await ended(client, fired.deliveries)
    expect(delivery).toMatchObject({
      code: 'bad_request',
      reason: expect.stringContaining('Enter it again'),
    })
  })
})

describe('authoring', () => {
  it('keeps half-filled forms, secrets sealed, until they are saved or discarded', async () => {
    const path = tempFolder()
    const first = await openTestCore(path)
    const half = withSecrets({ name: 'half', timeoutMs: 5 })
    const stored = await first.client.draft.put({ webhookId: null, draft: half })
    expect(JSON.stringify(stored)).not.toContain('XyZsecret')
    await first.core.close()
    const { client } = await openTestCore(path)
    const [draft] = await client.draft.list()
    if (!draft) throw new Error('lost')
    expect(draft.draft).toMatchObject({ name: 'half', timeoutMs: 5 })
    const saved = await client.webhook.save({
      webhookId: null,
      draft: { ...draft.draft, timeoutMs: 3_000 },
    })
    expect(await client.draft.list()).toEqual([])
    if (saved.endpoint.kind !== 'kept') throw new Error('not kept')
    expect((await client.secret.reveal({ secretId: saved.endpoint.secretId })).value).toBe(SLACK)
  })

  it('refuses what cannot be sent, with the field and the reason', async () => {
    const { client } = await openTestCore()
    const draft = draftWith({
      endpoint: { kind: 'plain', text: 'http://user:pw@example.com/' },
      headers: [{ rowId: 'h', name: 'X-A', value: { kind: 'plain', text: 'a\r\nHost: evil' } }],
    })
    await expect(client.webhook.save({ webhookId: null, draft })).rejects.toMatchObject({
      code: 'invalid',
      data: {
        problems: [
          { field: 'endpoint', fix: { action: 'move_credentials_to_header' } },
          { field: 'headers.h.value' },
        ],
      },
    })
  })

  it('makes one webhook per action of a type, leaving out those that are there', async () => {
    const { client } = await openTestCore()
    await client.app.removeSamples()
    const draft = draftWith({ name: '', event: 'meeting.booked' })
    await client.webhook.save({ webhookId: null, draft })
    const { created, existing } = await client.webhook.createForType({ draft })
    expect([created.length, existing]).toEqual([3, 1])
    expect((await client.webhook.list()).map(({ name }) => name)).toContain(
      'Meeting · Cancel → 127.0.0.1:9',
    )
  })

  it('deletes with a way back, and duplicates', async () => {
    const { client } = await openTestCore()
    const [one] = await client.webhook.list()
    if (!one) throw new Error('no webhook')
    const copy = await client.webhook.duplicate({ webhookId: one.id })
    expect(copy).toMatchObject({ name: `${one.name} (copy)`, isSample: false })
    await client.draft.put({ webhookId: one.id, draft: { ...one, name: 'Not saved yet' } })
    await client.webhook.delete({ webhookIds: [one.id, copy.id] })
    expect((await client.webhook.list()).length).toBe(4)
    expect(await client.draft.list()).toEqual([])
    await client.webhook.restore({ webhookIds: [one.id] })
    expect(await client.draft.list()).toMatchObject([
      { webhookId: one.id, draft: { name: 'Not saved yet' } },
    ])
    expect((await client.webhook.list())[0]).toMatchObject({ id: one.id, name: one.name })
  })
})

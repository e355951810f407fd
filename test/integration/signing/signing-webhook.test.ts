/** A webhook that signs, from the form to the Signature tab: sealed, previewed, sent, taken apart. */
import { createHmac } from 'node:crypto'
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  type AttemptId,
  emptySigning,
  type SecretText,
  type SignatureView,
  type Signing,
  type WebhookDraft,
} from '#contract'
import { draftWith } from '../../support/factories.ts'
import { type CoreClient, ended, openTestCore } from '../../support/open-core.ts'
import { tempFolder } from '../../support/temp-folder.ts'
import { startWireServer, type WireServer } from '../../support/wire-server.ts'

const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
const BARE = SECRET.slice(6)
const SECOND = 'whsec_c2Vjb25kIHNlY3JldCBvZiB0aGUgcm90YXRpb24h'

const secretText = (text: string): SecretText => ({ kind: 'secret', text })

function signingWith(change: Partial<Signing> = {}): Signing {
  return { ...emptySigning(), scheme: 'standard', secret: secretText(SECRET), ...change }
}

/** A server that answers with everything it got, so that what was sent stands in the answer too. */
async function mirror(): Promise<WireServer> {
  return startWireServer({
    onRequest: (connection, { head, body }) => {
      const all = Buffer.concat([head, body, Buffer.from(`${SECRET} or ${BARE}`)])
      connection.send(`HTTP/1.1 200 OK\r\nX-Key: ${BARE}\r\ncontent-length: ${all.length}\r\n\r\n`)
      connection.send(all)
    },
  })
}

function draftTo(origin: string, change: Partial<WebhookDraft> = {}): WebhookDraft {
  const endpoint = { kind: 'plain', text: `${origin}/in` } as const
  return draftWith({ endpoint, signing: signingWith(), ...change })
}

async function send(client: CoreClient, draft: WebhookDraft): Promise<AttemptId> {
  const { id } = await client.webhook.save({ webhookId: null, draft })
  const [delivery] = await ended(
    client,
    (await client.webhook.fireSample({ webhookId: id, seed: 2 })).deliveries,
  )
  const attempt = delivery?.attemptList[0]
  if (!attempt) throw new Error('nothing was attempted')
  return attempt.id
}

async function viewOf(client: CoreClient, attemptId: AttemptId): Promise<SignatureView> {
  const { signature } = await client.signing.view({ attemptId })
  if (!signature) throw new Error('there is no signature')
  return signature
}

function onlyRequest({ requests }: WireServer) {
  const [request] = requests
  if (!request) throw new Error('nothing came')
  return request
}

describe('a signing secret', () => {
  it('is sealed in a webhook and in an unsaved form, marked secret or not', async () => {
    const path = tempFolder()
    const first = await openTestCore(path)
    const signing = signingWith({ secondSecret: { kind: 'plain', text: SECOND } })
    const draft = draftTo('http://127.0.0.1:9', { signing })
    const saved = await first.client.webhook.save({ webhookId: null, draft })
    const kept = await first.client.draft.put({ webhookId: null, draft })
    expect(saved.signing).toMatchObject({
      secret: { kind: 'kept', mask: '••••••••LaSw' },
      secondSecret: { kind: 'kept', readable: true },
    })
    const shown = JSON.stringify([saved, kept, await first.client.draft.list()])
    for (const secret of [SECRET, SECOND, BARE]) expect(shown).not.toContain(secret)
    await first.core.close()
    const file = readFileSync(join(path, 'hookstage.sqlite')).toString('latin1')
    for (const secret of [SECRET, SECOND, BARE]) expect(file).not.toContain(secret)

    const { client } = await openTestCore(path)
    await client.draft.discard({ webhookId: null })
    const webhook = (await client.webhook.list()).find(({ id }) => id === saved.id)
    const { secret, secondSecret } = webhook?.signing ?? emptySigning()
    if (secret.kind !== 'kept' || secondSecret.kind !== 'kept') throw new Error('not kept')
    expect(await client.secret.reveal({ secretId: secret.secretId })).toEqual({ value: SECRET })
    expect(await client.secret.reveal({ secretId: secondSecret.secretId })).toEqual({
      value: SECOND,
    })
  })

  it('is forgotten at a start when nothing refers to it, and kept while a delivery does', async () => {
    const path = tempFolder()
    const server = await mirror()
    const first = await openTestCore(path)
    await send(first.client, draftTo(server.origin))
    const unused = await first.client.draft.put({
      webhookId: null,
      draft: draftTo(server.origin, { signing: signingWith({ secret: secretText(SECOND) }) }),
    })
    await first.client.draft.discard({ webhookId: null })
    const ids = (await first.client.webhook.list()).map(({ id }) => id)
    await first.client.webhook.delete({ webhookIds: ids })
    await first.core.close()

    const { client } = await openTestCore(path)
    const { secret } = unused.draft.signing
    if (secret.kind !== 'kept') throw new Error('not kept')
    const forgotten = client.secret.reveal({ secretId: secret.secretId })
    await expect(forgotten).rejects.toMatchObject({ code: 'not_found' })
    const [item] = (await client.delivery.list({ filter: {}, limit: 1 })).items
    const exchange = await client.delivery.exchange({
      attemptId: `${item?.id}-1` as AttemptId,
      whole: true,
    })
    expect(exchange.response?.hasSecrets).toBe(true)
  })

  it('is masked where a receiver sends it back, whole or without its prefix', async () => {
    const { client } = await openTestCore()
    const server = await mirror()
    const attemptId = await send(client, draftTo(server.origin))
    const exchange = await client.delivery.exchange({ attemptId, whole: true })
    const curl = await client.delivery.curl({ attemptId, withSecrets: false })
    const body = Buffer.from(exchange.response?.body.base64 ?? '', 'base64').toString()
    const view = await viewOf(client, attemptId)
    for (const text of [JSON.stringify([exchange, curl, view]), body]) {
      expect(text).not.toContain(BARE)
    }
    expect(exchange.response?.headers.find(({ name }) => name === 'X-Key')?.masked).toBe(true)
  })

  it('asks to be entered again when its key is gone; what it signed can still be seen', async () => {
    const path = tempFolder()
    const server = await mirror()
    const first = await openTestCore(path)
    const attemptId = await send(first.client, draftTo(server.origin))
    await first.core.close()
    rmSync(join(path, 'secrets.key'))
    const { client } = await openTestCore(path)
    expect((await viewOf(client, attemptId)).values).toMatchObject([
      { matches: null, secret: '••••••••LaSw' },
    ])
    const webhook = (await client.webhook.list()).find(({ signing }) => signing.scheme !== 'none')
    if (!webhook) throw new Error('lost')
    await expect(
      client.webhook.save({ webhookId: webhook.id, draft: webhook }),
    ).rejects.toMatchObject({ code: 'invalid', data: { problems: [{ field: 'signing.secret' }] } })
    const unsigned = { ...webhook, signing: { ...webhook.signing, scheme: 'none' as const } }
    expect(await client.webhook.save({ webhookId: webhook.id, draft: unsigned })).toMatchObject({
      signing: { scheme: 'none', secret: { kind: 'kept', readable: false } },
    })
  })
})

describe('the preview of a webhook that signs', () => {
  const preview = async (draft: WebhookDraft, payloadText = '{"id":"evt_1"}') => {
    const { client } = await openTestCore()
    return client.webhook.preview({ webhookId: null, draft, seed: 1, payloadText })
  }

  it('shows the signature of the previewed bytes, after the user’s headers, and says what is new in each attempt', async () => {
    const draft = draftTo('http://127.0.0.1:9', {
      headers: [{ rowId: 'a', name: 'X-A', value: { kind: 'plain', text: '1' } }],
    })
    const { request, notes, problems } = await preview(draft)
    expect(problems).toEqual([])
    expect(request?.headers.map(({ name, origin }) => [name, origin])).toEqual([
      ['host', 'connection'],
      ['connection', 'connection'],
      ['Content-Type', 'hookstage'],
      ['X-A', 'user'],
      ['webhook-id', 'signature'],
      ['webhook-timestamp', 'signature'],
      ['webhook-signature', 'signature'],
      ['User-Agent', 'hookstage'],
      ['Accept', 'hookstage'],
      ['content-length', 'connection'],
    ])
    const value = (name: string) => request?.headers.find((one) => one.name === name)?.value
    const signed = `${value('webhook-id')}.${value('webhook-timestamp')}.{"id":"evt_1"}`
    const digest = createHmac('sha256', Buffer.from(BARE, 'base64')).update(signed)
    expect(value('webhook-signature')).toBe(`v1,${digest.digest('base64')}`)
    expect(notes.join()).toContain('new in each attempt')
  })

  it('shows the rest of the request while the secret is unfit, and says why it is', async () => {
    const signing = signingWith({ secret: secretText('whsec_short') })
    const { request, problems, notes } = await preview(draftTo('http://127.0.0.1:9', { signing }))
    expect(request?.headers.map(({ name }) => name)).not.toContain('webhook-signature')
    expect(request?.bodyText).toBe('{"id":"evt_1"}')
    expect(problems).toMatchObject([{ field: 'signing.secret', severity: 'error' }])
    expect(notes).toEqual([])
  })

  it('says that a header of the user’s is in the way', async () => {
    const { problems } = await preview(
      draftTo('http://127.0.0.1:9', {
        headers: [{ rowId: 'a', name: 'Webhook-ID', value: { kind: 'plain', text: '1' } }],
      }),
    )
    expect(problems).toMatchObject([{ field: 'headers.a.name', severity: 'error' }])
    expect(problems[0]?.message).toContain('Standard Webhooks')
  })
})

describe('the signature of a sent request', () => {
  it('is over the delivery’s id, the attempt’s start and the very bytes', async () => {
    const { client } = await openTestCore()
    const server = await mirror()
    const draft = draftTo(server.origin, {
      contentType: 'application/x-www-form-urlencoded',
      formEncoding: 'indices',
    })
    const attemptId = await send(client, draft)
    const { body } = onlyRequest(server)
    const view = await viewOf(client, attemptId)
    const [item] = (await client.delivery.list({ filter: {}, limit: 1 })).items
    const delivery = await client.delivery.get({ deliveryId: item?.id ?? '' })
    const startedS = Math.floor((delivery.attemptList[0]?.startedAtMs ?? 0) / 1000)
    expect(view).toMatchObject({
      scheme: 'standard',
      label: 'Standard Webhooks',
      algorithm: 'HMAC-SHA256',
      parts: [
        { kind: 'text', label: 'id', text: delivery.id },
        { kind: 'text', label: '', text: '.' },
        { kind: 'text', label: 'timestamp', text: String(startedS) },
        { kind: 'text', label: '', text: '.' },
        { kind: 'body', bytes: body.length, text: body.toString(), cut: false },
      ],
      values: [{ matches: true, secret: '••••••••LaSw' }],
    })
    const signed = view.parts.map((part) => part.text).join('')
    const digest = createHmac('sha256', Buffer.from(BARE, 'base64')).update(signed)
    expect(view.values[0]?.value).toBe(`v1,${digest.digest('base64')}`)
    expect(view.headers.map(({ name }) => name)).toEqual([
      'webhook-id',
      'webhook-timestamp',
      'webhook-signature',
    ])
  })

  it('stays what it was when the webhook’s secret or scheme is changed', async () => {
    const { client } = await openTestCore()
    const server = await mirror()
    const attemptId = await send(client, draftTo(server.origin))
    const before = await viewOf(client, attemptId)
    const [webhook] = (await client.webhook.list()).filter(
      ({ signing }) => signing.scheme !== 'none',
    )
    if (!webhook) throw new Error('lost')
    const signing = { ...webhook.signing, scheme: 'github' as const, secret: secretText('other') }
    await client.webhook.save({ webhookId: webhook.id, draft: { ...webhook, signing } })
    expect(await viewOf(client, attemptId)).toEqual(before)
  })

  it('has a value per secret while one is rotated', async () => {
    const { client } = await openTestCore()
    const server = await mirror()
    const signing = signingWith({ secondSecret: secretText(SECOND) })
    const { values, notes } = await viewOf(
      client,
      await send(client, draftTo(server.origin, { signing })),
    )
    expect(values).toMatchObject([
      { matches: true, secret: '••••••••LaSw' },
      { matches: true, secret: `••••••••${SECOND.slice(-4)}` },
    ])
    expect(notes.join()).toContain('one of the signatures')
  })

  it('is shown with the secrets in the body masked, and of a large body the first part', async () => {
    const { client } = await openTestCore()
    const server = await mirror()
    const token = 'tok_0123456789abcdef'
    const headers = [{ rowId: 'a', name: 'X-Token', value: secretText(token) }]
    await client.app.removeSamples()
    await client.webhook.save({ webhookId: null, draft: draftTo(server.origin, { headers }) })
    const fired = await client.simulator.fire({
      event: 'meeting.booked',
      payloadText: JSON.stringify({ token, text: 'é'.repeat(100_000) }),
      stamp: false,
    })
    const [delivery] = await ended(client, fired.deliveries)
    const view = await viewOf(client, delivery?.attemptList[0]?.id ?? ('' as AttemptId))
    expect(JSON.stringify(view)).not.toContain(token)
    const body = view.parts.at(-1)
    expect(body).toMatchObject({ kind: 'body', cut: true, bytes: onlyRequest(server).body.length })
    expect(body?.text?.length).toBeLessThan(64 * 1024)
    expect(view.values).toMatchObject([{ matches: true }])
  })

  it('is none where nothing was signed or nothing was sent', async () => {
    const { client } = await openTestCore()
    const server = await mirror()
    const unsigned = await send(client, draftTo(server.origin, { signing: emptySigning() }))
    expect(await client.signing.view({ attemptId: unsigned })).toEqual({ signature: null })
    await server.close()
    const unsent = await send(client, draftTo(server.origin))
    expect(await client.signing.view({ attemptId: unsent })).toEqual({ signature: null })
  })
})

import { describe, expect, it } from 'vitest'
import { ANSWER_PRESETS, contract, emptyDraft, textAnswer } from '#contract'
import { draftWith } from '../support/factories.ts'
import { BULK_CASES } from './bulk-cases.ts'
import { CAPTURE_CASES } from './capture-cases.ts'
import { CARRIERS } from './carriers.ts'
import { type Cases, delivered, firstWebhook, NONE } from './conformance-support.ts'
import { INTERCHANGE_CASES } from './interchange-cases.ts'
import { SIMULATOR_CASES } from './simulator-cases.ts'

/** One case per call at least; each says something that only a working call can. */
const CASES: Cases = {
  ...BULK_CASES,
  ...CAPTURE_CASES,
  ...INTERCHANGE_CASES,
  ...SIMULATOR_CASES,
  'app.status': async (client) => {
    expect(await client.app.status()).toMatchObject({
      host: 'memory',
      queued: 0,
      sending: 0,
      notices: [],
    })
  },
  'app.dismissNotice': async (client) =>
    expect(await client.app.dismissNotice({ id: NONE })).toEqual({}),
  'app.facts': async (client) => {
    const facts = await client.app.facts()
    expect((await facts.next()).value).toEqual([])
    await client.webhook.save({ webhookId: null, draft: draftWith() })
    const kinds = new Set<string>()
    while (!kinds.has('webhooks.changed')) {
      const { value, done } = await facts.next()
      if (done) throw new Error('the stream ended')
      for (const { kind } of value) kinds.add(kind)
    }
    await facts.return?.(undefined)
    expect((await facts.next()).done).toBe(true)
  },
  'app.removeSamples': async (client) => {
    expect((await client.app.removeSamples()).removed).toHaveLength(5)
  },
  'webhook.list': async (client) => expect(await client.webhook.list()).toHaveLength(5),
  'webhook.save': async (client) => {
    const saved = await client.webhook.save({
      webhookId: null,
      draft: draftWith({ name: 'Ünï 🎟' }),
    })
    expect(saved.name).toBe('Ünï 🎟')
    await expect(
      client.webhook.save({ webhookId: null, draft: emptyDraft() }),
    ).rejects.toMatchObject({
      code: 'invalid',
      data: { problems: [{ field: 'endpoint', severity: 'error' }] },
    })
  },
  'webhook.createForType': async (client) => {
    const { created } = await client.webhook.createForType({
      draft: draftWith({ event: 'poll.created' }),
    })
    expect(created.map(({ event }) => event)).toEqual(['poll.created', 'poll.answered'])
  },
  'webhook.setStatus': async (client) => {
    const { id } = await firstWebhook(client)
    expect((await client.webhook.setStatus({ webhookId: id, status: 'inactive' })).status).toBe(
      'inactive',
    )
    const missing = client.webhook.setStatus({ webhookId: NONE, status: 'active' })
    await expect(missing).rejects.toMatchObject({ code: 'not_found' })
  },
  'webhook.duplicate': async (client) => {
    const { id, name } = await firstWebhook(client)
    expect((await client.webhook.duplicate({ webhookId: id })).name).toBe(`${name} (copy)`)
  },
  'webhook.delete': async (client) => {
    const { id } = await firstWebhook(client)
    await client.webhook.delete({ webhookIds: [id] })
    expect(await client.webhook.list()).toHaveLength(4)
  },
  'webhook.restore': async (client) => {
    const { id } = await firstWebhook(client)
    await client.webhook.delete({ webhookIds: [id] })
    await client.webhook.restore({ webhookIds: [id] })
    expect(await client.webhook.list()).toHaveLength(5)
  },
  'webhook.preview': async (client) => {
    const draft = draftWith({ endpoint: { kind: 'plain', text: 'https://example.com/a?b' } })
    const { request, suggestedName } = await client.webhook.preview({
      webhookId: null,
      draft,
      seed: 1,
    })
    expect(request?.startLine).toBe('POST /a?b HTTP/1.1')
    expect(suggestedName).toBe('Meeting · Book → example.com')
    const large = JSON.stringify({ text: 'é'.repeat(2_500_000) })
    const preview = await client.webhook.preview({
      webhookId: null,
      draft,
      seed: 1,
      payloadText: large,
    })
    expect(preview.request).toMatchObject({ bodyBytes: 5_000_011, bodyCut: true })
  },
  'webhook.builtInTemplate': async (client) => {
    const event = 'meeting.booked'
    const { template } = await client.webhook.builtInTemplate({ chat: 'webex', event })
    const draft = draftWith({ event, format: 'template', template })
    const { message } = await client.webhook.preview({ webhookId: null, draft, seed: 1 })
    expect(message).toMatchObject({ chat: 'webex', jsonText: expect.stringContaining('booked') })
  },
  'webhook.matchTarget': async (client) => {
    const { total } = await client.webhook.matchTarget({ target: { join: 'all', conditions: [] } })
    expect(total).toBe(48)
  },
  'webhook.fireSample': async (client) => {
    expect((await delivered(client)).delivery.status).toBe('delivered')
  },
  'draft.list': async (client) => expect(await client.draft.list()).toEqual([]),
  'draft.put': async (client) => {
    await client.draft.put({ webhookId: null, draft: draftWith({ name: 'half' }) })
    expect((await client.draft.list()).map(({ draft }) => draft.name)).toEqual(['half'])
  },
  'draft.discard': async (client) => {
    await client.draft.put({ webhookId: null, draft: draftWith() })
    await client.draft.discard({ webhookId: null })
    expect(await client.draft.list()).toEqual([])
  },
  'secret.reveal': async (client) => {
    const missing = client.secret.reveal({ secretId: NONE })
    await expect(missing).rejects.toMatchObject({ code: 'not_found' })
  },
  'delivery.list': async (client) => {
    const { delivery } = await delivered(client)
    const { items, nextCursor } = await client.delivery.list({ filter: {}, limit: 10 })
    expect([items.map(({ id }) => id), nextCursor]).toEqual([[delivery.id], null])
  },
  'delivery.some': async (client) =>
    expect(await client.delivery.some({ ids: [NONE] })).toEqual([]),
  'delivery.get': async (client) => {
    const missing = client.delivery.get({ deliveryId: NONE })
    await expect(missing).rejects.toMatchObject({ code: 'not_found' })
  },
  'delivery.exchange': async (client) => {
    const { attempt } = await delivered(client)
    const { request, response } = await client.delivery.exchange({
      attemptId: attempt.id,
      whole: false,
    })
    expect(Buffer.from(request?.body.base64 ?? '', 'base64')).toHaveLength(attempt.requestBodyBytes)
    expect(response).toMatchObject({ startLine: 'HTTP/1.1 200 OK', body: { text: 'ok' } })
    const missing = client.delivery.exchange({ attemptId: NONE, whole: false })
    await expect(missing).rejects.toMatchObject({ code: 'not_found' })
  },
  'delivery.curl': async (client) => {
    const { attempt } = await delivered(client)
    const { command, masked } = await client.delivery.curl({
      attemptId: attempt.id,
      withSecrets: false,
    })
    expect([command.includes(' --http1.1 '), masked]).toEqual([true, false])
  },
  'delivery.retryNow': async (client) =>
    expect(await client.delivery.retryNow({ deliveryIds: [NONE] })).toEqual({ retried: 0 }),
  'delivery.stopRetrying': async (client) =>
    expect(await client.delivery.stopRetrying({ deliveryIds: [NONE] })).toEqual({ stopped: 0 }),
  'queue.pause': async (client) => {
    expect(await client.queue.pause()).toEqual({})
    await client.simulator.fireAll({ seed: 1 })
    const { queue, queued } = await client.app.status()
    expect([queue.paused, queued > 0]).toEqual([true, true])
  },
  'queue.resume': async (client) => {
    await client.queue.pause()
    await client.simulator.fireAll({ seed: 1 })
    expect(await client.queue.resume()).toEqual({})
    await expect.poll(async () => (await client.app.status()).queued).toBe(0)
  },
  'queue.setSpeed': async (client) => {
    expect(await client.queue.setSpeed({ speed: 60 })).toEqual({})
    const { queue } = await client.app.status()
    expect([queue.speed, queue.nextDueAtMs]).toEqual([60, null])
  },
  'queue.nextNow': async (client) => expect(await client.queue.nextNow()).toEqual({}),
  'delivery.cancel': async (client) => {
    expect(await client.delivery.cancel({ deliveryIds: [NONE] })).toEqual({
      cancelled: 0,
    })
  },
  'receiver.setScript': async (client) => {
    const [, preset] = ANSWER_PRESETS
    if (!preset) throw new Error('no preset')
    const { script } = await client.receiver.setScript({
      receiverId: 'echo',
      script: preset.script,
    })
    expect(script).toEqual(preset.script)
    const wrong = client.receiver.setScript({
      receiverId: 'echo',
      script: { steps: [textAnswer(99, '')], atEnd: 'repeat_last' },
    })
    await expect(wrong).rejects.toMatchObject({
      code: 'invalid',
      data: { problems: [{ field: 'steps.0.status' }] },
    })
  },
  'receiver.restartScript': async (client) => {
    const missing = client.receiver.restartScript({ receiverId: NONE })
    await expect(missing).rejects.toMatchObject({ code: 'not_found' })
    expect((await client.receiver.restartScript({ receiverId: 'echo' })).position.step).toBe(0)
  },
  'signing.generate': async (client) => {
    const { secret, publicKey } = await client.signing.generate({ scheme: 'standard_ed25519' })
    expect([secret.slice(0, 5), publicKey?.slice(0, 5)]).toEqual(['whsk_', 'whpk_'])
  },
  'signing.publicKey': async (client) => {
    const { secret, publicKey } = await client.signing.generate({ scheme: 'standard_ed25519' })
    const asked = (text: string) => client.signing.publicKey({ secret: { kind: 'secret', text } })
    expect(await asked(secret)).toEqual({ publicKey })
    expect(await asked('no key')).toEqual({ publicKey: null })
  },
  'signing.view': async (client) => {
    const { attempt } = await delivered(client)
    expect(await client.signing.view({ attemptId: attempt.id })).toEqual({ signature: null })
    const missing = client.signing.view({ attemptId: NONE })
    await expect(missing).rejects.toMatchObject({ code: 'not_found' })
  },
  'signing.diagnose': async (client) => {
    const diagnosis = await client.signing.diagnose({
      request: { kind: 'pasted', text: 'POST /in HTTP/1.1\nX-Hub-Signature-256: sha256=00\n\n{}' },
      scheme: 'github',
      secret: { kind: 'secret', text: 's3cret' },
    })
    expect(diagnosis.code).toBe('malformed_header')
    const wrong = client.signing.diagnose({
      request: { kind: 'attempt', attemptId: NONE },
      scheme: 'github',
      secret: { kind: 'secret', text: 's3cret' },
    })
    await expect(wrong).rejects.toMatchObject({ code: 'not_found' })
  },
  'settings.get': async (client) => expect((await client.settings.get()).theme).toBe('system'),
  'settings.authorities': async (client) =>
    expect(await client.settings.authorities({ extraCa: '' })).toEqual([]),
  'settings.update': async (client) => {
    const before = await client.settings.get()
    expect(await client.settings.update({ theme: 'dark' })).toEqual({ ...before, theme: 'dark' })
    const wrong = client.settings.update({ defaultTimeoutMs: 5 })
    await expect(wrong).rejects.toMatchObject({ code: 'invalid' })
  },
}

describe('the contract', () => {
  it('has a case for each of its calls', () => {
    const calls = Object.entries(contract).flatMap(([noun, verbs]) =>
      Object.keys(verbs).map((verb) => `${noun}.${verb}`),
    )
    expect(calls.filter((call) => !Object.hasOwn(CASES, call))).toEqual([])
    expect(Object.keys(CASES).filter((call) => !calls.includes(call))).toEqual([])
  })
})

describe.each(Object.keys(CARRIERS))('over %s', (carrier) => {
  it.each(Object.keys(CASES))('%s works', async (call) => {
    const client = await CARRIERS[carrier]?.()
    if (!client) throw new Error(`no carrier ${carrier}`)
    await CASES[call]?.(client)
  })
})

/** Conformance cases of receivers, captures, and what is made of them. */
import { expect } from 'vitest'
import type { CaptureId } from '#contract'
import { draftWith } from '../support/factories.ts'
import { type CoreClient, ended } from '../support/open-core.ts'
import { type Cases, delivered, NONE } from './conformance-support.ts'

/** The newest capture. */
async function captured(client: CoreClient): Promise<CaptureId> {
  const { items } = await client.capture.list({ filter: {}, limit: 1 })
  const [capture] = items
  if (!capture) throw new Error('nothing was captured')
  return capture.id
}

function asSent(attemptId: string) {
  return {
    source: { kind: 'attempt' as const, attemptId },
    kind: 'as_sent' as const,
    target: { kind: 'own' as const },
    signing: null,
    keepsId: true,
    edited: null,
  }
}

export const CAPTURE_CASES: Cases = {
  'event.make': async (client) => {
    const source = { kind: 'delivery' as const, deliveryId: NONE }
    const missing = client.event.make({ source, mapping: null })
    await expect(missing).rejects.toMatchObject({ code: 'not_found' })
  },
  'event.draftWebhook': async (client) => {
    const [fired] = await client.simulator.fireAll({ seed: 1 })
    const deliveryId = fired?.deliveries[0] ?? NONE
    const source = { kind: 'delivery' as const, deliveryId }
    const { draft } = await client.event.draftWebhook({ source, event: 'poll.created' })
    expect(draft.event).toBe('poll.created')
  },
  'receiver.list': async (client) => {
    expect(await client.receiver.list()).toMatchObject([
      { id: 'echo', kind: 'plain', listening: true },
      ...['slack', 'teams', 'teams_legacy', 'webex'].map((kind) => ({ kind, isBuiltIn: true })),
    ])
  },
  'receiver.create': async (client) => {
    const { name, path } = await client.receiver.create({ name: 'Partner API' })
    expect([name, path]).toEqual(['Partner API', '/in/partner-api'])
    const nameless = client.receiver.create({ name: ' ' })
    await expect(nameless).rejects.toMatchObject({ code: 'invalid' })
  },
  'receiver.update': async (client) => {
    const change = { isStarted: false }
    const echo = await client.receiver.update({ receiverId: 'echo', change })
    expect(echo).toMatchObject({ isStarted: false, listening: false })
    const wrong = client.receiver.update({ receiverId: 'echo', change: { port: 1 } })
    await expect(wrong).rejects.toMatchObject({ data: { problems: [{ field: 'port' }] } })
  },
  'receiver.delete': async (client) => {
    const { id } = await client.receiver.create({ name: 'Other' })
    expect(await client.receiver.delete({ receiverId: id })).toEqual({})
    expect((await client.receiver.list()).map((each) => each.id)).not.toContain(id)
    const echo = client.receiver.delete({ receiverId: 'echo' })
    await expect(echo).rejects.toMatchObject({ code: 'invalid' })
  },
  'receiver.restore': async (client) => {
    const { id } = await client.receiver.create({ name: 'Other' })
    await client.receiver.delete({ receiverId: id })
    expect(await client.receiver.restore({ receiverId: id })).toEqual({})
    expect((await client.receiver.list()).map((each) => each.id)).toContain(id)
  },
  'receiver.setRehearsal': async (client) => {
    const told = { code: 'channel_is_archived', left: 2 }
    const settings = { told, slackNoText: 'no_text' as const, webexStatus: 204 as const }
    const { rehearsal } = await client.receiver.setRehearsal({ receiverId: 'slack', settings })
    expect(rehearsal.told).toEqual(told)
    const foreign = client.receiver.setRehearsal({ receiverId: 'webex', settings })
    await expect(foreign).rejects.toMatchObject({ code: 'invalid' })
  },
  'receiver.strayWebhooks': async (client) => {
    const { port } = await client.receiver.strayWebhooks()
    const listening = (await client.app.status()).receivers.port
    expect({ port, webhooks: [] }).toEqual(await client.receiver.strayWebhooks())
    expect(port).toBe(listening)
    const text = `http://localhost:${(port ?? 0) - 1}/in/echo`
    const { id } = await client.webhook.save({
      webhookId: null,
      draft: draftWith({ name: 'Left behind', endpoint: { kind: 'plain', text } }),
    })
    expect((await client.receiver.strayWebhooks()).webhooks).toEqual([
      { webhookId: id, name: 'Left behind', port: (port ?? 0) - 1 },
    ])
  },
  'receiver.aimWebhooks': async (client) => {
    await client.app.removeSamples()
    const { port } = await client.receiver.strayWebhooks()
    const at = (text: string) => ({ kind: 'plain' as const, text })
    const draft = draftWith({ endpoint: at(`http://127.0.0.1:${(port ?? 0) - 1}/in/echo?a=1`) })
    const { id } = await client.webhook.save({ webhookId: null, draft })
    expect(await client.receiver.aimWebhooks({ webhookIds: [NONE, id] })).toEqual({ aimed: 1 })
    const [webhook] = await client.webhook.list()
    expect(webhook?.endpoint).toEqual(at(`http://127.0.0.1:${port}/in/echo?a=1`))
    expect((await client.receiver.strayWebhooks()).webhooks).toEqual([])
  },
  'receiver.channel': async (client) => {
    const { secretUrl } = await client.receiver.create({ name: 'Sales', kind: 'slack' })
    const { value } = await client.secret.reveal({ secretId: secretUrl?.secretId ?? NONE })
    const headers = { 'Content-Type': 'application/json' }
    await fetch(value, { method: 'POST', headers, body: '{"text":"hello"}' })
    const [receiver] = (await client.receiver.list()).slice(-1)
    const page = await client.receiver.channel({ receiverId: receiver?.id ?? NONE, limit: 10 })
    const message = { chat: 'slack', jsonText: '{"text":"hello"}' }
    expect(page).toMatchObject({ items: [{ result: 'posted', message }], nextCursor: null })
    const echo = client.receiver.channel({ receiverId: 'echo', limit: 10 })
    await expect(echo).rejects.toMatchObject({ code: 'invalid' })
  },
  'capture.list': async (client) => {
    await delivered(client)
    const { items } = await client.capture.list({ filter: { receiverId: 'echo' }, limit: 10 })
    expect(items).toMatchObject([{ startLine: 'POST /in/echo HTTP/1.1', problem: null }])
  },
  'capture.get': async (client) => {
    const { attempt } = await delivered(client)
    const capture = await client.capture.get({ captureId: await captured(client), whole: false })
    expect(capture.request?.bodyBytes).toBe(attempt.requestBodyBytes)
    const missing = client.capture.get({ captureId: NONE, whole: false })
    await expect(missing).rejects.toMatchObject({ code: 'not_found' })
  },
  'capture.setKept': async (client) => {
    await delivered(client)
    const captureId = await captured(client)
    await client.capture.setKept({ captureIds: [captureId], isKept: true })
    const { items } = await client.capture.list({ filter: { isKept: true }, limit: 10 })
    expect(items.map(({ id }) => id)).toEqual([captureId])
  },
  'capture.setNote': async (client) => {
    await delivered(client)
    const captureId = await captured(client)
    await client.capture.setNote({ captureId, note: 'the odd one' })
    const { items } = await client.capture.list({ filter: { text: 'ODD' }, limit: 10 })
    expect(items.map(({ note }) => note)).toEqual(['the odd one'])
    const missing = client.capture.setNote({ captureId: NONE, note: '' })
    await expect(missing).rejects.toMatchObject({ code: 'not_found' })
  },
  'capture.delete': async (client) => {
    await delivered(client)
    await client.capture.delete({ captureIds: [await captured(client)] })
    expect((await client.capture.list({ filter: {}, limit: 10 })).items).toEqual([])
  },
  'capture.restore': async (client) => {
    await delivered(client)
    const captureIds = [await captured(client)]
    await client.capture.delete({ captureIds })
    await client.capture.restore({ captureIds })
    expect((await client.capture.list({ filter: {}, limit: 10 })).items).toHaveLength(1)
  },
  'replay.original': async (client) => {
    const { attempt } = await delivered(client)
    const source = { kind: 'attempt' as const, attemptId: attempt.id }
    const original = await client.replay.original({ source, reveal: [] })
    expect([original.method, original.body.bytes]).toEqual(['POST', attempt.requestBodyBytes])
    const none = { kind: 'capture' as const, captureId: NONE }
    const missing = client.replay.original({ source: none, reveal: [] })
    await expect(missing).rejects.toMatchObject({ code: 'not_found' })
  },
  'replay.send': async (client) => {
    const { delivery, attempt } = await delivered(client)
    const { deliveryId } = await client.replay.send(asSent(attempt.id))
    const [replay] = await ended(client, [deliveryId])
    expect(replay).toMatchObject({ replayOf: delivery.id, replayKind: 'as_sent' })
    await expect(client.replay.send(asSent(NONE))).rejects.toMatchObject({ code: 'not_found' })
  },
  'replay.tree': async (client) => {
    const { delivery, attempt } = await delivered(client)
    const { deliveryId } = await client.replay.send(asSent(attempt.id))
    const tree = await client.replay.tree({ deliveryId })
    const shown = tree.map(({ depth, delivery: each }) => [depth, each?.id])
    expect(shown).toEqual([
      [0, delivery.id],
      [1, deliveryId],
    ])
  },
  'host.list': async (client) => {
    await client.host.confirm({ hosts: ['b.example', 'a.example'] })
    expect((await client.host.list()).map(({ host }) => host)).toEqual(['a.example', 'b.example'])
  },
  'host.confirm': async (client) => {
    expect(await client.host.confirm({ hosts: ['a.example'] })).toEqual({})
    await expect(client.host.confirm({ hosts: [] })).rejects.toMatchObject({ code: 'invalid' })
  },
  'host.refuse': async (client) => {
    expect(await client.host.refuse({ hosts: ['a.example'] })).toEqual({ cancelled: 0 })
  },
  'host.forget': async (client) => {
    await client.host.confirm({ hosts: ['a.example'] })
    expect(await client.host.forget({ host: 'a.example' })).toEqual({})
    expect(await client.host.list()).toEqual([])
  },
  'compare.messages': async (client) => {
    const { delivery, attempt } = await delivered(client)
    const left = { kind: 'attempt' as const, attemptId: attempt.id }
    const right = { kind: 'delivery' as const, deliveryId: delivery.id }
    const same = { part: 'request' as const, withEqual: true }
    const { body } = await client.compare.messages({ left, right, ...same })
    expect([body.kind, body.differences]).toEqual(['same', 0])
    const none = { kind: 'capture' as const, captureId: NONE }
    const missing = client.compare.messages({ left, right: none, ...same })
    await expect(missing).rejects.toMatchObject({ code: 'not_found' })
  },
}

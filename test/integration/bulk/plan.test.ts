/** The dry run: what is left out and why, what repeats, where it goes; and what is kept of secrets. */
import { describe, expect, it } from 'vitest'
import type { BulkManner, BulkRunId, CaptureId, DeliveryId, ReceiverId, WebhookId } from '#contract'
import { captureInto } from '../../support/captured-folder.ts'
import { draftWith } from '../../support/factories.ts'
import { type CoreClient, ended, openTestCore } from '../../support/open-core.ts'
import { tempFolder } from '../../support/temp-folder.ts'
import { startWireServer } from '../../support/wire-server.ts'

const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok'

const OWN: BulkManner = {
  kind: 'as_sent',
  target: { kind: 'own' },
  signing: null,
  keepsId: true,
  duplicates: 'all',
}

async function planned(
  client: CoreClient,
  source: Parameters<CoreClient['bulk']['gather']>[0]['source'],
): Promise<BulkRunId> {
  const { id: runId } = await client.bulk.gather({ source })
  for await (const _ of await client.app.facts()) {
    if ((await client.bulk.get({ runId })).state === 'planned') break
  }
  return runId
}

async function fired(client: CoreClient, webhookId: WebhookId): Promise<DeliveryId> {
  const { deliveries } = await client.webhook.fireSample({ webhookId, seed: 1 })
  await ended(client, deliveries)
  const [id] = deliveries
  if (!id) throw new Error('nothing was fired')
  return id
}

describe('the dry run of deliveries', () => {
  it('leaves out what is under way, what was never sent and what lost its webhook', async () => {
    const { client } = await openTestCore()
    const [echo] = await client.receiver.list()
    const endpoint = { kind: 'plain' as const, text: echo?.url ?? '' }
    const kept = await client.webhook.save({ webhookId: null, draft: draftWith({ endpoint }) })
    const gone = await client.webhook.save({ webhookId: null, draft: draftWith({ endpoint }) })
    const ids = [await fired(client, kept.id), await fired(client, gone.id)]
    await client.queue.pause()
    const held = await client.webhook.fireSample({ webhookId: kept.id, seed: 1 })
    const cancelled = await client.webhook.fireSample({ webhookId: kept.id, seed: 1 })
    await client.delivery.cancel({ deliveryIds: cancelled.deliveries })
    await client.webhook.delete({ webhookIds: [gone.id] })
    const deliveryIds = [...ids, ...held.deliveries, ...cancelled.deliveries]
    const runId = await planned(client, { kind: 'deliveries', deliveryIds })
    const origin = new URL(endpoint.text).origin
    const asSent = await client.bulk.dryRun({ runId, manner: OWN })
    expect(asSent).toMatchObject({
      chosen: 4,
      sent: 2,
      origins: [{ origin, count: 2, isLoopback: true }],
      hosts: [],
      excluded: [
        { why: 'It is still under way.', count: 1 },
        { why: 'Nothing of it was sent.', count: 1 },
      ],
    })
    const rendered = await client.bulk.dryRun({ runId, manner: { ...OWN, kind: 'rendered' } })
    expect(rendered).toMatchObject({
      sent: 2,
      excluded: [
        { why: 'Its webhook was deleted.', count: 1 },
        { why: 'It is still under way.', count: 1 },
      ],
    })
    const manner: BulkManner = { ...OWN, kind: 're_signed', signing: 'own' }
    const signed = await client.bulk.dryRun({ runId, manner })
    expect(signed.excluded.map(({ why }) => why)).toContain('Its webhook does not sign.')
    expect(signed.sent).toBe(0)
  })
})

describe('the dry run of captures', () => {
  it('finds those that a receiver would take for the same, and keeps the newest alone', async () => {
    const { client } = await openTestCore()
    const [echo] = await client.receiver.list()
    const post = (body: string, headers: Record<string, string> = {}) =>
      fetch(echo?.url ?? '', { method: 'POST', body, headers })
    await post('{"id":"evt_1","n":1}')
    await post('{"id":"evt_1","n":2}')
    await post('the same bytes')
    await post('the same bytes')
    await post('signed', { 'webhook-id': 'msg_1' })
    await post('signed again', { 'webhook-id': 'msg_1' })
    await post('alone')
    const runId = await planned(client, { kind: 'capture_filter', filter: {} })
    const all = await client.bulk.dryRun({ runId, manner: OWN })
    expect(all).toMatchObject({ chosen: 7, sent: 7, duplicates: { extra: 3 } })
    expect(all.duplicates.examples.map(({ id }) => id).toSorted()).toEqual([
      'evt_1',
      'msg_1',
      'the same bytes',
    ])
    const newest = await client.bulk.dryRun({ runId, manner: { ...OWN, duplicates: 'newest' } })
    expect(newest).toMatchObject({
      sent: 4,
      excluded: [{ why: 'A newer one of the same id or bytes is sent.', count: 3 }],
    })
  })

  it('asks for each host that was never sent to, and starts only when it is confirmed', async () => {
    const dataDir = tempFolder()
    await captureInto(dataDir, 3)
    const { client } = await openTestCore(dataDir)
    const runId = await planned(client, {
      kind: 'captures',
      captureIds: ['cap_00000000', 'cap_00000002', 'cap_none'] as CaptureId[],
    })
    const url = { kind: 'plain' as const, text: 'http://partner.invalid:8080/in' }
    const manner: BulkManner = { ...OWN, target: { kind: 'url', url } }
    const dryRun = await client.bulk.dryRun({ runId, manner })
    expect(dryRun).toMatchObject({
      chosen: 2,
      origins: [{ origin: 'http://partner.invalid:8080', count: 2, isLoopback: false }],
      hosts: ['partner.invalid'],
    })
    const pace = { order: 'recorded', spacing: { kind: 'fast' }, atOnce: 1 } as const
    const start = (confirmedHosts: string[]) =>
      client.bulk.start({ runId, manner, pace, confirmedHosts })
    await expect(start([])).rejects.toMatchObject({
      code: 'invalid',
      data: { problems: [{ field: 'hosts' }] },
    })
    expect((await client.bulk.get({ runId })).state).toBe('planned')
    await client.queue.pause()
    expect(await start(['partner.invalid'])).toMatchObject({ state: 'running' })
    expect((await client.host.list()).map(({ host }) => host)).toEqual(['partner.invalid'])
  })

  it('leaves out what would go to an address that is never connected to', async () => {
    const dataDir = tempFolder()
    await captureInto(dataDir, 2)
    const { client } = await openTestCore(dataDir)
    const runId = await planned(client, { kind: 'capture_filter', filter: {} })
    for (const text of ['http://169.254.169.254/latest', 'http://metadata.google.internal/']) {
      const manner: BulkManner = { ...OWN, target: { kind: 'url', url: { kind: 'plain', text } } }
      expect(await client.bulk.dryRun({ runId, manner })).toMatchObject({
        sent: 0,
        origins: [],
        hosts: [],
        excluded: [{ why: /does not connect to/, count: 2 }],
      })
    }
  })

  it('knows how each answer counted to its sender, by what it was sent to', async () => {
    const { client } = await openTestCore()
    const fired = await client.simulator.fireAll({ seed: 3 })
    await ended(
      client,
      fired.flatMap(({ deliveries }) => deliveries),
    )
    const connector = (await client.receiver.list()).find(({ kind }) => kind === 'teams_legacy')
    const { secretId } = connector?.secretUrl ?? {}
    if (!secretId) throw new Error('the rehearsal has no URL')
    const { value: url } = await client.secret.reveal({ secretId })
    expect((await fetch(url, { method: 'POST', body: '{"no":"card"}' })).status).toBe(200)
    // An answer is recorded once it went out.
    for await (const _ of await client.app.facts()) {
      const recorded = await client.capture.list({ filter: {}, limit: 10 })
      if (recorded.items.length === 6 && recorded.items.every(({ status }) => status)) break
    }
    const runId = await planned(client, { kind: 'capture_filter', filter: {} })
    const { items } = await client.bulk.items({ runId, limit: 10 })
    const names = new Map((await client.receiver.list()).map(({ id, name }) => [id, name]))
    const ends = items.map(
      ({ capture, original }) => `${names.get(capture?.receiverId as ReceiverId)} ${original.code}`,
    )
    expect(ends.toSorted()).toEqual([
      'Echo ok',
      'Echo ok',
      'Slack ok',
      'Teams accepted',
      'Teams connector destination_refused',
      'Webex ok',
    ])
  })

  it('keeps what is typed as secrets are kept, over a restart', async () => {
    const dataDir = tempFolder()
    await captureInto(dataDir, 2)
    const { client, core } = await openTestCore(dataDir)
    // Receivers may listen elsewhere after the restart.
    const server = await startWireServer({ onRequest: (connection) => connection.send(OK) })
    const runId = await planned(client, { kind: 'capture_filter', filter: {} })
    const text = `${server.origin}/in?token=abcdef123456`
    const manner: BulkManner = {
      ...OWN,
      kind: 're_signed',
      target: { kind: 'url', url: { kind: 'plain', text } },
      signing: {
        scheme: 'github',
        own: draftWith().signing.own,
        secret: { kind: 'secret', text: 'quite a secret' },
      },
    }
    await client.queue.pause()
    const pace = {
      order: 'recorded',
      spacing: { kind: 'rate', perSecond: 0.01 },
      atOnce: 1,
    } as const
    await client.bulk.start({ runId, manner, pace, confirmedHosts: [] })
    await client.bulk.pause({ runId })
    const run = await client.bulk.get({ runId })
    expect(run.target).not.toContain('abcdef123456')
    await core.close()
    const after = await openTestCore(dataDir)
    const [listed] = await after.client.bulk.list()
    expect(JSON.stringify(listed)).not.toMatch(/abcdef123456|quite a secret/)
    await after.client.queue.resume()
    await after.client.bulk.resume({ runId })
    for await (const _ of await after.client.app.facts()) {
      if ((await after.client.bulk.get({ runId })).counts.codes.ok === 1) break
    }
    const { items } = await after.client.bulk.items({ runId, limit: 1 })
    const deliveryId = items[0]?.replay?.deliveryId
    if (!deliveryId) throw new Error('nothing was sent')
    const { attemptList } = await after.client.delivery.get({ deliveryId })
    const attemptId = attemptList[0]?.id
    if (!attemptId) throw new Error('no attempt')
    const { request } = await after.client.delivery.exchange({ attemptId, whole: true })
    const names = request?.headers.map(({ name }) => name.toLowerCase())
    expect(names).toContain('x-hub-signature-256')
  })
})

describe('the order of imports', () => {
  const paths = async (client: CoreClient, source: Parameters<typeof planned>[1]) => {
    const runId = await planned(client, source)
    const { items } = await client.bulk.items({ runId, limit: 10 })
    return items.map(({ capture }) => capture?.startLine.split(' ')[1])
  }
  const imported = async (client: CoreClient, text: string) => {
    const question = { source: { kind: 'text' as const, text }, passphrase: null, mapping: null }
    return client.import.save({ ...question, chosen: [0, 1, 2] })
  }

  it('is that of a script, whose requests have no time', async () => {
    const { client } = await openTestCore()
    const lines = ['first', 'second', 'third'].map((path) => `curl http://127.0.0.1:9/${path}`)
    const { captureIds } = await imported(client, lines.join('\n'))
    const wanted = ['/first', '/second', '/third']
    expect(await paths(client, { kind: 'captures', captureIds })).toEqual(wanted)
    expect(await paths(client, { kind: 'capture_filter', filter: {} })).toEqual(wanted)
  })

  it('is by the times of a HAR file, which go before what came in later', async () => {
    const { client } = await openTestCore()
    const [echo] = await client.receiver.list()
    await fetch(echo?.url ?? '')
    const entries = [30, 10, 20].map((second) => ({
      startedDateTime: `2020-01-01T00:00:${second}.000Z`,
      request: { method: 'GET', url: `http://127.0.0.1:9/at-${second}`, headers: [] },
    }))
    await imported(client, JSON.stringify({ log: { version: '1.2', entries } }))
    expect(await paths(client, { kind: 'capture_filter', filter: {} })).toEqual([
      '/at-10',
      '/at-20',
      '/at-30',
      '/in/echo',
    ])
  })
})

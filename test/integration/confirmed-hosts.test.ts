/** Hosts that are not this machine: nothing leaves for them before the user has said so. */
import { describe, expect, it } from 'vitest'
import { DEFAULT_NETWORK, type DeliveryId } from '#contract'
import { startByteRecorder } from '../support/byte-recorder.ts'
import { draftWith } from '../support/factories.ts'
import { type CoreClient, ended, openTestCore } from '../support/open-core.ts'
import { startProxyServer } from '../support/proxy-server.ts'

/** A core whose requests to any host end at one that records them; it sends to `partner.example`. */
async function setup() {
  const recorder = await startByteRecorder()
  const proxy = await startProxyServer()
  const { core, client, dataDir } = await openTestCore()
  const network = { ...DEFAULT_NETWORK, proxyUrl: `http://127.0.0.1:${proxy.port}` }
  await client.settings.update({ network })
  const origin = `http://partner.example:${new URL(recorder.origin).port}`
  const endpoint = { kind: 'plain' as const, text: `${origin}/in` }
  const { id } = await client.webhook.save({ webhookId: null, draft: draftWith({ endpoint }) })
  const fire = async (): Promise<DeliveryId> => {
    const { deliveries } = await client.webhook.fireSample({ webhookId: id, seed: 1 })
    const [delivery] = deliveries
    if (!delivery) throw new Error('nothing was fired')
    return delivery
  }
  return { core, client, dataDir, recorder, proxy, origin, fire }
}

async function statusOf(client: CoreClient, id: DeliveryId): Promise<string | undefined> {
  return (await client.delivery.some({ ids: [id] }))[0]?.status
}

const PARTNER = ['partner.example']
const asked = async (client: CoreClient) => (await client.app.status()).askedHosts

describe('a host that is not this machine', () => {
  it('is asked about once; what waits for it is sent when it is confirmed, and from then on', async () => {
    const { client, fire, recorder, proxy } = await setup()
    const held = [await fire(), await fire()]
    const [local] = (await client.simulator.fireAll({ seed: 1 })).flatMap((each) => each.deliveries)
    if (local) await ended(client, [local])
    expect(await asked(client)).toEqual([
      { host: 'partner.example', deliveries: 3, isPassedOnTo: false },
    ])
    expect([recorder.requests.length, proxy.asked.length]).toEqual([0, 0])
    await client.host.confirm({ hosts: PARTNER })
    const [first] = await ended(client, held)
    expect([first?.status, await asked(client)]).toEqual(['delivered', []])
    await ended(client, [await fire()])
    expect(recorder.requests).toHaveLength(4)
    expect(await client.host.list()).toEqual([
      { host: 'partner.example', confirmedAtMs: expect.any(Number) },
    ])
  })

  it('is one host at every port and in every spelling, and this machine is none', async () => {
    const { core, client, recorder, fire } = await setup()
    await client.host.confirm({ hosts: ['PARTNER.example.'] })
    await ended(client, [await fire()])
    expect(recorder.requests).toHaveLength(1)
    await core.close()
  })

  it('that is refused gets nothing: what waited is cancelled, the next is asked about again', async () => {
    const { client, fire, recorder } = await setup()
    const held = await fire()
    expect(await client.host.refuse({ hosts: PARTNER })).toEqual({ cancelled: 1 })
    const [delivery] = await ended(client, [held])
    expect([delivery?.status, delivery?.reason]).toEqual([
      'cancelled',
      'Cancelled before anything was sent.',
    ])
    expect(await asked(client)).toEqual([])
    await fire()
    expect(await asked(client)).toMatchObject([{ host: 'partner.example', deliveries: 1 }])
    expect(recorder.requests).toHaveLength(0)
  })

  it('is still asked about after a restart, and nothing that waited is lost', async () => {
    const { core, dataDir, fire, recorder } = await setup()
    const held = await fire()
    await core.close()
    const { client: again } = await openTestCore(dataDir)
    expect([await statusOf(again, held), recorder.requests.length]).toEqual(['queued', 0])
    expect(await asked(again)).toMatchObject([{ host: 'partner.example', deliveries: 1 }])
    await again.host.confirm({ hosts: PARTNER })
    expect((await ended(again, [held]))[0]?.status).toBe('delivered')
    expect((await again.host.list()).map(({ host }) => host)).toEqual(PARTNER)
  })

  it('that is taken back is asked about again, also for a replay', async () => {
    const { client, fire, recorder } = await setup()
    await client.host.confirm({ hosts: PARTNER })
    const [first] = await ended(client, [await fire()])
    const attemptId = first?.attemptList[0]?.id
    if (attemptId === undefined) throw new Error('nothing was sent')
    await client.host.forget({ host: 'partner.example' })
    const { deliveryId } = await client.replay.send({
      source: { kind: 'attempt', attemptId },
      kind: 'as_sent',
      target: { kind: 'own' },
      signing: null,
      keepsId: true,
      edited: null,
    })
    expect(await asked(client)).toMatchObject([{ host: 'partner.example', deliveries: 1 }])
    expect([await statusOf(client, deliveryId), recorder.requests.length]).toEqual(['queued', 1])
    expect(await client.host.list()).toEqual([])
  })

  it('gets no request that a receiver passes on, until it is confirmed', async () => {
    const { client, recorder, origin } = await setup()
    const receiver = await client.receiver.create({ name: 'Between' })
    const forwardTo = { kind: 'plain' as const, text: `${origin}/hooks` }
    await client.receiver.update({ receiverId: receiver.id, change: { forwardTo } })
    expect(await asked(client)).toEqual([
      { host: 'partner.example', deliveries: 0, isPassedOnTo: true },
    ])
    const send = async () => fetch(receiver.url, { method: 'POST', body: 'x' })
    const answer = await send()
    expect([answer.status, await answer.text()]).toEqual([
      502,
      expect.stringContaining('Nothing was sent to partner.example'),
    ])
    expect(recorder.requests).toHaveLength(0)
    // What the user has declined is not asked for with every request.
    await client.host.refuse({ hosts: PARTNER })
    await send()
    expect(await asked(client)).toEqual([])
    await client.host.confirm({ hosts: PARTNER })
    await send()
    expect(recorder.requests).toHaveLength(1)
    const { items } = await client.capture.list({ filter: {}, limit: 3 })
    const captures = items.map(({ id }) => client.capture.get({ captureId: id, whole: false }))
    const codes = (await Promise.all(captures)).map(({ forwarded }) => forwarded?.code)
    expect(codes.slice(1)).toEqual(['host_unconfirmed', 'host_unconfirmed'])
  })
})

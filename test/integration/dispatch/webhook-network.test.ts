/** A webhook's own proxy and authorities, beside or in place of the workspace's, on real sockets. */
import { describe, expect, it } from 'vitest'
import { DEFAULT_NETWORK, type Network, type WebhookNetwork, WORKSPACE_NETWORK } from '#contract'
import { webhookNetworkProblems, webhookRoutes } from '../../../src-main/workspace/network.ts'
import { draftWith } from '../../support/factories.ts'
import { type CoreClient, ended, openTestCore } from '../../support/open-core.ts'
import { startProxyServer } from '../../support/proxy-server.ts'
import { makeCertificate } from '../../support/test-certificate.ts'
import { startWireServer } from '../../support/wire-server.ts'

const authority = makeCertificate({ commonName: 'Own authority' })
const other = makeCertificate({ commonName: 'Another authority' })
const signed = makeCertificate({ names: ['127.0.0.1', 'example.test'], signedBy: authority })
const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok'
const SECRET = 'me:hunter22hunter'

const own = (change: Partial<WebhookNetwork>): WebhookNetwork => ({
  ...WORKSPACE_NETWORK,
  ...change,
})
const workspaceWith = (change: Partial<Network>): Network => ({ ...DEFAULT_NETWORK, ...change })

/** Saves a webhook, sends it a sample, and answers its delivery. */
async function sent(client: CoreClient, url: string, network: WebhookNetwork) {
  const { id } = await client.webhook.save({
    webhookId: null,
    draft: draftWith({ endpoint: { kind: 'plain', text: url }, network }),
  })
  await client.host.confirm({ hosts: ['example.test'] })
  const { deliveries } = await client.webhook.fireSample({ webhookId: id, seed: 1 })
  const [delivery] = await ended(client, deliveries)
  if (!delivery) throw new Error('nothing was sent')
  const attempt = delivery.attemptList[0]
  return { id, delivery, attempt }
}

async function answering() {
  return await startWireServer({ tls: signed, onRequest: (connection) => connection.send(OK) })
}

describe('a webhook’s own network', () => {
  it('goes through its own proxy with its own credentials and authority, in sight of the attempt', async () => {
    const server = await answering()
    const proxy = await startProxyServer()
    const { client } = await openTestCore()
    const { id, delivery, attempt } = await sent(
      client,
      `https://example.test:${server.port}/in`,
      own({
        proxy: 'own',
        proxyUrl: `http://127.0.0.1:${proxy.port}`,
        proxyCredentials: { kind: 'secret', text: SECRET },
        extraCa: authority.certPem,
      }),
    )
    expect([delivery.status, delivery.reason]).toEqual(['delivered', 'Answered 200.'])
    expect(attempt).toMatchObject({
      proxy: `127.0.0.1:${proxy.port}`,
      tls: { authorized: true, authority: 'CN=Own authority' },
    })
    expect(proxy.asked).toEqual([
      {
        target: `example.test:${server.port}`,
        authorization: `Basic ${Buffer.from(SECRET).toString('base64')}`,
      },
    ])
    const webhooks = await client.webhook.list()
    const saved = webhooks.find((webhook) => webhook.id === id)
    expect(saved?.network.proxyCredentials).toMatchObject({ kind: 'kept', readable: true })
    expect(JSON.stringify(webhooks)).not.toContain('hunter22')
  })

  it('goes directly where the workspace has a proxy', async () => {
    const server = await answering()
    const { client } = await openTestCore()
    await client.settings.update({
      network: workspaceWith({ proxyUrl: 'http://127.0.0.1:9', extraCa: authority.certPem }),
    })
    const url = `https://127.0.0.1:${server.port}/in`
    expect((await sent(client, url, own({ proxy: 'direct' }))).attempt).toMatchObject({
      code: 'ok',
      proxy: null,
      tls: { authority: 'CN=Own authority' },
    })
  })

  it('names the webhook as the place to mend its proxy', async () => {
    const { client } = await openTestCore()
    const network = own({ proxy: 'own', proxyUrl: 'http://127.0.0.1:9' })
    const { delivery } = await sent(client, 'http://example.test/in', network)
    expect(delivery.reason).toBe(
      'Nothing listens at the proxy 127.0.0.1:9. Check it in the webhook.',
    )
  })

  it('adds its authorities to the workspace’s, and takes none of another webhook’s', async () => {
    const server = await answering()
    const { client } = await openTestCore()
    await client.settings.update({ network: workspaceWith({ extraCa: other.certPem }) })
    const url = `https://127.0.0.1:${server.port}/in`
    const code = async (network: WebhookNetwork) => (await sent(client, url, network)).delivery.code
    expect(await code(own({}))).toBe('tls_failed')
    expect(await code(own({ extraCa: authority.certPem }))).toBe('ok')
    expect(await code(own({}))).toBe('tls_failed')
  })

  it('is checked before it is saved, as far as it is in use', async () => {
    const fields = (network: WebhookNetwork) =>
      webhookNetworkProblems(network).map(({ field }) => field)
    expect(fields(WORKSPACE_NETWORK)).toEqual([])
    expect(fields(own({ proxyUrl: 'nonsense' }))).toEqual([])
    expect(fields(own({ proxy: 'direct', proxyUrl: 'nonsense' }))).toEqual([])
    expect(fields(own({ proxy: 'own' }))).toEqual(['network.proxyUrl'])
    expect(fields(own({ proxy: 'own', proxyUrl: 'http://u:p@p:1' }))).toEqual(['network.proxyUrl'])
    expect(fields(own({ extraCa: 'nonsense' }))).toEqual(['network.extraCa'])
    const { client } = await openTestCore()
    const saving = client.webhook.save({
      webhookId: null,
      draft: draftWith({ network: own({ proxy: 'own' }) }),
    })
    await expect(saving).rejects.toMatchObject({
      code: 'invalid',
      data: { problems: [{ field: 'network.proxyUrl' }] },
    })
  })

  it('is never asked for loopback, but for every other host, whatever the workspace reaches directly', () => {
    const network = own({ proxy: 'own', proxyUrl: 'http://proxy.test:1' })
    const workspace = workspaceWith({ proxyUrl: 'http://other.test:2', noProxy: '*' })
    const routes = webhookRoutes(workspace, '', () => '')
    const name = (host: string) =>
      routes(`https://${host}`, { certificates: 'workspace', network }).proxy?.name
    expect([name('localhost'), name('127.0.0.1')]).toEqual([undefined, undefined])
    expect(name('a.test')).toBe('proxy.test:1')
    // Requests that go different ways never share a connection.
    const key = (of: WebhookNetwork) =>
      routes('https://a.test', { certificates: 'workspace', network: of }).key
    const all = [network, own({ proxy: 'direct' }), own({ extraCa: authority.certPem }), own({})]
    // Direct is direct, chosen or because the workspace reaches the host so.
    expect(new Set(all.map(key)).size).toBe(3)
  })
})

/** Certificates that are not trusted, authorities of one's own, and proxies, on real sockets. */
import { X509Certificate } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import {
  DEFAULT_NETWORK,
  type Network,
  type WebhookCertificates,
  WORKSPACE_NETWORK,
} from '#contract'
import { networkProblems, webhookRoutes } from '../../../src-main/workspace/network.ts'
import { dispatchSetup, requestWith } from '../../support/dispatch-setup.ts'
import { openTestCore } from '../../support/open-core.ts'
import { startProxyServer } from '../../support/proxy-server.ts'
import { makeCertificate } from '../../support/test-certificate.ts'
import { startWireServer } from '../../support/wire-server.ts'

const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok'
const authority = makeCertificate({ commonName: 'Own authority' })
const signed = makeCertificate({
  names: ['127.0.0.1', 'example.test'],
  signedBy: authority,
})
const selfSigned = makeCertificate({ names: ['127.0.0.1'] })
const network = (change: Partial<Network>): Network => ({ ...DEFAULT_NETWORK, ...change })
const routeFor = (
  origin: string,
  of: Network,
  own: WebhookCertificates = 'workspace',
  credentials = '',
) =>
  webhookRoutes(
    of,
    credentials,
    () => '',
  )(origin, {
    certificates: own,
    network: WORKSPACE_NETWORK,
  })
const fingerprintOf = (pem: string) => new X509Certificate(pem).fingerprint256

const answering = (tls?: typeof signed) =>
  startWireServer({ onRequest: (connection) => connection.send(OK), ...(tls ? { tls } : {}) })

describe('certificates', () => {
  it('that are not trusted are refused, and told apart by their fingerprint', async () => {
    const { port } = await answering(selfSigned)
    const sent = await dispatchSetup().send({ origin: `https://127.0.0.1:${port}` })
    expect(sent).toMatchObject({ code: 'tls_failed', requestBodyBytes: 0 })
    expect(sent.tls).toMatchObject({
      authorized: false,
      ignored: false,
      fingerprint: fingerprintOf(selfSigned.certPem),
    })
  })

  it('are taken as they are where the webhook says so, and that is recorded', async () => {
    const server = await answering(selfSigned)
    const origin = `https://127.0.0.1:${server.port}`
    const route = routeFor(origin, DEFAULT_NETWORK, 'ignore', '')
    const sent = await dispatchSetup({ route }).send({ origin })
    expect(sent.code).toBe('ok')
    expect(sent.tls).toEqual({
      protocol: 'TLSv1.3',
      authorized: false,
      fault: 'the certificate is self-signed',
      ignored: true,
      fingerprint: fingerprintOf(selfSigned.certPem),
      authority: null,
    })
    expect(server.requests[0]?.body.toString()).toBe(Buffer.from(sent.requestBody).toString())
  })

  it('of an authority of one’s own are trusted', async () => {
    const { port } = await answering(signed)
    const origin = `https://127.0.0.1:${port}`
    const route = routeFor(origin, network({ extraCa: authority.certPem }), 'workspace', '')
    const sent = await dispatchSetup({ route }).send({ origin })
    expect(sent.tls).toMatchObject({
      authorized: true,
      ignored: false,
      fault: null,
      fingerprint: fingerprintOf(signed.certPem),
      authority: 'CN=Own authority',
    })
  })

  it('are the webhook’s choice before the workspace’s', () => {
    const ignoring = network({ certificates: 'ignore' })
    const ignores = (of: Network, own: 'workspace' | 'check' | 'ignore') =>
      routeFor('https://a.test', of, own, '').ignoresCertificates
    expect(ignores(ignoring, 'workspace')).toBe(true)
    expect(ignores(ignoring, 'check')).toBe(false)
    expect(ignores(DEFAULT_NETWORK, 'workspace')).toBe(false)
    expect(ignores(DEFAULT_NETWORK, 'ignore')).toBe(true)
  })
})

describe('a proxy', () => {
  it('carries the very bytes, for http and https, and stands in the attempt', async () => {
    for (const tls of [undefined, signed]) {
      const server = await answering(tls)
      const proxy = await startProxyServer()
      const origin = `${tls ? 'https' : 'http'}://example.test:${server.port}`
      const route = routeFor(
        origin,
        network({ proxyUrl: `http://127.0.0.1:${proxy.port}`, extraCa: authority.certPem }),
        'workspace',
        'me:s3cret pass',
      )
      const sent = await dispatchSetup({ route }).send({ origin })
      expect(sent).toMatchObject({ code: 'ok', proxy: `127.0.0.1:${proxy.port}` })
      expect(proxy.asked).toEqual([
        {
          target: `example.test:${server.port}`,
          authorization: `Basic ${Buffer.from('me:s3cret pass').toString('base64')}`,
        },
      ])
      const [seen] = server.requests
      expect(seen?.bytes.toString('latin1')).toBe(
        Buffer.concat([sent.requestHead, sent.requestBody]).toString('latin1'),
      )
      expect(Buffer.from(sent.requestHead).toString()).toContain(
        `POST ${requestWith({ origin }).path}`,
      )
      if (tls) expect(sent.tls).toMatchObject({ authorized: true })
    }
  })

  it('is never asked for loopback, nor for hosts that are reached directly', () => {
    const proxied = network({ proxyUrl: 'http://proxy.test:3128', noProxy: 'a.test, .intra.test' })
    const name = (host: string, of = proxied) =>
      routeFor(`https://${host}:8443`, of).proxy?.name ?? null
    const loopback = ['localhost', 'app.localhost', '127.0.0.1', '127.9.8.7', '[::1]']
    for (const host of [...loopback, '[::ffff:127.0.0.1]', 'localhost.', 'a.test', 'A.test']) {
      expect([host, name(host)]).toEqual([host, null])
    }
    expect(name('b.intra.test')).toBeNull()
    for (const host of ['b.test', 'ba.test', '127.0.0.1.example.com', '[::ffff:0.127.0.1]']) {
      expect([host, name(host)]).toEqual([host, 'proxy.test:3128'])
    }
    expect(name('b.test', { ...proxied, noProxy: '*' })).toBeNull()
    expect(name('b.test', { ...proxied, noProxy: '*.test' })).toBeNull()
  })

  it('is told no credentials before its own certificate is trusted, whatever the webhook ignores', async () => {
    const untrusted = await startWireServer({ tls: selfSigned })
    const origin = 'http://example.test:81'
    const through = (change: Partial<Network>) =>
      routeFor(
        origin,
        network({ proxyUrl: `https://127.0.0.1:${untrusted.port}`, ...change }),
        'ignore',
        'me:s3cret pass',
      )
    const { code, reason } = await dispatchSetup({ route: through({}) }).send({ origin })
    expect([code, untrusted.connections.length]).toEqual(['proxy_failed', 0])
    expect(reason).toContain('the certificate is self-signed')
    const trusted = through({ extraCa: selfSigned.certPem })
    const sending = dispatchSetup({ route: trusted }).send({ origin }, 1_000)
    await untrusted.connectionsSeen(1)
    await expect
      .poll(() => String(untrusted.connections[0]?.received()))
      .toContain('CONNECT example.test:81 HTTP/1.1')
    await sending
  })

  it('that is in the way says so in words', async () => {
    const origin = 'http://example.test:81'
    const through = async (port: number) => {
      const route = routeFor(origin, network({ proxyUrl: `http://127.0.0.1:${port}` }), 'check', '')
      const { code, reason } = await dispatchSetup({ route }).send({ origin })
      return { code, reason }
    }
    const asking = await startProxyServer(407)
    expect(await through(asking.port)).toEqual({
      code: 'proxy_failed',
      reason: `The proxy 127.0.0.1:${asking.port} asks for a user name and password (407). Enter them in Settings.`,
    })
    const refusing = await startProxyServer(403)
    expect((await through(refusing.port)).reason).toContain('answered 403')
    expect(await through(9)).toEqual({
      code: 'proxy_failed',
      reason: 'Nothing listens at the proxy 127.0.0.1:9. Check it in Settings.',
    })
    const mute = await startWireServer({
      onConnect: (connection) => connection.send('SSH-2.0\r\n\r\n'),
    })
    expect((await through(mute.port)).reason).toContain('does not answer like a proxy')
  })
})

describe('the settings', () => {
  it('say what is wrong with them, part by part', () => {
    const fields = (change: Partial<Network>) =>
      networkProblems(network(change)).map(({ field }) => field)
    expect(fields({})).toEqual([])
    expect(fields({ extraCa: authority.certPem + signed.certPem })).toEqual([])
    expect(fields({ extraCa: 'hello' })).toEqual(['network.extraCa'])
    expect(fields({ extraCa: authority.keyPem })).toEqual(['network.extraCa'])
    expect(fields({ extraCa: authority.certPem.replace(/[A-Z]{4}/, '!!!!') })).toEqual([
      'network.extraCa',
    ])
    for (const proxyUrl of ['proxy', 'ftp://p:1', 'http://u:p@p:1', 'http://p:1/path']) {
      expect(fields({ proxyUrl })).toEqual(['network.proxyUrl'])
    }
  })

  it('keep the proxy’s credentials sealed, and are in force at once', async () => {
    const { client, dataDir } = await openTestCore()
    const saved = await client.settings.update({
      network: network({
        proxyUrl: 'http://127.0.0.1:9',
        proxyCredentials: { kind: 'secret', text: 'me:hunter22hunter' },
        extraCa: authority.certPem,
      }),
    })
    expect(saved.network.proxyCredentials).toMatchObject({ kind: 'kept', readable: true })
    expect(JSON.stringify(await client.settings.get())).not.toContain('hunter22')
    expect(await client.settings.authorities({ extraCa: authority.certPem })).toMatchObject([
      { subject: 'CN=Own authority', expired: false },
    ])
    const bytes = await import('node:fs').then(({ readFileSync, readdirSync }) =>
      readdirSync(dataDir)
        .filter((name) => name.startsWith('hookstage.sqlite'))
        .map((name) => readFileSync(`${dataDir}/${name}`, 'latin1'))
        .join(''),
    )
    expect(bytes).not.toContain('hunter22')
  })
})

import { connect } from 'node:net'
import { describe, expect, it } from 'vitest'
import { checkedLookup, isForbidden } from '../../../src-main/dispatch/forbidden-address.ts'
import { DIRECT } from '../../../src-main/dispatch/route.ts'
import { dispatchSetup } from '../../support/dispatch-setup.ts'
import { startProxyServer } from '../../support/proxy-server.ts'

describe('addresses that nothing is sent to', () => {
  it.each([
    '169.254.169.254',
    '169.254.0.1',
    '[fe80::1]',
    'fe80::1%eth0',
    '[fd00:ec2::254]',
    '100.100.100.200',
    '192.0.0.192',
    '168.63.129.16',
    '::ffff:169.254.169.254',
    '[::ffff:a9fe:a9fe]',
    '64:ff9b::169.254.169.254',
    'fd20:ce::254',
    '[fd00:ec2::23]',
    '2002:a9fe:a9fe::1',
    'Metadata.google.internal.',
  ])('%s is one', (host) => expect(isForbidden(host)).toBe(true))

  it.each([
    '127.0.0.1',
    '10.0.0.1',
    '192.168.1.1',
    '[::1]',
    '169.253.255.255',
    '2001:db8::1',
    'a.b',
    'metadata.example',
  ])('%s is none', (host) => expect(isForbidden(host)).toBe(false))

  it('are refused as an endpoint, in words, without a connection and without a retry', async () => {
    for (const origin of [
      'http://169.254.169.254',
      'https://[::ffff:a9fe:a9fe]:8443',
      'http://2852039166',
      'http://metadata.google.internal',
    ]) {
      const sent = await dispatchSetup().send({ origin: new URL(origin).origin })
      expect(sent.code).toBe('address_refused')
      expect(sent.reason).toMatch(/link-local or cloud metadata address.*Nothing was sent/s)
      expect(sent.requestHead).toHaveLength(0)
    }
  })

  it('are refused when a name leads to one, also beside a good one', async () => {
    const names: Readonly<Record<string, string[]>> = {
      'evil.example': ['127.0.0.1', '169.254.169.254'],
      'good.example': ['127.0.0.1'],
    }
    const lookup = checkedLookup((hostname, _options, answer) => {
      const found = names[hostname] ?? []
      answer(
        null,
        found.map((address) => ({ address, family: 4 })),
      )
    })
    const failure = (host: string) =>
      new Promise<string>((resolve) => {
        const socket = connect({ host, port: 1, lookup })
        socket.once('error', (error) => resolve(error.constructor.name))
      })
    expect(await failure('evil.example')).toBe('ForbiddenAddress')
    expect(await failure('good.example')).not.toBe('ForbiddenAddress')
  })

  it('are refused by a proxy’s route too, before the proxy is asked', async () => {
    const proxy = await startProxyServer()
    const { port } = proxy
    const name = `127.0.0.1:${port}`
    const way = {
      name,
      host: '127.0.0.1',
      port,
      isTls: false,
      place: 'Settings' as const,
      authorization: null,
    }
    const route = { ...DIRECT, key: 'proxied', proxy: way }
    for (const origin of ['http://169.254.169.254', 'https://metadata.google.internal']) {
      expect((await dispatchSetup({ route }).send({ origin })).code).toBe('address_refused')
    }
    expect(proxy.asked).toEqual([])
  })
})

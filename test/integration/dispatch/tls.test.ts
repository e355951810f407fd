/** HTTPS: certificates are checked strictly, the fault is named, and the bytes are the plain ones. */
import { describe, expect, it } from 'vitest'
import { createRoutes } from '../../../src-main/dispatch/index.ts'
import { dispatchSetup, requestWith } from '../../support/dispatch-setup.ts'
import { makeCertificate, type TestCertificate } from '../../support/test-certificate.ts'
import { startWireServer } from '../../support/wire-server.ts'

const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok'

/** By the way that trusts this authority. */
const trusting = ({ certPem }: TestCertificate) =>
  createRoutes({ trust: [certPem], proxy: null, noProxy: '' })('https://127.0.0.1', false)

function serve(tls: TestCertificate) {
  return startWireServer({ tls, onRequest: (connection) => connection.send(OK) })
}

describe('a server with a certificate that', () => {
  const authority = makeCertificate({ commonName: 'Test authority' })

  it('is trusted gets the very bytes that are recorded', async () => {
    const server = await serve(makeCertificate({ names: ['127.0.0.1'], signedBy: authority }))
    const setup = dispatchSetup({ route: trusting(authority) })
    const headers = ['X-B', '1', 'x-a', '2', 'X-B', '3', 'Content-Type', 'application/json']
    const body = Buffer.from(`{"text":"${'ä'.repeat(50_000)}"}`)
    for (const round of [1, 2]) {
      const request = requestWith({ origin: server.origin, headers, body })
      const sent = await setup.send(request)
      expect(sent.code).toBe('ok')
      expect(sent.tls).toMatchObject({ authorized: true, fault: null })
      expect(sent.tls?.protocol).toMatch(/^TLSv1\.[23]$/)
      const recorded = Buffer.concat([sent.requestHead, sent.requestBody])
      expect(recorded.equals(server.requests[round - 1]?.bytes ?? Buffer.alloc(0))).toBe(true)
      expect(`${String(sent.responseHead)}${String(sent.responseBody)}`).toBe(OK)
      expect(sent.reusedConnection).toBe(round === 2)
      if (round === 1) expect(sent.marks.tlsMs).toBeGreaterThanOrEqual(sent.marks.connectMs ?? 1e9)
      else expect(sent.marks.tlsMs).toBeNull()
    }
    expect(server.connections).toHaveLength(1)
  })

  it.each([
    ['is self-signed', makeCertificate({ names: ['127.0.0.1'] }), 'is self-signed'],
    [
      'comes from an unknown authority',
      makeCertificate({ names: ['127.0.0.1'], signedBy: makeCertificate({ commonName: 'Other' }) }),
      'does not know',
    ],
    [
      'has expired',
      makeCertificate({
        names: ['127.0.0.1'],
        signedBy: authority,
        notAfter: new Date('2021-01-01T00:00:00Z'),
      }),
      'has expired',
    ],
    [
      'is not valid yet',
      makeCertificate({
        names: ['127.0.0.1'],
        signedBy: authority,
        notBefore: new Date('2099-01-01T00:00:00Z'),
      }),
      'not valid yet',
    ],
    [
      'is for another host',
      makeCertificate({ names: ['hooks.example.com', '127.0.0.2'], signedBy: authority }),
      'is for hooks.example.com, 127.0.0.2, not for 127.0.0.1',
    ],
  ])('%s gets nothing, and the fault is named', async (_name, certificate, words) => {
    const server = await serve(certificate)
    const sent = await dispatchSetup({ route: trusting(authority) }).send({ origin: server.origin })
    expect(sent.code).toBe('tls_failed')
    expect(sent.reason).toContain(words)
    expect(sent.tls).toMatchObject({ authorized: false })
    expect(sent.tls?.fault).toContain(words)
    expect(sent.requestHead).toHaveLength(0)
    expect(server.requests).toHaveLength(0)
  })
})

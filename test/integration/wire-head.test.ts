/**
 * `renderHead` says which bytes undici puts before a body, so that a preview is true to the byte.
 * This asks undici itself.
 */
import { connect } from 'node:net'
import fc from 'fast-check'
import { Client } from 'undici'
import { describe, expect, it } from 'vitest'
import { buildRequest, renderHead, type WireRequest } from '../../src-main/encode/index.ts'
import { startWireServer } from '../support/wire-server.ts'

const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n'

function request(url: string, headers: { name: string; value: string }[] = [], text = '{"a":"ü"}') {
  return buildRequest({
    url,
    headers,
    contentType: 'application/json',
    formEncoding: 'payload',
    formField: 'payload',
    jsonStyle: 'compact',
    payloadText: text,
    userAgent: 'Hookstage/1.2.3',
  }).request
}

/** Sends a request over a connection to `port`, whatever host and port its origin names. */
async function send(port: number, wire: WireRequest): Promise<void> {
  const client = new Client(wire.origin, {
    allowH2: false,
    connect: (_options, done) => {
      const socket = connect(port, '127.0.0.1', () => done(null, socket))
    },
  })
  await new Promise<void>((resolve, reject) => {
    client.dispatch(
      {
        method: wire.method,
        path: wire.path,
        headers: [...wire.headers],
        body: Buffer.from(wire.body),
      },
      {
        onRequestStart: () => undefined,
        onResponseStart: () => undefined,
        onResponseData: () => undefined,
        onResponseEnd: () => resolve(),
        onResponseError: (_controller, error) => reject(error),
      },
    )
  })
  await client.destroy()
}

describe('the head that the preview shows', () => {
  it.each([
    'http://127.0.0.1:4781/in/echo',
    'http://example.com',
    'http://Example.com:80/a/../b/%7e//?q=a+b&&c=[1]{2}|"<>^`\\',
    'http://example.com:443/',
    'https://example.com:443/x',
    'https://example.com:80/x',
    'http://[::1]:8080/?x',
    'http://[2001:DB8:0:0::1]/',
    'http://bücher.example/ü x',
    'http://127.1:81/',
  ])('is what undici sends: %s', async (url) => {
    const server = await startWireServer({ onRequest: (connection) => connection.send(OK) })
    const wire = request(url)
    await send(server.port, wire)
    const seen = server.requests[0]
    expect(seen?.head.toString('latin1')).toBe(Buffer.from(renderHead(wire)).toString('latin1'))
    expect(seen?.body.equals(wire.body)).toBe(true)
  })

  it('is what undici sends for an empty body', async () => {
    const server = await startWireServer({ onRequest: (connection) => connection.send(OK) })
    const wire = { ...request('http://example.com/'), body: new Uint8Array() }
    await send(server.port, wire)
    expect(server.requests[0]?.bytes.equals(renderHead(wire))).toBe(true)
    expect(server.requests[0]?.head.toString()).toMatch(/content-length: 0\r\n\r\n$/)
  })

  it('is what undici sends, whatever headers a user may set', async () => {
    const server = await startWireServer({ onRequest: (connection) => connection.send(OK) })
    const unit = fc.integer({ min: 0x20, max: 0xff }).map((code) => String.fromCharCode(code))
    const header = fc.record({
      name: fc.oneof(
        fc.constantFrom('Authorization', 'cookie', 'ACCEPT', 'user-agent', 'Date', 'Origin', 'Via'),
        fc.stringMatching(/^X-[!#$%&'*+.^_`|~0-9A-Za-z-]{0,8}$/),
      ),
      value: fc.string({ unit }).map((value) => value.replaceAll('\x7f', '')),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(header, { maxLength: 6 }), async (headers) => {
        const wire = request('http://example.com/', headers)
        await send(server.port, wire)
        const seen = server.requests.at(-1)?.bytes
        expect(seen?.equals(Buffer.concat([renderHead(wire), wire.body]))).toBe(true)
      }),
      { numRuns: 60 },
    )
  })
})

/** Odd requests captured from a raw socket and sent again to one: the same bytes. */
import { connect } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { CaptureId, ReplayRequest } from '#contract'
import { startByteRecorder } from '../../support/byte-recorder.ts'
import { type CoreClient, ended, openTestCore } from '../../support/open-core.ts'

const HEADERS =
  'X-A: 1\r\nx-a:  2 \r\nX-A: 1\r\nX-B: \xe9\xff\r\nX-Empty:\r\nCONTENT-type: Application/X-www-form-urlencoded\r\nAccept-encoding: gzip;q=0\r\n'

function withLength(body: string, version = '1.1'): string {
  return `POST /in/echo?a=+%20&b HTTP/${version}\r\nhOsT: x\r\n${HEADERS}Content-Length: ${body.length}\r\n\r\n${body}`
}

const BODIES: readonly (readonly [what: string, wire: string, body: string])[] = [
  ['plus and %20', withLength('a=b+c&d=e%20f'), 'a=b+c&d=e%20f'],
  ['repeated form keys', withLength('a=1&a=2&a[]=3'), 'a=1&a=2&a[]=3'],
  ['invalid UTF-8', withLength('\xff\xfe\xc3(\x80'), '\xff\xfe\xc3(\x80'],
  ['a byte order mark', withLength('\xef\xbb\xbf{"a":1}'), '\xef\xbb\xbf{"a":1}'],
  ['NUL', withLength('a\0b\0'), 'a\0b\0'],
  ['nothing', withLength(''), ''],
  ['HTTP/1.0', withLength('old', '1.0'), 'old'],
  [
    'chunks',
    `POST /in/echo HTTP/1.1\r\nHost: x\r\n${HEADERS}Transfer-Encoding: chunked\r\nTrailer: X-T\r\n\r\n3;e=1\r\na\0b\r\n2\r\n\r\n\r\n0\r\nX-T: 1\r\n\r\n`,
    'a\0b\r\n',
  ],
  [
    '10 MB',
    withLength(Buffer.alloc(10_000_000, 'x\xff\0').toString('latin1')),
    Buffer.alloc(10_000_000, 'x\xff\0').toString('latin1'),
  ],
]

async function captured(client: CoreClient, wire: string): Promise<CaptureId> {
  const [echo] = await client.receiver.list()
  const before = echo?.received ?? 0
  const socket = connect(Number(new URL(echo?.url ?? '').port), '127.0.0.1')
  onTestFinished(() => void socket.destroy())
  socket.write(wire, 'latin1')
  await expect.poll(async () => (await client.receiver.list())[0]?.received).toBe(before + 1)
  const [capture] = (await client.capture.list({ filter: {}, limit: 1 })).items
  if (!capture) throw new Error('nothing was captured')
  return capture.id
}

function asSent(captureId: CaptureId, url: string): ReplayRequest {
  return {
    source: { kind: 'capture', captureId },
    kind: 'as_sent',
    target: { kind: 'url', url: { kind: 'plain', text: url } },
    signing: null,
    keepsId: true,
    edited: null,
  }
}

describe('a capture that is sent again as it was', () => {
  it.each(BODIES)('keeps its bytes: %s', async (_what, wire, body) => {
    const recorder = await startByteRecorder()
    onTestFinished(recorder.close)
    const { client } = await openTestCore()
    const captureId = await captured(client, wire)
    const request = asSent(captureId, `${recorder.origin}/x/../y?a=+%20`)
    const { deliveryId } = await client.replay.send(request)
    const [delivery] = await ended(client, [deliveryId])
    expect(delivery).toMatchObject({ status: 'delivered', replayOf: captureId, event: null })
    const [received] = recorder.requests
    expect(received?.body.equals(Buffer.from(body, 'latin1'))).toBe(true)
    const lines = received?.head.split('\r\n') ?? []
    expect(lines[0]).toBe('POST /x/../y?a=+%20 HTTP/1.1')
    expect(
      lines.slice(1, -2).filter((line) => !/^(host|connection|content-length):/.test(line)),
    ).toEqual([
      'X-A: 1',
      'x-a: 2',
      'X-A: 1',
      'X-B: \xe9\xff',
      'X-Empty: ',
      'CONTENT-type: Application/X-www-form-urlencoded',
      'Accept-encoding: gzip;q=0',
    ])
    const source = { kind: 'capture' as const, captureId }
    const { leftOut } = await client.replay.original({ source, reveal: [] })
    const names = leftOut.map(({ name }) => name.toLowerCase())
    const framing = /chunked/.test(wire) ? ['transfer-encoding', 'trailer'] : ['content-length']
    expect(names).toEqual(['host', ...framing])
  })

  it('leaves out, and names, the cookies that are not kept of it', async () => {
    const recorder = await startByteRecorder()
    onTestFinished(recorder.close)
    const { client } = await openTestCore()
    const wire = 'GET /in/echo HTTP/1.1\r\nHost: x\r\nCookie: id=s3cret\r\nX-A: 1\r\n\r\n'
    const captureId = await captured(client, wire)
    const { deliveryId } = await client.replay.send(asSent(captureId, recorder.origin))
    await ended(client, [deliveryId])
    const [received] = recorder.requests
    expect(received?.head).toMatch(/^GET \/ HTTP\/1\.1\r\n/)
    expect(received?.head).toContain('X-A: 1')
    expect(received?.head).not.toMatch(/cookie/i)
    const source = { kind: 'capture' as const, captureId }
    const { leftOut } = await client.replay.original({ source, reveal: [] })
    expect(leftOut.map(({ name }) => name)).toEqual(['Host', 'Cookie'])
  })

  it('is refused in words when it was not whole', async () => {
    const { client } = await openTestCore()
    const captureId = await captured(client, 'no HTTP at all\r\n\r\n')
    const refused = client.replay.send(asSent(captureId, 'http://127.0.0.1:9/'))
    await expect(refused).rejects.toThrow(/cannot be replayed.*not a whole request/s)
  })

  it('goes on after a restart, from what was kept of it', async () => {
    const recorder = await startByteRecorder()
    onTestFinished(recorder.close)
    const { client, core, dataDir } = await openTestCore()
    const captureId = await captured(client, withLength('a\0b'))
    await client.queue.pause()
    const { deliveryId } = await client.replay.send(asSent(captureId, recorder.origin))
    await core.close()
    const after = await openTestCore(dataDir)
    await after.client.queue.resume()
    await ended(after.client, [deliveryId])
    expect(recorder.requests.map(({ body }) => body.toString())).toEqual(['a\0b'])
  })
})

/** The copied command, run by real shells with the real curl, puts the recorded bytes on the wire. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { buildRequest, renderHead } from '../../src-main/encode/index.ts'
import { toCurl } from '../../src-main/interchange/curl.ts'
import { startWireServer, type WireServer } from '../support/wire-server.ts'

const SHELLS = ['sh', 'bash']

const BODIES: readonly (readonly [name: string, body: Uint8Array])[] = [
  ['nothing', Buffer.alloc(0)],
  ['quotes', Buffer.from(`it's "quoted" 'twice'' \\' \\\\ end`)],
  ['line breaks', Buffer.from('a\nb\r\nc\n\n')],
  ['what shells expand', Buffer.from('$HOME $x $(id) `id` ~ !! !x * ? [a] {b,c} & ; | < > #')],
  ['an @ first', Buffer.from('@/etc/passwd')],
  ['emoji and accents', Buffer.from('🎉 é 佐藤 حداد')],
  ['a NUL', Buffer.from('a\0b')],
  ['bytes that are no text', Uint8Array.from({ length: 256 }, (_, i) => i)],
  ['percent and backslashes', Buffer.from('100%s \\n \\101 %%')],
  ['a BOM', Buffer.from('\ufeff{}')],
  ['much', Buffer.from('x'.repeat(300_000))],
]

async function recording(): Promise<WireServer> {
  return startWireServer({
    onRequest: (connection) =>
      connection.send('HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: close\r\n\r\nok'),
  })
}

function recorded(
  origin: string,
  body: Uint8Array,
  headers: { name: string; value: string }[],
  path = '/in/../x//?q=a+b&c=[1]{2}',
) {
  const { request } = buildRequest({
    url: origin + path,
    headers,
    contentType: 'application/json',
    formEncoding: 'payload',
    formField: 'payload',
    jsonStyle: 'compact',
    payloadText: '{}',
    userAgent: 'Hookstage/1.0.0',
  })
  const whole = { ...request, body }
  return { origin: request.origin, head: renderHead(whole), body }
}

async function run(shell: string, command: string): Promise<void> {
  const child = spawn(shell, [], { stdio: ['pipe', 'ignore', 'pipe'] })
  let errors = ''
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()))
  child.stdin.end(`${command}\n`)
  const [status] = (await once(child, 'close')) as [number]
  if (status !== 0) throw new Error(`${shell} ended with ${status}: ${errors}`)
}

async function expectSame(
  server: WireServer,
  request: ReturnType<typeof recorded>,
  shell: string,
): Promise<void> {
  const { command, notes } = toCurl(request)
  expect(notes.join()).toContain('Host')
  await run(shell, command)
  const seen = server.requests.at(-1)
  expect(seen?.body.equals(request.body)).toBe(true)
  // What curl writes its own way, whatever it is told; the notes say so.
  const expected = Buffer.from(request.head)
    .toString('latin1')
    .replace('\r\nhost: ', '\r\nHost: ')
    .replace('X-Empty: \r', 'X-Empty:\r')
  expect(seen?.head.toString('latin1')).toBe(expected)
}

describe('copied as cURL', () => {
  it.each(BODIES)('a body with %s is sent as it was', async (_name, body) => {
    const server = await recording()
    for (const shell of SHELLS) await expectSame(server, recorded(server.origin, body, []), shell)
    expect(server.requests).toHaveLength(SHELLS.length)
  })

  it('headers keep their order, case, number and odd values', async () => {
    const server = await recording()
    const headers = [
      { name: 'X-Twice', value: 'one' },
      { name: 'x-twice', value: 'it\'s $HOME `id` \\ "x"' },
      { name: 'X-Empty', value: '' },
      { name: 'X-Semi', value: ';' },
      { name: 'Authorization', value: 'Bearer abc' },
      { name: 'X-At', value: '@file' },
    ]
    await expectSame(server, recorded(server.origin, Buffer.from('{}'), headers), 'sh')
  })

  it('whatever text the body is', async () => {
    const server = await recording()
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 40 }),
        fc.string({ unit: 'grapheme' }),
        async (bytes, text) => {
          for (const body of [bytes, Buffer.from(text)]) {
            await expectSame(server, recorded(server.origin, body, []), 'sh')
          }
        },
      ),
      { numRuns: 15 },
    )
  })
})

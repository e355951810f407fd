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
  ['a hyphen first that is no option', Buffer.from('-v\0')],
  ['hyphens where the pieces of a large one begin', Buffer.alloc(250_000, '-')],
  ['what terminals swallow', Buffer.from('a\rb\tc\x03\x04\x1b[A\x7f\u0085')],
  ['lines that bash would look up in its history', Buffer.from('{\n  "a": "Hi!!"\n}\n^x^y\n')],
]

async function recording(): Promise<WireServer> {
  return startWireServer({
    onRequest: (connection) =>
      connection.send('HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: close\r\n\r\nok'),
  })
}

function latin1(code: number): string {
  return String.fromCharCode(code)
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

/** As an argument of the shell where it is short enough for one, else as its input. */
async function run(shell: string, command: string): Promise<void> {
  const isArgument = Buffer.byteLength(command) < 100_000
  const proxies = { http_proxy: 'http://127.0.0.1:9', ALL_PROXY: 'http://127.0.0.1:9' }
  const child = spawn(shell, isArgument ? ['-c', command] : [], {
    stdio: ['pipe', 'ignore', 'pipe'],
    env: { ...process.env, ...proxies },
  })
  let errors = ''
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()))
  child.stdin.end(isArgument ? '' : `${command}\n`)
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
    .replaceAll(/^([^:\r\n]+): \r$/gm, '$1:\r')
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
      { name: 'X-Latin', value: 'Zoë\tÿ 100% !' },
      { name: 'user-agent', value: '' },
      { name: 'Accept', value: 'a/b' },
      { name: 'accept', value: 'c/d' },
      { name: 'Cookie', value: 'a=1' },
      { name: 'Cookie', value: 'b=2' },
    ]
    for (const shell of SHELLS) {
      await expectSame(server, recorded(server.origin, Buffer.from('{}'), headers), shell)
    }
  })

  it('whatever the headers and the path are', async () => {
    const server = await recording()
    const name = fc.stringMatching(/^X[!#$%&'*+.^_`|~0-9A-Za-z-]{1,8}$/)
    const value = fc.string({ unit: fc.integer({ min: 0x20, max: 0xff }).map(latin1) })
    const header = fc.record({ name, value }).filter(({ value: text }) => !/[\x7f]/.test(text))
    const path = fc.oneof(fc.string(), fc.string({ unit: 'binary', maxLength: 12 }))
    await fc.assert(
      fc.asyncProperty(fc.array(header, { maxLength: 4 }), path, async (headers, rest) => {
        const target = `/${rest.replace(/[\r\n\0#]/g, '')}`
        await expectSame(server, recorded(server.origin, Buffer.from('{}'), headers, target), 'sh')
      }),
      { numRuns: 40 },
    )
  })

  it.each([
    ['a whole URL', 'http://other.example:81/x?y#z'],
    ['an asterisk', '*'],
    ['a fragment', '/a#frag'],
    ['bytes of UTF-8', '/voil\xc3\xa0?\xc3\xa0'],
    ['bytes that are no text', '/\xff\xa0'],
    ['no slash', 'a//../b'],
  ])('a request line with %s is sent as it was', async (_what, target) => {
    const server = await recording()
    const request = recorded(server.origin, Buffer.from('{}'), [])
    const head = Buffer.from(request.head).toString('latin1')
    const line = head.replace(/^POST [^ ]+/, () => `POST ${target}`)
    const odd = { ...request, head: Buffer.from(line, 'latin1') }
    for (const shell of SHELLS) await expectSame(server, odd, shell)
    expect(server.requests).toHaveLength(SHELLS.length)
  })

  it('goes to other machines by whatever proxy the environment names', () => {
    const request = recorded('https://example.com', Buffer.from('{}'), [])
    expect(toCurl(request).command).not.toContain('--noproxy')
    expect(toCurl({ ...request, origin: 'http://[::1]:81' }).command).toContain('--noproxy')
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

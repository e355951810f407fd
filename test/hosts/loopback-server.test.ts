import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { GUARD_HEADERS } from '../../src-main/hosts/loopback-guard.ts'
import { startLoopbackServer } from '../../src-main/hosts/loopback-server.ts'
import { askForLink } from '../../src-main/hosts/owner-file.ts'
import { createSessionTokens } from '../../src-main/hosts/session-tokens.ts'
import { readStaticFiles } from '../../src-main/hosts/static-files.ts'
import { exchangeCode } from '../support/host-client.ts'
import { openTestCore } from '../support/open-core.ts'
import { tempFolder } from '../support/temp-folder.ts'

const PAGE = '<!doctype html><meta name="csp-nonce" content="__CSP_NONCE__">'

async function serving(folder = tempFolder()) {
  mkdirSync(`${folder}/page/assets`, { recursive: true })
  writeFileSync(`${folder}/page/index.html`, PAGE)
  writeFileSync(`${folder}/page/assets/a-1234.js`, 'export {}')
  writeFileSync(`${folder}/secret.txt`, 'not for you')
  const { core } = await openTestCore()
  const tokens = createSessionTokens(`${folder}/tokens.json`, Date.now)
  const faults: unknown[] = []
  const server = await startLoopbackServer({
    port: 0,
    router: core.router,
    files: readStaticFiles(`${folder}/page`),
    tokens,
    onError: (error) => faults.push(error),
  })
  onTestFinished(() => server.close())
  return { server, origin: `http://127.0.0.1:${server.port}`, folder, faults }
}

/** What comes back for bytes that no client library would send. */
async function raw(port: number, request: string): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  let answer = ''
  socket.on('data', (chunk) => (answer += chunk.toString('latin1')))
  socket.on('error', () => undefined)
  socket.write(request)
  await Promise.race([once(socket, 'close'), once(socket, 'end')])
  socket.destroy()
  return answer
}

describe('the browser host', () => {
  it('serves the page with a fresh nonce, its policy and every guarding header', async () => {
    const { origin, server } = await serving()
    const nonces = new Set<string>()
    for (let i = 0; i < 2; i++) {
      const response = await fetch(origin)
      const nonce = /content="([^"]+)"/.exec(await response.text())?.[1] ?? ''
      nonces.add(nonce)
      const policy = response.headers.get('content-security-policy') ?? ''
      expect(policy).toContain(`style-src 'self' 'nonce-${nonce}'`)
      expect(policy).toContain(`connect-src 'self' ws://127.0.0.1:${server.port}`)
      expect(policy).toContain("default-src 'none'; script-src 'self';")
      expect(response.headers.get('cache-control')).toBe('no-store')
    }
    expect(nonces.size).toBe(2)
    const script = await fetch(`${origin}/assets/a-1234.js`, { method: 'HEAD' })
    expect(script.headers.get('cache-control')).toContain('immutable')
    for (const path of [
      '/',
      '/assets/a-1234.js',
      '/session',
      '/secret.txt',
      '/%2e%2e/secret.txt',
    ]) {
      const { headers } = await fetch(origin + path)
      for (const [name, value] of Object.entries(GUARD_HEADERS))
        expect(headers.get(name)).toBe(value)
      expect(headers.get('set-cookie')).toBeNull()
      expect([...headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([])
    }
  })

  it('changes a code for a token once', async () => {
    const { server, origin } = await serving()
    const link = server.newLink()
    const token = await exchangeCode({ link, origin })
    expect(token).toMatch(/^[\w-]{43}$/)
    await expect(exchangeCode({ link, origin })).rejects.toThrow('401')
    const session = (bearer: string) =>
      fetch(`${origin}/session`, { headers: { authorization: `Bearer ${bearer}` } })
    expect((await session(token)).status).toBe(404)
    expect((await session(`${token.slice(0, -1)}_`)).status).toBe(401)
  })

  it('knows a token after it was started again on the same folder, and no longer than 30 days', async () => {
    const folder = tempFolder()
    let nowMs = 0
    const first = createSessionTokens(`${folder}/t.json`, () => nowMs)
    const token = first.exchange(first.newCode()) ?? ''
    expect(createSessionTokens(`${folder}/t.json`, () => nowMs).isSession(token)).toBe(true)
    nowMs += 31 * 24 * 60 * 60 * 1000
    expect(createSessionTokens(`${folder}/t.json`, () => nowMs).isSession(token)).toBe(false)
    const late = first.newCode()
    nowMs += 6 * 60 * 1000
    expect(first.exchange(late)).toBeNull()
  })

  it('knows no token of another port, where another program may have learnt it since', () => {
    const tokens = createSessionTokens(`${tempFolder()}/t.json`, Date.now)
    tokens.rememberPort(4000)
    const token = tokens.exchange(tokens.newCode()) ?? ''
    tokens.rememberPort(4000)
    expect(tokens.isSession(token)).toBe(true)
    tokens.rememberPort(4001)
    expect(tokens.isSession(token)).toBe(false)
  })

  it('gives a fresh link to the owner alone', async () => {
    const { server } = await serving()
    const owner = { pid: 1, host: 'browser' as const, port: server.port }
    expect(await askForLink({ ...owner, token: server.ownerToken })).toMatch(
      /^http:\/\/127\.0\.0\.1:\d+\/#code=/,
    )
    expect(await askForLink({ ...owner, token: 'x'.repeat(43) })).toBeNull()
  })

  it('refuses on the wire what the guard refuses', async () => {
    const { server } = await serving()
    const host = `Host: 127.0.0.1:${server.port}\r\n`
    const end = 'Connection: close\r\n\r\n'
    const { port } = server
    expect(await raw(port, `GET / HTTP/1.1\r\n${host}${host}${end}`)).toMatch(
      /^HTTP\/1\.1 4(00|21) /,
    )
    expect(await raw(port, `GET / HTTP/1.1\r\nHost: evil.example\r\n${end}`)).toMatch(
      /^HTTP\/1\.1 421 /,
    )
    expect(await raw(port, `GET http://127.0.0.1:${port}/ HTTP/1.1\r\n${host}${end}`)).toMatch(
      /^HTTP\/1\.1 400 /,
    )
    expect(await raw(port, `GET /%2e%2e/secret.txt HTTP/1.1\r\n${host}${end}`)).toMatch(
      /^HTTP\/1\.1 400 /,
    )
    expect(await raw(port, `GET /assets/../../secret.txt HTTP/1.1\r\n${host}${end}`)).toMatch(
      /^HTTP\/1\.1 400 /,
    )
    expect(await raw(port, `OPTIONS /session HTTP/1.1\r\n${host}${end}`)).toMatch(
      /^HTTP\/1\.1 403 /,
    )
    expect(await raw(port, `GET / HTTP/1.1\r\n${host}X: ${'x'.repeat(20_000)}\r\n${end}`)).toMatch(
      /^HTTP\/1\.1 431 /,
    )
    const upgrade = `GET /rpc HTTP/1.1\r\n${host}Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n`
    expect(await raw(port, `${upgrade}\r\n`)).toMatch(/^HTTP\/1\.1 403 /)
    expect(await raw(port, `${upgrade}Origin: http://127.0.0.1:${port}\r\n\r\n`)).toMatch(
      /^HTTP\/1\.1 401 /,
    )
    expect(await raw(port, `${upgrade}Origin: http://evil.example\r\n\r\n`)).toMatch(
      /^HTTP\/1\.1 403 /,
    )
  })

  it('does not read more than a code needs', async () => {
    const { server, faults } = await serving()
    const origin = `http://127.0.0.1:${server.port}`
    const response = await fetch(`${origin}/session`, {
      method: 'POST',
      headers: { origin, 'content-type': 'application/json' },
      body: JSON.stringify({ code: 'x'.repeat(100_000) }),
    }).catch(() => null)
    expect(response === null || response.status === 401).toBe(true)
    expect((await fetch(origin)).status).toBe(200)
    expect(faults).toEqual([])
  })
})

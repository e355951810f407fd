import { describe, expect, it } from 'vitest'
import { type GuardedRequest, guard } from '../../src-main/hosts/loopback-guard.ts'

const PORT = 4700
const TOKEN = 'a-token-of-at-least-twenty-characters'
const HOST = ['Host', `127.0.0.1:${PORT}`]
const ORIGIN = ['Origin', `http://127.0.0.1:${PORT}`]
const BEARER = ['Authorization', `Bearer ${TOKEN}`]
const JSON_TYPE = ['Content-Type', 'application/json']

function judge(change: Partial<GuardedRequest>): number {
  const request = {
    method: 'GET',
    target: '/session',
    rawHeaders: [...HOST, ...BEARER],
    isUpgrade: false,
    ...change,
  }
  const verdict = guard(request, {
    port: PORT,
    isSession: (token) => token === TOKEN,
    isPage: (path) => path === '/' || path === '/assets/a.js',
  })
  return verdict.allowed ? 200 : verdict.status
}

const upgrade = (...rawHeaders: string[]) => judge({ isUpgrade: true, target: '/rpc', rawHeaders })
const protocol = (token: string) => ['Sec-WebSocket-Protocol', `hookstage, token.${token}`]

describe('the guard lets through', () => {
  it.each([
    ['the page', judge({ target: '/', rawHeaders: HOST })],
    [
      'the page by the other name',
      judge({ target: '/', rawHeaders: ['host', `localhost:${PORT}`] }),
    ],
    [
      'the page, typed into the address bar',
      judge({ target: '/', rawHeaders: [...HOST, 'Sec-Fetch-Site', 'none'] }),
    ],
    [
      'the page’s files',
      judge({ target: '/assets/a.js?v=1', rawHeaders: [...HOST, 'Sec-Fetch-Site', 'same-origin'] }),
    ],
    ['a call with its token', judge({})],
    [
      'the exchange of a code',
      judge({ method: 'POST', rawHeaders: [...HOST, ...ORIGIN, ...JSON_TYPE] }),
    ],
    ['a socket with its token', upgrade(...HOST, ...ORIGIN, ...protocol(TOKEN))],
    [
      'the owner’s second start',
      judge({
        method: 'POST',
        target: '/open-link',
        rawHeaders: [...HOST, ...ORIGIN, ...BEARER, ...JSON_TYPE],
      }),
    ],
    [
      'the question whether this is the host that a page knows',
      judge({
        method: 'POST',
        target: '/session/proof',
        rawHeaders: [...HOST, ...ORIGIN, ...JSON_TYPE],
      }),
    ],
  ])('%s', (_what, status) => expect(status).toBe(200))
})

describe('the guard refuses', () => {
  it.each([
    ['no Host', judge({ rawHeaders: BEARER }), 421],
    ['another Host', judge({ rawHeaders: ['Host', `evil.example:${PORT}`, ...BEARER] }), 421],
    ['another port in Host', judge({ rawHeaders: ['Host', '127.0.0.1:4701', ...BEARER] }), 421],
    ['Host without port', judge({ rawHeaders: ['Host', '127.0.0.1', ...BEARER] }), 421],
    [
      'another loopback address',
      judge({ rawHeaders: ['Host', `127.0.0.2:${PORT}`, ...BEARER] }),
      421,
    ],
    ['two Hosts', judge({ rawHeaders: [...HOST, ...HOST, ...BEARER] }), 421],
    [
      'two Hosts, the second foreign',
      judge({ rawHeaders: [...HOST, 'host', 'evil.example', ...BEARER] }),
      421,
    ],
    ['OPTIONS', judge({ method: 'OPTIONS', rawHeaders: [...HOST, ...ORIGIN] }), 403],
    [
      'a foreign Origin',
      judge({ rawHeaders: [...HOST, ...BEARER, 'Origin', 'https://evil.example'] }),
      403,
    ],
    ['Origin null', judge({ rawHeaders: [...HOST, ...BEARER, 'Origin', 'null'] }), 403],
    [
      'Origin of another port',
      judge({ rawHeaders: [...HOST, ...BEARER, 'Origin', 'http://127.0.0.1:4701'] }),
      403,
    ],
    [
      'Origin by the other name',
      judge({ rawHeaders: [...HOST, ...BEARER, 'Origin', `http://localhost:${PORT}`] }),
      403,
    ],
    ['two Origins', judge({ rawHeaders: [...HOST, ...BEARER, ...ORIGIN, ...ORIGIN] }), 403],
    [
      'https as Origin',
      judge({ rawHeaders: [...HOST, ...BEARER, 'Origin', `https://127.0.0.1:${PORT}`] }),
      403,
    ],
    ['a POST without Origin', judge({ method: 'POST', rawHeaders: [...HOST, ...JSON_TYPE] }), 403],
    [
      'a POST without Origin, token or not',
      judge({ method: 'POST', rawHeaders: [...HOST, ...BEARER, ...JSON_TYPE] }),
      403,
    ],
    [
      'a second start without Origin',
      judge({
        method: 'POST',
        target: '/open-link',
        rawHeaders: [...HOST, ...BEARER, ...JSON_TYPE],
      }),
      403,
    ],
    ['an upgrade without Origin', upgrade(...HOST, ...protocol(TOKEN)), 403],
    [
      'another port of this machine',
      judge({ rawHeaders: [...HOST, ...BEARER, 'Sec-Fetch-Site', 'same-site'] }),
      403,
    ],
    [
      'another site',
      judge({ target: '/', rawHeaders: [...HOST, 'Sec-Fetch-Site', 'cross-site'] }),
      403,
    ],
    [
      'the page from another port',
      judge({ target: '/', rawHeaders: [...HOST, 'Sec-Fetch-Site', 'same-site'] }),
      403,
    ],
    [
      'a call typed into the address bar',
      judge({ rawHeaders: [...HOST, ...BEARER, 'Sec-Fetch-Site', 'none'] }),
      403,
    ],
    ['an absolute target', judge({ target: 'http://127.0.0.1:4700/session' }), 400],
    ['a target of two slashes', judge({ target: '//evil.example/' }), 400],
    ['dots', judge({ target: '/../etc/passwd' }), 400],
    ['encoded dots', judge({ target: '/%2e%2e/etc/passwd' }), 400],
    ['encoded slashes', judge({ target: '/a%2Fb' }), 400],
    ['backslashes', judge({ target: '/..\\x' }), 400],
    ['PUT', judge({ method: 'PUT', rawHeaders: [...HOST, ...ORIGIN, ...BEARER] }), 405],
    [
      'a POST that is a form',
      judge({ method: 'POST', rawHeaders: [...HOST, ...ORIGIN, 'Content-Type', 'text/plain'] }),
      415,
    ],
    ['a POST without type', judge({ method: 'POST', rawHeaders: [...HOST, ...ORIGIN] }), 415],
    ['a call without token', judge({ rawHeaders: HOST }), 401],
    ['a wrong token', judge({ rawHeaders: [...HOST, 'Authorization', `Bearer ${TOKEN}x`] }), 401],
    ['a short token', judge({ rawHeaders: [...HOST, 'Authorization', 'Bearer abc'] }), 401],
    ['two tokens', judge({ rawHeaders: [...HOST, ...BEARER, ...BEARER] }), 401],
    [
      'a token in another scheme',
      judge({ rawHeaders: [...HOST, 'Authorization', `Basic ${TOKEN}`] }),
      401,
    ],
    ['a socket without token', upgrade(...HOST, ...ORIGIN), 401],
    ['a socket with a wrong token', upgrade(...HOST, ...ORIGIN, ...protocol('wrong')), 401],
    ['a socket with the token as a header only', upgrade(...HOST, ...ORIGIN, ...BEARER), 401],
    ['a file that is none', judge({ target: '/secret.txt', rawHeaders: HOST }), 401],
  ])('%s', (_what, status, expected) => expect(status).toBe(expected))
})

/**
 * The page's right to talk to the browser host: a one-time code in the address, changed once for a
 * token that stays in this tab. No cookie, since a cookie of 127.0.0.1 goes to every port of it. The
 * token is shown only to a host that has proved that it knows it: while Hookstage is away, another
 * program may listen on its port.
 */

const KEY = 'hookstage.session'
const ID_DIGITS = 16

/** Whether the address holds a code, which the next `sessionToken` takes. */
export function hasCode(): boolean {
  return codeOf(location.hash) !== null
}

/** Takes the code out of the address bar, changes it for a token, and answers the tab's token. */
export async function sessionToken(): Promise<string | null> {
  const code = codeOf(location.hash)
  if (code) {
    history.replaceState(null, '', location.pathname)
    const response = await post('/session', { code })
    if (response.ok) {
      const { token } = (await response.json()) as { token: string }
      sessionStorage.setItem(KEY, token)
    }
  }
  return sessionStorage.getItem(KEY)
}

/**
 * Whether the host knows the token, which it is not shown for that (session-tokens has the scheme).
 * Rejects while there is no host, or one that is not ours.
 */
export async function isTokenKnown(token: string): Promise<boolean> {
  const hash = hex(await crypto.subtle.digest('SHA-256', utf8(token)))
  const id = hex(await crypto.subtle.digest('SHA-256', utf8(hash))).slice(0, ID_DIGITS)
  const nonce = hex(crypto.getRandomValues(new Uint8Array(32)).buffer)
  const response = await post('/session/proof', { id, nonce })
  if (response.status === 404) return false
  if (!response.ok) throw new Error(`the host answered ${response.status}`)
  const { proof } = (await response.json()) as { proof: string }
  const algorithm = { name: 'HMAC', hash: 'SHA-256' }
  const key = await crypto.subtle.importKey('raw', utf8(hash), algorithm, false, ['sign'])
  const expected = await crypto.subtle.sign('HMAC', key, utf8(`${location.origin}\n${nonce}`))
  if (proof !== hex(expected)) throw new Error('this is another program on the port of Hookstage')
  return true
}

function codeOf(hash: string): string | null {
  return new URLSearchParams(hash.slice(1)).get('code')
}

function post(path: string, body: Readonly<Record<string, string>>): Promise<Response> {
  return fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
}

function utf8(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text)
}

function hex(bytes: ArrayBuffer): string {
  return [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

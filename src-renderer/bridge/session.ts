/**
 * The page's right to talk to the browser host: a one-time code in the address, changed once for a
 * token that stays in this tab. No cookie, since a cookie of 127.0.0.1 goes to every port of it.
 */

const KEY = 'hookstage.session'

/** Takes the code out of the address bar, changes it for a token, and answers the tab's token. */
export async function sessionToken(): Promise<string | null> {
  const code = new URLSearchParams(location.hash.slice(1)).get('code')
  if (code) {
    history.replaceState(null, '', location.pathname)
    const response = await fetch('/session', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ code }),
    })
    if (response.ok) {
      const { token } = (await response.json()) as { token: string }
      sessionStorage.setItem(KEY, token)
    }
  }
  return sessionStorage.getItem(KEY)
}

/** Whether the host takes the token; rejects while there is no host. */
export async function isTokenTaken(token: string): Promise<boolean> {
  const response = await fetch('/session', { headers: { authorization: `Bearer ${token}` } })
  return response.ok
}

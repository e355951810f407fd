/**
 * Who may talk to the browser host. Every request and every upgrade passes here before anything
 * else looks at it. The rules, in their order, one test each:
 * 1. The server listens on the literal 127.0.0.1 (loopback-server).
 * 2. One Host header, exactly this host and port: the only defence against DNS rebinding. Else 421.
 * 3. Origin, where present, exactly ours; required on upgrades and on all but GET and HEAD. Else 403.
 * 4. Sec-Fetch-Site, where present: same-origin, or none for a page. Same-site is another port. Else 403.
 * 5. A token of 256 random bits for all but pages, the exchange of a one-time code, and the question
 *    whether this is the host that a page knows (session-tokens). Else 401.
 * 6. No cookie is ever set: it would go to every other port of 127.0.0.1.
 * 7. No Access-Control header is ever sent; OPTIONS is refused; POST is JSON only. Else 403, 415.
 * 8. Every answer carries the headers of `GUARD_HEADERS`.
 * 9. Sizes, times and connections are bounded (loopback-server).
 */

export interface GuardedRequest {
  readonly method: string
  /** The request target as it was sent. */
  readonly target: string
  /** Name and value alternating, as node gives them. */
  readonly rawHeaders: readonly string[]
  readonly isUpgrade: boolean
}

export type Verdict =
  | { readonly allowed: true; readonly path: string }
  | { readonly allowed: false; readonly status: number; readonly message: string }

export interface GuardOptions {
  readonly port: number
  /** Whether a token of a page is known; compares in constant time. */
  isSession(token: string): boolean
  /** Paths that need no token: the page's own files, by path. */
  isPage(path: string): boolean
}

/** Sent with every answer. */
export const GUARD_HEADERS: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
  'x-frame-options': 'DENY',
}

export const RPC_PATH = '/rpc'
export const SESSION_PATH = '/session'
/** Whether this is the host that knows a token, asked before the token is sent. */
export const PROOF_PATH = '/session/proof'
/** Asks for a fresh link; carries the owner's token, which the server checks itself. */
export const LINK_PATH = '/open-link'
/** What is answered without a session: each of these checks what it is given itself. */
const OPEN_PATHS = new Set([SESSION_PATH, PROOF_PATH, LINK_PATH])
const TOKEN_PROTOCOL = 'token.'
const SAFE_METHODS = new Set(['GET', 'HEAD'])

export function guard(request: GuardedRequest, options: GuardOptions): Verdict {
  const { method, isUpgrade } = request
  const header = (name: string) => valuesOf(request.rawHeaders, name)
  const names = [`127.0.0.1:${options.port}`, `localhost:${options.port}`]

  const [host, ...moreHosts] = header('host')
  if (!host || moreHosts.length > 0 || !names.includes(host)) {
    return refuse(421, 'This is not the host that Hookstage answers to.')
  }
  if (method === 'OPTIONS') return refuse(403, 'Other origins are not served.')

  const origins = header('origin')
  const needsOrigin = isUpgrade || !SAFE_METHODS.has(method)
  const isOurs = origins.length === 1 && origins[0] === `http://${host}`
  if (origins.length > 0 ? !isOurs : needsOrigin) {
    return refuse(403, 'Other origins are not served.')
  }
  const path = pathOf(request.target)
  if (path === null) return refuse(400, 'The request target is not a path.')
  const isPage = !isUpgrade && SAFE_METHODS.has(method) && options.isPage(path)
  const sites = header('sec-fetch-site')
  const siteAllowed = (site: string) => site === 'same-origin' || (site === 'none' && isPage)
  if (!sites.every(siteAllowed)) return refuse(403, 'Other sites are not served.')

  if (isPage) return { allowed: true, path }
  if (!SAFE_METHODS.has(method) && method !== 'POST') return refuse(405, 'Only GET and POST.')
  if (method === 'POST' && !isJson(header('content-type'))) return refuse(415, 'Only JSON.')
  if (method === 'POST' && OPEN_PATHS.has(path)) return { allowed: true, path }
  const token = isUpgrade ? protocolToken(header('sec-websocket-protocol')) : bearerOf(request)
  if (token === null || !options.isSession(token)) {
    return refuse(401, 'Open Hookstage with the link that it printed.')
  }
  return { allowed: true, path }
}

/** The token of an `Authorization: Bearer` header; null when there is not exactly one. */
export function bearerOf({ rawHeaders }: Pick<GuardedRequest, 'rawHeaders'>): string | null {
  const [value, ...more] = valuesOf(rawHeaders, 'authorization')
  return more.length > 0 ? null : (/^Bearer ([\w-]{20,})$/.exec(value ?? '')?.[1] ?? null)
}

function refuse(status: number, message: string): Verdict {
  return { allowed: false, status, message }
}

function valuesOf(rawHeaders: readonly string[], name: string): string[] {
  const values: string[] = []
  for (let i = 0; i < rawHeaders.length; i += 2) {
    if (rawHeaders[i]?.toLowerCase() === name) values.push(rawHeaders[i + 1] ?? '')
  }
  return values
}

/** Null for absolute-form, `*` and encoded dots or slashes, which no page of ours asks for. */
function pathOf(target: string): string | null {
  if (!target.startsWith('/') || target.startsWith('//') || /[\\#]|%(2e|2f|5c|00)/i.test(target)) {
    return null
  }
  const path = target.split('?')[0] ?? ''
  return path.split('/').includes('..') ? null : path
}

function isJson([type, ...more]: readonly string[]): boolean {
  return more.length === 0 && /^application\/json\s*(;|$)/i.test(type ?? '')
}

function protocolToken(headers: readonly string[]): string | null {
  const protocols = headers.flatMap((value) => value.split(',')).map((value) => value.trim())
  const token = protocols.find((protocol) => protocol.startsWith(TOKEN_PROTOCOL))
  return token ? token.slice(TOKEN_PROTOCOL.length) : null
}

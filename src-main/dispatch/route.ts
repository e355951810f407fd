/**
 * By which way a request goes: which certificates are taken, and through which proxy. Requests that
 * differ in it never share a connection. Loopback is always direct.
 */
import { createHash } from 'node:crypto'
import { bareHost, isLoopback } from '../encode/index.ts'

export interface Route {
  /** Tells routes apart. */
  readonly key: string
  readonly ignoresCertificates: boolean
  /** Certificates of authorities, PEM, to trust besides the well-known ones. */
  readonly trust: readonly string[]
  readonly proxy: HttpProxy | null
}

export interface HttpProxy {
  /** `proxy.example.com:3128`; shown and recorded. */
  readonly name: string
  readonly host: string
  readonly port: number
  readonly isTls: boolean
  /** Where the user set it, as the sentences say it. */
  readonly place: 'Settings' | 'the webhook'
  /** The value of `Proxy-Authorization`, when it asks for one. */
  readonly authorization: string | null
}

/** Origins whose route is remembered. */
const MOST_KNOWN = 500

export const DIRECT: Route = { key: '', ignoresCertificates: false, trust: [], proxy: null }

/** Answers the route to an origin, `https://example.com:8443`. */
export type Routes = (origin: string, ignoresCertificates: boolean) => Route

/** @param noProxy hosts that are reached directly: names, `.example.com` for all below it, or `*` */
export function createRoutes(choice: {
  readonly trust: readonly string[]
  readonly proxy: HttpProxy | null
  readonly noProxy: string
}): Routes {
  const { trust, proxy } = choice
  const direct = choice.noProxy
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((entry) => entry !== '')
  const keyOf = (way: HttpProxy | null) =>
    createHash('sha256')
      .update(JSON.stringify([trust, way]))
      .digest('base64')
  const ways = {
    direct: { trust, proxy: null, key: keyOf(null) },
    proxied: { trust, proxy, key: keyOf(proxy) },
  }
  const known = new Map<string, Route>()

  function routeTo(origin: string, ignoresCertificates: boolean): Route {
    const { hostname } = new URL(origin)
    const isDirect = isLoopback(hostname) || direct.some((entry) => isMeant(entry, hostname))
    const way = isDirect ? ways.direct : ways.proxied
    return { ...way, ignoresCertificates, key: `${ignoresCertificates} ${way.key}` }
  }

  return (origin, ignoresCertificates) => {
    const key = `${ignoresCertificates} ${origin}`
    const route = known.get(key) ?? routeTo(origin, ignoresCertificates)
    if (known.size >= MOST_KNOWN) known.clear()
    known.set(key, route)
    return route
  }
}

function isMeant(entry: string, hostname: string): boolean {
  const host = bareHost(hostname)
  const below = entry.replace(/^\*/, '')
  return entry === '*' || host === entry || (below.startsWith('.') && host.endsWith(below))
}

/**
 * By which way a request goes: which certificates are taken, and through which proxy. Requests that
 * differ in it never share a connection. Loopback is always direct.
 */
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
  /** The value of `Proxy-Authorization`, when it asks for one. */
  readonly authorization: string | null
}

export const DIRECT: Route = { key: '', ignoresCertificates: false, trust: [], proxy: null }

/** @param choice.proxy what the workspace has, whatever the origin */
export function routeTo(
  origin: string,
  choice: Omit<Route, 'key'> & { readonly noProxy: string },
): Route {
  const { hostname } = new URL(origin)
  const isDirect = isLoopback(hostname) || isListed(hostname, choice.noProxy)
  const { ignoresCertificates, trust } = choice
  const proxy = isDirect ? null : choice.proxy
  const key = JSON.stringify([ignoresCertificates, trust, proxy])
  return { key, ignoresCertificates, trust, proxy }
}

export function isLoopback(hostname: string): boolean {
  const host = hostname
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '')
    .toLowerCase()
  if (host === 'localhost' || host.endsWith('.localhost')) return true
  return /^127(\.\d{1,3}){3}$/.test(host) || host === '::1' || host.startsWith('::ffff:7f')
}

function isListed(hostname: string, noProxy: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '').toLowerCase()
  return noProxy
    .split(/[\s,]+/)
    .filter((entry) => entry !== '')
    .some((entry) => {
      const name = entry.toLowerCase().replace(/^\*/, '')
      return name === '*' || host === name || (name.startsWith('.') && host.endsWith(name))
    })
}

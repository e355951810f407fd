/**
 * An endpoint's URL, taken apart without changing it: the path and query go over the wire as they
 * were typed. `new URL` would resolve dots and re-encode, so it is asked for the origin only.
 */

export interface Endpoint {
  /** `https://example.com:8443`, host in lower case, IDNs in ASCII, no default port. */
  readonly origin: string
  /** `host` as it goes into the header. */
  readonly host: string
  readonly path: string
}

export interface EndpointFault {
  readonly message: string
  readonly fix?: 'move_credentials_to_header' | 'trim'
}

const PARTS = /^(https?):\/\/([^/?#]*)([^?#]*)(\?[^#]*)?(#.*)?$/i

/** Why a URL cannot be an endpoint; null when it can. */
export function endpointFault(typed: string): EndpointFault | null {
  const url = typed.trim()
  if (url === '') return { message: 'Enter the URL that the webhook is sent to.' }
  if (/[\r\n\0]/.test(url))
    return { message: 'The URL has a line break in it. Put it on one line.' }
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(url)?.[1]?.toLowerCase()
  if (!scheme)
    return {
      message: `A URL begins with https:// or http://. Did you mean https://${url.replace(/^\/+/, '')}?`,
    }
  if (scheme !== 'http' && scheme !== 'https') {
    return { message: `Webhooks are sent over http or https, not ${scheme}.` }
  }
  const authority = PARTS.exec(url)?.[2] ?? ''
  if (authority.includes('@')) {
    return {
      message: 'A user name and password in the URL would not be sent. Send them as a header.',
      fix: 'move_credentials_to_header',
    }
  }
  if (authority === '' || /^:\d*$/.test(authority)) return { message: 'The URL has no host.' }
  if (/\s/.test(authority)) return { message: 'The host has a space in it.' }
  if (!URL.canParse(`${scheme}://${authority}/`)) {
    const port = /:(\d+)$/.exec(authority)?.[1]
    return port && Number(port) > 65_535
      ? { message: `There is no port ${port}: ports end at 65535.` }
      : { message: `“${authority}” is not a host that can be reached.` }
  }
  return null
}

/** What follows # is never sent. */
export function hasFragment(url: string): boolean {
  return url.includes('#')
}

/** Takes apart a URL that has no fault. */
export function parseEndpoint(typed: string): Endpoint {
  const [, scheme = '', authority = '', path = '', query = ''] = PARTS.exec(typed.trim()) ?? []
  const { origin, host } = new URL(`${scheme}://${authority}/`)
  return { origin, host, path: encodeUnsendable(`${path || '/'}${query}`) }
}

/** Percent-encodes, as UTF-8, only what may not stand in a request line: spaces, controls, non-ASCII. */
export function encodeUnsendable(target: string): string {
  return target.replace(/[^\x21-\x7e]+/gu, (text) =>
    [...Buffer.from(text, 'utf8')]
      .map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`)
      .join(''),
  )
}

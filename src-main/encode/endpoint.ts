/**
 * An endpoint's URL, taken apart without changing it: the path and query go over the wire as they
 * were typed. `new URL` would resolve dots and re-encode, so it is asked for the origin only.
 */
import { MASK_CHARACTER } from '#contract'

export interface Endpoint {
  /** `https://example.com:8443`, host in lower case, IDNs in ASCII, no default port. */
  readonly origin: string
  /** `host` as it goes into the header. */
  readonly host: string
  readonly path: string
}

export interface EndpointFault {
  readonly message: string
  readonly fix?: 'move_credentials_to_header'
}

const PARTS = /^(https?):\/\/([^/?#]*)([^?#]*)(\?[^#]*)?(#.*)?$/i

/**
 * Why a URL cannot be an endpoint; null when it can. The words never hold what of the URL may be
 * secret.
 */
export function endpointFault(typed: string): EndpointFault | null {
  const url = typed.trim()
  if (url === '') return { message: 'Enter the URL that the webhook is sent to.' }
  if (/[\r\n\0]/.test(url)) {
    return { message: 'The URL has a line break in it. Put it on one line.' }
  }
  if (url.includes(MASK_CHARACTER)) return { message: MASKED }
  const message = schemeFault(url)
  if (message) return { message }
  const [, scheme = '', authority = ''] = PARTS.exec(url) ?? []
  if (authority.includes('@')) {
    return {
      message: 'A user name and password in the URL would not be sent. Send them as a header.',
      fix: 'move_credentials_to_header',
    }
  }
  const fault = hostFault(scheme, authority)
  return fault === null ? null : { message: fault }
}

const MASKED = 'A part of this URL is masked. Enter the whole URL.'

/** What is wrong before the host: no scheme, one that is misspelt, twice one, or none of ours. */
function schemeFault(url: string): string | null {
  const begins = 'A URL begins with https:// or http://.'
  if (/^h(t(t(ps?)?)?)?$/i.test(url)) return begins // still being typed
  const [, ours, rest = ''] = /^(https?)(?::\/\/|[:/\\]+)(.*)$/is.exec(url) ?? []
  if (ours !== undefined) {
    if (/^https?:[/\\]/i.test(rest)) return 'The URL begins with https:// or http:// twice.'
    const isWellFormed = /^https?:\/\/(?![/\\])/i.test(url)
    return isWellFormed || /^https?:\/+$/i.test(url)
      ? null
      : `${begins} ${meant(`${ours.toLowerCase()}://`, rest)}`
  }
  const [, other, after = ''] = /^([a-z][a-z0-9+.-]*):\/\/(.*)$/is.exec(url) ?? []
  if (other !== undefined) {
    return /^[htps]{2,7}$/i.test(other)
      ? `${begins} ${meant(/s$/i.test(other) ? 'https://' : 'http://', after)}`
      : `Webhooks are sent over http or https, not ${other.toLowerCase()}.`
  }
  if (/^[/\\](?![/\\])/.test(url)) {
    return `This is only a path. Put the host before it, as in https://example.com/path.`
  }
  const host = url.replace(/^[:/\\]+/, '')
  const isLocal = /^(localhost|127\.|\[::1\])/i.test(host)
  return `${begins} ${meant(isLocal ? 'http://' : 'https://', host)}`
}

/** A path of short words. Longer ones, and whatever a query holds, may be secret. */
const TELLABLE_PATH = /^(\/[a-z0-9._~-]{0,16})*$/i

/** `Did you mean https://example.com/hook?`, or `…/…?` where the path may be secret. */
function meant(scheme: string, rest: string): string {
  const [, authority = '', more = ''] = /^[/\\]*([^/\\?#]*)(.*)$/s.exec(rest) ?? []
  const host = authority.slice(authority.lastIndexOf('@') + 1)
  if (host === '') return 'Then comes the host.'
  const path = more.replaceAll('\\', '/')
  return `Did you mean ${scheme}${host}${TELLABLE_PATH.test(path) ? path : '/…'}?`
}

function hostFault(scheme: string, authority: string): string | null {
  if (authority === '' || /^:\d*$/.test(authority)) return 'The URL has no host.'
  if (/\s/.test(authority)) return 'The host has a space in it.'
  if (authority.includes('\\')) return 'Write / where the URL has \\.'
  const port = /:(\d+)$/.exec(authority)?.[1]
  if (!authority.startsWith('[') && /:.*:/.test(authority)) {
    return 'An IPv6 address stands in brackets, as in http://[::1]/.'
  }
  if (port && (Number(port) > 65_535 || Number(port) === 0)) {
    return `There is no port ${port}: ports go from 1 to 65535.`
  }
  const isHost = URL.canParse(`${scheme}://${authority}/`) && !/^\.|\.\./.test(authority)
  return isHost ? null : `“${authority}” is not a host that can be reached.`
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

/**
 * Takes apart a URL whose path and query are a recorded or an edited request line's: bytes, a character
 * each, of which none is changed.
 */
export function exactEndpoint(url: string): Endpoint {
  const [, begin = '', target = ''] = /^(https?:\/\/[^/?#]*)(.*)$/is.exec(url) ?? []
  const { origin, host } = new URL(`${begin}/`)
  return { origin, host, path: target.startsWith('/') ? target : `/${target}` }
}

/**
 * Why a path with its query cannot stand in a request line, a character for each byte (RFC 9112, 3.2.1,
 * but lenient: what servers are sent in the wild may be sent to them); null when it can.
 */
export function targetFault(path: string): string | null {
  if (path.includes(MASK_CHARACTER)) return 'A part of this path is masked. Write the whole path.'
  if (!path.startsWith('/')) return 'A path begins with /.'
  const odd = [...path].find((character) => !/^[\x21-\x7e\x80-\xff]$/.test(character))
  if (odd === undefined) return null
  if (odd === ' ') return 'A space would end the path. Write %20, or + in a query.'
  if (/[\r\n]/.test(odd)) return 'A line break would end the request line. Write %0D or %0A.'
  const code = (odd.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')
  const isSeen = !/[\p{C}\p{Z}]/u.test(odd)
  const name = isSeen ? `“${odd}”` : `The control character U+${code}`
  return `${name} cannot stand in a request line. Write ${encodeUnsendable(odd.toWellFormed())}.`
}

/** Percent-encodes, as UTF-8, only what may not stand in a request line: spaces, controls, non-ASCII. */
export function encodeUnsendable(target: string): string {
  return target.replace(/[^\x21-\x7e]+/gu, (text) =>
    [...Buffer.from(text, 'utf8')]
      .map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`)
      .join(''),
  )
}

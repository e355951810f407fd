/**
 * The options of curl (curl 8, `curl --help all`) as far as they matter to an import: which take a
 * value, which make the request, which only concern what curl shows, and what the others would have
 * done that Hookstage does not do.
 */

/** What an option does to the request. */
const MAKING = {
  url: 'url',
  request: 'method',
  header: 'header',
  data: 'data',
  'data-ascii': 'data',
  'data-raw': 'data-raw',
  'data-binary': 'data-binary',
  'data-urlencode': 'data-urlencode',
  json: 'json',
  form: 'form',
  'form-string': 'form-string',
  user: 'user',
  'oauth2-bearer': 'bearer',
  cookie: 'cookie',
  'user-agent': 'agent',
  referer: 'referer',
  range: 'range',
  'url-query': 'url-query',
  'upload-file': 'upload',
  'aws-sigv4': 'scheme',
} as const

const MAKING_FLAGS = {
  get: 'get',
  head: 'head',
  compressed: 'compressed',
  next: 'next',
  'path-as-is': 'path-as-is',
  globoff: 'globoff',
} as const

/** Flags that choose how to authenticate. They may be turned off again. */
const SCHEMES = new Set(['basic', 'digest', 'ntlm', 'ntlm-wb', 'negotiate', 'anyauth'])

export type CurlUse =
  | (typeof MAKING)[keyof typeof MAKING]
  | (typeof MAKING_FLAGS)[keyof typeof MAKING_FLAGS]
  | 'scheme'
  | 'no-scheme'

export interface CurlOption {
  readonly name: string
  readonly takesValue: boolean
  /** Null: it makes nothing of the request. */
  readonly use: CurlUse | null
  /** What is lost with it, in words; null when nothing is. */
  readonly lost: string | null
}

const LETTERS: Readonly<Record<string, string>> = {
  X: 'request',
  H: 'header',
  d: 'data',
  F: 'form',
  u: 'user',
  k: 'insecure',
  L: 'location',
  G: 'get',
  b: 'cookie',
  A: 'user-agent',
  e: 'referer',
  m: 'max-time',
  I: 'head',
  x: 'proxy',
  s: 'silent',
  S: 'show-error',
  v: 'verbose',
  i: 'include',
  o: 'output',
  O: 'remote-name',
  f: 'fail',
  N: 'no-buffer',
  w: 'write-out',
  g: 'globoff',
  q: 'disable',
  K: 'config',
  T: 'upload-file',
  r: 'range',
  c: 'cookie-jar',
  j: 'junk-session-cookies',
  n: 'netrc',
  E: 'cert',
  U: 'proxy-user',
  p: 'proxytunnel',
  y: 'speed-time',
  Y: 'speed-limit',
  z: 'time-cond',
  J: 'remote-header-name',
  D: 'dump-header',
  C: 'continue-at',
  a: 'append',
  B: 'use-ascii',
  h: 'help',
  l: 'list-only',
  M: 'manual',
  P: 'ftp-port',
  Q: 'quote',
  R: 'remote-time',
  t: 'telnet-option',
  V: 'version',
  Z: 'parallel',
  '#': 'progress-bar',
  ':': 'next',
  '0': 'http1.0',
  '1': 'tlsv1',
  '2': 'sslv2',
  '3': 'sslv3',
  '4': 'ipv4',
  '6': 'ipv6',
}

/** Options that only say what becomes of the answer, or what is shown. */
const OUTPUT = new Set(
  `silent show-error verbose include remote-name remote-name-all fail fail-with-body fail-early
   no-buffer disable junk-session-cookies progress-bar remote-header-name remote-time help manual
   version parallel parallel-immediate list-only append use-ascii create-dirs no-progress-meter
   styled-output trace-time trace-ids no-clobber skip-existing raw http1.1 tr-encoding tcp-nodelay
   no-keepalive no-sessionid disable-epsv disable-eprt show-headers`.split(/\s+/),
)
const OUTPUT_VALUES = new Set(
  `output write-out dump-header stderr trace trace-ascii output-dir keepalive-time rate
   create-file-mode cookie-jar max-filesize limit-rate etag-save etag-compare libcurl
   parallel-max`.split(/\s+/),
)

const LOST_FLAGS: Readonly<Record<string, string>> = {
  location: 'redirects are shown, never followed',
  'location-trusted': 'redirects are shown, never followed',
  insecure: 'certificates are checked; Settings → Network, or a webhook, can choose otherwise',
  netrc: 'Hookstage reads no file of passwords',
  'netrc-optional': 'Hookstage reads no file of passwords',
  'http1.0': 'requests are sent as HTTP/1.1',
  http2: 'requests are sent as HTTP/1.1',
  'http2-prior-knowledge': 'requests are sent as HTTP/1.1',
  http3: 'requests are sent as HTTP/1.1',
  'http3-only': 'requests are sent as HTTP/1.1',
  post301: 'redirects are shown, never followed',
  post302: 'redirects are shown, never followed',
  post303: 'redirects are shown, never followed',
  ipv4: 'the address is chosen by the system',
  ipv6: 'the address is chosen by the system',
  'retry-all-errors': 'retries are set for a webhook',
  'retry-connrefused': 'retries are set for a webhook',
  proxytunnel: 'the proxy is set in Settings → Network',
}
const LOST_VALUES: Readonly<Record<string, string>> = {
  'max-time': 'the timeout is set for a webhook or in Settings',
  'connect-timeout': 'the timeout is set for a webhook or in Settings',
  retry: 'retries are set for a webhook',
  'retry-delay': 'retries are set for a webhook',
  'retry-max-time': 'retries are set for a webhook',
  proxy: 'the proxy is set in Settings → Network',
  'proxy-user': 'the proxy is set in Settings → Network',
  'proxy-header': 'the proxy is set in Settings → Network',
  preproxy: 'the proxy is set in Settings → Network',
  socks5: 'the proxy is set in Settings → Network',
  'socks5-hostname': 'the proxy is set in Settings → Network',
  noproxy: 'the proxy is set in Settings → Network; loopback is always direct',
  cacert: 'authorities are set in Settings → Network',
  capath: 'authorities are set in Settings → Network',
  cert: 'Hookstage sends no client certificate',
  key: 'Hookstage sends no client certificate',
  pass: 'Hookstage sends no client certificate',
  config: 'Hookstage reads no file of options',
  resolve: 'names are resolved by the system',
  'connect-to': 'names are resolved by the system',
  'unix-socket': 'requests go over TCP',
  'abstract-unix-socket': 'requests go over TCP',
  interface: 'the way is chosen by the system',
  'local-port': 'the way is chosen by the system',
  'dns-servers': 'names are resolved by the system',
  'max-redirs': 'redirects are shown, never followed',
  'speed-time': 'the timeout is set for a webhook or in Settings',
  'speed-limit': 'the timeout is set for a webhook or in Settings',
  'continue-at': 'a request is sent whole',
  'time-cond': 'the header that it makes is not known here',
  'netrc-file': 'Hookstage reads no file of passwords',
  'expect100-timeout': 'the body is sent at once',
  proto: 'only http and https are sent',
  'proto-redir': 'redirects are shown, never followed',
  'proto-default': 'only http and https are sent',
  'tls-max': 'the version of TLS is agreed on with the server',
  ciphers: 'the ciphers are agreed on with the server',
  'tls13-ciphers': 'the ciphers are agreed on with the server',
  curves: 'the curves are agreed on with the server',
  pinnedpubkey: 'certificates are checked by their authorities',
  'request-target': 'the request line follows the URL',
  'ftp-port': 'only http and https are sent',
  quote: 'only http and https are sent',
  'telnet-option': 'only http and https are sent',
  'cert-type': 'Hookstage sends no client certificate',
  'key-type': 'Hookstage sends no client certificate',
  'proxy-cacert': 'the proxy is set in Settings → Network',
  'doh-url': 'names are resolved by the system',
  'happy-eyeballs-timeout-ms': 'the address is chosen by the system',
  variable: 'curl’s own variables are not known here',
  haproxy: 'the connection is Hookstage’s to manage',
  'login-options': 'only http and https are sent',
  'service-name': 'Negotiate authentication needs an exchange of its own',
}

/** @param name without its hyphens */
export function longOption(name: string): CurlOption | null {
  if (Object.hasOwn(MAKING, name)) {
    return { name, takesValue: true, use: MAKING[name as keyof typeof MAKING], lost: null }
  }
  if (Object.hasOwn(MAKING_FLAGS, name)) {
    return {
      name,
      takesValue: false,
      use: MAKING_FLAGS[name as keyof typeof MAKING_FLAGS],
      lost: null,
    }
  }
  const positive = name.replace(/^no-/, '')
  if (SCHEMES.has(positive)) {
    const use = name === positive ? 'scheme' : 'no-scheme'
    return { name: positive, takesValue: false, use, lost: null }
  }
  if (OUTPUT.has(name) || OUTPUT.has(positive)) {
    return { name, takesValue: false, use: null, lost: null }
  }
  if (OUTPUT_VALUES.has(name)) return { name, takesValue: true, use: null, lost: null }
  const flag = LOST_FLAGS[name]
  if (flag !== undefined) return { name, takesValue: false, use: null, lost: flag }
  const value = LOST_VALUES[name]
  if (value !== undefined) return { name, takesValue: true, use: null, lost: value }
  // Turning something off that is off.
  if (name !== positive && LOST_FLAGS[positive] !== undefined) {
    return { name, takesValue: false, use: null, lost: null }
  }
  if (/^(tlsv1|sslv|ssl-|tls-)/.test(name)) {
    return {
      name,
      takesValue: false,
      use: null,
      lost: 'the version of TLS is agreed on with the server',
    }
  }
  return null
}

export function shortOption(letter: string): CurlOption | null {
  const name = LETTERS[letter]
  return name === undefined ? null : longOption(name)
}

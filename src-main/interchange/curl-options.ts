/**
 * The options of curl as far as they matter to an import: which take a value, which make the request,
 * and what the others would have done that Hookstage does not do.
 */
import { IDLE_FLAGS, IDLE_VALUES, LOST_FLAGS, LOST_VALUES } from './curl-lost-options.ts'

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
  'request-target': 'target',
} as const

const MAKING_FLAGS = {
  get: 'get',
  head: 'head',
  compressed: 'compressed',
  next: 'next',
  'path-as-is': 'path-as-is',
  globoff: 'globoff',
  basic: 'scheme',
  digest: 'scheme',
  ntlm: 'scheme',
  'ntlm-wb': 'scheme',
  negotiate: 'scheme',
  anyauth: 'scheme',
} as const

export type CurlUse =
  | (typeof MAKING)[keyof typeof MAKING]
  | (typeof MAKING_FLAGS)[keyof typeof MAKING_FLAGS]

export interface CurlOption {
  readonly name: string
  readonly takesValue: boolean
  /** False: a flag is turned off, as `--no-get` does it. */
  readonly isOn: boolean
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

const ALL_NAMES: readonly string[] = [
  ...Object.keys(MAKING),
  ...Object.keys(MAKING_FLAGS),
  ...IDLE_FLAGS,
  ...IDLE_VALUES,
  ...LOST_FLAGS.keys(),
  ...LOST_VALUES.keys(),
]

/** @param name without its hyphens; as curl does, the beginning of one name alone stands for it */
export function longOption(name: string): CurlOption | null {
  const [, expanded] = /^expand-(.+)$/.exec(name) ?? []
  if (expanded !== undefined) {
    const option = longOption(expanded)
    const lost = 'curl’s own variables are not known here, so {{…}} stands as it is'
    return option?.takesValue ? { ...option, name, lost } : null
  }
  const exact = exactOption(name)
  if (exact || name.length < 2) return exact
  const [only, ...more] = ALL_NAMES.filter((each) => each.startsWith(name))
  return only !== undefined && more.length === 0 ? exactOption(only) : null
}

function exactOption(name: string): CurlOption | null {
  const option = { name, takesValue: false, isOn: true, use: null, lost: null }
  if (Object.hasOwn(MAKING, name)) {
    return { ...option, takesValue: true, use: MAKING[name as keyof typeof MAKING] }
  }
  if (IDLE_VALUES.has(name)) return { ...option, takesValue: true }
  const value = LOST_VALUES.get(name)
  if (value !== undefined) return { ...option, takesValue: true, lost: value }
  const flag = flagOption(name)
  if (flag || !name.startsWith('no-')) return flag
  // What is not done anyway is no loss when it is turned off.
  const positive = flagOption(name.slice(3))
  return positive && positive.use !== 'next' ? { ...positive, isOn: false, lost: null } : null
}

function flagOption(name: string): CurlOption | null {
  const option = { name, takesValue: false, isOn: true, use: null, lost: null }
  if (Object.hasOwn(MAKING_FLAGS, name)) {
    return { ...option, use: MAKING_FLAGS[name as keyof typeof MAKING_FLAGS] }
  }
  if (IDLE_FLAGS.has(name)) return option
  const lost = LOST_FLAGS.get(name)
  return lost === undefined ? null : { ...option, lost }
}

export function shortOption(letter: string): CurlOption | null {
  const name = LETTERS[letter]
  return name === undefined ? null : exactOption(name)
}

/**
 * The network settings of the workspace and of a webhook: what is wrong with them, and the way that
 * they give a request.
 */
import { X509Certificate } from 'node:crypto'
import type {
  Authority,
  FieldProblem,
  Network,
  SecretText,
  WebhookCertificates,
  WebhookNetwork,
} from '#contract'
import { createRoutes, type HttpProxy, type Route, type Routes } from '../dispatch/index.ts'

const BLOCK = /-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g

/** Fields: `network.extraCa`, `network.proxyUrl`, `network.proxyCredentials`. */
export function networkProblems(network: Network): FieldProblem[] {
  return [...caProblems(network.extraCa), ...proxyProblems(network.proxyUrl)]
}

/** The same of a webhook's own; what is not in use is not looked at. */
export function webhookNetworkProblems(network: WebhookNetwork): readonly FieldProblem[] {
  if (isWorkspaces(network)) return NO_PROBLEMS
  const { proxy, proxyUrl, extraCa } = network
  const isMissing = proxy === 'own' && proxyUrl.trim() === ''
  return [
    ...caProblems(extraCa),
    ...(isMissing ? [problem('proxyUrl', PROXY_LIKE)] : []),
    ...(proxy === 'own' ? proxyProblems(proxyUrl) : []),
  ]
}

const NO_PROBLEMS: readonly FieldProblem[] = []
const PROXY_LIKE = 'Write the proxy like http://proxy.example.com:3128.'

function isWorkspaces({ proxy, extraCa }: WebhookNetwork): boolean {
  return proxy === 'workspace' && extraCa === ''
}

/** The certificates of a PEM text, in order; none when one of them cannot be read. */
export function authoritiesOf(extraCa: string, nowMs: number): Authority[] {
  try {
    return readAuthorities(extraCa, nowMs)
  } catch {
    return []
  }
}

function readAuthorities(extraCa: string, nowMs: number): Authority[] {
  return blocksOf(extraCa).map((block) => {
    const { subject, validTo } = new X509Certificate(block)
    const validToMs = Date.parse(validTo)
    return { subject: subject.replaceAll('\n', ', '), validToMs, expired: validToMs < nowMs }
  })
}

/** What a webhook says of its way. */
export interface OwnWay {
  readonly certificates: WebhookCertificates
  readonly network: WebhookNetwork
}

/** More webhooks with a way of their own than any workspace has. */
const MAX_WAYS = 200

/**
 * The route of a request, by its origin and its webhook's choice.
 * @param credentials `user:password` of the workspace's proxy; empty: none
 * @param read opens a webhook's own, as they are stored
 */
export function webhookRoutes(
  network: Network,
  credentials: string,
  read: (text: SecretText) => string,
): (origin: string, own: OwnWay) => Route {
  const trust = blocksOf(network.extraCa)
  const { noProxy } = network
  const proxy = proxyOf(network.proxyUrl, credentials, 'Settings')
  const workspace = createRoutes({ trust, proxy, noProxy })
  /** What a webhook's version says does not change, so neither does what is made of it. */
  const ways = new Map<string, Routes>()

  function waysOf(own: WebhookNetwork): Routes {
    if (isWorkspaces(own)) return workspace
    const key = JSON.stringify(own)
    const known = ways.get(key)
    if (known) return known
    if (ways.size >= MAX_WAYS) ways.clear()
    const made = makeWays(own)
    ways.set(key, made)
    return made
  }

  function makeWays(own: WebhookNetwork): Routes {
    const all = [...trust, ...blocksOf(own.extraCa)]
    switch (own.proxy) {
      case 'workspace':
        return createRoutes({ trust: all, proxy, noProxy })
      case 'direct':
        return createRoutes({ trust: all, proxy: null, noProxy: '' })
      case 'own': {
        const its = proxyOf(own.proxyUrl, read(own.proxyCredentials), 'the webhook')
        return createRoutes({ trust: all, proxy: its, noProxy: '' })
      }
    }
  }

  return (origin, { certificates, network: own }) => {
    const check = certificates === 'workspace' ? network.certificates : certificates
    return waysOf(own)(origin, check === 'ignore')
  }
}

function blocksOf(extraCa: string): string[] {
  return extraCa.match(BLOCK) ?? []
}

function caProblems(extraCa: string): FieldProblem[] {
  if (extraCa.trim() === '') return []
  if (blocksOf(extraCa).length === 0 || extraCa.replace(BLOCK, '').includes('-----BEGIN')) {
    return [problem('extraCa', 'Paste certificates only, as PEM: -----BEGIN CERTIFICATE-----…')]
  }
  try {
    readAuthorities(extraCa, 0)
    return []
  } catch {
    return [problem('extraCa', 'One of these certificates cannot be read. Paste it again, whole.')]
  }
}

function proxyProblems(proxyUrl: string): FieldProblem[] {
  const text = proxyUrl.trim()
  if (text === '') return []
  const url = URL.canParse(text) ? new URL(text) : null
  if (!url || !/^https?:$/.test(url.protocol) || url.hostname === '') {
    return [problem('proxyUrl', PROXY_LIKE)]
  }
  if (url.username || url.password) {
    return [
      problem('proxyUrl', 'Put user name and password into the field below, as user:password.'),
    ]
  }
  return url.pathname === '/' && !url.search && !url.hash
    ? []
    : [problem('proxyUrl', 'A proxy has no path. Write it like http://proxy.example.com:3128.')]
}

function proxyOf(
  proxyUrl: string,
  credentials: string,
  place: HttpProxy['place'],
): HttpProxy | null {
  const text = proxyUrl.trim()
  if (text === '' || !URL.canParse(text)) return null
  const { protocol, hostname, port } = new URL(text)
  const isTls = protocol === 'https:'
  const number = port === '' ? (isTls ? 443 : 80) : Number(port)
  return {
    name: `${hostname}:${number}`,
    host: hostname.replace(/^\[|\]$/g, ''),
    port: number,
    isTls,
    place,
    authorization:
      credentials === '' ? null : `Basic ${Buffer.from(credentials).toString('base64')}`,
  }
}

function problem(field: string, message: string): FieldProblem {
  return { field: `network.${field}`, severity: 'error', message }
}

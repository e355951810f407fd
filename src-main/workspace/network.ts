/** The workspace's network settings: what is wrong with them, and the way that they give a request. */
import { X509Certificate } from 'node:crypto'
import type { Authority, FieldProblem, Network, WebhookCertificates } from '#contract'
import { createRoutes, type HttpProxy, type Route } from '../dispatch/index.ts'

const BLOCK = /-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g

/** Fields: `network.extraCa`, `network.proxyUrl`, `network.proxyCredentials`. */
export function networkProblems(network: Network): FieldProblem[] {
  return [...caProblems(network.extraCa), ...proxyProblems(network)]
}

/** The certificates of a PEM text, in order. @throws when one of them cannot be read */
export function authoritiesOf(extraCa: string, nowMs: number): Authority[] {
  return blocksOf(extraCa).map((block) => {
    const { subject, validTo } = new X509Certificate(block)
    const validToMs = Date.parse(validTo)
    return { subject: subject.replaceAll('\n', ', '), validToMs, expired: validToMs < nowMs }
  })
}

/**
 * The route of a request, by its origin and its webhook's choice.
 * @param credentials `user:password`; empty: none
 */
export function webhookRoutes(
  network: Network,
  credentials: string,
): (origin: string, own: WebhookCertificates) => Route {
  const routes = createRoutes({
    trust: blocksOf(network.extraCa),
    proxy: proxyOf(network.proxyUrl, credentials),
    noProxy: network.noProxy,
  })
  return (origin, own) =>
    routes(origin, (own === 'workspace' ? network.certificates : own) === 'ignore')
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
    authoritiesOf(extraCa, 0)
    return []
  } catch {
    return [problem('extraCa', 'One of these certificates cannot be read. Paste it again, whole.')]
  }
}

function proxyProblems({ proxyUrl }: Network): FieldProblem[] {
  const text = proxyUrl.trim()
  if (text === '') return []
  const url = URL.canParse(text) ? new URL(text) : null
  if (!url || !/^https?:$/.test(url.protocol) || url.hostname === '') {
    return [problem('proxyUrl', 'Write the proxy like http://proxy.example.com:3128.')]
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

function proxyOf(proxyUrl: string, credentials: string): HttpProxy | null {
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
    authorization:
      credentials === '' ? null : `Basic ${Buffer.from(credentials).toString('base64')}`,
  }
}

function problem(field: string, message: string): FieldProblem {
  return { field: `network.${field}`, severity: 'error', message }
}

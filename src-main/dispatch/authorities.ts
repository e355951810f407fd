/** Authorities of the user's own: which of them made a server's certificate one to trust. */
import { X509Certificate } from 'node:crypto'
import type { DetailedPeerCertificate, TLSSocket } from 'node:tls'

/** By list: it is the same one for every connection of a route. */
const known = new WeakMap<readonly string[], ReadonlyMap<string, string>>()

/** Subjects by fingerprint. @param trust PEM, one certificate each */
function subjectsOf(trust: readonly string[]): ReadonlyMap<string, string> {
  const found = known.get(trust)
  if (found) return found
  const subjects = new Map(
    trust.map((pem) => {
      const { fingerprint256, subject } = new X509Certificate(pem)
      return [fingerprint256, subject.replaceAll('\n', ', ')]
    }),
  )
  known.set(trust, subjects)
  return subjects
}

/** Its subject; null when the certificate is trusted by a well-known one. */
export function ownAuthority(socket: TLSSocket, trust: readonly string[]): string | null {
  const subjects = subjectsOf(trust)
  const seen = new Set<string>()
  let certificate: DetailedPeerCertificate | undefined = socket.getPeerCertificate(true)
  // The last one of a chain is its own issuer.
  while (certificate?.fingerprint256 && !seen.has(certificate.fingerprint256)) {
    const subject = subjects.get(certificate.fingerprint256)
    if (subject !== undefined) return subject
    seen.add(certificate.fingerprint256)
    certificate = certificate.issuerCertificate
  }
  return null
}

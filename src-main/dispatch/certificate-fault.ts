/** What is wrong with a server's certificate, in words. Codes are OpenSSL's and Node's. */

const FAULTS: Readonly<Record<string, string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: 'the certificate is self-signed',
  SELF_SIGNED_CERT_IN_CHAIN:
    'the certificate comes from an authority that this computer does not trust',
  UNABLE_TO_GET_ISSUER_CERT:
    'the certificate comes from an authority that this computer does not know',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    'the certificate comes from an authority that this computer does not know',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    'the certificate comes from an authority that this computer does not know, or the server leaves out an intermediate certificate',
  CERT_UNTRUSTED: 'the certificate is not trusted for this use',
  CERT_HAS_EXPIRED: 'the certificate has expired',
  CERT_NOT_YET_VALID: 'the certificate is not valid yet',
  CERT_REVOKED: 'the certificate was revoked',
  CERT_CHAIN_TOO_LONG: 'the chain of certificates is too long',
  CERT_SIGNATURE_FAILURE: 'the signature of the certificate is wrong',
  CERT_REJECTED: 'the certificate is marked as rejected',
  INVALID_CA: 'the certificate of its authority may not sign others',
  INVALID_PURPOSE: 'the certificate is not meant for servers',
  PATH_LENGTH_EXCEEDED: 'the chain of certificates is longer than it allows',
  HOSTNAME_MISMATCH: 'the certificate is for another host',
}

/** Null when the error is not about a certificate. */
export function certificateFault(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error)) return null
  const code = String(error.code)
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') return wrongHost(error)
  return FAULTS[code] ?? null
}

/** Node puts the host asked for and the certificate on the error. */
function wrongHost(error: Error): string {
  const host = 'host' in error ? String(error.host) : 'this host'
  const names = namesOf(error)
  return names.length > 0
    ? `the certificate is for ${names.join(', ')}, not for ${host}`
    : `the certificate is not for ${host}`
}

function namesOf(error: Error): string[] {
  const cert: unknown = 'cert' in error ? error.cert : null
  if (typeof cert !== 'object' || cert === null || !('subjectaltname' in cert)) return []
  const { subjectaltname } = cert
  if (typeof subjectaltname !== 'string') return []
  return subjectaltname
    .split(', ')
    .slice(0, 4)
    .map((name) => name.replace(/^(DNS|IP Address):/, ''))
}
